"""The rule engine's draft: one claim per proposition that was read, and an extractive summary that is no surer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
from reportedly.stages.draft.interface import Draft
from reportedly.stages.draft.restore import with_source
from reportedly.stages.draft.select import Candidate, choose

_TELLING: Final = frozenset({SentenceKind.PROSE})
"""Kinds of sentences that an extractive summary is made of."""


def draft_by_rules(analysis: Analysis, *, summary: bool = True, words: int | None = None) -> Draft:
    """Claims from the readings and, if asked for, a summary of about three sentences or at most `words` words."""
    claims = claims_of(analysis)
    return Draft(claims=claims, summary=extract(analysis, claims, words=words) if summary else ())


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


def extract(analysis: Analysis, claims: tuple[Claim, ...], *, words: int | None = None) -> tuple[SummaryPart, ...]:
    """Sentences of the article that sum it up; where one owes its source to another, that source is restored."""
    told = _by_sentence(claims)
    candidates = [
        _candidate(analysis, number, told[number])
        for number in told
        if analysis.sentences[number - 1].kind in _TELLING
        and any(claim.status is not Status.OPINION for claim in told[number])
    ]
    chosen = choose(candidates, _headline(analysis), analysis.article.language, words=words)
    return tuple(_part(candidate, told[candidate.sentence]) for candidate in chosen)


def extract_sentence(analysis: Analysis, claims: Sequence[Claim], number: int) -> SummaryPart | None:
    """One sentence of the article as it can stand in a summary, or None where it tells nothing of its own."""
    told = _by_sentence(claims).get(number)
    if not told or analysis.sentences[number - 1].kind not in _TELLING:
        return None
    return _part(_candidate(analysis, number, told), told)


def _by_sentence(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    told: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.sentence].append(claim)
    return told


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
