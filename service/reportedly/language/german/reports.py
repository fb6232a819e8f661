"""German reporting verbs in their clauses: who says, and whether what is said is the sentence's main proposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.language.german import verbs
from reportedly.language.german.clauses import Clause, Kind, Syntax, Unit
from reportedly.language.german.phrases import subject_after, subject_before
from reportedly.language.german.words import (
    AUXILIARY,
    CAPITAL,
    MARK,
    NEGATION,
    REPORT,
    Use,
)
from reportedly.language.lexicon import Word

PARTICLE_REACH: Final = 60
"""Tokens after its verb in which a particle is looked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb that reports."""

    at: int
    """Its token."""
    use: Use
    clause: int
    main: bool
    passive: bool
    subject: tuple[int, int] | None
    agent: tuple[int, int] | None = None


def find(words: Sequence[Word], syntax: Syntax) -> list[Report]:
    """Every reporting verb of the sentence that has something to report."""
    found: list[Report] = []
    for i, word in enumerate(words):
        if not word.flags & REPORT or (word.flags & CAPITAL and i != syntax.clauses[syntax.of[i]].first):
            continue
        number = syntax.of[i]
        clause = syntax.clauses[number]
        for use in word.more:
            report = _report(words, syntax, i, use, number, clause)
            if report is not None:
                found.append(report)
                break
    return found


def _report(words: Sequence[Word], syntax: Syntax, i: int, use: Use, number: int, clause: Clause) -> Report | None:
    unit = syntax.units[clause.unit]
    passive = False
    if use.traits & verbs.FINITE and clause.finite == i:
        if use.parted and not _parted(words, unit, i, use.verb.particle):
            return None
        finite = i
    elif use.traits & verbs.PARTICIPLE and clause.finite >= 0 and clause.finite != i:
        low = words[clause.finite].low
        if not words[clause.finite].flags & AUXILIARY:
            return None
        passive = low in _PASSIVE
        if not passive and low not in _PERFECT:
            return None
        finite = clause.finite
    else:
        return None
    if clause.kind is Kind.AS:
        subject = _as_subject(words, clause, finite, i)
        return Report(i, use, number, True, passive, subject)
    if clause.kind is not Kind.MAIN:
        return Report(i, use, number, False, passive, None)
    if not _has_content(words, syntax, clause, unit, i, use):
        return None
    subject = _subject(words, clause, unit, finite)
    return Report(i, use, number, True, passive, subject)


_PASSIVE: Final = frozenset(("wird", "werden", "wurde", "wurden", "werde", "würde"))
_PERFECT: Final = frozenset(("hat", "haben", "hatte", "hatten", "habe", "hätte", "hätten"))


def _parted(words: Sequence[Word], unit: Unit, i: int, particle: str) -> bool:
    """Whether the particle of the verb at `i` stands at the end of a clause of its unit."""
    for j in range(i + 1, min(unit.last, i + PARTICLE_REACH)):
        if words[j].low == particle and (j + 1 >= len(words) or words[j + 1].flags & MARK or j + 1 == unit.last):
            return True
    return False


def _as_subject(words: Sequence[Word], clause: Clause, finite: int, verb: int) -> tuple[int, int] | None:
    """The subject of „wie X sagte“."""
    first = clause.first
    while first < clause.last and words[first].low != "wie":
        first += 1
    return subject_after(words, first + 1, min(finite, verb))


def _subject(words: Sequence[Word], clause: Clause, unit: Unit, finite: int) -> tuple[int, int] | None:
    before = subject_before(words, clause.first, finite)
    if before is not None:
        return before
    if finite == unit.front and unit.clauses[0] is not clause and unit.clauses[0].kind is Kind.FRAGMENT:
        head = unit.clauses[0]
        end = head.last
        while end > head.first and words[end - 1].flags & MARK:
            end -= 1
        before = subject_before(words, head.first, end)
        if before is not None:
            return before
    return subject_after(words, finite + 1, clause.last)


def _has_content(words: Sequence[Word], syntax: Syntax, clause: Clause, unit: Unit, i: int, use: Use) -> bool:
    takes = use.verb.takes
    if "object" in takes:
        return not any(words[j].flags & NEGATION for j in range(clause.first, clause.last))
    if "clause" in takes:
        if any(c.kind in (Kind.CONTENT, Kind.INFINITIVE) for c in unit.clauses):
            return True
        number = syntax.units.index(unit)
        if number and clause.finite == unit.front:
            return True
        ends = words[min(clause.last, len(words)) - 1].text
        if number + 1 < len(syntax.units) and ends in ",:":
            return True
        if ends == ":" or any(words[j].text in '„"«»“' for j in range(clause.first, clause.last)):
            return True
    return any(words[j].low in takes for j in range(clause.first, clause.last))
