"""Holds a model's claims against the rule reading of the same sentences: the more careful of the two is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from reportedly.language.analysis import Analysis
from reportedly.language.reading import Reading
from reportedly.schema import Attribution, Claim, Cue, Finding, Severity, Span, Status, least_sure


def cross_check(analysis: Analysis, claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """The claims, each with the more careful of both readings, and a finding C107 where the two differ.

    Only a reading that rests on an explicit cue of the sentence itself can contradict a model.
    """
    readings: dict[int, list[Reading]] = defaultdict(list)
    for reading in analysis.readings:
        readings[reading.sentence].append(reading)
    kept: list[Claim] = []
    findings: list[Finding] = []
    for claim in claims:
        counterpart = _counterpart(claim, readings[claim.sentence])
        if counterpart is None or counterpart.status is claim.status:
            kept.append(claim)
            continue
        careful = least_sure((claim.status, counterpart.status))
        findings.append(_finding(claim, counterpart, careful, analysis.article.text))
        kept.append(claim if careful is claim.status else _as_read(claim, counterpart, analysis.article.text))
    return tuple(kept), tuple(findings)


def _counterpart(claim: Claim, readings: Sequence[Reading]) -> Reading | None:
    """The reading of the same proposition: the only one, or the one that holds the claim's cue."""
    explicit = [reading for reading in readings if reading.cue_at and reading.inherited_from is None]
    if len(readings) == 1:
        return explicit[0] if explicit else None
    if claim.cue is None:
        return None
    at = claim.cue.span.start
    return next((reading for reading in explicit if reading.start <= at < reading.end), None)


_ON_A_WORD: Final = frozenset({Status.ATTRIBUTED, Status.RUMOUR, Status.SPECULATION})
"""Statuses that all say: on somebody's word. Between them a model that is the more careful one risks nothing."""


def _finding(claim: Claim, reading: Reading, careful: Status, text: str) -> Finding:
    assert reading.cue_at is not None
    cue = Span(start=reading.cue_at[0], end=reading.cue_at[1])
    safe = careful is claim.status and {claim.status, reading.status} <= _ON_A_WORD
    return Finding.of(
        "C107",
        f"the model reads claim {claim.id} as {claim.status.value}, the rules read “{cue.of(text)}” as"
        f" {reading.status.value}; shown as {careful.value}",
        hint="read the sentence: the cue decides",
        source=(cue,),
        severity=Severity.NOTE if safe else None,
    )


def _as_read(claim: Claim, reading: Reading, text: str) -> Claim:
    assert reading.cue_at is not None
    cue = Span(start=reading.cue_at[0], end=reading.cue_at[1])
    source = Span(start=reading.source_at[0], end=reading.source_at[1]) if reading.source_at else None
    return Claim(
        id=claim.id,
        sentence=claim.sentence,
        span=claim.span,
        text=claim.text,
        status=reading.status,
        attribution=Attribution(kind=reading.kind, name=reading.source, chain=reading.chain, span=source),
        firmness=reading.firmness,
        cue=Cue(span=cue, text=cue.of(text)),
        rule=reading.rule,
    )
