"""Conditions: "would" in the writer's own voice, "if" over a sentence, "should the deal fail"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout
from reportedly.language.english.words import (
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    MARK,
    MODAL,
    NEGATION,
    PLAIN,
    PRONOUN,
    REPORT,
    THAT,
)
from reportedly.language.lexicon import Word

_NO_CONDITION: Final = frozenset(("not", "only", "ever", "any", "so", "you", "anything"))
"""After "if", these make no condition: "if not the biggest", "if you like"."""
_LATER: Final = frozenset(("later", "go", "eventually"))
"""After "would", these tell of the past: "he would later become"."""
_DUTIES: Final = frozenset(("should", "shouldn't", "ought"))
_SHOULD_REACH: Final = 8
"""Tokens between "should" and its verb ("should the talks between the two sides fail")."""


def find_condition(words: Sequence[Word], layout: Layout, quoted: Sequence[int], *, told: bool) -> int | None:
    """The token that makes a sentence conditional, or None. `told`: whether somebody is reported, whose "would" may
    only stand for "will"."""
    posed = layout.condition >= 0 and not quoted[layout.condition] and _poses(words, layout.condition)
    backshifted = told
    for i, word in enumerate(words):
        backshifted = backshifted or bool(word.flags & REPORT and not word.flags & CAPITAL)
        if word.low == "should" and _inverted(words, i):
            return i
        if not word.flags & MODAL or layout.side[i] or quoted[i]:
            continue
        if word.low in ("would", "wouldn't") and (posed or not backshifted) and not _refuses(words, i):
            return i
    return 0 if posed and layout.condition == 0 and not told else None


def find_duty(words: Sequence[Word], layout: Layout, quoted: Sequence[int]) -> int | None:
    """The "should" or "ought" by which the writer judges, or None."""
    for i, word in enumerate(words):
        if word.low in _DUTIES and not layout.side[i] and not quoted[i] and not _inverted(words, i):
            return i
    return None


def _poses(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].low not in _NO_CONDITION


def _inverted(words: Sequence[Word], i: int) -> bool:
    """ "Should the deal fail, …"."""
    if i + 2 >= len(words) or (i and not words[i - 1].flags & (MARK | THAT | COORDINATOR)):
        return False
    return bool(words[i + 1].flags & (DETERMINER | CAPITAL | PRONOUN)) and any(
        word.flags & PLAIN and not word.flags & CAPITAL for word in words[i + 2 : i + _SHOULD_REACH]
    )


def _refuses(words: Sequence[Word], i: int) -> bool:
    """Whether "would" at `i` tells of the past: somebody refused, or something came later."""
    if any(word.flags & NEGATION for word in words[:i]):
        return True
    follower = words[i + 1] if i + 1 < len(words) else None
    return follower is not None and (bool(follower.flags & NEGATION) or follower.low in _LATER)
