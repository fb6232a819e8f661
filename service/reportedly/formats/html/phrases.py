"""The report's own words in German and English, read from words/*.toml; numbers and dates as each language has them."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from reportedly.schema import RULES, Language

_SPOKEN: Final = frozenset({Language.GERMAN, Language.ENGLISH})


class Words:
    """One language: `words["summary"]`, `words["status"]["rumour"]`; a missing key is a KeyError."""

    def __init__(self, language: Language, table: dict[str, Any]) -> None:
        self.language = language
        self._table = table

    def __getitem__(self, key: str) -> Any:
        return self._table[key]

    def say(self, key: str, **values: object) -> str:
        """The phrase with its gaps filled; whole numbers get their separators."""
        filled = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(self._table[key]).format(**filled)

    def code(self, code: str) -> str:
        """What a finding code means."""
        return str(self._table["code"].get(code) or (RULES[code].title if code in RULES else code))

    def number(self, value: float, digits: int = 0) -> str:
        """1234.5 as `1.234,5` or `1,234.5`."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language is Language.GERMAN else text

    def percent(self, share: float) -> str:
        """0.4167 as `42 %` or `42%`, the former with a narrow no-break space."""
        return f"{share * 100:.0f}" + ("\u202f%" if self.language is Language.GERMAN else "%")

    def cost(self, dollars: float | None) -> str:
        """US dollars with as many digits as a single call needs."""
        if dollars is None:
            return str(self._table["unknown_cost"])
        amount = self.number(dollars, 2 if dollars in (0, round(dollars, 2)) else 4)
        return f"{amount}\u00a0$" if self.language is Language.GERMAN else f"${amount}"

    def date(self, moment: datetime) -> str:
        """29. Januar 2026, or 29 January 2026."""
        month = self._table["months"][moment.month - 1]
        point = "." if self.language is Language.GERMAN else ""
        return f"{moment.day}{point} {month} {moment.year}"


@cache
def words_for(language: Language) -> Words:
    """The words for an article's language; English where there are none."""
    spoken = language if language in _SPOKEN else Language.ENGLISH
    source = files("reportedly.formats.html").joinpath("words", f"{spoken.value}.toml")
    return Words(spoken, tomllib.loads(source.read_text(encoding="utf-8")))
