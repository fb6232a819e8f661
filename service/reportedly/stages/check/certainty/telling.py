"""What a summary tells, clause by clause: who vouches for it there, and whatever keeps it open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.language.evidence import Evidence, Place
from reportedly.language.murmurs import INSERTED, Murmur
from reportedly.language.voices import Tone, Voice
from reportedly.schema import Firmness, SourceKind, Span
from reportedly.stages.check.align import Part
from reportedly.stages.check.interface import Material

LEAST: Final = 3
"""Content words of the shortest clause that is judged by itself; a shorter one goes with its neighbour."""
_HEARSAY: Final = frozenset({SourceKind.UNNAMED, SourceKind.MEDIA})
_OWN: Final = frozenset({Place.RELATIVE, Place.SIDE, Place.ASIDE})
_BREAKS: Final = frozenset(",;:–—-()")
BLANKS: Final = 8
"""Characters within which the mark before a clause stands."""
_GOES_ON: Final = "sondern "
"""Opens the other half of one proposition: „nicht ..., sondern ...“."""
_AND: Final = ("und ", "and ")
_TRAILING: Final = ("ing", "with", "without")
"""What a clause without a verb of its own opens with: it shares that of the main clause."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause of a summary with all that hangs on it."""

    part: Part
    tones: tuple[Tone, ...]
    """Of its clauses, as the reader hears them."""
    murmurs: tuple[Murmur, ...]
    """Words in it that keep a speaker, a doubt or an intent alive."""
    cues: tuple[Evidence, ...] = ()
    """The reader's own, whether they decide or not."""
    hangs: bool = False
    """Whether it is a clause that hangs on a telling which is judged as well."""
    reported: bool = False
    """Whether a verb's mood, or a speaker before a colon, says that these are somebody's words."""

    @property
    def span(self) -> Span:
        """Where it stands in the summary."""
        return self.part.span

    @property
    def hedged(self) -> bool:
        """Whether it is left open."""
        return any(tone.hedged for tone in self.tones) or any(m.cue.firmness is Firmness.POSSIBLE for m in self.murmurs)

    @property
    def hearsay(self) -> bool:
        """Whether it is said to be hearsay, or a report."""
        return (
            any(tone.hearsay for tone in self.tones)
            or any(m.cue.kind is SourceKind.UNNAMED for m in self.murmurs)
            or any(cue.kind in _HEARSAY for cue in self.cues)
        )

    @property
    def denied(self) -> bool:
        """Whether it is told as denied."""
        return any(tone.firmness is Firmness.DENIED for tone in self.tones) or any(
            m.cue.firmness is Firmness.DENIED for m in self.murmurs
        )

    @property
    def planned(self) -> bool:
        """Whether it is told as an intent."""
        return any(tone.firmness is Firmness.PLANNED for tone in self.tones) or any(
            m.cue.firmness is Firmness.PLANNED for m in self.murmurs
        )

    @property
    def spoken(self) -> bool:
        """Whether somebody vouches for it."""
        told = any(tone.kind is not SourceKind.ARTICLE for tone in self.tones)
        return self.reported or told or any(m.cue.kind is not None for m in self.murmurs)

    @property
    def voiced(self) -> bool:
        """Whether anything says that somebody vouches, or that it is open."""
        return self.hedged or self.hearsay or self.denied or self.spoken


def tellings(material: Material) -> Iterator[Telling]:
    """Everything that the summary tells, in order; questions and fragments tell nothing."""
    starts = [token.start for token in material.facts.tokens]
    for number, span in enumerate(material.sentences):
        voice = material.voices[number]
        if not voice.readings:
            continue
        cited = next((part.cited for part in material.parts if part.sentence == number), ())
        before: Telling | None = None
        for group in _groups(material, voice, starts):
            start, end = voice.clauses[group[0]].start, voice.clauses[group[-1]].end
            inside = Span(start=max(start, span.start), end=min(end, span.end))
            goes_on = before is not None and before.spoken and _goes_on(material, start)
            before = Telling(
                Part(number, inside, bisect_left(starts, start), bisect_left(starts, end), cited),
                tuple(voice.tones[i] for i in group),
                tuple(
                    m
                    for m in material.murmurs
                    if start <= m.start < end or (m.cue is INSERTED and span.start <= m.start < span.end)
                ),
                tuple(cue for cue in voice.cues if start <= cue.start < end),
                len(group) == 1 and voice.clauses[group[0]].place in _OWN,
                goes_on or any(voice.clauses[i].reported for i in group),
            )
            yield before


