"""Dates and times: absolute, relative to the article's date, and as coarse as a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportedly.language.content import code
from reportedly.language.quantities import Likeness
from reportedly.language.tables import table
from reportedly.schema import Language

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or stretch of time, each part a closed range, or None where the words leave it open.

    Offsets are code points into the text; `first` and `last` are indices of tokens.
    """

    start: int
    end: int
    first: int
    last: int
    year: Range | None = None
    month: Range | None = None
    day: Range | None = None
    weekday: int | None = None
    """0 is Monday."""
    minute: Range | None = None
    """Of the day."""
    relative: bool = False
    """Whether the words count from the article's own date and could not be resolved."""

    @property
    def known(self) -> tuple[Range | None, ...]:
        """All parts in order of size, each a range or None."""
        weekday = None if self.weekday is None else (self.weekday, self.weekday)
        return (self.year, self.month, self.day, weekday, self.minute)


def compare(told: Moment, source: Moment) -> Likeness | None:
    """How a time in a summary stands to one in its source; None where they have no part in common to compare."""
    shared, equal = 0, True
    for mine, theirs in zip(told.known, source.known, strict=True):
        if mine is None or theirs is None:
            equal = equal and mine == theirs
            continue
        if mine[1] < theirs[0] or theirs[1] < mine[0]:
            return Likeness.DIFFERENT
        shared += 1
        equal = equal and mine == theirs
    if not shared:
        return None
    return Likeness.EQUAL if equal else Likeness.COMPATIBLE


_WEEKDAY: Final = 3
"""Its place in `Moment.known`; it follows from the others."""


def covers(told: Moment, sources: Sequence[Moment]) -> bool:
    """Whether several dates give every part of a told one together: the day here, the year there."""
    have = [any(moment.known[at] is not None for moment in sources) for at in range(len(told.known))]
    return all(have[at] for at, part in enumerate(told.known) if part is not None and at != _WEEKDAY)


@lru_cache(maxsize=16)
def words_of(section: str, language: Language) -> dict[str, str]:
    """One list of data/dates.toml: name → what stands after the `=`."""
    return dict(entry.split("=", 1) for entry in table("dates")[section][code(language)].split())


@lru_cache(maxsize=16)
def numbers_of(section: str, language: Language) -> dict[str, int]:
    """The same, where that is a number: months, days of the week, shifts."""
    return {name: int(number) for name, number in words_of(section, language).items()}


@lru_cache(maxsize=4)
def seasons(language: Language) -> dict[str, Range]:
    """Season → first and last month."""
    return {name: _range(span) for name, span in words_of("seasons", language).items()}


@lru_cache(maxsize=4)
def parts(language: Language) -> dict[str, tuple[Range, Range]]:
    """„Anfang“, "late" → the months of a year and the days of a month that it means."""
    spans = ((name, both.split("/")) for name, both in words_of("parts", language).items())
    return {name: (_range(months), _range(days)) for name, (months, days) in spans}


def _range(text: str) -> Range:
    low, _, high = text.partition("-")
    return int(low), int(high)


@lru_cache(maxsize=4)
def weekdays(language: Language) -> dict[str, int]:
    """Day of the week, also „Montagabend“ → 0 to 6."""
    days = numbers_of("weekdays", language)
    return days | {day + ending: n for day, n in days.items() for ending in table("dates")["weekdays"]["endings"]}


@lru_cache(maxsize=1 << 12)
def is_calendar_word(low: str, language: Language) -> bool:
    """Whether a word in lower case names a month, a day of the week or a season."""
    return low in numbers_of("months", language) or low in weekdays(language) or low in seasons(language)
