"""A summary in another language than its article: what can be told without a translation is checked all the same.

Numbers and dates mean the same everywhere, names mostly, and how sure a sentence is its own language's reader tells.
Whether the words fit, nobody here can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.language.dates import compare as compare_dates
from reportedly.language.facts import Facts, read_facts
from reportedly.language.murmurs import murmurs
from reportedly.language.quantities import Likeness, compare
from reportedly.language.voices import Voice, listen, without_titles
from reportedly.schema import Finding, Firmness, Language, Sentence, SentenceKind, Severity, SourceKind, Span
from reportedly.stages.check.source import Source

_OPEN: Final = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})
_HEARSAY: Final = frozenset({SourceKind.MEDIA, SourceKind.UNNAMED})
_FEW: Final = 12
"""Numbers up to which a word for one may be a turn of phrase ("one of the two")."""


def check_abroad(source: Source, text: str, cited: Sequence[int], language: Language) -> Iterator[Finding]:
    """What is wrong with one sentence in `language` that cites these numbers; spans count from its start."""
    at = [index for number in cited if (index := source.sentence_of(number)) is not None]
    if not at:
        return
    places = tuple(source.sentences[index].span for index in at)
    published = source.article.published.date() if source.article.published else None
    facts = read_facts(text, language, published)
    yield from _numbers(facts, source, at, places)
    yield from _dates(facts, source, at, places)
    yield from _names(facts, source, places)
    yield from _certainty(text, source, at, places, language)


def _numbers(facts: Facts, source: Source, at: Sequence[int], places: tuple[Span, ...]) -> Iterator[Finding]:
    theirs = [quantity for _, quantity in source.quantities_in(at)]
    for told in facts.quantities:
        if told.written and not told.unit and told.high <= _FEW:
            continue
        if all(compare(told, quantity) is Likeness.DIFFERENT for quantity in theirs):
            span = Span(start=told.start, end=told.end)
            message = "the sentences that it cites do not have this number"
            yield Finding.of("F201", message, hint="take the article's number", summary=span, source=places)


def _dates(facts: Facts, source: Source, at: Sequence[int], places: tuple[Span, ...]) -> Iterator[Finding]:
    theirs = list(source.moments_in(at))
    for told in facts.dates:
        if theirs and all(compare_dates(told, moment) is Likeness.DIFFERENT for moment in theirs):
            span = Span(start=facts.tokens[told.first].start, end=facts.tokens[told.last].end)
            message = "the sentences that it cites have another date"
            yield Finding.of("F202", message, hint="take the article's date", summary=span, source=places)


def _names(facts: Facts, source: Source, places: tuple[Span, ...]) -> Iterator[Finding]:
    """A warning only: many names of places and bodies are translated."""
    for name in facts.names:
        tokens = [facts.tokens[word] for word in name.words]
        if not name.sure or any(source.known.knows(token.low, abbreviation=token.text.isupper()) for token in tokens):
            continue
        span = Span(start=tokens[0].start, end=tokens[-1].end)
        message = f"'{' '.join(token.text for token in tokens)}' is not in the source, unless it is translated"
        yield Finding.of("F203", message, hint="look it up", summary=span, source=places, severity=Severity.WARNING)


def _certainty(
    text: str, source: Source, at: Sequence[int], places: tuple[Span, ...], language: Language
) -> Iterator[Finding]:
    theirs = [source.voices[index].readings for index in at]
    (told,) = listen(without_titles(text), (_whole(text),), language)
    if not told.readings or not all(theirs):
        return
    readings = [reading for found in theirs for reading in found]
    heard = murmurs(text, language)
    voiced = told.reported or any(r.kind is not SourceKind.ARTICLE for r in told.readings) or bool(heard)
    hedged = _firm(told) & _OPEN or any(m.cue.firmness in _OPEN for m in heard)
    denied = Firmness.DENIED in _firm(told) or any(m.cue.firmness is Firmness.DENIED for m in heard)
    whole = Span(start=0, end=len(text))
    if all(r.firmness is Firmness.DENIED for r in readings) and not denied:
        yield Finding.of("C104", "what it cites is denied", hint="tell the denial", summary=whole, source=places)
    elif all(r.firmness in _OPEN for r in readings) and not hedged:
        message = "the sentences that it cites leave this open, it does not"
        yield Finding.of("C101", message, hint="keep a word that leaves it open", summary=whole, source=places)
    elif all(r.kind in _HEARSAY for r in readings) and not voiced and not hedged:
        message = "the source has this from others, the summary does not say so"
        yield Finding.of("C102", message, hint="say who says it", summary=whole, source=places)


def _firm(voice: Voice) -> set[Firmness]:
    return {reading.firmness for reading in voice.readings} | {tone.firmness for tone in voice.tones}


def _whole(text: str) -> Sentence:
    return Sentence(id=1, span=Span(start=0, end=len(text)), kind=SentenceKind.PROSE, paragraph=0)
