"""F205 as an error: the sentences that a writer cites do not say what is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import ClassVar, Final, NamedTuple

from reportedly.language.content import code, stem
from reportedly.language.tables import table
from reportedly.language.words import tokens
from reportedly.schema import Finding, Language, Severity, Span
from reportedly.stages.check.align import Alignment, Basis, align, bracket_of
from reportedly.stages.check.interface import Material

RESTS: Final = 0.4
"""Share of a sentence's content that what it cites must cover. Of 434 extractive sentences none is below, of as many
that cite another sentence of their article one in a hundred is above and half of those fail by `ELSEWHERE`; of 516
summary sentences in other words, 1 in 25 is below, and those are made up."""
ELSEWHERE: Final = 0.3
"""By how much another sentence may cover more before the number is taken for a wrong one; tried on the same ones."""


class _Wrong(NamedTuple):
    """What is not supported, and the sentence (by index) that comes nearer, if any does."""

    sources: tuple[int, ...]
    nearer: int | None


class Citing:
    """Whoever writes numbers beside a sentence says: it stands there. Without numbers there is nothing to look at."""

    codes: ClassVar[tuple[str, ...]] = ("F205",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for number, span in enumerate(material.sentences):
            cited = (a for a in material.of_sentence(number) if a.basis is Basis.CITED)
            wrong = next((found for a in cited if (found := _unsupported(material, a)) is not None), None)
            if wrong is not None:
                yield _finding(material, span, wrong)


def _finding(material: Material, span: Span, wrong: _Wrong) -> Finding:
    ids = [material.source.sentences[at].id for at in wrong.sources]
    nearer = "" if wrong.nearer is None else f"; sentence {material.source.sentences[wrong.nearer].id} comes nearer"
    return Finding.of(
        "F205",
        f"what it cites (sentence {', '.join(map(str, ids))}) does not say this{nearer}",
        hint="cite all sentences that it rests on, or leave it out",
        summary=span,
        source=material.spans(wrong.sources),
        severity=Severity.ERROR,
    )


def _unsupported(material: Material, alignment: Alignment) -> _Wrong | None:
    part = alignment.part
    bracket = bracket_of(part, material.facts)
    if bracket is not None:
        # a source in brackets is restored from another sentence: any of the article's will do for it
        if _strange(material, bracket, part.last):
            return _Wrong(alignment.sources, None)
        alignment = align(replace(part, last=bracket), material.facts, material.source)
        if alignment.basis is not Basis.CITED:
            return None
    others = {at: share for at, share in alignment.touched.items() if at not in alignment.sources}
    nearest = max(others, key=lambda at: others[at], default=None)
    ahead = others[nearest] - alignment.score if nearest is not None else 0.0
    if alignment.score >= RESTS and ahead < ELSEWHERE:
        return None
    return _Wrong(alignment.sources, nearest if ahead >= ELSEWHERE else None)


def _strange(material: Material, first: int, last: int) -> bool:
    """Whether most content words of these tokens are neither the article's nor those by which we restore a source."""
    facts, source = material.facts, material.source
    stems = [stem for stem in facts.stems[first:last] if stem and stem not in _restoring(facts.language)]
    return 2 * sum(source.support(stem) == 0 for stem in stems) > len(stems)


@cache
def _restoring(language: Language) -> frozenset[str]:
    """Stems of the words in which the drafting stage puts a source into brackets."""
    wordings = [text for text in table("drafting")[code(language)].values() if isinstance(text, str)]
    return frozenset(stem(token.low, language) for wording in wordings for token in tokens(wording))
