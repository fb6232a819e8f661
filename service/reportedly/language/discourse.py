"""Who has the floor: a state machine over the sentences of an article; it knows no word of any language.

Explicit cues decide a sentence by themselves. A sentence without a source of its own keeps the source before it if
something ties it to that report: an open quotation, the reportive mood, a link word, a first person, a pronoun. The
floor is lost at a new source, at a paragraph in the writer's own voice, and after some plain sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mood, Observation, Part
from reportedly.language.reading import Reading
from reportedly.language.sources import Source, SourceBook
from reportedly.schema import Firmness, Sentence, SourceKind

_FINAL: Final = frozenset({Firmness.DENIED, Firmness.CONFIRMED})
_UNSURE: Final = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})

PATIENCE: Final = 2
"""Plain sentences after which a reportive mood alone no longer finds its speaker (dev2: later ones are rare)."""


@dataclass(slots=True)
class Floor:
    """Who is speaking, since when, and how many plain sentences ago."""

    source: Source
    sentence: int
    paragraph: int
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a sentence to the report before it."""

    rule: str
    at: tuple[int, int] | None


class Machine:
    """Turns the observations of an article into readings, in order."""

    def __init__(self, text: str, book: SourceBook) -> None:
        self._text = text
        self._book = book
        self._floor: Floor | None = None

    def run(
        self, sentences: Sequence[Sentence], observations: Sequence[Observation | None], quoted: Sequence[bool]
    ) -> list[Reading]:
        """The readings of an article. `observations[i]` is None where sentence `i` bears no claim; `quoted[i]` tells
        whether it opens inside a quotation."""
        readings: list[Reading] = []
        for i, sentence in enumerate(sentences):
            seen = observations[i]
            if seen is None:
                continue
            ahead = next((o for o in observations[i + 1 : i + 2] if o is not None), None)
            made = [self._read(sentence, seen, part, n, quoted[i], ahead) for n, part in enumerate(seen.parts)]
            readings.extend(_joined(made))
        return readings

    def _read(
        self, sentence: Sentence, seen: Observation, part: Part, number: int, quoted: bool, ahead: Observation | None
    ) -> Reading:
        cues = [e for e in seen.evidence if e.main and e.part in (number, -1)]
        told = max((e for e in cues if self._tells(e)), key=lambda e: e.weight, default=None)
        if told is not None:
            return self._told(sentence, part, told, _firmest(cues, told=True))
        tie = self._tie(sentence, seen, part, quoted)
        if tie is not None and self._floor is not None:
            return self._tied(sentence, part, tie, _firmest(cues, told=True))
        return self._plain(sentence, seen, part, _firmest(cues, told=False))

    def _tells(self, cue: Evidence) -> bool:
        """Whether a cue names a source."""
        if cue.kind is None:
            return False
        return not cue.known or (cue.mention is not None and self._book.knows(cue.mention))

    def _told(self, sentence: Sentence, part: Part, told: Evidence, firm: Evidence | None) -> Reading:
        """A sentence with a source of its own."""
        floor = self._floor.source if self._floor else None
        kind = told.kind or SourceKind.PARTY
        source = self._book.resolve(told.mention, floor) if told.mention is not None else Source(kind, None, None)
        inherited = None
        if told.mention is not None and told.mention.anaphor is not Anaphor.NONE and self._floor is not None:
            inherited = self._floor.sentence if source is self._floor.source else None
        decisive = firm if firm is not None and _decides(source.kind, firm.firmness) else told
        firmness = _firmness(source.kind, firm, told)
        if firmness in _FINAL and source.kind is not SourceKind.PARTY:
            source = Source(SourceKind.PARTY, source.name, source.at, source.chain, source.key)
        if told.holds and source.kind is not SourceKind.ARTICLE:
            self._floor = Floor(source, sentence.id, sentence.paragraph)
        elif told.kind is SourceKind.UNNAMED and self._floor is not None:
            self._floor.idle += 1
        return Reading(
            sentence=sentence.id,
            start=part.start,
            end=part.end,
            kind=source.kind,
            firmness=firmness,
            rule=decisive.rule,
            source=source.name,
            chain=source.chain,
            source_at=source.at,
            cue_at=(decisive.start, decisive.end),
            inherited_from=inherited if inherited != sentence.id else None,
        )

    def _tie(self, sentence: Sentence, seen: Observation, part: Part, quoted: bool) -> Tie | None:
        """What ties the sentence to whoever has the floor, if anything."""
        floor = self._floor
        if floor is None:
            return None
        if seen.link is not None:
            return Tie("link", (seen.link.start, seen.link.end))
        if quoted:
            return Tie("open-quotation", None)
        if seen.writer:
            return None
        near = floor.idle <= PATIENCE
        if part.mood is Mood.REPORTIVE and near:
            return Tie("reportive-mood", part.mood_at)
        if part.mood is Mood.DOUBTFUL and floor.idle == 0:
            return Tie("reportive-mood", part.mood_at)
        if seen.we is not None and near:
            return Tie("first-person", (seen.we.start, seen.we.end))
        if floor.idle == 0 and floor.source.kind in (SourceKind.MEDIA, SourceKind.UNNAMED):
            for cue in seen.evidence:
                if cue.firmness is Firmness.PLANNED and cue.main:
                    return Tie(cue.rule, (cue.start, cue.end))
        return None

    def _tied(self, sentence: Sentence, part: Part, tie: Tie, firm: Evidence | None) -> Reading:
        """A sentence that goes on with the report before it."""
        floor = self._floor
        assert floor is not None
        source = floor.source
        firmness = _firmness(source.kind, firm, None)
        if firmness in _FINAL and source.kind is not SourceKind.PARTY:
            firmness = Firmness.ASSERTED
        cue = tie.at
        rule = tie.rule
        if firm is not None and _decides(source.kind, firmness):
            cue, rule = (firm.start, firm.end), firm.rule
        came = floor.sentence
        floor.sentence, floor.paragraph, floor.idle = sentence.id, sentence.paragraph, 0
        return Reading(
            sentence=sentence.id,
            start=part.start,
            end=part.end,
            kind=source.kind,
            firmness=firmness,
            rule=rule,
            source=source.name,
            chain=source.chain,
            source_at=source.at,
            cue_at=cue,
            inherited_from=came if came != sentence.id else None,
        )

    def _plain(self, sentence: Sentence, seen: Observation, part: Part, firm: Evidence | None) -> Reading:
        """A sentence in the writer's own voice."""
        floor = self._floor
        if floor is not None:
            floor.idle += 1
            if sentence.paragraph != floor.paragraph or floor.idle > PATIENCE or seen.writer:
                self._floor = None
        kind, firmness = SourceKind.ARTICLE, firm.firmness if firm else None
        if firmness in _FINAL:
            kind = SourceKind.PARTY
        return Reading(
            sentence=sentence.id,
            start=part.start,
            end=part.end,
            kind=kind,
            firmness=firmness or Firmness.ASSERTED,
            rule=firm.rule if firm else "plain",
            cue_at=(firm.start, firm.end) if firm else None,
        )


