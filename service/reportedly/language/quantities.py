"""Quantities: a number with its unit, its scale and the words that bound it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from reportedly.language.content import stem, stopwords
from reportedly.language.numerals import Numeral, numeral, values, word_value
from reportedly.language.tables import table
from reportedly.language.words import Token
from reportedly.schema import Language


class Bound(StrEnum):
    """What the words before a number make of it."""

    EXACT = "exact"
    ABOUT = "about"
    """„rund 50“"""
    NEARLY = "nearly"
    """„knapp 50“, "almost 50": a little less."""
    MORE = "more"
    LEAST = "least"
    LESS = "less"
    MOST = "most"


class Likeness(StrEnum):
    """How two values stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    """One is the other in other words: rounded, bounded, with the unit left out."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, range, share, score or rank. Offsets are code points into the text; `low == high` for a single number."""

    start: int
    end: int
    first: int
    """Index of its first token."""
    last: int
    low: float
    high: float
    unit: str = ""
    """Canonical unit (`EUR`, `%`, `year`, `score`, `rank`, `times`); empty where only a noun or nothing follows."""
    bound: Bound = Bound.EXACT
    digits: int = 3
    """Significant digits as written."""
    written: bool = False
    """Whether it is written in words."""
    counted: str = ""
    """Stem of the noun that is counted; empty where none follows."""


FUZZ: Final = 1e-6
"""Relative difference below which two values are the same number."""
ROUND_ABOUT: Final = 0.08
"""„rund“ covers this much either way: „rund 50“ for 46 to 54, as newsrooms round to one digit."""
NEARLY_BELOW: Final = 0.12
"""„knapp 50“ covers 44 to 50."""
FAR_ABOVE: Final = 0.35
"""„mehr als 100“ still sums up 135, no longer 200: the writer would have said so."""

_UPWARD: Final = frozenset({Bound.MORE, Bound.LEAST})
_DOWNWARD: Final = frozenset({Bound.LESS, Bound.MOST, Bound.NEARLY})
_SHARE_UNITS: Final = frozenset({"%", "pp"})


def compare(told: Quantity, source: Quantity) -> Likeness:
    """How a quantity in a summary stands to one in its source."""
    if not _units_agree(told, source):
        return Likeness.DIFFERENT
    if told.unit == "score" and source.unit == "score":
        same = (told.low, told.high) in ((source.low, source.high), (source.high, source.low))
        return Likeness.EQUAL if same else Likeness.DIFFERENT
    if _same(told.low, source.low) and _same(told.high, source.high):
        if told.bound is source.bound and told.unit == source.unit:
            return Likeness.EQUAL
        return Likeness.DIFFERENT if _against(told.bound, source.bound) else Likeness.COMPATIBLE
    return Likeness.COMPATIBLE if _covers(told, source) else Likeness.DIFFERENT


def _units_agree(told: Quantity, source: Quantity) -> bool:
    if told.unit == source.unit or {told.unit, source.unit} == _SHARE_UNITS:
        return True
    if "rank" in (told.unit, source.unit):
        return False
    # a number may lose its unit („22 Prozent, heute 20“), but gains none that the source does not give it
    return not told.unit or not source.unit


def _same(left: float, right: float) -> bool:
    return abs(left - right) <= FUZZ * max(abs(left), abs(right), 1e-12)


def _against(told: Bound, source: Bound) -> bool:
    """Whether one says "more" and the other "less" of the same number („fast verdoppelt“, „mehr als verdoppelt“)."""
    return (told in _UPWARD and source in _DOWNWARD) or (told in _DOWNWARD and source in _UPWARD)


def _covers(told: Quantity, source: Quantity) -> bool:
    """Whether the told number is a fair way to put the source's: rounded, bounded or an end of its range."""
    value, truth = told.low, source.high if told.bound is Bound.MOST else source.low
    if told.low != told.high:
        return source.low == source.high and told.low <= source.low <= told.high and told.bound is Bound.EXACT and (
            source.bound is not Bound.EXACT or told.high <= source.low * 1.5
        )
    if source.low != source.high and told.bound is Bound.EXACT:
        return _same(value, source.low) or _same(value, source.high) or _open_range(source, value)
    if not truth:
        return False
    off = (truth - value) / abs(truth)
    if told.bound is Bound.ABOUT or source.bound is Bound.ABOUT:
        return abs(off) <= ROUND_ABOUT
    if told.bound is Bound.NEARLY:
        return -NEARLY_BELOW <= off <= 0
    if told.bound in _UPWARD:
        return 0 <= off <= FAR_ABOVE
    if told.bound in _DOWNWARD:
        return -FAR_ABOVE <= off <= 0
    return _rounded(told, source)


