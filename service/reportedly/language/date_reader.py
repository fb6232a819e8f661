"""Finds the dates and times of a text, from the words and numbers that betray one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from reportedly.language.dates import Moment, Range, numbers_of, parts, seasons, weekdays, words_of
from reportedly.language.quantities import unit_of
from reportedly.language.words import Token
from reportedly.schema import Language

FIRST_YEAR: Final = 1500
"""Bare numbers from here to `LAST_YEAR` may be years; news seldom tells of earlier ones without saying so."""
LAST_YEAR: Final = 2099


@lru_cache(maxsize=4)
def _triggers(language: Language) -> frozenset[str]:
    """Words in lower case at which a date can begin or that one hangs on."""
    lists = ("months", "relative", "periods")
    names = (word for section in lists for word in words_of(section, language))
    return frozenset((*names, *weekdays(language), *seasons(language), "quartal", "quarter", "halbjahr", "uhr"))


_OPENERS: Final = frozenset(
    ["in", "of", "by", "since", "until", "till", "last", "early", "late", "mid", "next", "from", "-", "this"]
)
"""Before "May" and "March" these tell the month from the verb."""
_ORDINAL_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})
_BETWEEN: Final = frozenset({",", "of", "des", "jahres", "in", "the"})
"""What may stand between a month and its year."""
_YEAR_WORDS: Final = frozenset({"in", "jahr", "since", "seit", "by", "jahres", "bis", "of"})
_SCALES: Final = frozenset({"million", "millionen", "billion", "milliarden", "mrd", "mio"})
_CLOCK: Final = frozenset({"am", "pm", "p.m.", "a.m."})


def read_dates(tokens: Sequence[Token], language: Language, published: date | None = None) -> list[Moment]:
    """All dates and times among the tokens, in order; relative ones are resolved where `published` is given."""
    return _Reader(tokens, language, published).read()


class _Reader:
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
        if low in numbers_of("months", language):
            return self._month(at, numbers_of("months", language)[low])
        if low in weekdays(language):
            return (
                self._make(at, at, weekday=weekdays(language)[low]) if token.text[0].isupper() or self.german else None
            )
        if low in seasons(language):
            year, last = self._year_after(at)
            first, shift = self._shift_before(at, "y")
            return self._make(first, last, month=seasons(language)[low], year=year or shift)
        if low in ("quartal", "quarter", "halbjahr"):
            return self._section(at, 6 if low == "halbjahr" else 3)
        if low == "uhr":
            return self._clock(at)
        relative = words_of("relative", language).get(low)
        return self._shifted(at, at, relative[0], int(relative[1:])) if relative else self._period(at)

    def _month(self, at: int, month: int) -> Moment | None:
        token = self.tokens[at]
        if not token.text[0].isupper():
            return None
        first, day = self._day_before(at)
        last, dot = at, self._token(at + 1)
        if len(token.low) <= 4 and dot is not None and dot.text == ".":
            last = at + 1
        if day is None and not self.german:
            last, day = self._day_after(last)
        year, last = self._year_after(last)
        days: Range | None = None if day is None else (day, day)
        if day is None:
            part = self._part_before(at)
            if part is not None:
                first, days = part[0], part[2]
        if token.low in ("may", "march") and day is None and year is None and not self._follows(at, _OPENERS):
            return None
        return self._make(first, last, month=(month, month), day=days, year=year)

    def _day_before(self, at: int) -> tuple[int, int | None]:
        """„3. Oktober“, "3rd of October": where the date begins, and the day."""
        step, between = 1, {"."} if self.german else {"of", *_ORDINAL_ENDINGS}
        before = self._token(at - step)
        while before is not None and before.low in between and step < 3:
            step += 1
            before = self._token(at - step)
        return (at - step, int(before.text)) if before is not None and _is_day(before) else (at, None)

    def _day_after(self, last: int) -> tuple[int, int | None]:
        """ "October 3rd": the date's last token, and the day."""
        after, ending = self._token(last + 1), self._token(last + 2)
        if after is None or not _is_day(after):
            return last, None
        return last + (2 if ending is not None and ending.low in _ORDINAL_ENDINGS else 1), int(after.text)

    def _follows(self, at: int, words: frozenset[str]) -> bool:
        before = self._token(at - 1)
        return before is not None and before.low in words

    def _part_before(self, at: int) -> tuple[int, Range, Range] | None:
        """„Anfang“ or "early" before token `at`: its index, as months, as days."""
        for step in (1, 2, 3):
            token = self._token(at - step)
            if token is None or (
                step > 1 and self.tokens[at - step + 1].low not in ("of", "the", "-", "des", "jahres")
            ):
                return None
            part = parts(self.language).get(token.low)
            if part is not None:
                return (at - step, *part)
        return None

    def _year_after(self, last: int) -> tuple[Range | None, int]:
        """A year after token `last`, and the last token of it."""
        at = last + 1
        while (token := self._token(at)) is not None and token.low in _BETWEEN and at - last < 4:
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
        shifts = numbers_of("shifts", self.language)
        if self.german:
            for ending in ("en", "es", "em", "er", "e"):
                if token.low.endswith(ending):
                    return shifts.get(token.low[: -len(ending)])
            return None
        return shifts.get(token.low)

    def _period(self, at: int) -> Moment | None:
        """„vergangenes Jahr“, "last year"; „Ende des Jahres“."""
        shift = self._shift(at - 1)
        period = words_of("periods", self.language)[self.tokens[at].low]
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
        first, number = at - 1, numbers_of("ordinals", self.language).get(before.low)
        digit = self._token(at - 2)
        if number is None and before.text == "." and digit is not None and digit.text in ("1", "2", "3", "4"):
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
        return (
            self._make(at, at, day=(day, day), month=(month, month), year=(year, year)) if 1 <= year <= 9999 else None
        )

    def _year(self, at: int, token: Token) -> Moment | None:
        """A bare year, unless something is counted with it: „2000 Euro“."""
        nxt, before = self._token(at + 1), self._token(at - 1)
        if before is not None and before.kind == "mark" and unit_of(before.low) and before.end == token.start:
            return None
        if nxt is not None and (unit_of(nxt.low) or nxt.low in _SCALES):
            return None
        counted = nxt is not None and nxt.kind == "word" and (nxt.text[0].isupper() or not self.german)
        if int(token.text) % 100 == 0 and counted and not self._follows(at, _YEAR_WORDS):
            return None
        part = self._part_before(at)
        first, months = (part[0], part[1]) if part is not None else (at, None)
        return self._make(first, at, year=(int(token.text), int(token.text)), month=months)


def _is_day(token: Token) -> bool:
    return token.kind == "number" and token.text.isdigit() and 1 <= int(token.text) <= 31


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR
