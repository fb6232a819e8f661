"""Which words of a German clause are its verbs: the finite one in second or in last place, and what closes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.german.words import (
    ADJECTIVE,
    ADVERB,
    AUXILIARY,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FINITE,
    HOMOGRAPH,
    INFINITIVE,
    MARK,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    PRONOUN,
    REPORTIVE,
    UNREAL,
    ZU,
)
from reportedly.language.lexicon import Word

REACH: Final = 3
"""How far from its end a side clause may have its finite verb („dass er das hätte tun können“)."""
MOST: Final = 12
"""Most verbs that are looked at for the finite one; a main clause with more of them is no German."""
_STARTS: Final = frozenset(':„“"»«–—-.…')
"""Marks after which a sentence may begin inside the sentence."""


def finites_in(words: Sequence[Word], first: int, last: int) -> list[int]:
    found = [i for i in range(first, last) if words[i].flags & FINITE and is_finite(words, i, first)]
    if len(found) == 1 and _framed(words, first, found[0]):
        found = []
    if len(found) > 1 and words[found[0]].flags & CAPITAL and not words[found[0]].flags & AUXILIARY:
        del found[0]  # a noun after all: „Gespräche sollen laufen“
    return found


def is_finite(words: Sequence[Word], i: int, opens: int) -> bool:
    """Whether token `i` can be the finite verb of a clause that opens at `opens`."""
    flags = words[i].flags
    if not flags & FINITE or (flags & CAPITAL and not opens_sentence(words, i, opens)):
        return False
    if flags & INFINITIVE:
        if i and words[i - 1].low == "zu":
            return False
        if i + 2 < len(words) and words[i + 1].low == "zu" and words[i + 2].flags & INFINITIVE:
            return False  # „sorgen zu wollen“
    if flags & HOMOGRAPH:
        return False
    if flags & ADJECTIVE:
        after = words[i + 1] if i + 1 < len(words) else None
        return after is not None and bool(after.flags & (PRONOUN | DETERMINER | ADVERB)) and i > opens
    if flags & REPORTIVE and not flags & AUXILIARY and i + 1 < len(words) and words[i + 1].flags & CAPITAL:
        return not (i > opens and words[i - 1].flags & (DETERMINER | PREPOSITION))
    return True


def opens_sentence(words: Sequence[Word], i: int, opens: int) -> bool:
    """Whether a capital at `i` may be that of a sentence's first word, and the word a verb: „Sollte er kommen“."""
    if i != opens or (i and words[i - 1].text not in _STARTS):
        return False
    flags = words[i].flags
    return bool(flags & (AUXILIARY | UNREAL)) or (
        not flags & REPORTIVE and i + 1 < len(words) and not words[i + 1].flags & FINITE
    )


def second_verb(words: Sequence[Word], first: int, finites: Sequence[int], at: int = 0) -> int:
    """The finite verb of a main clause: the first from `finites[at]` on, but no participle before an auxiliary and no
    attribute („geplanten Reform“) before any other verb."""
    near = finites[at : at + MOST]
    for i in near:
        flags = words[i].flags
        if flags & AUXILIARY:
            if flags & INFINITIVE and i + 1 in near and words[i + 1].flags & AUXILIARY:
                continue  # „Bezahlt werden soll das später“
            return i
        if flags & (PARTICIPLE | INFINITIVE) and any(words[j].flags & AUXILIARY for j in near):
            continue
        if attribute(words, first, i) and near[-1] > i:
            continue
        return i
    return near[0] if near else -1


def attribute(words: Sequence[Word], first: int, i: int) -> bool:
    """Whether a form in „-te“ or „-ten“ can be an adjective: a noun follows, and what goes before opens no clause."""
    if not words[i].flags & PAST or i + 1 >= len(words):
        return False
    while first < i and words[first].flags & (MARK | COORDINATOR):
        first += 1
    if i > first and words[i - 1].flags & (PREPOSITION | DETERMINER) and not words[i - 1].flags & PRONOUN:
        return True
    if not words[i + 1].flags & CAPITAL:
        return False
    if not words[i - 1].flags & CAPITAL or i == first:
        return True
    if _framed(words, first, i):
        return True
    return bool(words[first].flags & PREPOSITION or words[min(first + 1, i)].flags & PREPOSITION)


def _framed(words: Sequence[Word], first: int, i: int) -> bool:
    """Whether a form in „-te“ or „-ten“ stands between an article with a prepositional phrase and a noun: „eine am
    Freitag vorgestellte Studie“."""
    if not words[i].flags & PAST or i + 1 >= len(words) or not words[i + 1].flags & CAPITAL:
        return False
    return any(
        words[j].flags & PREPOSITION and words[j - 1].flags & DETERMINER for j in range(i - 2, max(first, i - 6), -1)
    )


def final_verb(words: Sequence[Word], first: int, last: int, finites: Sequence[int]) -> int:
    """The finite verb of a side clause: the last one, an auxiliary before others."""
    end = last
    while end > first and words[end - 1].flags & MARK:
        end -= 1
    near = [i for i in finites if i >= end - REACH]
    if not near:
        return -1
    for i in reversed(near):
        if words[i].flags & AUXILIARY:
            return i
    return near[-1]


def is_last(words: Sequence[Word], verb: int, last: int) -> bool:
    """Whether a finite verb closes its segment, or stands before two infinitives („hätte tun können“)."""
    after = [words[i].flags for i in range(verb + 1, last) if not words[i].flags & MARK]
    return not after or (len(after) > 1 and all(flags & INFINITIVE for flags in after))


def ends_with(words: Sequence[Word], verb: int, last: int) -> bool:
    """Whether nothing but other verbs stands between a verb and the end of its segment."""
    return all(words[i].flags & (MARK | INFINITIVE | PARTICIPLE) for i in range(verb + 1, last))


def infinitive_at(words: Sequence[Word], i: int, last: int) -> bool:
    """Whether „zu“ and an infinitive stand at token `i`."""
    if words[i].flags & ZU:
        return True
    return words[i].low == "zu" and i + 1 < last and bool(words[i + 1].flags & INFINITIVE)


def closes(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a segment ends in an infinitive or a participle, as the second half of a main clause does."""
    while last > first and words[last - 1].flags & MARK:
        last -= 1
    return any(
        words[i].flags & (INFINITIVE | PARTICIPLE) and not words[i].flags & CAPITAL
        for i in range(max(first, last - 2), last)
    )
