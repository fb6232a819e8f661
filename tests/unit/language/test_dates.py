from datetime import date

import pytest

from reportedly.language.date_reader import read_dates
from reportedly.language.dates import Moment, compare
from reportedly.language.quantities import Likeness
from reportedly.language.words import tokens
from reportedly.schema import Language

DE, EN = Language.GERMAN, Language.ENGLISH
TODAY = date(2026, 10, 3)


def only(text: str, language: Language, published: date | None = TODAY) -> Moment:
    found = read_dates(tokens(text), language, published)
    assert len(found) == 1, [text[m.start : m.end] for m in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "language", "year", "month", "day"),
    [
        ("Er kam am 3. Oktober 2026 an.", DE, (2026, 2026), (10, 10), (3, 3)),
        ("Er kam am 03.10.2026 an.", DE, (2026, 2026), (10, 10), (3, 3)),
        ("She came on Oct. 3, 2026.", EN, (2026, 2026), (10, 10), (3, 3)),
        ("She came on 3 October.", EN, None, (10, 10), (3, 3)),
        ("She came on the 3rd of October.", EN, None, (10, 10), (3, 3)),
        ("Das war Ende 2022.", DE, (2022, 2022), (9, 12), None),
        ("Im vierten Quartal 2022 sank der Umsatz.", DE, (2022, 2022), (10, 12), None),
        ("Sales fell in the third quarter of 2022.", EN, (2022, 2022), (7, 9), None),
        ("Im Herbst 2018 wird geschlossen.", DE, (2018, 2018), (9, 12), None),
        ("Anfang Oktober beginnt das Jahr.", DE, None, (10, 10), (1, 11)),
        ("Das war in den 1990er-Jahren.", DE, (1990, 1999), None, None),
        ("It was the 1990s.", EN, (1990, 1999), None, None),
        ("Das geschah gestern.", DE, (2026, 2026), (10, 10), (2, 2)),
        ("Das geschah heuer.", DE, (2026, 2026), None, None),
        ("Im vergangenen Jahr war das anders.", DE, (2025, 2025), None, None),
        ("It was different last year.", EN, (2025, 2025), None, None),
        ("Seit 2016 ist er im Amt.", DE, (2016, 2016), None, None),
    ],
)
def test_reads(text: str, language: Language, year: object, month: object, day: object) -> None:
    found = only(text, language)
    assert (found.year, found.month, found.day) == (year, month, day)


def test_weekday_and_clock() -> None:
    assert only("Er tritt am Donnerstagabend auf.", DE).weekday == 3
    assert only("Beginn ist um 14.30 Uhr.", DE).minute == (870, 870)
    assert only("It starts at 5:30 p.m.", EN).minute == (1050, 1050)


def test_full_date_has_its_weekday() -> None:
    assert only("Er kam am 3. Oktober 2026 an.", DE).weekday == 5


def test_relative_without_article_date_stays_open() -> None:
    found = only("Das geschah gestern.", DE, None)
    assert found.relative
    assert not any(found.known)


@pytest.mark.parametrize(
    "text", ["Es kostet 2000 Euro.", "He may come.", "They march on.", "Rund 2000 Menschen kamen."]
)
def test_no_date(text: str) -> None:
    assert read_dates(tokens(text), EN if "e m" in text or "march" in text else DE) == []


@pytest.mark.parametrize(
    ("told", "source", "likeness"),
    [
        ("am 3. Oktober 2026", "03.10.2026", Likeness.EQUAL),
        ("im Oktober 2026", "am 3. Oktober 2026", Likeness.COMPATIBLE),
        ("im Herbst 2018", "im Oktober 2018", Likeness.COMPATIBLE),
        ("im Jahr 2018", "im Jahr 2019", Likeness.DIFFERENT),
        ("am Montag", "am Dienstag", Likeness.DIFFERENT),
        ("am Montag", "im Jahr 2019", None),
    ],
)
def test_compares(told: str, source: str, likeness: Likeness | None) -> None:
    assert compare(only(told, DE, None), only(source, DE, None)) is likeness
