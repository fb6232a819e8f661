"""Dates and times: absolute, relative to the article's date, and as coarse as a season."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from reportedly.language.content import code
from reportedly.language.quantities import Likeness, unit_of
from reportedly.language.tables import table
from reportedly.language.words import Token
from reportedly.schema import Language

Range = tuple[int, int]
FIRST_YEAR: Final = 1500
"""Bare numbers from here to `LAST_YEAR` may be years; news seldom tells of earlier ones without saying so."""
LAST_YEAR: Final = 2099


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


@lru_cache(maxsize=16)
def _words(section: str, language: Language) -> dict[str, str]:
    """One list of data/dates.toml: name → what stands after the `=`."""
    return dict(entry.split("=", 1) for entry in table("dates")[section][code(language)].split())


@lru_cache(maxsize=16)
def _names(section: str, language: Language) -> dict[str, int]:
    return {name: int(number) for name, number in _words(section, language).items()}


@lru_cache(maxsize=4)
def _seasons(language: Language) -> dict[str, Range]:
    return {name: _range(span) for name, span in _words("seasons", language).items()}


@lru_cache(maxsize=4)
def _parts(language: Language) -> dict[str, tuple[Range, Range]]:
    spans = ((name, both.split("/")) for name, both in _words("parts", language).items())
    return {name: (_range(months), _range(days)) for name, (months, days) in spans}


def _range(text: str) -> Range:
    low, _, high = text.partition("-")
    return int(low), int(high)


@lru_cache(maxsize=4)
def _weekdays(language: Language) -> dict[str, int]:
    days = _names("weekdays", language)
    return days | {day + ending: n for day, n in days.items() for ending in table("dates")["weekdays"]["endings"]}


@lru_cache(maxsize=4)
def _triggers(language: Language) -> frozenset[str]:
    """Words in lower case at which a date can begin or that one hangs on."""
    months = _names("months", language)
    relative, periods = _words("relative", language), _words("periods", language)
    return frozenset((*months, *_weekdays(language), *_seasons(language), *relative, *periods, "quartal", "quarter", "halbjahr", "uhr"))


_CLOCK: Final = frozenset({"am", "pm", "p.m.", "a.m."})


class Reader:
    """Reads the dates of one text, from the words that betray one."""

    def __init__(self, tokens: Sequence[Token], language: Language, published: date | None) -> None:
        self.tokens, self.language, self.published = tokens, language, published
        self.german = language is not Language.ENGLISH
        self.found: dict[int, Moment] = {}

    def read(self) -> list[Moment]:
        """All dates, in order; none overlaps another."""
        triggers = _triggers(self.language)
        for at, token in enumerate(self.tokens):
            moment = None
            if token.kind == "word":
                if token.low in triggers:
                    moment = self._word(at, token)
                elif token.low in _CLOCK:
                    moment = self._clock(at)
            elif token.kind == "number":
                moment = self._number(at, token)
            if moment is not None:
                self._keep(moment)
        return [self.found[first] for first in sorted(self.found)]

    def _keep(self, moment: Moment) -> None:
        """The wider of two that overlap stays: „2018“ gives way to „3. Oktober 2018“."""
        for first in range(max(0, moment.first - 6), moment.last + 1):
            other = self.found.get(first)
            if other is not None and other.last >= moment.first:
                if other.last - other.first >= moment.last - moment.first:
                    return
                del self.found[first]
        self.found[moment.first] = moment

    def _make(self, first: int, last: int, **parts: Range | int | bool | None) -> Moment:
        moment = Moment(self.tokens[first].start, self.tokens[last].end, first, last, **parts)  # type: ignore[arg-type]
        year, month, day = moment.year, moment.month, moment.day
        if year and month and day and year[0] == year[1] and month[0] == month[1] and day[0] == day[1]:
            if day[0] > monthrange(year[0], month[0])[1]:
                return replace(moment, day=None)
            return replace(moment, weekday=date(year[0], month[0], day[0]).weekday())
        return moment

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _word(self, at: int, token: Token) -> Moment | None:
        low, language = token.low, self.language
        if low in _names("months", language):
            return self._month(at, _names("months", language)[low])
        if low in _weekdays(language):
            return self._make(at, at, weekday=_weekdays(language)[low]) if token.text[0].isupper() or self.german else None
        if low in _seasons(language):
            year, last = self._year_after(at)
            first, shift = self._shift_before(at, "y")
            return self._make(first, last, month=_seasons(language)[low], year=year or shift)
        if low in ("quartal", "quarter", "halbjahr"):
            return self._section(at, 6 if low == "halbjahr" else 3)
        if low == "uhr":
            return self._clock(at)
        shift = _words("relative", language).get(low)
        return self._shifted(at, at, shift[0], int(shift[1:])) if shift else self._period(at)

    def _month(self, at: int, month: int) -> Moment | None:
        token = self.tokens[at]
        if not token.text[0].isupper():
            return None
        first, last, day = at, at, None
        if len(token.low) <= 4 and (dot := self._token(at + 1)) is not None and dot.text == ".":
            last = at + 1
        before, step = self._token(at - 1), 1
        if before is not None and before.text == "." and self.german:
            before, step = self._token(at - 2), 2
        if not self.german and before is not None and before.low in ("of", "st", "nd", "rd", "th"):
            while before is not None and before.low in ("of", "st", "nd", "rd", "th") and step < 4:
                step += 1
                before = self._token(at - step)
        if before is not None and before.kind == "number" and before.text.isdigit() and 1 <= int(before.text) <= 31:
            first, day = at - step, int(before.text)
        if day is None and not self.german:
            after = self._token(last + 1)
            if after is not None and after.kind == "number" and after.text.isdigit() and 1 <= int(after.text) <= 31:
                day, last = int(after.text), last + 1
                suffix = self._token(last + 1)
                if suffix is not None and suffix.low in ("st", "nd", "rd", "th"):
                    last += 1
        year, last = self._year_after(last)
        days: Range | None = None if day is None else (day, day)
        if day is None:
            part = self._part_before(at)
            if part is not None:
                first, days = part[0], part[2]
        if not self.german and token.low in ("may", "march") and day is None and year is None and not self._after_preposition(at):
            return None
        return self._make(first, last, month=(month, month), day=days, year=year)

    def _after_preposition(self, at: int) -> bool:
        before = self._token(at - 1)
        return before is not None and before.low in ("in", "of", "by", "since", "until", "till", "last", "early", "late", "mid", "next", "from", "-", "this")

    def _part_before(self, at: int) -> tuple[int, Range, Range] | None:
        """„Anfang“ or "early" before token `at`: its index, as months, as days."""
        for step in (1, 2, 3):
            token = self._token(at - step)
            if token is None or (step > 1 and self.tokens[at - step + 1].low not in ("of", "the", "-", "des", "jahres")):
                return None
            part = _parts(self.language).get(token.low)
            if part is not None:
                return (at - step, *part)
        return None

    def _year_after(self, last: int) -> tuple[Range | None, int]:
        """A year after token `last`, and the last token of it."""
        at = last + 1
        while (token := self._token(at)) is not None and token.low in (",", "of", "des", "jahres", "in", "the") and at - last < 4:
            at += 1
        if token is not None and token.kind == "number" and _is_year(token.text):
            return (int(token.text), int(token.text)), at
        return None, last

    def _shift_before(self, at: int, period: str) -> tuple[int, Range | None]:
        """„vergangenen“ or "last" before token `at`: where it stands, and the year it makes."""
        shift = self._shift(at - 1)
        if shift is None:
            return at, None
        moment = self._shifted(at - 1, at, period, shift)
        return at - 1, moment.year

    def _shift(self, at: int) -> int | None:
        token = self._token(at)
        if token is None or token.kind != "word":
            return None
        shifts = _names("shifts", self.language)
        if self.german:
            for ending in ("en", "es", "em", "er", "e"):
                if token.low.endswith(ending):
                    return shifts.get(token.low[: -len(ending)])
            return None
        return shifts.get(token.low)

    def _period(self, at: int) -> Moment | None:
        """„vergangenes Jahr“, "last year"; „Ende des Jahres“."""
        shift = self._shift(at - 1)
        period = _words("periods", self.language)[self.tokens[at].low]
        if shift is None or period == "-":
            return None
        return self._shifted(at - 1, at, period, shift)

    def _shifted(self, first: int, last: int, period: str, by: int) -> Moment:
        """A time counted from the article's date; only marked as relative where that is not known."""
        if self.published is None or period == "w":
            return self._make(first, last, relative=True)
        if period == "y":
            year = self.published.year + by
            return self._make(first, last, year=(year, year))
        if period == "m":
            months = self.published.year * 12 + self.published.month - 1 + by
            return self._make(first, last, year=(months // 12, months // 12), month=(months % 12 + 1, months % 12 + 1))
        day = self.published + timedelta(days=by)
        return self._make(first, last, year=(day.year, day.year), month=(day.month, day.month), day=(day.day, day.day))

    def _section(self, at: int, length: int) -> Moment | None:
        """„im vierten Quartal 2022“, "third quarter", „erstes Halbjahr“."""
        before = self._token(at - 1)
        if before is None:
            return None
        first, number = at - 1, _names("ordinals", self.language).get(before.low)
        if number is None and before.text == "." and (digit := self._token(at - 2)) is not None and digit.text in ("1", "2", "3", "4"):
            first, number = at - 2, int(digit.text)
        if number is None or number * length > 12:
            return None
        year, last = self._year_after(at)
        return self._make(first, last, month=(length * (number - 1) + 1, length * number), year=year)

    def _clock(self, at: int) -> Moment | None:
        """„14.30 Uhr“, "5:30 p.m."."""
        before = self._token(at - 1)
        if before is None or before.kind != "number":
            return None
        hour, _, minute = before.text.replace(".", ":").partition(":")
        if not hour.isdigit() or int(hour) > 24 or (minute and (not minute.isdigit() or int(minute) > 59)):
            return None
        hours = int(hour)
        low = self.tokens[at].low
        if low.startswith("p") and hours < 12:
            hours += 12
        elif low.startswith("a") and hours == 12:
            hours = 0
        time = hours * 60 + int(minute or 0)
        return self._make(at - 1, at, minute=(time, time if minute else time + 59))

    def _number(self, at: int, token: Token) -> Moment | None:
        text = token.text
        if text.count(".") == 2 or (text.count(".") == 1 and self.german and self._dotted(at)):
            return self._numeric(at, text)
        if text.count("/") == 1 and len(text) == 7 and _is_year(text[:4]):
            return self._make(at, at, year=(int(text[:4]), int(text[:4]) + 1))
        if not text.isdigit():
            return None
        nxt = self._token(at + 1)
        if nxt is not None and nxt.start == token.end and nxt.low in ("er", "ern", "s"):
            decade = int(text)
            if decade % 10 == 0 and (_is_year(text) or (decade < 100 and len(text) == 2 and nxt.low != "s")):
                decade += 0 if decade > 100 else (1900 if decade > 20 else 2000)
                return self._make(at, at + 1, year=(decade, decade + 9))
            return None
        return self._year(at, token) if _is_year(text) else None

    def _dotted(self, at: int) -> bool:
        """Whether „3.10“ is followed by a full stop of its own, as a date is: „am 3.10. beginnt“."""
        nxt = self._token(at + 1)
        return nxt is not None and nxt.text == "." and nxt.start == self.tokens[at].end

    def _numeric(self, at: int, text: str) -> Moment | None:
        pieces = text.split(".")
        if not all(p.isdigit() for p in pieces) or not (1 <= int(pieces[0]) <= 31 and 1 <= int(pieces[1]) <= 12):
            return None
        day, month = int(pieces[0]), int(pieces[1])
        if len(pieces) == 2:
            return self._make(at, at + 1, day=(day, day), month=(month, month))
        if len(pieces[2]) not in (2, 4):
            return None
        year = int(pieces[2]) + (2000 if len(pieces[2]) == 2 else 0)
        return self._make(at, at, day=(day, day), month=(month, month), year=(year, year)) if 1 <= year <= 9999 else None

    def _year(self, at: int, token: Token) -> Moment | None:
        """A bare year, unless something is counted with it: „2000 Euro“."""
        nxt, before = self._token(at + 1), self._token(at - 1)
        if before is not None and before.kind == "mark" and unit_of(before.low) and before.end == token.start:
            return None
        if nxt is not None and (unit_of(nxt.low) or nxt.low in ("million", "millionen", "billion", "mrd", "mio")) and nxt.low != "m":
            return None
        round_count = int(token.text) % 100 == 0 and nxt is not None and nxt.kind == "word" and (nxt.text[0].isupper() or not self.german)
        if round_count and not (before is not None and before.low in ("in", "jahr", "since", "seit", "by", "jahres", "bis", "of")):
            return None
        part = self._part_before(at)
        first, months = (part[0], part[1]) if part is not None else (at, None)
        return self._make(first, at, year=(int(token.text), int(token.text)), month=months)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR


def read_dates(tokens: Sequence[Token], language: Language, published: date | None = None) -> list[Moment]:
    """All dates and times among the tokens, in order; relative ones are resolved where `published` is given."""
    return Reader(tokens, language, published).read()


@lru_cache(maxsize=1 << 12)
def is_calendar_word(low: str, language: Language) -> bool:
    """Whether a word in lower case names a month, a day of the week or a season."""
    return low in _names("months", language) or low in _weekdays(language) or low in _seasons(language)
