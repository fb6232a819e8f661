"""Where a German sentence joins two propositions that may differ in status: „A ist so, und B könnte anders sein“."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from reportedly.language.evidence import Evidence, Part
from reportedly.language.german.clauses import Kind, Unit
from reportedly.language.german.sentence import Reading
from reportedly.language.german.words import AUXILIARY, COORDINATOR, INFINITIVE

_JOINTS: Final = frozenset((";", "–", "—"))
"""Marks between main clauses that stand for themselves."""
MOST: Final = 4
"""Most parts of a sentence; more are an enumeration, which is told as one."""


def parted(reading: Reading, evidence: list[Evidence]) -> tuple[list[Part], list[Evidence]]:
    """The main propositions of a sentence, one as a rule, and its cues, each given to its part."""
    view, units = reading.view, reading.syntax.units
    starts = [unit.first for before, unit in pairwise(units) if _parts(reading, before, unit)]
    cuts = [first for first in starts[: MOST - 1] if not _reaches_over(reading, evidence, first)]
    if not cuts:
        return [Part(view.start, view.end)], evidence
    bounds = [0, *cuts, len(reading.words)]
    parts = [Part(*reading.span(first, last)) for first, last in pairwise(bounds)]
    return parts, [replace(cue, part=_part_of(cue, parts)) for cue in evidence]


def _part_of(cue: Evidence, parts: list[Part]) -> int:
    return next((n for n, part in enumerate(parts) if part.start <= cue.start < part.end), -1)


def _parts(reading: Reading, before: Unit, unit: Unit) -> bool:
    """Whether a main clause stands for itself beside the one before: it has a subject of its own, is joined by „und“, a
    semicolon or a dash, and neither of the two is what somebody says."""
    words = reading.words
    joined = words[unit.first].flags & COORDINATOR or words[unit.first - 1].text in _JOINTS
    own = unit.finite > unit.front + (words[unit.front].flags & COORDINATOR > 0) and before.finite > before.front
    told = any(
        report.main and reading.syntax.clauses[report.clause].unit == before.clauses[0].unit
        for report in reading.reports
    )
    # „könnten helfen, aber auch schaden“: the second verb hangs on the first one's auxiliary
    hangs = words[unit.finite].flags & INFINITIVE and words[before.finite].flags & AUXILIARY
    return bool(joined and own and not told and not hangs and not reading.quoted(unit.first))


def _reaches_over(reading: Reading, evidence: list[Evidence], first: int) -> bool:
    """Whether a source is named that may vouch for both sides of token `first`: one before it, or a frame after it
    that looks back („..., sagte Moser“, „..., wie Moser sagt“)."""
    view = reading.view
    at = reading.span(first, first + 1)[0]
    for cue in evidence:
        if cue.kind is None or not cue.main or cue.mention is None or cue.mention.end == cue.mention.start:
            continue  # „soll“, „angeblich“ reach no farther than their clause
        clause = reading.clause(view.tokens.within(cue.start, cue.end).start - view.first)
        if cue.start < at or clause.kind is not Kind.MAIN or clause.finite <= clause.first:
            return True
    return False
