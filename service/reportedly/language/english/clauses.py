"""Which words of an English sentence stand in a main clause, and where one main clause ends and the next begins.

Light on purpose: one pass over the tokens with a small state. What follows a reporting verb ("said that …") counts as
main, since it is what the sentence tells; relative clauses, adverbial clauses, clauses that hang on a noun ("emails
that could be relevant") and trailing participles ("…, becoming the first") are side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from reportedly.language.english.words import (
    ADVERB,
    ALLEGATION,
    AS,
    AUXILIARY,
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    DO,
    GERUND,
    HAVE,
    MARK,
    MODAL,
    NEGATION,
    NUMBER,
    PARTICIPLE,
    PAST,
    PLAIN,
    PLURAL,
    PREDICATE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    REPORT,
    SUBORDINATOR,
    THAT,
    THIRD,
    TO,
    WH,
    group,
    is_finite_auxiliary,
)
from reportedly.language.evidence import Clause, Place
from reportedly.language.lexicon import Word

_STOPS: Final = frozenset(",;:–—()[]!?…")
_ENDS: Final = frozenset(";:–—")
_VERBAL: Final = AUXILIARY | PLAIN | THIRD | PAST | PARTICIPLE
_FIXED: Final = DETERMINER | PRONOUN | AUXILIARY
"""Adverbs that are also one of these are looked at as such."""
_BY_HOW_MUCH: Final = group("by_how_much")
_OPENERS: Final = RELATIVE | THAT | SUBORDINATOR | WH | AS | GERUND | PREPOSITION
_TELLING: Final = _VERBAL | _OPENERS | MARK | REPORT | COORDINATOR
"""What the state of the clause depends on; all other words are passed over."""
ADDRESSEE: Final = 6
"""Tokens between a verb of telling and its "that" ("told a group of reporters on Monday that")."""
SUBJECT: Final = 14
"""Tokens after "and", "but" or "as" in which the finite verb of a new clause is sought."""
SUBJECT_NOUN: Final = 4
"""A noun this near to the start is the subject: in "News that he died spread", the clause is what is told."""
_CONTRAST: Final = frozenset(("and", "or", "so", "yet"))
"""Words that begin a new main clause, but not in what somebody says: there "but" alone does."""
_MARKS: Final = frozenset('"”’»')
_TRAILING: Final = frozenset(("with", "without", "including", "despite", "amid"))


class Verbal(Enum):
    """How sure it is that a token is a finite verb."""

    NO = 0
    WEAK = 1
    """A form that may as well be a participle or a noun."""
    SURE = 2


class Open(Enum):
    """The kind of side clause that is open."""

    NONE = 0
    INITIAL = 1
    """Before the main clause: "If he goes, …"."""
    ADVERBIAL = 2
    RELATIVE = 3
    """After a comma: ", who left, …"."""
    TIGHT = 4
    """With no comma: it ends at the next finite verb but one."""
    TRAILING = 5
    """", becoming …"."""


@dataclass(slots=True)
class Layout:
    """The syntax of a sentence, by token."""

    finite: list[Verbal]
    side: bytearray
    parts: list[int] = field(default_factory=lambda: [0])
    """Where its main clauses begin."""
    condition: int = -1
    """The "if" of the sentence, outside other side clauses."""

    def part_of(self, i: int) -> int:
        """Which main clause a token belongs to."""
        return bisect_right(self.parts, i) - 1


def verbal(words: Sequence[Word], i: int) -> Verbal:
    """Whether token `i` is a finite verb."""
    word = words[i]
    flags = word.flags
    before = words[i - 1] if i else None
    if is_finite_auxiliary(word):
        if before is not None and before.flags & TO:
            return Verbal.NO
        return Verbal.WEAK if flags & HAVE and before is not None and before.flags & MODAL else Verbal.SURE
    if not flags & (PLAIN | THIRD | PAST):
        return Verbal.NO
    if before is not None and before.flags & (DETERMINER | PREPOSITION | TO) and not before.flags & (PRONOUN | THAT):
        return Verbal.NO
    k = i - 1
    while k > 0 and words[k].flags & (ADVERB | NEGATION) and not words[k].flags & _FIXED:
        k -= 1
    before = words[k] if k >= 0 else None
    if before is not None and before.flags & (BE | HAVE | DO | MODAL) and not before.flags & PRONOUN:
        return Verbal.NO
    follower = words[i + 1].low if i + 1 < len(words) else ""
    return _full_verb(word, before, follower)


def _full_verb(word: Word, before: Word | None, follower: str) -> Verbal:
    """The same for a verb that is no auxiliary, by the words around it (adverbs left out)."""
    flags = word.flags
    if flags & PAST and not flags & (PARTICIPLE | PLAIN):
        return Verbal.SURE
    if flags & THIRD and not flags & CAPITAL:
        if follower == "of" or before is None:
            return Verbal.NO
        return Verbal.WEAK if before.flags & (PLURAL | NUMBER) else Verbal.SURE
    if flags & PLAIN and not flags & PAST:
        return Verbal.WEAK if before is not None and before.flags & (PRONOUN | PLURAL | RELATIVE | THAT) else Verbal.NO
    if not flags & PAST or (follower == "by" and not flags & REPORT and word.low not in _BY_HOW_MUCH):
        return Verbal.NO
    spoken = flags & REPORT and any(verb.takes == "clause" for verb in word.more)
    named = before is not None and before.flags & (PRONOUN | CAPITAL)
    return Verbal.SURE if named or (spoken and before is not None) else Verbal.WEAK


def parse(words: Sequence[Word]) -> Layout:
    """The clauses of a sentence."""
    finite = [verbal(words, i) if word.flags & _VERBAL else Verbal.NO for i, word in enumerate(words)]
    layout = Layout(finite, bytearray(len(words)))
    side = layout.side
    state, finites, main, telling = Open.NONE, 0, False, False
    for i, word in enumerate(words):
        flags = word.flags
        if not flags & _TELLING:
            side[i] = state is not Open.NONE
            continue
        if flags & MARK:
            if word.text in _ENDS or (word.text == "," and (state is not Open.TIGHT or finites)):
                state = Open.NONE
            if word.text == ";" and main and i + 1 < len(words):
                layout.parts.append(i + 1)
                main = telling = False
            continue
        if flags & _OPENERS and (state is Open.NONE or state is Open.TRAILING):
            opened = _opens(words, i, main)
            if opened is not Open.NONE:
                state, finites = opened, 0
                if word.low == "if" and layout.condition < 0:
                    layout.condition = i
        if finite[i] is not Verbal.NO:
            if state is Open.TIGHT and finite[i] is Verbal.SURE and finites and not _joined(words, i):
                state = Open.NONE
            finites += 1
            main = main or state is Open.NONE
        if state is Open.NONE and main:
            telling = telling or bool(flags & REPORT)
            if flags & COORDINATOR and _splits(words, layout, i, telling=telling):
                layout.parts.append(i)
                main = telling = False
        side[i] = state is not Open.NONE
    return layout


def _splits(words: Sequence[Word], layout: Layout, i: int, *, telling: bool) -> bool:
    """Whether a new main clause begins at the coordinator `i`; inside what somebody says, only after "but"."""
    low = words[i].low
    return (low == "but" or (low in _CONTRAST and not telling)) and _new_clause(words, layout, i + 1)


def _joined(words: Sequence[Word], i: int) -> bool:
    """Whether the verb at `i` is joined to the one before by "and"."""
    j = i - 1
    while j > 0 and words[j].flags & ADVERB:
        j -= 1
    return bool(words[j].flags & COORDINATOR)


def _opens(words: Sequence[Word], i: int, main: bool) -> Open:
    """What kind of side clause token `i` opens, if any."""
    word = words[i]
    flags = word.flags
    before = words[i - 1] if i else None
    comma = before is not None and before.text == ","
    if flags & RELATIVE and before is not None and not before.flags & REPORT:
        behind = before.flags & PREPOSITION and i > 1 and words[i - 2].text == ","
        return Open.RELATIVE if comma or behind else Open.TIGHT
    if flags & THAT:
        return Open.TIGHT if before is not None and _hangs_on_noun(words, i) else Open.NONE
    if flags & WH and before is not None and (comma or not before.flags & MARK) and main:
        return Open.ADVERBIAL
    if flags & SUBORDINATOR and not flags & AS and not (before is not None and before.flags & HAVE):
        if not main:
            return Open.INITIAL
        return Open.NONE if word.low in ("than", "given") else Open.ADVERBIAL
    if flags & AS and _clause_follows(words, i + 1):
        return Open.ADVERBIAL if main else Open.INITIAL if before is None else Open.NONE
    if comma and main and (flags & GERUND or word.low in _TRAILING):
        return Open.TRAILING
    return Open.NONE


def _hangs_on_noun(words: Sequence[Word], i: int) -> bool:
    """Whether "that" at `i` opens a clause that hangs on a noun, not what somebody says."""
    before = words[i - 2 if words[i - 1].text in _MARKS and i > 1 else i - 1]
    if before.flags & ALLEGATION and i <= SUBJECT_NOUN:
        return False
    if before.flags & (REPORT | BE | PREDICATE | MARK | PREPOSITION | COORDINATOR | DETERMINER):
        return False
    if i + 1 < len(words) and words[i + 1].flags & (BE | HAVE | MODAL | DO) and before.flags & (MARK | COORDINATOR):
        return False
    return not any(words[j].flags & REPORT for j in range(max(0, i - ADDRESSEE), i))


def _clause_follows(words: Sequence[Word], i: int) -> bool:
    """Whether a subject and a sure finite verb come before the next mark."""
    bracket = False
    for j in range(i, min(i + SUBJECT, len(words))):
        bracket = words[j].text == "(" or (bracket and words[j - 1].text != ")")
        if bracket:
            continue
        if words[j].flags & MARK and words[j].text in _STOPS:
            return False
        if j > i and verbal(words, j) is Verbal.SURE:
            return True
    return False


def _new_clause(words: Sequence[Word], layout: Layout, i: int) -> bool:
    """Whether a main clause with a subject of its own begins at `i`."""
    while i < len(words) and words[i].flags & ADVERB and not words[i].flags & (DETERMINER | PRONOUN):
        i += 1
    if i >= len(words) or words[i].flags & (TO | PREPOSITION | GERUND):
        return False
    if layout.finite[i] is not Verbal.NO and not words[i].flags & PRONOUN:
        return False
    if not words[i].flags & (PRONOUN | DETERMINER | CAPITAL | PLURAL | NUMBER):
        return False
    return _clause_follows(words, i)


def stretches(words: Sequence[Word], layout: Layout, span: Callable[[int, int], tuple[int, int]]) -> list[Clause]:
    """The clauses of a sentence, for whoever asks what a cue governs; `span` gives the offsets of tokens."""
    found: list[Clause] = []
    side, cuts, last = layout.side, frozenset(layout.parts), len(words)
    first = 0
    for i in range(1, last + 1):
        if i < last and i not in cuts and (side[i] == side[first] or words[i].flags & MARK):
            continue
        place = Place.RELATIVE if side[first] else Place.MAIN
        found.append(Clause(*span(first, i), place, layout.part_of(first)))
        first = i
    return found
