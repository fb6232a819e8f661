"""Whose voices a sentence lets through, clause by clause: the cues of the reader, and what each of them governs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from reportedly.language.discourse import Machine
from reportedly.language.evidence import Clause, Evidence, Mood, Observation, Place
from reportedly.language.reader import grammar_for, observe
from reportedly.language.reading import Reading
from reportedly.language.sources import SourceBook
from reportedly.schema import Firmness, Language, Sentence, SourceKind

_UNSURE: Final = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})
_FINAL: Final = frozenset({Firmness.DENIED, Firmness.CONFIRMED})
_OWN: Final = frozenset({Place.RELATIVE, Place.SIDE, Place.ASIDE})
"""Clauses that a hedge outside them does not reach."""
MOST: Final = 48
"""Clauses of a sentence that are told apart: three times those of the longest in the news data. Each is held against
every cue, which must not cost more than linear time in a text that is one endless sentence."""
CUES: Final = 64
"""Cues of a sentence that are looked at, for the same reason."""
_ADVERBS: Final = frozenset({"hearsay-adverb", "hearsay-sollen", "hearsay-counts-as"})
"""Hearsay in a word of the clause itself: it does not reach what hangs on that clause."""
_LOCAL: Final = frozenset({"laut", "zufolge"}) | _ADVERBS
"""Frames that stand inside a main clause and govern it alone."""

_WHOLE: Final = frozenset({"condition", "konjunktiv-2"})
"""Hedges that bear on all main clauses of a sentence: „Sollte es regnen, fällt das Fest aus“."""
_AND: Final = re.compile(r"\b(?:and|but|und|aber)\b")

_TITLE: Final = re.compile(r"[„“\"»](?=[^\s„“”\"«»][^„“”\"«»]{0,40}[“”\"«])([^„“”\"«»]+)[“”\"«]")
TITLE: Final = 3
"""Words in quotation marks that are a name and no speech, in a summary."""


def without_titles(text: str) -> str:
    """The text with blanks for the quotation marks around names; places stay the same."""
    return _TITLE.sub(lambda m: f" {m[1]} " if len(m[1].split()) <= TITLE else m[0], text)


class Tone(NamedTuple):
    """Who vouches in one clause, and how firmly."""

    kind: SourceKind = SourceKind.ARTICLE
    firmness: Firmness = Firmness.ASSERTED
    cue: Evidence | None = None
    """The words that say so; None for the writer's plain voice, and for a report that goes on without any."""
    reading: Reading | None = None
    """What the reader made of it; None outside a report."""

    @property
    def flat(self) -> bool:
        """Whether the writer tells it as a fact."""
        return self.kind is SourceKind.ARTICLE and self.firmness not in _UNSURE | {Firmness.DENIED}

    @property
    def hearsay(self) -> bool:
        """Whether nobody on the record vouches for it."""
        return self.kind in (SourceKind.MEDIA, SourceKind.UNNAMED) and self.firmness not in _FINAL

    @property
    def hedged(self) -> bool:
        """Whether it may be or would be."""
        return self.firmness in _UNSURE


WRITER: Final = Tone()


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence as a check hears it."""

    readings: tuple[Reading, ...] = ()
    """One a proposition; none for questions, credits and fragments."""
    cues: tuple[Evidence, ...] = ()
    """Every cue, in side clauses as well."""
    clauses: tuple[Clause, ...] = ()
    tones: tuple[Tone, ...] = ()
    """One a clause."""
    frames: tuple[tuple[int, int], ...] = ()
    """Where it tells who speaks: the writer's own words, whatever the rest is."""
    joined: tuple[tuple[int, int], ...] = ()
    """Where a clause is told before „und“, and the hedge comes after it."""
    reported: bool = False
    """Whether a verb's mood alone says that these are somebody's words („liege“, „seien“)."""

    def tone(self, at: int) -> Tone:
        """The tone of the words at an offset."""
        if any(start <= at < end for start, end in self.frames):
            return WRITER
        tone = self.within(at)
        if tone.hedged and any(at < end for start, end in self.joined if start <= at):
            return tone._replace(firmness=Firmness.ASSERTED)
        return tone

    def within(self, at: int) -> Tone:
        """The tone of the clause around an offset, its speaker included."""
        for clause, tone in zip(self.clauses, self.tones, strict=True):
            if at < clause.end:
                return tone
        return self.tones[-1] if self.tones else WRITER

    def around(self, at: int) -> tuple[int, int]:
        """Where the clause around an offset stands."""
        return next(((c.start, c.end) for c in self.clauses if at < c.end), (0, 0))


_SILENT = Voice()


