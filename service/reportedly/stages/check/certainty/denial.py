"""C104: the summary tells a claim and leaves out that it is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.language.murmurs import DENIED
from reportedly.schema import Finding, Firmness, Severity
from reportedly.stages.check.certainty.resting import Rest, same_word
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material

CLEAR: Final = 0.4
"""Share of a telling that the sentence must cover that denies it."""
SHARED: Final = 2
"""Words besides names that a denial must share with the claim to be of it; one more where it stands far off."""
REACH: Final = 4
"""Sentences between a claim and its denial; in news the denial follows at once or after one more point."""


def denied(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C104, once for a summary that says nowhere that somebody denies."""
    if any(cue.firmness is Firmness.DENIED for voice in material.voices for cue in voice.cues):
        return
    if any(murmur.cue.rule == DENIED for murmur in material.murmurs):
        return
    at = next((rest.index for rest in found[:2] if _denies(rest) and rest.share >= CLEAR), None)
    severity = Severity.ERROR
    if at is None and (telling.hearsay or found[0].tone.hearsay or found[0].tone.hedged):
        at = _denial_of(material, telling, found[0].index)
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


def _denial_of(material: Material, telling: Telling, claim: int) -> int | None:
    """The sentence that denies a claim: it shares what is claimed, not only who it is about."""
    source, facts = material.source, material.facts
    span = material.sentences[telling.part.sentence]
    told = {
        stem
        for at, stem in enumerate(facts.stems)
        if stem and at not in material.named and span.start <= facts.tokens[at].start < span.end
    }
    for index, voice in enumerate(source.voices):
        if not any(cue.main and cue.firmness is Firmness.DENIED for cue in voice.cues):
            continue
        first, last = source.bounds[index]
        shared = {
            match for stem in source.facts.stems[first:last] if stem and (match := same_word(material, stem, told))
        }
        if len(shared) >= (SHARED if abs(index - claim) <= REACH else SHARED + 1):
            return index
    return None
