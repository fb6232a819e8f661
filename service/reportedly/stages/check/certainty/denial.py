"""C104: the summary tells a claim and leaves out that it is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.language.murmurs import DENIED, claims
from reportedly.language.polarity import negates
from reportedly.language.voices import Voice
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
    if any(murmur.cue.rule == DENIED for murmur in material.murmurs) or _negated(material, telling):
        return
    at = next((rest.index for rest in found[:2] if _denies(rest) and rest.share >= CLEAR), None)
    severity = Severity.ERROR
    if at is None and found[0].share >= CLEAR:
        at = _denied_at_once(material, found[0].index)
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


def _negated(material: Material, telling: Telling) -> bool:
    """Whether what is told is told as not so: the denial in other words."""
    tokens = material.facts.tokens
    return any(negates(tokens, at) for at in range(telling.part.first, telling.part.last))


def _denied_at_once(material: Material, claim: int) -> int | None:
    """The next sentence, where it denies and names nothing that is denied but the claim itself: „Die Firma weist den
    Vorwurf zurück“."""
    source = material.source
    index = claim + 1
    if index >= len(source.voices) or not _denial_in(source.voices[index]):
        return None
    first, last = source.bounds[index]
    frames = [*source.voices[index].frames, *((cue.start, cue.end) for cue in source.voices[index].cues)]
    left = {
        source.facts.stems[at]
        for at in range(first, last)
        if source.facts.stems[at] and not any(start <= source.facts.tokens[at].start < end for start, end in frames)
    }
    return index if not {word for word in left if not claims(word, source.article.language)} else None


def _denial_in(voice: Voice) -> bool:
    return any(cue.main and cue.firmness is Firmness.DENIED for cue in voice.cues)


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
        if not _denial_in(voice):
            continue
        first, last = source.bounds[index]
        shared = {
            match for stem in source.facts.stems[first:last] if stem and (match := same_word(material, stem, told))
        }
        if len(shared) >= (SHARED if abs(index - claim) <= REACH else SHARED + 1):
            return index
    return None
