"""The rule engine's draft: one claim per proposition that was read, and an extractive summary that is no surer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Final

from reportedly.language.analysis import Analysis
from reportedly.language.reading import Reading
from reportedly.language.tables import table
from reportedly.schema import (
    Attribution,
    Claim,
    Cue,
    Language,
    Origin,
    SentenceKind,
    SourceKind,
    Span,
    Status,
    SummaryPart,
    least_sure,
)
from reportedly.stages.draft.restore import with_source
from reportedly.stages.draft.select import Candidate, choose

_TELLING: Final = frozenset({SentenceKind.PROSE})
"""Kinds of sentences that an extractive summary is made of."""


def claims_of(analysis: Analysis) -> tuple[Claim, ...]:
    """One claim a reading, in reading order."""
    return tuple(_claim(number, reading, analysis.article.text) for number, reading in enumerate(analysis.readings, 1))


def _claim(number: int, reading: Reading, text: str) -> Claim:
    span = Span(start=reading.start, end=reading.end)
    cue = Span(start=reading.cue_at[0], end=reading.cue_at[1]) if reading.cue_at else None
    source = Span(start=reading.source_at[0], end=reading.source_at[1]) if reading.source_at else None
    return Claim(
        id=number,
        sentence=reading.sentence,
        span=span,
        text=span.of(text),
        status=reading.status,
        attribution=Attribution(kind=reading.kind, name=reading.source, chain=reading.chain, span=source),
        firmness=reading.firmness,
        cue=Cue(span=cue, text=cue.of(text)) if cue else None,
        inherited_from=reading.inherited_from,
        rule=reading.rule,
    )


class Extracts:
    """The article's sentences as they can stand in a summary: where one owes its source to another, it is restored."""

    def __init__(self, analysis: Analysis, claims: Sequence[Claim] | None = None) -> None:
        self._analysis = analysis
        self._told: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims_of(analysis) if claims is None else claims:
            self._told[claim.sentence].append(claim)

    def choose(self, *, words: int | None = None, without: Container[int] = ()) -> tuple[SummaryPart, ...]:
        """Those that sum the article up: about three, or at most `words` words; `without` names sentences to avoid."""
        candidates = [
            _candidate(self._analysis, number, claims)
            for number, claims in self._told.items()
            if number not in without
            and self._analysis.sentences[number - 1].kind in _TELLING
            and any(claim.status is not Status.OPINION for claim in claims)
        ]
        chosen = choose(candidates, _headline(self._analysis), self._analysis.article.language, words=words)
        return tuple(_part(candidate, self._told[candidate.sentence]) for candidate in chosen)

    def sentence(self, number: int) -> SummaryPart | None:
        """One of them by its number, or None where it tells nothing that can stand in a summary."""
        claims = self._told.get(number)
        if not claims or self._analysis.sentences[number - 1].kind not in _TELLING:
            return None
        return _part(_candidate(self._analysis, number, claims), claims)

    def at(self, span: Span) -> SummaryPart | None:
        """One of them by where it stands."""
        number = next((s.id for s in self._analysis.sentences if s.span.overlaps(span)), None)
        return None if number is None else self.sentence(number)


def _part(candidate: Candidate, claims: Sequence[Claim]) -> SummaryPart:
    status = least_sure(claim.status for claim in claims)
    return SummaryPart(candidate.text, (candidate.sentence,), status, Origin.EXTRACTED)


def _candidate(analysis: Analysis, number: int, claims: Sequence[Claim]) -> Candidate:
    text = " ".join(analysis.words(number).split())
    borrowed = next((claim for claim in claims if claim.inherited_from), None)
    if borrowed is not None and borrowed.attribution.kind is not SourceKind.ARTICLE:
        text = with_source(text, borrowed.attribution, analysis.article.language)
    return Candidate(
        sentence=number,
        text=text,
        words=len(text.split()),
        leans_on=number - 1 if number > 1 and _leans(text, analysis.article.language) else None,
    )


def _leans(text: str, language: Language) -> bool:
    opening = text.split(maxsplit=1)[0].strip("„“”\"»«’',").lower() if text else ""
    return opening in table("drafting").get(language.value, {}).get("anaphora", ())


def _headline(analysis: Analysis) -> str:
    """The title and whatever stands above the body."""
    opening = (
        analysis.words(sentence.id)
        for sentence in analysis.sentences[:4]
        if sentence.kind in (SentenceKind.HEADING, SentenceKind.TEASER)
    )
    return " ".join([analysis.article.title or "", *opening])
