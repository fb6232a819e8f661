"""Whether a name is one of a text's: in another form, as the people of a place, as an abbreviation, in a compound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from reportedly.language.content import plain
from reportedly.language.tables import groups, table, words
from reportedly.language.words import Token

_SHORTEST_SHARED: Final = 4
"""Letters that two parts of a compound must share („Merkel“ in „Merkelregierung“)."""
_LONGEST: Final = 60
"""Letters of the longest word that is taken apart."""
_ENDINGS: Final = ("s", "n", "en", "es", "e", "er", "ern")
_PEOPLE: Final = frozenset(words("nouns", "around", "people"))
"""What makes a place into its people, or a name into a compound."""
_LEFT_OUT: Final = frozenset(words("nouns", "around", "left_out"))
"""Small words inside a name, which an abbreviation leaves out."""
_OF_A_PLACE: Final = words("nouns", "around", "of_a_place")


@lru_cache(maxsize=1 << 16)
def name_forms(low: str) -> tuple[str, ...]:
    """The spellings by which a word may be met again: without umlauts, accents, genitive and weak endings."""
    key = plain(low.removesuffix("'s").rstrip("'.")).replace("'", "").replace(".", "")
    key = key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return (key, *(key[: -len(e)] for e in _ENDINGS if len(key) - len(e) >= 3 and key.endswith(e)))


@cache
def _aliases() -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Form of a word → the lines of data/places.toml that it stands in: alone, and as part of a longer spelling."""
    alone: dict[str, list[int]] = {}
    inside: dict[str, list[int]] = {}
    for number, line in enumerate(groups(table("places")["places"])):
        for spelling in line:
            several = spelling.split()
            for word in several:
                (alone if len(several) == 1 else inside).setdefault(name_forms(word)[0], []).append(number)
    freeze = ({word: tuple(numbers) for word, numbers in lines.items()} for lines in (alone, inside))
    return next(freeze), next(freeze)


@lru_cache(maxsize=1 << 15)
def places_of(low: str) -> frozenset[int]:
    """The places or bodies that a word may stand for, as numbers; empty for most."""
    alone, inside = _aliases()
    forms = name_forms(low)
    found = set(inside.get(forms[0], ()))
    for form in forms:
        found.update(alone.get(form, ()))
        for ending in _OF_A_PLACE:
            if form.endswith(ending):
                found.update(alone.get(form.removesuffix(ending) + "isch", ()))
    return frozenset(found)


class KnownNames:
    """All words of a text in the forms in which a name may come back."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._runs: list[str] = []
        words = self._distinct(tokens)
        self._forms = {form for low in words for form in name_forms(low)}
        self._places = {place for low, capital in words.items() if capital for place in places_of(low)}
        self._sorted: list[str] | None = None

    def _distinct(self, tokens: Iterable[Token]) -> dict[str, bool]:
        """The words, and whether a place may be meant; on the way the runs that an abbreviation may stand for."""
        found: dict[str, bool] = {}
        run: list[str] = []
        for token in tokens:
            if token.kind != "word":
                continue
            low = token.low
            if token.text != low:
                found[low] = True
                run.append(low)
                continue
            if low not in found:
                found[low] = low.endswith(_OF_A_PLACE)
            if run and low not in _LEFT_OUT:
                self._runs.append(" ".join(run))
                run.clear()
        if run:
            self._runs.append(" ".join(run))
        return found

    def knows(self, low: str, *, abbreviation: bool = False) -> bool:
        """Whether the text has this name, or what it stands for, in any of its forms."""
        forms = name_forms(low)
        if any(form in self._forms for form in forms) or not self._places.isdisjoint(places_of(low)):
            return True
        if _SHORTEST_SHARED < len(forms[0]) <= _LONGEST and self._compounded(forms[0]):
            return True
        return abbreviation and any(_initials(forms[0], plain(run)) for run in self._runs)

    def _compounded(self, key: str) -> bool:
        """Whether it begins a compound of the text, or a name of the text begins it: „Wiener“."""
        if self._sorted is None:
            self._sorted = sorted(self._forms)
        at = bisect_left(self._sorted, key)
        if at < len(self._sorted) and self._sorted[at].startswith(key):
            return True
        ends = range(len(key) - 1, _SHORTEST_SHARED - 1, -1)
        return any(key[:end] in self._forms for end in ends if key[end:] in _PEOPLE)


def _initials(key: str, run: str) -> bool:
    """Whether the letters of `key` begin the words in turn; a long compound may give more than one."""
    parts = run.split()
    if sum(len(w) for w in parts) < len(key) + 2:
        return False
    if key in "".join(w[0] for w in parts):
        return True
    at = 0
    for word in parts:
        if at < len(key) and word[0] == key[at]:
            at += 1
            rest = word[1:]
            while at < len(key) and len(parts) < len(key) and (place := rest.find(key[at])) >= 0:
                rest = rest[place + 1 :]
                at += 1
    return at == len(key)
