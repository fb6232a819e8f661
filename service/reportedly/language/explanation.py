"""How one sentence got its status: every cue found, where it reaches, whether it counts, and what was inherited."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.language.evidence import Evidence, Mood, Observation
from reportedly.language.reader import grammar_for, observe, read
from reportedly.language.reading import Reading
from reportedly.schema import Firmness, Language, Sentence, SourceKind


@dataclass(frozen=True, slots=True)
class FoundCue:
    """One cue of the sentence; offsets are code points into the text."""

    rule: str
    start: int
    end: int
    kind: SourceKind | None
    """Who vouches by it; None if it says nothing about that."""
    firmness: Firmness | None
    """How firmly; None if it says nothing about that."""
    source: tuple[int, int] | None
    """The words that name the source."""
    reach: tuple[int, int]
    """The clause that it governs."""
    counts: bool
    """Whether it bears on the main proposition; a hedge in a side clause does not."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The evidence of one sentence and the readings that follow from it and from the sentences before."""

    sentence: int
    cues: tuple[FoundCue, ...]
    mood: Mood
    """Of its main clause."""
    link: tuple[int, int] | None
    """The words that tie it to the report before."""
    readings: tuple[Reading, ...]
    """What was decided: rule, axes, source, and the sentence it inherits from. Empty if it bears no claim."""


def explain(
    text: str, sentences: tuple[Sentence, ...], language: Language, number: int, *, publisher: str | None = None
) -> Explanation:
    """How sentence `number` (from 1) of an article got its status.

    Raises KeyError if there is no such sentence, or no grammar of the language.
    """
    grammar = grammar_for(language)
    if grammar is None or not 1 <= number <= len(sentences):
        raise KeyError(number if grammar else language)
    found = observe(text, sentences, grammar, publisher)[0][number - 1]
    readings = read(text, sentences, language, publisher=publisher)
    seen = found or Observation([])
    return Explanation(
        number,
        tuple(_cue(evidence) for evidence in sorted(seen.evidence, key=lambda e: e.start)),
        seen.parts[0].mood if seen.parts else Mood.INDICATIVE,
        (seen.link.start, seen.link.end) if seen.link else None,
        tuple(reading for reading in readings if reading.sentence == number),
    )


def _cue(evidence: Evidence) -> FoundCue:
    mention = evidence.mention
    named = (mention.start, mention.end) if mention is not None and mention.end > mention.start else None
    return FoundCue(
        evidence.rule, evidence.start, evidence.end, evidence.kind, evidence.firmness, named, evidence.reach,
        evidence.main,
    )  # fmt: skip
