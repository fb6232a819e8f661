"""Both languages say the same things, and name everything that the schema has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from tomllib import loads
from typing import Any

import pytest

from reportedly.formats.html.phrases import words_for
from reportedly.schema import RULES, Firmness, Language, Origin, Outcome, Severity, SourceKind, Status

LANGUAGES = (Language.GERMAN, Language.ENGLISH)


def table(language: Language) -> dict[str, Any]:
    return loads(files("reportedly.formats.html").joinpath(f"words/{language.value}.toml").read_text("utf-8"))


def flat(words: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def test_the_languages_have_the_same_keys_and_the_same_gaps() -> None:
    german, english = (dict(flat(table(language))) for language in LANGUAGES)
    assert german.keys() == english.keys()
    for key, phrase in german.items():
        assert sorted(re.findall(r"\{\w+\}", phrase)) == sorted(re.findall(r"\{\w+\}", english[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_schema_has_its_word(language: Language) -> None:
    words = words_for(language)
    for name, kind in (
        ("status", Status),
        ("meaning", Status),
        ("kind", SourceKind),
        ("firm", Firmness),
        ("severity", Severity),
        ("outcome", Outcome),
        ("tongue", Language),
    ):
        assert set(words[name]) == {member.value for member in kind}, name
    assert set(words["code"]) == set(RULES)
    assert all(words[origin.value] for origin in Origin)
    assert len(words["months"]) == 12


def test_an_unknown_language_is_served_in_english_and_an_unknown_code_as_it_is() -> None:
    words = words_for(Language.UNKNOWN)
    assert words["summary"] == "Summary"
    assert words.code("Z999") == "Z999"


def test_numbers_dates_and_money() -> None:
    german, english = (words_for(language) for language in LANGUAGES)
    assert (german.number(1234567), english.number(1234567)) == ("1.234.567", "1,234,567")
    assert (german.percent(0.416), english.percent(0.416)) == ("42\u202f%", "42%")
    assert (german.cost(0.0042), english.cost(0.0042)) == ("0,0042\u00a0$", "$0.0042")
    assert (german.cost(None), english.cost(0.0)) == ("unbekannt", "$0.00")
    day = datetime(2026, 3, 4, tzinfo=UTC)
    assert (german.date(day), english.date(day)) == ("4. März 2026", "4 March 2026")
    assert german.say("shown", shown=3, total=1200) == "3 von 1.200 Aussagen gezeigt"