def _firmest(cues: Sequence[Evidence], *, told: bool) -> Evidence | None:
    """The cue that decides the firmness: denial and confirmation first, then a hedge, then a judgement, then a plan."""
    order = (_FINAL, _UNSURE, frozenset({Firmness.EVALUATED}), frozenset({Firmness.PLANNED}))
    for wanted in order:
        for cue in cues:
            if cue.firmness in wanted and not (told and cue.yields):
                return cue
    return None


def _firmness(kind: SourceKind, firm: Evidence | None, told: Evidence | None) -> Firmness:
    found = firm.firmness if firm is not None else told.firmness if told is not None else None
    if found is Firmness.EVALUATED and kind is not SourceKind.ARTICLE:
        return Firmness.ASSERTED
    return found or Firmness.ASSERTED


def _decides(kind: SourceKind, firmness: Firmness | None) -> bool:
    """Whether the firmness, rather than the source, gives the label."""
    if firmness in _FINAL:
        return True
    return firmness in _UNSURE and kind in (SourceKind.PARTY, SourceKind.ARTICLE)


def _joined(made: list[Reading]) -> list[Reading]:
    """Neighbouring parts of one status are one claim."""
    out: list[Reading] = []
    for reading in made:
        if out and out[-1].status is reading.status:
            first = out[-1]
            out[-1] = Reading(
                first.sentence, first.start, reading.end, first.kind, first.firmness, first.rule, first.source,
                first.chain, first.source_at, first.cue_at, first.inherited_from,
            )  # fmt: skip
        else:
            out.append(reading)
    return out