def _goes_on(material: Material, start: int) -> bool:
    """Whether a clause shares the speaker of the one before: after a colon, or after „und“ with no comma."""
    before = _before(material, start)
    return before == ":" or (material.summary.startswith(_AND, start) and before != ",")


def _before(material: Material, start: int) -> str:
    """The last character before an offset that is no blank."""
    return material.summary[max(0, start - BLANKS) : start].rstrip()[-1:]


def _groups(material: Material, voice: Voice, starts: Sequence[int]) -> list[list[int]]:
    """The clauses of a sentence by what can be told apart: each main clause with all that hangs on it, and the clauses
    that hang on it once more by themselves where no cue goes before them.

    A main clause that tells too little goes with a neighbour, unless a doubt that bears on it alone would then seem to
    bear on the neighbour.
    """
    units: dict[int, list[int]] = {}
    for number, clause in enumerate(voice.clauses):
        units.setdefault(clause.unit, []).append(number)
    merged: list[list[int]] = []
    carry: list[int] = []
    for unit in units.values():
        if merged and material.summary.startswith(_GOES_ON, voice.clauses[unit[0]].start):
            merged[-1].extend(unit)
            continue
        whole, carry = carry + unit, []
        if _content(material, voice, whole, starts) >= LEAST or _doubted(material, voice, whole):
            merged.append(whole)
        elif merged and not _doubted(material, voice, merged[-1]):
            merged[-1].extend(whole)
        else:
            carry = whole
    groups = [*merged, carry] if carry else merged
    return [
        group
        for unit in groups
        for group in (unit, *([n] for n in unit if _stands_alone(material, voice, unit, n)))
        if len(group) == len(unit) or _content(material, voice, group, starts) >= LEAST
    ]


def _stands_alone(material: Material, voice: Voice, unit: Sequence[int], number: int) -> bool:
    """Whether a clause that hangs on a main clause is told in the writer's voice, whatever the main clause says: no
    word before it has opened a report or a doubt („Der Schütze, der Waffen besaß, wollte wohl ...“)."""
    clause = voice.clauses[number]
    if clause.place not in _OWN or _before(material, clause.start) not in _BREAKS:
        return False
    tokens = material.facts.tokens
    at = bisect_left(tokens, clause.start, key=lambda token: token.start)
    if at < len(tokens) and tokens[at].low.endswith(_TRAILING):
        return False
    start = voice.clauses[unit[0]].start
    opened = any(start <= m.start < clause.start for m in material.murmurs)
    return not opened and not any(start <= cue.start < clause.start for cue in voice.cues)


def _content(material: Material, voice: Voice, group: Sequence[int], starts: Sequence[int]) -> int:
    first = bisect_left(starts, voice.clauses[group[0]].start)
    last = bisect_left(starts, voice.clauses[group[-1]].end)
    return sum(1 for stem in material.facts.stems[first:last] if stem)


def _doubted(material: Material, voice: Voice, group: Sequence[int]) -> bool:
    """Whether something is left open in these clauses, and nobody speaks in them."""
    start, end = voice.clauses[group[0]].start, voice.clauses[group[-1]].end
    inside = [m for m in material.murmurs if start <= m.start < end]
    tones = [voice.tones[i] for i in group]
    if any(not m.local for m in inside) or any(tone.kind is not SourceKind.ARTICLE for tone in tones):
        return False
    return bool(inside) or any(not tone.flat for tone in tones)
