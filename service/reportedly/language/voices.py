"""Whose voices a sentence lets through: its readings, and every cue in it, also those that decide nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from reportedly.language.evidence import Evidence, Mood
from reportedly.language.reader import grammar_for, observe, read
from reportedly.language.reading import Reading
from reportedly.schema import Firmness, Language, Sentence, SourceKind

_HEDGED = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence as a check hears it."""

    readings: tuple[Reading, ...] = ()
    """One a proposition; none for questions, credits and fragments."""
    cues: tuple[Evidence, ...] = ()
    """Every cue, in side clauses as well."""
    reportive: bool = False
    """Whether a verb form alone says that these are somebody's words („liege“, „seien“)."""

    @property
    def sourced(self) -> bool:
        """Whether anybody but the writer is heard."""
        told = any(cue.kind not in (None, SourceKind.ARTICLE) for cue in self.cues)
        return told or self.reportive or any(reading.kind is not SourceKind.ARTICLE for reading in self.readings)

    def hedged(self, start: int, end: int) -> bool:
        """Whether a hedge, a denial or a judgement stands between these offsets."""
        return any(cue.firmness is not None and start <= cue.start < end for cue in self.cues)

    @property
    def unsure(self) -> bool:
        """Whether a hedge stands anywhere in it."""
        return any(cue.firmness in _HEDGED for cue in self.cues)


_SILENT = Voice()


def listen(
    text: str, sentences: tuple[Sentence, ...], language: Language, *, publisher: str | None = None
) -> tuple[Voice, ...]:
    """The voices of each sentence, in order; silence in a language without a grammar."""
    grammar = grammar_for(language)
    if grammar is None:
        return (_SILENT,) * len(sentences)
    readings: dict[int, list[Reading]] = defaultdict(list)
    for reading in read(text, sentences, language, publisher=publisher):
        readings[reading.sentence].append(reading)
    observations, _ = observe(text, sentences, grammar, publisher)
    return tuple(
        _SILENT
        if seen is None
        else Voice(
            tuple(readings[sentence.id]),
            tuple(seen.evidence) + tuple(cue for cue in (seen.link, seen.we) if cue is not None),
            any(part.mood is not Mood.INDICATIVE for part in seen.parts),
        )
        for sentence, seen in zip(sentences, observations, strict=True)
    )