def listen(
    text: str, sentences: tuple[Sentence, ...], language: Language, *, publisher: str | None = None
) -> tuple[Voice, ...]:
    """The voices of each sentence, in order; silence in a language without a grammar."""
    grammar = grammar_for(language)
    if grammar is None:
        return (_SILENT,) * len(sentences)
    observations, quoting = observe(text, sentences, grammar, publisher)
    readings: list[list[Reading]] = [[] for _ in sentences]
    places = {sentence.id: index for index, sentence in enumerate(sentences)}
    for reading in Machine(sentences, observations, SourceBook(text, grammar.roles)).run(quoting):
        readings[places[reading.sentence]].append(reading)
    return tuple(
        _SILENT if seen is None else voice_of(text, seen, tuple(read), verb_last=language is Language.GERMAN)
        for seen, read in zip(observations, readings, strict=True)
    )


def voice_of(text: str, seen: Observation, readings: tuple[Reading, ...], *, verb_last: bool) -> Voice:
    """What one sentence lets through, given what the grammar found and what the reader made of it."""
    evidence = seen.evidence[:CUES]
    cues = tuple(evidence) + tuple(cue for cue in (seen.link, seen.we) if cue is not None)
    clauses = tuple(seen.clauses())
    frames = tuple(_frames(evidence, clauses, verb_last=verb_last))
    tones = tuple(_tone(clause, clauses, evidence, readings) for clause in clauses)
    reported = any(part.mood is not Mood.INDICATIVE for part in seen.parts)
    joined = tuple(_joined(text, clauses, evidence))
    return Voice(readings, cues, clauses, tones, frames, joined, reported)


def _bounded(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses; of a sentence that has too many, the last one holds the rest."""
    if len(clauses) <= MOST:
        return tuple(clauses)
    last = clauses[MOST - 1]
    return (*clauses[: MOST - 1], replace(last, end=clauses[-1].end))


def _joined(text: str, clauses: Sequence[Clause], cues: Sequence[Evidence]) -> Iterator[tuple[int, int]]:
    """What stands before the last „und“ before a hedge, in its clause: "are unaware of it and may pass it on"."""
    for cue in cues:
        if cue.firmness not in _UNSURE:
            continue
        start = next((c.start for c in clauses if cue.start < c.end), 0)
        last = max((m.end() for m in _AND.finditer(text, start, cue.start)), default=-1)
        if last > start:
            yield start, last


def _frames(cues: Sequence[Evidence], clauses: Sequence[Clause], *, verb_last: bool) -> Iterator[tuple[int, int]]:
    """Where speakers are named: the name, the verb, and what is said of the name between them or after it.

    Where the verb may stand last („hat die Stadt den Bau angekündigt“), what stands between the two is what is told.
    """
    for cue in cues:
        mention = cue.mention
        if not cue.main or mention is None or mention.start >= mention.end:
            continue
        yield mention.start, mention.end
        yield cue.start, cue.end
        if mention.end <= cue.start and not verb_last:
            yield mention.end, cue.start
        for clause in clauses:
            if clause.place not in (Place.RELATIVE, Place.ASIDE) or clause.reported:
                continue
            hangs = mention.end <= clause.start <= mention.end + 2
            if hangs and (cue.start < mention.start or clause.end <= cue.start):
                yield clause.start, clause.end
    for clause in clauses:
        if clause.place is Place.FRAME:
            yield clause.start, clause.end


def _tone(clause: Clause, clauses: Sequence[Clause], cues: Sequence[Evidence], readings: Sequence[Reading]) -> Tone:
    """What governs a clause: its own cue, else the sentence's."""
    reading = next((r for r in readings if r.start < clause.end and clause.start < r.end), None)
    if reading is None:
        return WRITER
    inside = [cue for cue in cues if clause.start <= cue.start < clause.end]
    kind, firmness, cue = reading.kind, reading.firmness, None
    told = next((c for c in cues if c.main and c.kind is not None and (c.start, c.end) == reading.cue_at), None)
    told = told or next((c for c in cues if c.main and c.kind is not None), None)
    if told is not None:
        cue = told
        elsewhere = _unit(clauses, told.start) != clause.unit
        beside = told.rule in _ADVERBS and clause.place in _OWN and told not in inside
        if told.rule in _LOCAL and not clause.reported and (elsewhere or beside):
            kind, cue = SourceKind.ARTICLE, None
    if firmness is not Firmness.ASSERTED and firmness not in _FINAL:
        firm = next((c for c in cues if c.main and c.firmness is firmness), None)
        if firm is not None:
            reached = firm in inside or (
                clause.place not in _OWN
                and (
                    firm.rule in _WHOLE
                    or _unit(clauses, firm.start) == clause.unit
                    or _place(clauses, firm.start) is Place.TOLD
                )
            )
            firmness = firmness if reached else Firmness.ASSERTED
            cue = cue or (firm if reached else None)
    for own in inside:
        if own.main:
            continue
        if own.kind is not None and own.kind is not SourceKind.ARTICLE:
            kind, cue = own.kind, own
        if own.firmness in _UNSURE:
            firmness, cue = own.firmness, cue or own
    return Tone(kind, firmness, cue, reading)


def _unit(clauses: Sequence[Clause], at: int) -> int:
    return next((c.unit for c in clauses if at < c.end), 0)


def _place(clauses: Sequence[Clause], at: int) -> Place:
    return next((c.place for c in clauses if at < c.end), Place.MAIN)
