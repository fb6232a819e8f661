"""How sure a part of the summary is, and how sure the sentences that it rests on are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportedly.language.reading import Reading
from reportedly.language.voices import Voice
from reportedly.schema import UNSURE, SentenceKind, Status, least_sure
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material

FLAT: Final = frozenset({Status.STATED, Status.CONFIRMED, Status.OPINION})
"""Told without a doubt and without a source."""
NEAR: Final = 0.6
"""Share of the best sentence's cover from which another one vouches for the same thing as well. Lower, a sentence that
only shares the topic would excuse everything; higher, the second mention of a fact would excuse nothing."""
FIRM_MATCH: Final = 0.5
"""Share of a part's content that its sentences must cover before a difference is called an error and not a warning."""
_SAYS_NOTHING: Final = frozenset({SentenceKind.HEADING, SentenceKind.TEASER})


@dataclass(frozen=True, slots=True)
class Vouched:
    """One source sentence's reading of what a part tells."""

    index: int
    share: float
    reading: Reading

    @property
    def status(self) -> Status:
        """Its rumour status."""
        return self.reading.status


@dataclass(frozen=True, slots=True)
class Comparison:
    """A part of the summary beside the readings of the sentences that it rests on, the most telling first."""

    alignment: Alignment
    voice: Voice
    status: Status
    vouched: tuple[Vouched, ...]

    @property
    def best(self) -> Vouched:
        """The reading of the sentence that covers most."""
        return self.vouched[0]

    @property
    def flat(self) -> bool:
        """Whether the summary tells it as plain fact: no source, no hedge, nobody's words."""
        span = self.alignment.part.span
        return self.status in FLAT and not self.voice.sourced and not self.voice.hedged(span.start, span.end)

    def near(self) -> Iterator[Vouched]:
        """The readings that vouch for about as much as the best one."""
        least = NEAR * self.best.share
        return (vouched for vouched in self.vouched if vouched.share >= least)


def compare(material: Material) -> Iterator[Comparison]:
    """Every aligned part that tells something, with what its sentences say of it."""
    for alignment in material.alignments:
        if not alignment.aligned:
            continue
        voice = material.voices[alignment.part.sentence]
        span = alignment.part.span
        own = [r for r in voice.readings if r.start < span.end and span.start < r.end] or list(voice.readings)
        vouched = tuple(_vouched(material, alignment))
        if own and vouched:
            yield Comparison(alignment, voice, least_sure(reading.status for reading in own), vouched)


def _vouched(material: Material, alignment: Alignment) -> Iterator[Vouched]:
    pairs = sorted(zip(alignment.sources, alignment.shares, strict=True), key=lambda pair: -pair[1])
    bodies = [pair for pair in pairs if material.source.sentences[pair[0]].kind not in _SAYS_NOTHING]
    for index, share in bodies or pairs:
        readings = material.source.voices[index].readings
        if readings:
            yield Vouched(index, share, _closest(material, alignment, readings))


def _closest(material: Material, alignment: Alignment, readings: tuple[Reading, ...]) -> Reading:
    """Of the propositions of a sentence, the one that shares most words with the part."""
    if len(readings) == 1:
        return readings[0]
    part = alignment.part
    told = {stem for stem in material.facts.stems[part.first : part.last] if stem}
    facts = material.source.facts

    def shared(reading: Reading) -> int:
        return len(
            told
            & {
                s
                for token, s in zip(facts.tokens, facts.stems, strict=True)
                if reading.start <= token.start < reading.end
            }
        )

    return max(readings, key=shared)


def unsure(status: Status) -> bool:
    """Whether a reader must not take it for fact."""
    return status in UNSURE
