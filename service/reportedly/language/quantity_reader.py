"""Finds the quantities of a text, token by token."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from reportedly.language.content import code, stem, stopwords
from reportedly.language.numerals import LEADS, Numeral, numeral, values, word_value
from reportedly.language.quantities import Bound, Quantity, bounds, grown_unit, unit_of
from reportedly.language.tables import table
from reportedly.language.words import Token
from reportedly.schema import Language

_CODES: Final = frozenset({"usd", "eur", "gbp", "chf"})
_RANK_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})
_PART_OF: Final = frozenset({"a", "one", "ein", "einem", "eines", "two", "drei", "zwei", "three"})
"""Before these words "third" is a share, elsewhere a rank."""
_AFTER_HALF: Final = frozenset({"of", "the", "its", "their", "a", "his", "her"})
_TWO_WORDS: Final = {"per cent": "%", "percentage point": "pp", "percentage points": "pp"}
_ARTICLES: Final = frozenset({"die", "der", "das", "den", "dem", "the"})
_LINKS: Final = frozenset({"bis", "to", "-"})


def read_quantities(tokens: Sequence[Token], language: Language, taken: Collection[int] = ()) -> list[Quantity]:
    """All quantities among the tokens, in order; those in `taken` (token indices: dates) are passed over."""
    return _Reader(tokens, language, taken).read()


@lru_cache(maxsize=4)
def _open(language: Language) -> dict[str, tuple[float, float]]:
    entries = table("quantities")["open"][code(language)].split()
    spans = (entry.replace("=", ":").split(":") for entry in entries)
    return {word: (float(low), float(high)) for word, low, high in spans}


@lru_cache(maxsize=4)
def _openers(language: Language) -> frozenset[str]:
    """Words in lower case at which a quantity written in words can begin."""
    ranks = values("ordinals", language)
    forms = ranks if language is Language.ENGLISH else (rank + ending for rank in ranks for ending in ("", *"nrsm"))
    words = (word for section in ("numbers", "shares", "times") for word in values(section, language))
    alone = ("dozen",) if language is Language.ENGLISH else ("hundert", "tausend", "dutzend")
    return frozenset((*words, *_open(language), *forms, *LEADS, *alone))


@lru_cache(maxsize=1 << 15)
def _grown(low: str, language: Language) -> tuple[float, str] | None:
    """„zweijährige“ → 2, year."""
    word, unit = grown_unit(low) if language is not Language.ENGLISH and len(low) > 6 else ("", "")
    value = word_value(word, language) if word else None
    return None if value is None else (value, unit)


@lru_cache(maxsize=1 << 15)
def _opens(low: str, language: Language) -> bool:
    return low in _openers(language) or word_value(low, language) is not None or _grown(low, language) is not None


class _Reader:
    def __init__(self, tokens: Sequence[Token], language: Language, taken: Collection[int]) -> None:
        self.tokens, self.language, self.taken = tokens, language, taken
        self.german = language is not Language.ENGLISH

    def read(self) -> list[Quantity]:
        found: list[Quantity] = []
        free = 0
        for at, token in enumerate(self.tokens):
            if at < free or at in self.taken or token.kind == "mark":
                continue
            if token.kind == "number" or _opens(token.low, self.language):
                quantity = self._at(at, token)
                if quantity is not None:
                    found.append(quantity)
                    free = quantity.last + 1
        return found

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _at(self, at: int, token: Token) -> Quantity | None:
        if token.text == "Acht" and at and self.tokens[at - 1].kind == "word":
            return None  # „außer Acht lassen“
        if token.kind == "number":
            if self._designates(at):
                return None
            special = self._score(at, token) or self._rank_in_digits(at, token)
        else:
            special = self._rank_in_words(at, token) or self._loose(at, token)
        special = special or self._share(at, token)
        if special is not None:
            return special
        number = numeral(self.tokens, at, self.language)
        return None if number is None else self._measured(at, number)

    def _designates(self, at: int) -> bool:
        """Whether the digits belong to a name: „F-16“, „Covid-19“."""
        hyphen, before = self._token(at - 1), self._token(at - 2)
        if hyphen is None or before is None or hyphen.text != "-" or before.kind != "word":
            return False
        return before.end == hyphen.start and hyphen.end == self.tokens[at].start

    def _score(self, at: int, token: Token) -> Quantity | None:
        left, colon, right = token.text.partition(":")
        if not colon or not left.isdigit() or not right.isdigit():
            return None
        return self._make(at, at, (float(left), float(right)), "score")

    def _rank_in_digits(self, at: int, token: Token) -> Quantity | None:
        """„3. Platz“, "3rd"."""
        nxt, after = self._token(at + 1), self._token(at + 2)
        if not token.text.isdigit() or nxt is None or nxt.start != token.end:
            return None
        dotted = self.german and nxt.text == "." and len(token.text) < 3 and after is not None and after.kind == "word"
        if not dotted and nxt.low not in _RANK_ENDINGS:
            return None
        return self._make(at, at + 1, (float(token.text), float(token.text)), "rank")

    def _rank_in_words(self, at: int, token: Token) -> Quantity | None:
        word = token.low.rstrip("nrsm") if self.german else token.low
        rank = values("ordinals", self.language).get(word)
        if rank is None or (token.low in values("shares", self.language) and self._is_share(at)):
            return None
        return replace(self._make(at, at, (rank, rank), "rank"), written=True)

    def _is_share(self, at: int) -> bool:
        before = self._token(at - 1)
        return before is not None and before.low in _PART_OF

    def _share(self, at: int, token: Token) -> Quantity | None:
        """„die Hälfte“, „drei Viertel“, "a third"."""
        shares = values("shares", self.language)
        share, last = shares.get(token.low), at
        if share is None:
            number = numeral(self.tokens, at, self.language)
            nxt = None if number is None else self._token(number.last + 1)
            part = None if nxt is None else shares.get(nxt.low)
            if number is None or part is None or part >= 50 or number.value not in (2, 3, 4):
                return None
            share, last = part * number.value, number.last + 1
        elif token.low == "half":
            nxt, after = self._token(at + 1), self._token(at + 2)
            if nxt is not None and nxt.low not in _AFTER_HALF:
                return None
            if after is not None and after.low in values("scales", self.language):
                return None
        elif token.low.startswith("halb") or (share < 50 and not self._is_share(at)):
            return None
        return replace(self._make(at, last, (share, share), "%"), digits=2, written=True)

    def _loose(self, at: int, token: Token) -> Quantity | None:
        """„Hunderte“, „verdoppelt“."""
        opened = _open(self.language).get(token.low)
        if opened is not None:
            return replace(self._make(at, at, opened, ""), bound=Bound.ABOUT, written=True)
        grown = _grown(token.low, self.language)
        if grown is not None:
            return replace(self._make(at, at, (grown[0], grown[0]), grown[1]), written=True)
        if token.low in ("dutzend", "dozen"):
            dozen = values("scales", self.language)[token.low]
            return replace(self._make(at, at, (dozen, dozen), ""), bound=Bound.ABOUT, written=True)
        times = values("times", self.language).get(token.low)
        return None if times is None else replace(self._make(at, at, (times, times), "times"), written=True)

    def _measured(self, at: int, number: Numeral) -> Quantity:
        """The number with a second one, its unit and what it counts."""
        low, high, last, digits = number.value, number.value, number.last, number.digits
        second = self._second(number)
        if second is not None:
            high, last, digits = second.value, second.last, max(digits, second.digits)
            scale = high / _mantissa(high)
            if scale > 1 and low < 1000 and low * scale <= high:
                low *= scale
        first, unit = self._unit_before(at)
        if not unit:
            unit, last = self._unit_after(last)
        if second is not None and not unit and high < 100 and self.tokens[number.last + 1].text == "-":
            unit = "score"
        return replace(self._make(first, last, (low, high), unit), digits=digits, written=number.written)

    def _second(self, number: Numeral) -> Numeral | None:
        """The other end of a range: „20 bis 30“, "20-30", "between 20 and 30"."""
        at = number.last + 1
        link, nxt = self._token(at), self._token(at + 1)
        if link is None or nxt is None or at + 1 in self.taken:
            return None
        if link.low in ("und", "and"):
            opener = self._token(at - 2)
            if opener is None or opener.low not in ("zwischen", "between"):
                return None
        elif link.low not in _LINKS:
            return None
        if nxt.low in ("$", "€", "£") and at + 2 < len(self.tokens):
            return numeral(self.tokens, at + 2, self.language)
        return numeral(self.tokens, at + 1, self.language) if nxt.kind != "mark" else None

    def _unit_before(self, at: int) -> tuple[int, str]:
        """Where the quantity begins, and the unit before it: „$50“, "US$50", „EUR 50“."""
        before = self._token(at - 1)
        if before is None or not (before.kind == "mark" or before.low in _CODES):
            return at, ""
        unit = unit_of(before.low)
        if not unit:
            return at, ""
        land = self._token(at - 2)
        joined = land is not None and land.low in ("us", "a", "c") and land.end == before.start
        return (at - 2 if joined else at - 1), unit

    def _unit_after(self, last: int) -> tuple[str, int]:
        """The unit after token `last`, and the last token that belongs to it."""
        at = last + 1
        token = self._token(at)
        if token is not None and token.text == "-" and token.start == self.tokens[last].end:
            at += 1
            token = self._token(at)
        if token is None:
            return "", last
        unit = unit_of(token.low)
        if unit:
            return unit, at
        nxt = self._token(at + 1)
        if token.low == "us":
            at += 1 if nxt is not None and nxt.text != "-" else 2
            nxt = self._token(at)
            unit = unit_of(nxt.low) if nxt is not None else ""
            return (unit, at) if unit else ("", last)
        unit = _TWO_WORDS.get(f"{token.low} {nxt.low}", "") if nxt is not None else ""
        return (unit, at + 1) if unit else ("", last)

    def _make(self, first: int, last: int, ends: tuple[float, float], unit: str) -> Quantity:
        bound, begin = self._bound(first)
        return Quantity(
            start=self.tokens[begin].start,
            end=self.tokens[last].end,
            first=first,
            last=last,
            low=ends[0],
            high=ends[1],
            unit=unit,
            bound=bound,
            counted="" if unit in ("%", "score") else self._counted(last),
        )

    def _bound(self, first: int) -> tuple[Bound, int]:
        """What the words before the quantity make of it, and the token at which they begin."""
        if first and self.tokens[first - 1].low in _ARTICLES:
            looser, begin = self._bound(first - 1)
            return (looser, begin) if looser is not Bound.EXACT else (looser, first)
        for length in (3, 2, 1):
            if first >= length:
                bound = bounds().get(tuple(token.low for token in self.tokens[first - length : first]))
                if bound is not None:
                    return bound, first - length
        if first >= 2 and self.tokens[first - 1].text == "." and self.tokens[first - 2].low == "ca":
            return Bound.ABOUT, first - 2
        return Bound.EXACT, first

    def _counted(self, last: int) -> str:
        """The stem of the noun after token `last`, past an adjective or two."""
        stops = stopwords(self.language)
        for token in self.tokens[last + 1 : last + 4]:
            if token.kind != "word" or token.low in stops:
                break
            if not self.german or token.text[0].isupper():
                return stem(token.low, self.language)
        return ""


def _mantissa(value: float) -> float:
    while value >= 1000:
        value /= 1000
    return value or 1.0
