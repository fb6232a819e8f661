"""Headings and teasers that say flatly what the body only reports: they take the body's status (finding C106)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportedly.language.grammar import Grammar
from reportedly.language.reading import Reading
from reportedly.language.tokens import Tokens
from reportedly.schema import UNSURE, Firmness, Sentence, SentenceKind, Status

SHARED: Final = 0.5
"""Share of a heading's content words that a body sentence must hold to tell the same (half: a heading names the actor
and the matter, the body adds the rest)."""
FEWEST: Final = 2
"""Content words that they must share at least, so that one common name is not enough."""
_FLAT: Final = frozenset({Status.STATED, Status.CONFIRMED})
_HEADS: Final = frozenset({SentenceKind.HEADING, SentenceKind.TEASER})


def heads_corrected(
    readings: Sequence[Reading], sentences: Sequence[Sentence], tokens: Tokens, grammar: Grammar
) -> list[Reading]:
    """The readings, with those of flat headings replaced by what the body says of the same; `surer_than` names the
    body's sentence."""
    heads = {s.id for s in sentences if s.kind in _HEADS}
    if not heads or not any(r.status in UNSURE for r in readings):
        return list(readings)
    if not any(r.sentence in heads and r.status in _FLAT for r in readings):
        return list(readings)
    body = [(r, _keys(r, tokens, grammar)) for r in readings if r.sentence not in heads]
    out: list[Reading] = []
    for reading in readings:
        found = None
        if reading.sentence in heads and reading.status in _FLAT:
            found = _counterpart(_keys(reading, tokens, grammar), body)
        out.append(reading if found is None else _lowered(reading, found))
    return out


def _keys(reading: Reading, tokens: Tokens, grammar: Grammar) -> frozenset[str]:
    span = tokens.within(reading.start, reading.end)
    return grammar.keys(tokens, span.start, span.stop)


def _counterpart(keys: frozenset[str], body: Sequence[tuple[Reading, frozenset[str]]]) -> Reading | None:
    """The first unsure body reading that tells what the heading tells, unless a sure one tells as much of it."""
    best: Reading | None = None
    most, sure = 0, 0
    for reading, words in body:
        shared = len(keys & words)
        if shared < FEWEST or shared < SHARED * len(keys):
            continue
        if reading.status in UNSURE:
            if shared > most and reading.firmness is not Firmness.CONDITIONAL:  # what would be is another matter
                best, most = reading, shared
        elif reading.status in _FLAT:
            sure = max(sure, shared)
    return best if most > sure else None


def _lowered(head: Reading, body: Reading) -> Reading:
    return replace(
        head, kind=body.kind, firmness=body.firmness, rule="heading-surer", source=body.source, chain=body.chain,
        source_at=body.source_at, cue_at=None, inherited_from=body.sentence, surer_than=body.sentence,
    )  # fmt: skip
