"""Cuts a German sentence into clauses and tells main clauses from side clauses.

Light on purpose: commas and other marks bound segments; a segment that opens with a subordinator or a relative pronoun
and ends in a verb is a side clause; segments with a finite verb in second or first place are main clauses; what has no
finite verb belongs to the main clause around it. Every step is one pass over the tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from reportedly.language.german.finite import (
    REACH,
    closes,
    ends_with,
    final_verb,
    finites_in,
    infinitive_at,
    is_last,
    second_verb,
)
from reportedly.language.german.words import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CONDITION,
    CONTENT,
    COORDINATOR,
    INFINITIVE,
    MARK,
    PARTICIPLE,
    PREPOSITION,
    QUESTION,
    RELATIVE,
    SUBORDINATOR,
)
from reportedly.language.lexicon import Word

_BOUNDS: Final = frozenset(",;:–—()[]!?…")
_DASHES: Final = frozenset("-")
_WHATEVER: Final = frozenset(("was", "wo", "wer"))
"""Relative pronouns that a finite verb may follow at once („was kommt“)."""


class Kind(Enum):
    """What a clause is."""

    MAIN = "main"
    CONTENT = "content"
    """dass, ob: what somebody says."""
    CONDITION = "condition"
    """wenn, falls, or a verb in first place."""
    AS = "as"
    """„wie X sagte“: a report in a side clause."""
    RELATIVE = "relative"
    SIDE = "side"
    INFINITIVE = "infinitive"
    FRAGMENT = "fragment"
    """No finite verb: part of a main clause, apposition, list."""
    ASIDE = "aside"
    """In brackets."""


@dataclass(slots=True)
class Clause:
    """A stretch of tokens of one sentence, counted from its start."""

    first: int
    last: int
    """One past the last token, closing mark included."""
    kind: Kind
    finite: int = -1
    unit: int = 0
    """The main clause that it belongs to."""


@dataclass(slots=True)
class Unit:
    """A main clause with all that hangs on it."""

    first: int
    last: int
    finite: int = -1
    front: int = -1
    """Where the words before the finite verb begin: the first token of the clause, marks and „und“ left out."""
    clauses: list[Clause] = field(default_factory=list)


@dataclass(slots=True)
class Syntax:
    """The clauses of a sentence."""

    clauses: list[Clause]
    units: list[Unit]
    of: list[int]
    """The clause of every token."""


def _segments(words: Sequence[Word]) -> list[tuple[int, int, bool]]:
    """First token, one past the last, and whether in brackets; the bounding mark stays with the segment before."""
    out: list[tuple[int, int, bool]] = []
    first, deep = 0, False
    for i, word in enumerate(words):
        if not word.flags & MARK:
            if (
                word.flags & COORDINATOR
                and i > first
                and i + 1 < len(words)
                and words[i + 1].flags & (CONTENT | CONDITION)
            ):
                out.append((first, i, deep))  # „, dass A kommt und dass B geht“
                first = i
            continue
        text = word.text
        if text not in _BOUNDS and not (text in _DASHES and 0 < i < len(words) - 1):
            continue
        if text in "([":
            if i > first:
                out.append((first, i, deep))
            first, deep = i, True
        elif text in ")]":
            out.append((first, i + 1, deep))
            first, deep = i + 1, False
        else:
            if i + 1 > first:
                out.append((first, i + 1, deep))
            first = i + 1
    if first < len(words):
        out.append((first, len(words), deep))
    return out


def _opener(words: Sequence[Word], first: int, last: int) -> int:
    """The first word of a segment that may make it a side clause: marks, „und“, adverbs before „wenn“ are skipped."""
    i = first
    while i < last and words[i].flags & MARK:
        i += 1
    while i < last - 1 and words[i].flags & (COORDINATOR | ADVERB) and not words[i].flags & (SUBORDINATOR | RELATIVE):
        if words[i + 1].flags & (SUBORDINATOR | QUESTION) or words[i].flags & COORDINATOR:
            i += 1
        else:
            break
    return min(i, last - 1)


def _side(words: Sequence[Word], opener: int, last: int, after_mark: bool) -> Kind | None:
    """What kind of side clause a segment can be by its first words."""
    word = words[opener]
    flags = word.flags
    low = word.low
    if flags & CONTENT:
        return Kind.CONTENT
    if flags & CONDITION:
        return Kind.CONDITION
    if low == "wie" and opener + 1 < last:
        return Kind.AS
    if flags & SUBORDINATOR:
        return Kind.SIDE
    if flags & QUESTION:
        return Kind.CONTENT if after_mark else Kind.SIDE
    if after_mark and flags & RELATIVE:
        return Kind.RELATIVE
    if after_mark and flags & PREPOSITION and opener + 1 < last and words[opener + 1].flags & RELATIVE:
        return Kind.RELATIVE
    return None


def parse(words: Sequence[Word]) -> Syntax:
    """The clauses of a sentence."""
    clauses: list[Clause] = []
    waiting: Clause | None = None
    main: Clause | None = None
    for first, last, aside in _segments(words):
        if aside:
            clauses.append(Clause(first, last, Kind.ASIDE))
            continue
        opener = _opener(words, first, last)
        finites = finites_in(words, opener, last)
        final = final_verb(words, opener, last, finites) if finites else -1
        comma = bool(clauses) and words[first - 1].text == "," and not words[opener].flags & CAPITAL
        kind = _side(words, opener, last, comma)
        if kind is not None and not _refuted(words, kind, (opener, last), finites, final, bool(clauses)):
            if final < 0 and kind is Kind.RELATIVE and any(infinitive_at(words, i, last) for i in range(first, last)):
                kind = Kind.INFINITIVE  # „, den Bau zu beginnen“
            clause = Clause(first, last, kind, final)
            clauses.append(clause)
            if final < 0 and kind is not Kind.INFINITIVE:
                waiting = clause
        elif waiting is not None and final >= 0 and (finites[0] != opener or clauses[-1].kind is Kind.ASIDE):
            waiting.finite = final
            clauses.append(Clause(first, last, waiting.kind, final))
            waiting = None
        elif not finites or (clauses and _rest_only(words, finites, last, main if main is not clauses[-1] else None)):
            clauses.append(_verbless(words, (first, last), clauses, main))
        else:
            waiting = None
            _split(words, first, last, finites, clauses)
            main = clauses[-1]
    return _units(words, clauses)


def _refuted(
    words: Sequence[Word], kind: Kind, reach: tuple[int, int], finites: Sequence[int], final: int, after_mark: bool
) -> bool:
    """Whether the verb's place shows a main clause, whatever the first word promised („, der sagte gestern nichts“)."""
    if not finites:
        return False
    opener, last = reach
    if final < 0 or (kind is Kind.AS and not after_mark and finites[0] == opener + 1 and final != finites[0]):
        return True
    first = finites[0]
    if kind is Kind.RELATIVE or words[opener].flags & PREPOSITION or words[opener].low == "als":
        modal = words[first].flags & INFINITIVE and words[final].flags & AUXILIARY  # „die einstürzen könnte“
        if first == opener + 1 and final != first and not modal and words[opener].low not in _WHATEVER:
            return True
        if not is_last(words, final, last):
            return True
    ambiguous = words[final].flags & (INFINITIVE | PARTICIPLE)
    return bool(first != final and words[first].flags & AUXILIARY and ambiguous and first < final - REACH)


