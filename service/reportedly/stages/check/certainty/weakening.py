"""C101 and C105 where somebody still vouches: a hedge lost inside a report, hearsay put on the record, doubt put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.language.evidence import Evidence
from reportedly.language.murmurs import INTENT
from reportedly.language.voices import Tone
from reportedly.schema import Finding, Firmness, Severity, SourceKind
from reportedly.stages.check.certainty.attribution import speaks_there
from reportedly.stages.check.certainty.resting import Rest, near
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material

CLEAR: Final = 0.6
"""Share of a telling that its best sentence must cover before a difference of degree is called one."""
NEAR: Final = 0.75
"""Share of the best sentence's score from which another one may be the one that is told."""
SAID: Final = 2
"""Words besides names that the two must share for that, where it is a hedge."""
SETTLED: Final = 0.5
"""The same, where the summary is the one that hedges."""
TOPIC: Final = 0.4
"""Share of the best sentence's score from which another one may hold the doubt that the summary keeps."""
_SOFT: Final = frozenset({"open", "doubt", "hearsay", "charge"})
"""Words in the source by which something is less than a fact; whoever adds a hedge to them adds nothing."""
_HEARSAY: Final = frozenset({SourceKind.UNNAMED, SourceKind.MEDIA})

_FRAMES: Final = frozenset({"laut", "zufolge", "according-to"})
"""The reader's rules for a source that is named beside the sentence: „laut Berichten“."""


def unhedged(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C101: the speaker is kept and the hedge is gone („könnte steigen, sagte X“ → „steigt, sagte X“)."""
    best = found[0]
    if best.share < CLEAR or not telling.spoken or telling.hedged or telling.hearsay or telling.planned:
        return
    if all(rest.tone.hedged for rest in near(list(found), NEAR)) and speaks_there(material, telling, best):
        yield _finding(material, telling, best, "C101", "the source hedges this, the summary does not")


def on_the_record(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C101: „dem Vernehmen nach wirft X vor“ → „X wirft vor“: what is only hearsay in the source is X's word now."""
    best = found[0]
    if best.share < CLEAR or telling.hedged or telling.hearsay or telling.denied or not telling.spoken:
        return
    if any(tone.firmness is Firmness.CONFIRMED for tone in telling.tones) and _confirmed(material, best.index):
        return
    start, end = best.clause
    voice = material.source.voices[best.index]
    if best.tone.hearsay and any(_told_of(material, cue, best) for cue in telling.cues):
        yield _finding(material, telling, best, "C101", "the source has this from hearsay, the summary does not say so")
        return
    if any(_behind(cue) and start <= cue.start < end for cue in voice.cues):
        yield _finding(material, telling, best, "C101", "the source has this from hearsay, the summary does not say so")


def deflated(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C105: the summary hedges, or calls hearsay, what the source tells as a fact."""
    best = found[0]
    hearsay = any(map(_nameless, telling.tones))
    if best.share < SETTLED or telling.hangs or not best.said or (len(best.said) < SAID and not hearsay):
        return
    if not hearsay and not any(tone.hedged for tone in telling.tones):
        return
    for rest in near(list(found), NEAR if hearsay else TOPIC):
        if len(rest.said) * 2 > len(best.said) and not (rest.flat or rest.tone.firmness is Firmness.CONFIRMED):
            return
    passage = {best.index}
    if not hearsay:
        passage.update(rest.index for rest in near(list(found), TOPIC) if rest.said)
        if any(m.cue.rule == INTENT for m in material.source.murmurs_of(best.index)):
            return  # what somebody only intends may well be hedged
    if any(_left_open(material, index) for index in passage):
        return
    yield _finding(material, telling, best, "C105", "the source tells this as a fact")


def _told_of(material: Material, cue: Evidence, best: Rest) -> bool:
    """Whether who speaks in the summary is only told of in what is reported: „laut Zeitung warnte X“ → „X warnte“."""
    if cue.mention is None or cue.mention.start >= cue.mention.end or best.tone.reading is None:
        return False
    teller = (best.tone.reading.source or "").lower().split()
    source = material.source
    speaker = {t.low for t in material.facts.tokens if cue.mention.start <= t.start < cue.mention.end}
    frames = source.voices[best.index].frames
    first, last = source.bounds[best.index]
    inside = {
        t.low for t in source.facts.tokens[first:last] if not any(start <= t.start < end for start, end in frames)
    }
    return bool(speaker & inside) and speaker.isdisjoint(teller)


def _confirmed(material: Material, index: int) -> bool:
    """Whether a sentence, or the one after it, tells of a confirmation."""
    voices = material.source.voices[index : index + 2]
    return any(reading.firmness is Firmness.CONFIRMED for voice in voices for reading in voice.readings)


def _behind(cue: Evidence) -> bool:
    """Whether a cue puts all of its clause down to hearsay or to an outlet, whoever speaks in it."""
    return cue.main and cue.kind in _HEARSAY and (cue.mention is None or cue.rule in _FRAMES)


def _left_open(material: Material, index: int) -> bool:
    """Whether anything in a source sentence is less than a fact."""
    voice = material.source.voices[index]
    if any(tone.hedged or tone.hearsay for tone in voice.tones) or any(clause.reported for clause in voice.clauses):
        return True
    return any(m.cue.rule in _SOFT for m in material.source.murmurs_of(index))


def _nameless(tone: Tone) -> bool:
    """Whether it is told as hearsay, and nobody is named."""
    named = tone.cue is not None and tone.cue.mention is not None and tone.cue.mention.start < tone.cue.mention.end
    return tone.hearsay and not named


def _finding(material: Material, telling: Telling, best: Rest, code: str, message: str) -> Finding:
    hint = "drop the hedge" if code == "C105" else "keep the hedge, or say that it is hearsay"
    severity = None if best.share >= CLEAR else Severity.WARNING
    return Finding.of(
        code, message, hint=hint, summary=telling.span, source=material.spans([best.index]), severity=severity
    )
