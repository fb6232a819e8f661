"""Who has the floor: a state machine over the sentences of an article; it knows no word of any language.

Explicit cues decide a sentence by themselves. A sentence without a source of its own keeps a source if something ties
it to a report: a quotation, the reportive mood, a link word, a first person. The floor is lost at a new source, at a
new paragraph in the writer's own voice, and after some plain sentences. At the end, plain sentences between two of the
same source are that source's next point (`bridged`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from reportedly.language.bridging import Decision, bridged, joined
from reportedly.language.evidence import Anaphor, Evidence, Mood, Observation, Part
from reportedly.language.reading import Reading
from reportedly.language.sources import NOBODY, Source, SourceBook
from reportedly.schema import Firmness, Sentence, SentenceKind, SourceKind

_FINAL: Final = frozenset({Firmness.DENIED, Firmness.CONFIRMED})
_UNSURE: Final = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})
_HEADS: Final = frozenset({SentenceKind.HEADING, SentenceKind.TEASER})
_BEHIND: Final = frozenset({SourceKind.MEDIA, SourceKind.UNNAMED})

PATIENCE: Final = 2
"""Plain sentences that a first person or a substitute subjunctive may stand away from its speaker."""
AHEAD: Final = 3
"""Sentences that are looked through for the speaker of a quotation that has not been named yet."""
TURNS: Final = 2
"""Times that a name must stand before a colon to be a speaker in an interview."""


class Quoting(NamedTuple):
    """How a sentence stands to the quotation marks around it."""

    inside: bool = False
    """It opens inside a quotation that began before it."""
    whole: bool = False
    """All of it is quoted."""


@dataclass(slots=True)
class Floor:
    """Who is speaking, since when, and how many plain sentences ago."""

    source: Source
    sentence: int
    paragraph: int
    idle: int = 0
    turn: bool = False
    """Whether it is an interview, where a speaker goes on until the next name before a colon."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a sentence to a report, and to whose."""

    rule: str
    at: tuple[int, int] | None
    source: Source
    came: int | None = None
    """The sentence that the source comes from."""