def _rest_only(words: Sequence[Word], finites: Sequence[int], last: int, main: Clause | None) -> bool:
    """Whether the verbs of a segment are no finite ones but close the main clause before an insertion: „hat der Chef,
    Karl Huber, erklärt“, or stand in an apposition („..., von der Polizei gefasst“)."""
    if not ends_with(words, finites[0], last) or any(words[i].flags & AUXILIARY for i in finites):
        return False
    if all(words[i].flags & PARTICIPLE for i in finites):
        return True
    return bool(main and words[main.finite].flags & AUXILIARY) and all(words[i].flags & INFINITIVE for i in finites)


def _verbless(words: Sequence[Word], span: tuple[int, int], clauses: Sequence[Clause], main: Clause | None) -> Clause:
    """A segment without a finite verb: an infinitive clause, the rest of a main clause that was cut in two by a side
    clause or brackets, or a fragment."""
    first, last = span
    if clauses and any(infinitive_at(words, i, last) for i in range(first, last)):
        return Clause(first, last, Kind.INFINITIVE)
    if main is not None and clauses[-1].kind is not Kind.MAIN:
        if clauses[-1].kind is Kind.ASIDE or closes(words, first, last):
            return Clause(first, last, Kind.MAIN, main.finite)
        return Clause(first, last, Kind.FRAGMENT)
    return Clause(first, last, Kind.FRAGMENT)


def _split(words: Sequence[Word], first: int, last: int, finites: Sequence[int], clauses: list[Clause]) -> None:
    """A segment of main clauses: cut where „und“ joins two finite verbs."""
    verbs = [i for i in finites if not words[i].flags & PARTICIPLE]
    start, at, ending = first, 0, final_verb(words, first, last, verbs)
    verb = second_verb(words, start, finites)
    for i in range(first + 1, last - 1):
        if not words[i].flags & COORDINATOR or not 0 <= verb < i:
            continue
        while at < len(verbs) and verbs[at] <= i:
            at += 1
        if at == len(verbs):
            break
        following = verbs[at]
        parts = ending <= i or ending != following or following - i <= 2
        if parts and not (words[verb].flags & AUXILIARY and words[following].flags & INFINITIVE):
            clauses.append(Clause(start, i, Kind.MAIN, verb))
            start = i
            verb = second_verb(words, start, verbs, at)
    clauses.append(Clause(start, last, Kind.MAIN, verb))


def _units(words: Sequence[Word], clauses: list[Clause]) -> Syntax:
    units: list[Unit] = []
    for clause in clauses:
        new = not units or (clause.kind is Kind.MAIN and units[-1].finite not in (-1, clause.finite))
        if new:
            units.append(Unit(clause.first, clause.last))
        unit = units[-1]
        unit.last = clause.last
        unit.clauses.append(clause)
        clause.unit = len(units) - 1
        if clause.kind is Kind.MAIN and unit.finite < 0:
            unit.finite = clause.finite
            front = clause.first
            while front < clause.finite and words[front].flags & (MARK | COORDINATOR):
                front += 1
            unit.front = front
    of = [0] * len(words)
    for n, clause in enumerate(clauses):
        of[clause.first : clause.last] = [n] * (min(clause.last, len(words)) - clause.first)
    return Syntax(clauses, units, of)
