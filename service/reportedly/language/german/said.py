"""Whether there is anything in a German sentence that a reporting verb can report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.german.clauses import Clause, Kind, Syntax, Unit
from reportedly.language.german.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    FINITE,
    INFINITIVE,
    MARK,
    NEGATION,
    PARTICIPLE,
    PARTICLE,
    PRONOUN,
    REPORTIVE,
    Use,
)
from reportedly.language.lexicon import Word

_DENIES: Final = frozenset(("nicht", "nichts", "nie", "niemals"))
"""Words by which nothing is said („äußerte sich nicht“); „kein“ belongs to what is said."""
_WHAT_WAS_SAID: Final = frozenset(("das", "dies", "so"))
_QUOTES: Final = frozenset('„"«»“”')


class Said:
    """What stands around the verbs of one sentence."""

    def __init__(self, words: Sequence[Word], syntax: Syntax) -> None:
        self._words = words
        self._syntax = syntax

    def has_content(self, clause: Clause, unit: Unit, use: Use) -> bool:
        """Whether something is there that the verb can report."""
        words, takes = self._words, use.verb.takes
        if "clause" in takes and self._clause_near(clause, unit, use):
            return True
        if "predicate" in takes and self._predicate(clause):
            return True
        mains = [c for c in unit.clauses if c.kind is Kind.MAIN and c.finite == clause.finite]
        inside = [j for c in mains for j in range(c.first, c.last)]
        if use.traits and any(words[j].low in _DENIES for j in inside):
            return False
        if "object" in takes:
            return True
        return any(words[j].low in takes for j in inside)

    def _predicate(self, clause: Clause) -> bool:
        """Whether something is called something: an adjective at the end, a quotation, a second noun phrase."""
        words = self._words
        last = clause.last - 1
        while last > clause.finite and words[last].flags & (MARK | PARTICIPLE):
            last -= 1
        word = words[last]
        if last > clause.finite + 1 and not word.flags & (
            CAPITAL | MARK | ADVERB | PARTICLE | INFINITIVE | FINITE | PRONOUN
        ):
            return True
        inner = range(clause.finite + 2, clause.last)
        return any(words[j].text in _QUOTES or words[j].low in ("ein", "eine", "einen") for j in inner)

    def _follows(self, clause: Clause) -> bool:
        """Whether what is said can stand before a clause: another main clause, a fragment („Und zwar immer, sagte
        er“), no relative clause that only cuts its own unit in two."""
        number = self._syntax.of[clause.first]
        before = self._syntax.clauses[number - 1] if number else None
        if before is None:
            return False
        return clause.unit > before.unit or before.kind in (Kind.FRAGMENT, Kind.CONTENT, Kind.INFINITIVE, Kind.SIDE)

    def _with_that(self, clause: Clause) -> bool:
        """Whether a content clause opens with „dass“, after „und“ or not."""
        return any(self._words[j].low == "dass" for j in range(clause.first, min(clause.first + 3, clause.last)))

    def _clause_near(self, clause: Clause, unit: Unit, use: Use) -> bool:
        """Whether a content clause, a main clause beside it, or a quotation can be what is said."""
        words, units = self._words, self._syntax.units
        said = [c for c in unit.clauses if c.kind in (Kind.CONTENT, Kind.INFINITIVE)]
        if "content" in use.verb.takes:
            said = [c for c in said if c.kind is Kind.INFINITIVE or self._with_that(c)]
        if said:
            denied = any(words[j].flags & NEGATION for j in range(clause.first, clause.last))
            return not denied or any(c.kind is Kind.INFINITIVE or self._with_that(c) for c in said)
        if clause.finite <= unit.front and not words[clause.first].flags & COORDINATOR and self._follows(clause):
            return True
        if clause.finite == unit.front + 1 and words[unit.front].low in _WHAT_WAS_SAID:
            return True
        if clause.unit and any(words[j].text in _QUOTES for j in range(max(0, clause.first - 2), clause.first + 1)):
            return True
        if "content" in use.verb.takes:
            after = units[clause.unit + 1].finite if clause.unit + 1 < len(units) else -1
            return after >= 0 and bool(words[after].flags & REPORTIVE)
        ends = words[clause.last - 1].text
        if ends == ":" or (ends == "," and clause.unit + 1 < len(units)):
            return True
        return any(words[j].text in _QUOTES for j in range(clause.first, clause.last))

    def negated(self, clause: Clause) -> bool:
        """Whether „nicht“ stands beside the verb („dementierte das nicht“), „nicht nur“ left out."""
        words = self._words
        return any(
            words[j].low in _DENIES and not (j + 1 < len(words) and words[j + 1].low == "nur")
            for j in range(clause.first, clause.last)
        )


def reported_by_mood(words: Sequence[Word], syntax: Syntax) -> tuple[Clause, int] | None:
    """A main clause whose content stands in Konjunktiv I, whatever its verb: that clause and the verb in the mood."""
    if not syntax.units:
        return None
    unit = syntax.units[0]
    main = next((c for c in unit.clauses if c.kind is Kind.MAIN), None)
    if main is None or words[main.finite].flags & REPORTIVE:
        return None
    for clause in unit.clauses:
        if clause.kind is Kind.CONTENT and clause.finite >= 0 and words[clause.finite].flags & REPORTIVE:
            return main, clause.finite
    if len(syntax.units) > 1:
        following = syntax.units[1]
        if following.finite >= 0 and words[following.finite].flags & REPORTIVE:
            return main, following.finite
    return None