def _open_range(source: Quantity, value: float) -> bool:
    """Whether the source leaves the number open („Hunderte“) and the told one lies in it."""
    return source.bound is Bound.ABOUT and source.low <= value <= source.high


def _rounded(told: Quantity, source: Quantity) -> bool:
    """Whether the told number is the source's, rounded to fewer digits: 50 for 49.8, 1.2 for 1.17."""
    if told.digits >= source.digits or source.digits < 3 or told.written:
        return False
    return _same(float(f"{source.low:.{told.digits - 1}e}"), told.low)


@cache
def _units() -> dict[str, str]:
    return {name: unit for unit, line in table("quantities")["units"].items() for name in line.split()}


def unit_of(low: str) -> str:
    """The canonical unit of a word or sign in lower case; empty for any other."""
    return _units().get(low, "")


@cache
def _bounds() -> dict[tuple[str, ...], Bound]:
    return {tuple(phrase.split()): Bound(bound) for bound, phrases in table("quantities")["bounds"].items() for phrase in phrases}


@lru_cache(maxsize=2)
def openers(language: Language) -> frozenset[str]:
    """Words in lower case at which a quantity written in words can begin."""
    lists = ("numbers", "scales", "open", "shares", "times", "ordinals")
    return frozenset(word for name in lists for word in values_or_ranges(name, language))


def values_or_ranges(section: str, language: Language) -> dict[str, tuple[float, float]]:
    """A list of data/quantities.toml as ranges; a plain number is a range of one."""
    if section != "open":
        return {word: (value, value) for word, value in values(section, language).items()}
    return _open(language)


@lru_cache(maxsize=2)
def _open(language: Language) -> dict[str, tuple[float, float]]:
    entries = table("quantities")["open"]["en" if language is Language.ENGLISH else "de"].split()
    pairs = (entry.replace("=", ":").split(":") for entry in entries)
    return {word: (float(low), float(high)) for word, low, high in pairs}


