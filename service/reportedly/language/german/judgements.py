"""German value judgements in the writer's own voice: copula and predicate, nothing that could be checked."""

from __future__ import annotations

from typing import Final

from reportedly.language.evidence import Evidence
from reportedly.language.german.clauses import Clause, Kind
from reportedly.language.german.sentence import Reading
from reportedly.language.german.words import ADVERB, CAPITAL, COORDINATOR, DETERMINER, MARK
from reportedly.schema import Firmness

COPULAS: Final = frozenset(
    (
        "ist",
        "sind",
        "war",
        "waren",
        "bleibt",
        "bleiben",
        "blieb",
        "wirkt",
        "wirken",
        "wirkte",
        "klingt",
        "klang",
        "wäre",
    )
)
_ARTICLES: Final = frozenset(("der", "die", "das"))
_ENDINGS: Final = ("e", "er", "es", "en", "em")
_INDEFINITE: Final = frozenset(("ein", "eine", "einer", "einem", "einen", "kein", "keine", "reine", "reiner", "reines"))
_SUPERLATIVE: Final = ("ste", "sten", "ester", "este", "esten")
NEAR: Final = 5
"""Tokens before a noun in which its article stands („ein bei aller Liebe blanker Unsinn“)."""


def judgement(reading: Reading) -> Evidence | None:
    """„Bemerkenswert ist das Tempo“, „Das ist albern“, „Das war eine Frechheit“: the first such clause of the sentence;
    quoted words are somebody else's."""
    for number, clause in enumerate(reading.syntax.clauses):
        finite = clause.finite
        if clause.kind is not Kind.MAIN or finite < 0 or number not in reading.content:
            continue
        if reading.words[finite].low not in COPULAS or reading.quoted(finite):
            continue
        at = _predicate(reading, clause)
        if at >= 0 and not reading.quoted(at):
            return Evidence("judgement", *reading.span(at, at + 1), None, Firmness.EVALUATED)
    return None


def _predicate(reading: Reading, clause: Clause) -> int:
    """The word that judges, or -1."""
    words, lists = reading.words, reading.lexicon.lists
    judging, nouns = lists["judging"], lists["judging_nouns"]
    front = reading.syntax.units[clause.unit].front
    if front + 1 == clause.finite or (0 <= front < clause.finite and words[front + 1].low == "als"):
        low = words[front].low
        if low in judging or (low.endswith("er") and low[:-2] in judging):
            return front
    for i in range(clause.finite + 1, clause.last):
        word = words[i]
        if word.flags & CAPITAL:
            near = words[max(clause.finite + 1, i - NEAR) : i]
            if word.low in nouns and any(w.low in _INDEFINITE or w.low in _ARTICLES for w in near):
                return i
        elif word.low in judging:
            after = words[i + 1] if i + 1 < len(words) else None
            if after is None or after.flags & (MARK | COORDINATOR) or (i + 1 == clause.last):
                return i
        elif _attributed(reading, i, clause):
            return i
    return -1


def _attributed(reading: Reading, i: int, clause: Clause) -> bool:
    """Whether a judging adjective stands before the predicate's noun: „ein fatales Signal“, „die albernste Idee“."""
    words, judging = reading.words, reading.lexicon.lists["judging"]
    if i + 1 >= clause.last or not words[i + 1].flags & CAPITAL:
        return False
    low = words[i].low
    before = words[i - 1]
    if any(low.endswith(ending) and low[: -len(ending)] in judging for ending in _ENDINGS):
        return before.low in _INDEFINITE or bool(before.flags & ADVERB and not before.flags & DETERMINER)
    superlative = any(low.endswith(ending) and low[: -len(ending)] in judging for ending in _SUPERLATIVE)
    return superlative and before.low in _ARTICLES
