"""C104: the summary tells a claim and leaves out that it is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.schema import Finding, Firmness, Severity, Status
from reportedly.stages.check.certainty.resting import Rest
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material

CLEAR: Final = 0.4
"""Share of a telling that the sentence must cover that denies it."""
REACH: Final = 4
"""Sentences between a claim and its denial; in news the denial follows at once or after one more point."""
SHARED: Final = 2
"""Words that a denial must share with the claim to be of it."""


def denied(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C104, once for a summary that says nowhere that somebody denies."""
    if any(r.status is Status.DENIED for voice in material.voices for r in voice.readings):
        return
    at = next((rest.index for rest in found[:2] if _denies(rest) and rest.share >= CLEAR), None)
    severity = Severity.ERROR
    if at is None and found[0].share >= CLEAR and (found[0].tone.hearsay or found[0].tone.hedged):
        at = _denial_of(material, telling, found[0])
        severity = Severity.WARNING
    if at is not None:
        yield Finding.of(
            "C104",
            "the source has this denied, the summary does not say so",
            hint="add who denies it",
            summary=telling.span,
            source=material.spans([at]),
            severity=severity,
        )


def _denies(rest: Rest) -> bool:
    return rest.tone.firmness is Firmness.DENIED


def _denial_of(material: Material, telling: Telling, claim: Rest) -> int | None:
    """The sentence shortly after a claim that denies it."""
    source = material.source
    told = {stem for stem in material.facts.stems[telling.part.first : telling.part.last] if stem}
    for index in range(claim.index + 1, min(claim.index + 1 + REACH, len(source.sentences))):
        if any(reading.status is Status.DENIED for reading in source.voices[index].readings):
            first, last = source.bounds[index]
            if len(told & set(source.facts.stems[first:last])) >= SHARED:
                return index
    return None