class Reader:
    """Reads the quantities of one text, token by token; tokens in `taken` belong to dates already."""

    def __init__(self, tokens: Sequence[Token], language: Language, taken: frozenset[int] | set[int]) -> None:
        self.tokens, self.language, self.taken = tokens, language, taken
        self.length = len(tokens)

    def read(self) -> list[Quantity]:
        """All quantities, in order."""
        found: list[Quantity] = []
        at, language, starts = 0, self.language, _starts(self.language)
        for index, token in enumerate(self.tokens):
            if index < at or index in self.taken:
                continue
            if token.kind == "number" or (token.kind == "word" and (token.low in starts or _maybe(token.low, language))):
                quantity = self._at(index)
                if quantity is not None:
                    found.append(quantity)
                    at = quantity.last + 1
        return found

    def _at(self, at: int) -> Quantity | None:
        token = self.tokens[at]
        if at and self.tokens[at - 1].text == "-" and token.kind == "number" and self._designator(at):
            return None
        for special in (self._score, self._rank, self._share, self._loose):
            quantity = special(at)
            if quantity is not None:
                return quantity
        number = numeral(self.tokens, at, self.language)
        if number is None:
            return None
        return self._measured(at, number)

    def _designator(self, at: int) -> bool:
        """„F-16“, „Covid-19“: a name, no number."""
        before = self.tokens[at - 2] if at > 1 else None
        return (
            before is not None
            and before.kind == "word"
            and before.end == self.tokens[at - 1].start
            and self.tokens[at - 1].end == self.tokens[at].start
        )

    def _score(self, at: int) -> Quantity | None:
        token = self.tokens[at]
        if token.kind == "number" and token.text.count(":") == 1:
            left, _, right = token.text.partition(":")
            if left.isdigit() and right.isdigit():
                return self._make(at, at, float(left), float(right), "score", digits=4)
        return None

    def _rank(self, at: int) -> Quantity | None:
        token, nxt = self.tokens[at], self._token(at + 1)
        if token.kind == "number" and token.text.isdigit() and nxt is not None and nxt.start == token.end:
            if nxt.low in ("st", "nd", "rd", "th"):
                return self._make(at, at + 1, float(token.text), float(token.text), "rank")
            after = self._token(at + 2)
            if nxt.text == "." and self.language is not Language.ENGLISH and after is not None and after.kind == "word" and len(token.text) < 3:
                return self._make(at, at + 1, float(token.text), float(token.text), "rank")
            return None
        word = token.low if self.language is Language.ENGLISH else token.low.rstrip("nrsm")
        rank = values("ordinals", self.language).get(word)
        if rank is None or token.kind != "word" or (self._share_word(at) and self._counted_share(at)):
            return None
        return self._make(at, at, rank, rank, "rank", written=True)

    def _share_word(self, at: int) -> bool:
        return self.tokens[at].low in values("shares", self.language)

    def _counted_share(self, at: int) -> bool:
        """ "a third", „ein Viertel“: a share, where an article or a number stands before and no noun of time after."""
        before = self._token(at - 1)
        return before is not None and before.low in ("a", "one", "ein", "einem", "eines", "two", "drei", "zwei", "three")

    def _share(self, at: int) -> Quantity | None:
        token = self.tokens[at]
        shares = values("shares", self.language)
        number = numeral(self.tokens, at, self.language) if token.low not in shares else None
        if number is not None and number.value in (2, 3, 4) and (nxt := self._token(number.last + 1)) is not None:
            part = shares.get(nxt.low)
            if part is not None and part < 50:
                return self._make(at, number.last + 1, part * number.value, part * number.value, "%", digits=2, written=True)
            return None
        share = shares.get(token.low)
        if share is None or token.low.startswith("halb"):
            return None
        after = self._token(at + 2)
        if token.low == "half" and after is not None and after.low in values("scales", self.language):
            return None  # "half a million" is a number
        if token.low not in ("hälfte", "half") and not self._counted_share(at):
            return None
        if token.low == "half" and (nxt := self._token(at + 1)) is not None and nxt.low not in ("of", "the", "its", "their", "a", "his", "her"):
            return None
        return self._make(at, at, share, share, "%", digits=2, written=True)

    def _loose(self, at: int) -> Quantity | None:
        """„Hunderte“, „verdoppelt“."""
        low = self.tokens[at].low
        opened = _open(self.language).get(low)
        if opened is not None:
            return self._make(at, at, *opened, "", bound=Bound.ABOUT, written=True)
        times = values("times", self.language).get(low)
        return None if times is None else self._make(at, at, times, times, "times", written=True)

    def _measured(self, at: int, number: Numeral) -> Quantity | None:
        """The number with a second one, its unit and what it counts."""
        first, low, high, digits = at, number.value, number.value, number.digits
        last, unit = number.last, ""
        second = self._second(number)
        if second is not None:
            high, last, digits = second.value, second.last, max(digits, second.digits)
            scale = second.value / _mantissa(second.value)
            if low < high / 1000 and low * scale <= high and scale > 1:
                low *= scale
        before = self._token(at - 1)
        if before is not None and before.low in _units() and (before.kind == "mark" or before.low in ("usd", "eur", "gbp", "chf")):
            unit, first = _units()[before.low], at - 1
            if first and self.tokens[first - 1].low in ("us", "a", "c") and self.tokens[first - 1].end == before.start:
                first -= 1
        if not unit:
            unit, last = self._unit_after(last)
        if second is not None and not unit and self._dash_between(number.last, second):
            unit = "score" if high < 100 else ""
        return self._make(first, last, low, high, unit, digits=digits, written=number.written)

    def _dash_between(self, last: int, second: Numeral) -> bool:
        return self.tokens[last + 1].text == "-" and second.last == last + 2

    def _second(self, number: Numeral) -> Numeral | None:
        """The other end of a range: „20 bis 30“, "20-30", "between 20 and 30"."""
        at = number.last + 1
        link = self._token(at)
        if link is None or at + 1 >= self.length or at + 1 in self.taken:
            return None
        between = self._token(at - 2) if number.last == at - 1 else None
        low = link.low
        if low in ("und", "and"):
            if between is None or between.low not in ("zwischen", "between"):
                return None
        elif low not in ("bis", "to", "-"):
            return None
        step = at + 1
        if self.tokens[step].low in ("$", "€", "£") and step + 1 < self.length:
            step += 1
        return numeral(self.tokens, step, self.language) if self.tokens[step].kind != "mark" else None

    def _unit_after(self, last: int) -> tuple[str, int]:
        """The unit after token `last`, and the last token that belongs to it."""
        units, at = _units(), last + 1
        token = self._token(at)
        if token is not None and token.text == "-" and token.start == self.tokens[last].end:
            at += 1
            token = self._token(at)
        if token is None:
            return "", last
        if token.low in ("us", "per", "square", "percentage"):
            pair = self._token(at + (2 if token.low == "us" else 1))
            if pair is not None:
                joined = {"per cent": "%", "percentage point": "pp", "percentage points": "pp", "us dollar": "USD", "us dollars": "USD"}
                unit = joined.get(f"{token.low} {pair.low}", "")
                return (unit, at + (2 if token.low == "us" else 1)) if unit else ("", last)
        unit = units.get(token.low, "")
        return (unit, at) if unit else ("", last)

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < self.length else None

    def _make(
        self, first: int, last: int, low: float, high: float, unit: str, *, bound: Bound | None = None, digits: int = 1, written: bool = False
    ) -> Quantity:  # fmt: skip
        tokens = self.tokens
        limit, begin = self._bound(first)
        return Quantity(
            start=tokens[begin].start, end=tokens[last].end, first=first, last=last, low=low, high=high, unit=unit,
            bound=bound or limit, digits=digits, written=written, counted="" if unit in ("%", "score") else self._counted(last),
        )  # fmt: skip

    def _bound(self, first: int) -> tuple[Bound, int]:
        bounds, tokens = _bounds(), self.tokens
        for length in (3, 2, 1):
            if first >= length:
                words = tuple(t.low for t in tokens[first - length : first])
                if words in bounds:
                    return bounds[words], first - length
        if first >= 2 and tokens[first - 1].text == "." and tokens[first - 2].low == "ca":
            return Bound.ABOUT, first - 2
        return Bound.EXACT, first

    def _counted(self, last: int) -> str:
        stops, german = stopwords(self.language), self.language is not Language.ENGLISH
        for token in self.tokens[last + 1 : last + 4]:
            if token.kind != "word" or token.low in stops:
                break
            if not german or token.text[0].isupper():
                return stem(token.low, self.language)
        return ""


