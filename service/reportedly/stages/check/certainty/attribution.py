"""C103: the summary names another source than the article does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from reportedly.language.content import stem, stopwords
from reportedly.language.reading import Reading
from reportedly.language.words import tokens
from reportedly.schema import Finding, SourceKind, Span
from reportedly.stages.check.certainty.voicing import Comparison, Vouched, compare
from reportedly.stages.check.interface import Material

_HEARSAY: Final = frozenset({SourceKind.MEDIA, SourceKind.UNNAMED})


class Attributions:
    """Who vouches in the summary must be who vouches in the source, by whatever name."""

    codes: ClassVar[tuple[str, ...]] = ("C103",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for told in compare(material):
            own = _own_reading(told)
            if own is None:
                continue
            near = [vouched for vouched in told.near() if vouched.reading.kind is not SourceKind.ARTICLE]
            if not near or len(near) < len(list(told.near())):
                continue
            if not any(_same(material, own, vouched) for vouched in near):
                best = near[0].reading
                yield Finding.of(
                    "C103",
                    f"the summary names {own.source or 'an unnamed source'},"
                    f" the source names {best.source or f'a source of kind {best.kind.value}'}",
                    hint="name the source that the article names",
                    summary=Span(start=own.source_at[0], end=own.source_at[1])
                    if own.source_at
                    else told.alignment.part.span,
                    source=material.spans([near[0].index]),
                )


def _own_reading(told: Comparison) -> Reading | None:
    """The summary's own reading with a source that it names itself."""
    for reading in told.voice.readings:
        if (
            reading.kind is not SourceKind.ARTICLE
            and reading.source
            and reading.source_at
            and not reading.inherited_from
        ):
            return reading
    return None


def _same(material: Material, own: Reading, vouched: Vouched) -> bool:
    """Whether both can be one: a shared name, an initialism, a word of the sentence, or both without a name."""
    other = vouched.reading
    named = [name for name in (other.source, *other.chain) if name]
    mine = _words(material, own.source or "")
    if not mine:
        return True
    if any(mine & _words(material, name) or _initials(own.source or "", name) for name in named):
        return True
    sentence = material.source.sentences[vouched.index].span.of(material.source.article.text)
    if mine & _words(material, sentence):
        return True
    generic = not _is_name(own.source or "")
    if generic:
        return own.kind is other.kind or {own.kind, other.kind} <= _HEARSAY
    return not named and own.kind is other.kind


def _words(material: Material, name: str) -> frozenset[str]:
    language = material.source.article.language
    return frozenset(
        stem(token.low, language)
        for token in tokens(name)
        if token.kind == "word" and token.low not in stopwords(language)
    )


def _initials(one: str, other: str) -> bool:
    """Whether one is the initialism of the other: „WSJ“ and „Wall Street Journal“."""
    for short, long in ((one, other), (other, one)):
        capitals = "".join(word[0] for word in long.split() if word[:1].isupper())
        if len(capitals) > 1 and short.replace(".", "").replace(" ", "") == capitals:
            return True
    return False


def _is_name(source: str) -> bool:
    """Whether it holds a proper name rather than a role („der Konzern“, "officials"): a guess by capitals."""
    words = source.split()
    return sum(word[:1].isupper() for word in words) > 1 or any(word.isupper() and len(word) > 1 for word in words)
