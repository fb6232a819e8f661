"""The short name of a German source: what identifies it, without article, office, title or what follows the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from reportedly.language.names import shape
from reportedly.language.nouns import is_common_noun, is_role
from reportedly.language.tables import words as listed
from reportedly.schema import Language

_QUOTED: Final = re.compile('[„«»"“]([^„«»"“”]{2,60})[”“»«"]?')
_PAIR: Final = re.compile(r"(?<![\w-])([A-ZÄÖÜÉŠŽČ][\w’'-]+) (?=([A-ZÄÖÜÉŠŽČ][\w’'-]+))")
_BODIES: Final = listed("nouns", "around", "bodies")
"""Endings of nouns for bodies, which a single word beside them does not replace: „Landesgericht Trient“."""
_TRADES: Final = listed("nouns", "around", "trades")
"""Endings of nouns for what a person does."""
_TITLES: Final = frozenset(("dr", "prof", "professor", "mag", "herr", "frau", "dipl.-ing", "ing", "dkfm", "di"))
PAIRS: Final = 5_000
"""Most pairs of capitals of an article that are looked at for full names: a long feature has some hundred."""


def quoted(text: str, role: Callable[[str], str]) -> str | None:
    """The name in quotation marks, if words for an outlet are all that stands before it („das Portal „Chipnetz““)."""
    match = _QUOTED.search(text)
    if match is None or (match.start() == 0 and match.end() < len(text) - 1):
        return None
    before = text[: match.start()].split()
    if any(word[:1].isupper() and role(word) not in ("media", "report", "") for word in before):
        return None
    return match[1].strip()


def shortened(words: Sequence[str], role: Callable[[str], str]) -> tuple[int, int]:
    """First word and one past the last of the name in a noun phrase without its article.

    Words in small letters after it fall away („Moser dagegen“); so do an office before a full name („Chefin Anna
    Moser“) or a single surname, and what follows a full name („Anna Moser vom Bankhaus“). A body keeps its kind.
    """
    last = len(words)
    while last > 1 and words[last - 1].islower():
        last -= 1
    run = next((i for i in range(last) if words[i].islower()), last)
    start = next((i + 1 for i in range(min(run, last) - 1, -1, -1) if _office(words[i], role)), 0)
    if not start and run > 2 and is_common_noun(words[0].lower()):
        start = 1
    rest = run - start
    if rest >= 2 or (rest == 1 and start and run == last and not _body(words[start - 1])):
        full = rest >= 2 and not any(role(word) for word in words[start:run])
        return start, run if full else last
    if run + 1 < last and words[run] == "und" and _office(words[run - 1], role):
        first, end = shortened(words[run + 1 : last], role)  # „Gründer und Chef Anna Moser“
        return (run + 1 + first, run + 1 + end) if first else (0, last)
    return 0, last


@lru_cache(maxsize=1 << 14)
def _body(word: str) -> bool:
    return word.lower().endswith(_BODIES)


def _office(word: str, role: Callable[[str], str]) -> bool:
    """Whether a name may follow a word: an office, a trade, a title."""
    low = word.lower().rstrip(".")
    return low in _TITLES or is_role(low) or low.endswith(_TRADES) or bool(role(word))


def full_names(text: str) -> dict[str, str]:
    """Every surname of the text with the first name beside it at its first mention: „Moser“: „Anna Moser“."""
    found: dict[str, str] = {}
    for count, match in enumerate(_PAIR.finditer(text)):
        first, last = match[1], match[2]
        if count > PAIRS:
            break
        if last in found or first.endswith(_TRADES):
            continue
        if shape(first, Language.GERMAN) == 1 and shape(last, Language.GERMAN):
            found[last] = f"{first} {last}"
    return found