class Machine:
    """Turns the observations of an article into readings, in order."""

    def __init__(self, sentences: Sequence[Sentence], seen: Sequence[Observation | None], book: SourceBook) -> None:
        """`seen[i]` is None where sentence `i` bears no claim."""
        self._sentences = sentences
        self._seen = seen
        self._book = book
        self._floor: Floor | None = None
        self._last: Floor | None = None
        """The last source that had the floor, for a reportive mood that comes late."""
        self._turns = self._speakers()

    def run(self, quoting: Sequence[Quoting]) -> list[Reading]:
        """The readings of the article; spans partition their sentences."""
        decisions: list[Decision] = []
        for i, seen in enumerate(self._seen):
            if seen is None:
                continue
            if i and self._is_head(i - 1) and not self._is_head(i):
                self._floor = None  # the body begins anew, whoever spoke in the teaser
            made = [self._decide(i, part, number, quoting[i]) for number, part in enumerate(seen.parts)]
            if not seen.frame:
                decisions.extend(joined(made))
        return [decision.reading for decision in bridged(decisions)]

    def _speakers(self) -> frozenset[str]:
        """Those who speak by turns in an interview: two names at least that stand before a colon again and again."""
        counts = Counter(
            self._book.key(cue.mention)
            for seen in self._seen
            if seen is not None
            for cue in seen.evidence
            if cue.turn and cue.mention is not None
        )
        often = frozenset(key for key, count in counts.items() if count >= TURNS)
        return often if len(often) > 1 else frozenset()

    def _turn(self, cues: Sequence[Evidence]) -> Evidence | None:
        """The name before a colon that gives the floor in an interview."""
        if not self._turns:
            return None
        for cue in cues:
            if cue.turn and cue.mention is not None and self._book.key(cue.mention) in self._turns:
                return cue
        return None

    def _decide(self, i: int, part: Part, number: int, quoting: Quoting) -> Decision:
        seen = self._seen[i]
        assert seen is not None
        cues = [e for e in seen.evidence if e.main and e.part in (number, -1)]
        if (turn := self._turn(cues)) is not None:
            return self._taken(i, part, turn, cues)
        told = self._teller(cues)
        if told is not None and told.firmness in _FINAL and seen.link is not None and self._floor is not None:
            told = None  # „hatte demnach angekündigt“: whoever has the floor says so, not the subject
            cues = [e for e in cues if e.firmness not in _FINAL]
        if told is not None:
            decision = self._told(i, part, told, _firmest(cues, told=True))
            voiced = part.direct or part.mood is Mood.REPORTIVE
            return replace(self._through(decision, told, cues), voiced=voiced and not self._is_head(i))
        tie = self._tie(i, seen, part, quoting)
        if tie is not None:
            return self._tied(i, part, tie, _firmest(cues, told=True))
        return self._plain(i, seen, part, _firmest(cues, told=False))

    def _teller(self, cues: Sequence[Evidence]) -> Evidence | None:
        """The cue that names the source."""
        best: Evidence | None = None
        for cue in cues:
            if cue.kind is None or (cue.known and (cue.mention is None or not self._book.knows(cue.mention))):
                continue
            if best is None or cue.weight > best.weight:
                best = cue
        return best

    def _told(self, i: int, part: Part, told: Evidence, firm: Evidence | None) -> Decision:
        """A sentence with a source of its own."""
        sentence, floor = self._sentences[i], self._floor
        assert told.kind is not None
        mention = told.mention
        holder = floor.source if floor else None
        if mention is None:
            source = Source(told.kind, None, None)
        else:
            fresh = floor is not None and floor.idle == 0
            if told.authority_only and holder is not None and holder.kind not in _BEHIND:
                holder = holder if fresh and (holder.authority or holder.study) else None
            source = self._book.resolve(mention, holder)
        came = None
        if mention is not None and mention.anaphor is not Anaphor.NONE and floor is not None:
            came = floor.sentence if source.key == floor.source.key and floor.sentence != sentence.id else None
        firmness = (firm.firmness if firm else told.firmness) or Firmness.ASSERTED
        if firmness is Firmness.EVALUATED:
            firmness = Firmness.ASSERTED
        if firmness in _FINAL and source.kind in _BEHIND:
            firmness = Firmness.ASSERTED
        decisive = firm if firm is not None and _decides(source.kind, firmness) else told
        if told.holds:
            self._take(source, sentence)
        elif floor is not None:
            floor.idle += 1
        reading = _reading(sentence, part, source, firmness, decisive, came)
        if mention is not None and mention.end > mention.start:
            reading = replace(reading, source_at=(mention.start, mention.end))
        return Decision(reading, source, sentence.paragraph, part, True)

    def _through(self, decision: Decision, told: Evidence, cues: Sequence[Evidence]) -> Decision:
        """Adds the other source of the sentence as a hop: an outlet hands on what a party says."""
        source = decision.source
        for cue in cues:
            other = cue.mention
            if cue is told or cue.kind is None or other is None or other.end == other.start or source.chain:
                continue
            if (
                other.anaphor is Anaphor.SAME
                or (cue.kind is SourceKind.MEDIA) is (source.kind is SourceKind.MEDIA)
                or source.name is None
            ):
                continue
            name = self._book.resolve(other, None).name
            if name and name != source.name:
                hops = (name, source.name) if cue.kind is SourceKind.MEDIA else (source.name, name)
                source = replace(source, chain=hops)
        if source is decision.source:
            return decision
        return replace(decision, source=source, reading=replace(decision.reading, chain=source.chain))

    def _taken(self, i: int, part: Part, turn: Evidence, cues: Sequence[Evidence]) -> Decision:
        """A sentence that opens a speaker's turn in an interview; the outlet's own turns are the writer's voice."""
        if turn.kind is SourceKind.MEDIA:
            self._floor = self._last = None
            rest = [cue for cue in cues if cue is not turn and cue.kind is None]
            firm = _firmest(rest, told=False)
            firmness = firm.firmness if firm is not None and firm.firmness in _UNSURE else None
            reading = _reading(self._sentences[i], part, WRITER, firmness or Firmness.ASSERTED, turn, None)
            return Decision(reading, WRITER, self._sentences[i].paragraph, part, True)
        decision = self._told(i, part, turn, _firmest([cue for cue in cues if cue is not turn], told=True))
        assert self._floor is not None
        self._floor.turn = True
        return decision

    def _take(self, source: Source, sentence: Sentence) -> None:
        turn = self._floor is not None and self._floor.turn
        if not turn or self._floor is None or source.key == self._floor.source.key:
            self._floor = self._last = Floor(source, sentence.id, sentence.paragraph, turn=turn)

    def _tie(self, i: int, seen: Observation, part: Part, quoting: Quoting) -> Tie | None:
        """What ties the sentence to a report, if anything."""
        floor = self._floor
        if floor is not None and floor.turn:
            return Tie("turn", None, floor.source, floor.sentence)
        if seen.link is not None and (holder := floor or self._last):
            return Tie("link", (seen.link.start, seen.link.end), holder.source, holder.sentence)
        before = self._seen[i - 1] if i else None
        if before is not None and before.opens and floor is not None and floor.idle == 0:
            return Tie("colon", None, floor.source, floor.sentence)
        if quoting.inside or quoting.whole:
            return self._voice("open-quotation" if quoting.inside else "quotation", None, i, PATIENCE)
        if seen.writer:
            return None
        if part.mood is Mood.REPORTIVE:
            return self._voice("reportive-mood", part.mood_at, i, len(self._sentences))
        if part.mood is Mood.DOUBTFUL and floor is not None and floor.idle < PATIENCE:
            return Tie("reportive-mood", part.mood_at, floor.source, floor.sentence)
        if seen.we is not None:
            found = self._voice("first-person", (seen.we.start, seen.we.end), i, PATIENCE)
            return None if found.source is NOBODY else found
        if floor is not None and floor.source.key and floor.idle <= _plans_for(floor.source):
            for cue in seen.evidence:
                if cue.firmness is Firmness.PLANNED and cue.main:
                    return Tie(cue.rule, (cue.start, cue.end), floor.source, floor.sentence)
        return None

    def _voice(self, rule: str, at: tuple[int, int] | None, i: int, patience: int) -> Tie:
        """Who speaks in a sentence that is somebody's beyond doubt: who has the floor, who comes next, who had it."""
        floor = self._floor
        if floor is not None and floor.idle <= min(patience, PATIENCE):
            return Tie(rule, at, floor.source, floor.sentence)
        ahead = self._coming(i)
        if ahead is not None:
            return Tie(rule, at, ahead)
        if self._last is not None and patience > PATIENCE:
            return Tie(rule, at, self._last.source, self._last.sentence)
        return Tie(rule, at, NOBODY)

    def _coming(self, i: int) -> Source | None:
        """The party that the next sentences name as their source."""
        for seen in self._seen[i + 1 : i + 1 + AHEAD]:
            if seen is None:
                continue
            told = self._teller([e for e in seen.evidence if e.main])
            if told is None or told.mention is None:
                continue
            if told.mention.anaphor is Anaphor.NONE and told.kind is SourceKind.PARTY:
                return self._book.resolve(told.mention, None)
            return None
        return None

    def _tied(self, i: int, part: Part, tie: Tie, firm: Evidence | None) -> Decision:
        """A sentence that goes on with a report."""
        sentence, source = self._sentences[i], tie.source
        firmness = (firm.firmness if firm else None) or Firmness.ASSERTED
        if firmness is Firmness.EVALUATED or (firmness in _FINAL and source.kind is not SourceKind.PARTY):
            firmness = Firmness.ASSERTED
        came = tie.came if tie.came != sentence.id else None
        reading = _reading(sentence, part, source, firmness, None, came)
        if firm is not None and _decides(source.kind, firmness):
            reading = replace(reading, rule=firm.rule, cue_at=(firm.start, firm.end))
        else:
            reading = replace(reading, rule=tie.rule, cue_at=tie.at)
        if source is not NOBODY:
            self._take(source, sentence)
        return Decision(reading, source, sentence.paragraph, part, True, voiced=not self._is_head(i))

    def _is_head(self, i: int) -> bool:
        return self._sentences[i].kind in _HEADS

    def _plain(self, i: int, seen: Observation, part: Part, firm: Evidence | None) -> Decision:
        """A sentence in the writer's own voice."""
        sentence, floor = self._sentences[i], self._floor
        if floor is not None:
            floor.idle += 1
            if sentence.paragraph != floor.paragraph or floor.idle > PATIENCE or seen.writer:
                self._floor = None
        firmness = (firm.firmness if firm else None) or Firmness.ASSERTED
        source = Source(SourceKind.PARTY, None, None) if firmness in _FINAL else WRITER
        reading = _reading(sentence, part, source, firmness, firm, None)
        fixed = firm is not None or seen.writer or seen.verbless
        return Decision(reading, source, sentence.paragraph, part, fixed or part.past)