@lru_cache(maxsize=2)
def _starts(language: Language) -> frozenset[str]:
    leads = ("a", "one", "half") if language is Language.ENGLISH else (
        "ein", "eine", "einer", "einem", "einen", "halbe", "eineinhalb", "anderthalb", "zweieinhalb", "dreieinhalb", "hundert", "tausend")  # fmt: skip
    words = (w for name in ("numbers", "open", "shares", "times") for w in values_or_ranges(name, language))
    ordinals = values("ordinals", language)
    forms = ordinals if language is Language.ENGLISH else (o + e for o in ordinals for e in ("", "n", "r", "s", "m"))
    return frozenset((*words, *forms, *leads))


@lru_cache(maxsize=1 << 14)
def _maybe(low: str, language: Language) -> bool:
    """Whether a word may be a German number in one piece („zweihundertfünfzig“)."""
    return language is not Language.ENGLISH and word_value(low, language) is not None


def _mantissa(value: float) -> float:
    while value >= 1000:
        value /= 1000
    return value or 1.0


def read_quantities(tokens: Sequence[Token], language: Language, taken: frozenset[int] | set[int] = frozenset()) -> list[Quantity]:
    """All quantities among the tokens, in order; those in `taken` (token indices) are passed over."""
    return Reader(tokens, language, taken).read()
