"""Quantities: a number with its unit, its scale and the words that bound it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from reportedly.language.tables import table


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
    """A number, range, share, score or rank. Offsets are code points into the text.

    `low == high` for a single number.
    """

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
ROUND_ABOUT: Final = 0.1
"""„rund“ covers this much either way: „rund 50“ for 46 to 55, as newsrooms round to one digit."""
NEARLY_BELOW: Final = 0.12
"""„knapp 50“ covers 44 to 50."""
FAR_ABOVE: Final = 0.45
"""„mehr als 100“ still sums up 150, no longer 200: the writer would have said so."""


@cache
def _bases() -> dict[str, tuple[str, float]]:
    """Unit → what it is a multiple of, and how much."""
    multiples = table("quantities")["multiples"].items()
    return {unit: (base, float(factor)) for base, line in multiples for unit, factor in line.items()}


_UPWARD: Final = frozenset({Bound.MORE, Bound.LEAST})
_DOWNWARD: Final = frozenset({Bound.LESS, Bound.MOST, Bound.NEARLY})
_SHARE_UNITS: Final = frozenset({"%", "pp"})


def compare(told: Quantity, source: Quantity) -> Likeness:
    """How a quantity in a summary stands to one in its source."""
    if not _units_agree(told, source):
        told, source = _in_base(told), _in_base(source)
        if told.unit != source.unit:
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
        # „Platz 29.“ at the end of a sentence and „29. Platz“ look alike
        return {told.unit, source.unit} == {"rank", ""} and told.low == source.low and not told.written
    # a number may lose its unit („22 Prozent, heute 20“), but gains none that the source does not give it
    return not told.unit or not source.unit


def _in_base(quantity: Quantity) -> Quantity:
    base, factor = _bases().get(quantity.unit, (quantity.unit, 1.0))
    return replace(quantity, low=quantity.low * factor, high=quantity.high * factor, unit=base)


def _same(left: float, right: float) -> bool:
    return abs(left - right) <= FUZZ * max(abs(left), abs(right), 1e-12)


def _against(told: Bound, source: Bound) -> bool:
    """Whether one says "more" and the other "less" of the same number („fast verdoppelt“, „mehr als verdoppelt“)."""
    return (told in _UPWARD and source in _DOWNWARD) or (told in _DOWNWARD and source in _UPWARD)


def _covers(told: Quantity, source: Quantity) -> bool:
    """Whether the told number is a fair way to put the source's: rounded, bounded or an end of its range."""
    value, truth = told.low, source.high if told.bound is Bound.MOST else source.low
    if told.low != told.high:
        return source.low == source.high and source.bound is Bound.ABOUT and told.low <= source.low <= told.high
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
def _grown() -> dict[str, str]:
    return {ending: unit for unit, line in table("quantities")["grown"].items() for ending in line.split()}


def grown_unit(low: str) -> tuple[str, str]:
    """The number word and the unit that a German word is made of: „zweijährige“ → zwei, year; empty for any other."""
    bare = low.rstrip("enrsm")
    for ending, unit in _grown().items():
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            return bare[: -len(ending)], unit
    return "", ""


@cache
def bounds() -> dict[tuple[str, ...], Bound]:
    """The words that bound a number, as they stand before it."""
    return {
        tuple(phrase.split()): Bound(bound)
        for bound, phrases in table("quantities")["bounds"].items()
        for phrase in phrases
    }