WRITER: Final = Source(SourceKind.ARTICLE, None, None)


def _reading(
    sentence: Sentence, part: Part, source: Source, firmness: Firmness, cue: Evidence | None, came: int | None
) -> Reading:
    return Reading(
        sentence=sentence.id,
        start=part.start,
        end=part.end,
        kind=source.kind,
        firmness=firmness,
        rule=cue.rule if cue else "plain",
        source=source.name,
        chain=source.chain,
        source_at=source.at,
        cue_at=(cue.start, cue.end) if cue else None,
        inherited_from=came,
    )


def _firmest(cues: Sequence[Evidence], *, told: bool) -> Evidence | None:
    """The cue that decides the firmness: denial and confirmation first, then a hedge, then a judgement, then a plan."""
    best: Evidence | None = None
    rank = len(_RANKS)
    for cue in cues:
        if cue.firmness is None or (cue.yields if told else cue.told_only):
            continue
        this = _RANKS.get(cue.firmness, rank)
        if this < rank:
            best, rank = cue, this
    return best


_RANKS: Final = {
    Firmness.DENIED: 0,
    Firmness.CONFIRMED: 0,
    Firmness.POSSIBLE: 1,
    Firmness.CONDITIONAL: 1,
    Firmness.EVALUATED: 2,
    Firmness.PLANNED: 3,
}


def _decides(kind: SourceKind, firmness: Firmness | None) -> bool:
    """Whether the firmness, rather than the source, gives the label."""
    if firmness in _FINAL:
        return True
    return firmness in _UNSURE and kind in (SourceKind.PARTY, SourceKind.ARTICLE)


def _plans_for(source: Source) -> int:
    """How many plain sentences may stand between a source and a sollen that is its own; -1 for a party, whose plans the
    writer tells: a report's run on at once, a forecast's over some sentences."""
    if source.study:
        return PATIENCE
    return 0 if source.kind in _BEHIND else -1
