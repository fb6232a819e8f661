"""Numbers as they are written, in digits and in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from reportedly.language.content import code
from reportedly.language.tables import table
from reportedly.language.words import Token
from reportedly.schema import Language


class Numeral(NamedTuple):
    """A value and where it stands among the tokens. `digits` are the significant ones, which say how fine it is."""

    value: float
    last: int
    """Index of its last token."""
    digits: int
    written: bool
    """Whether it is written in words."""


@cache
def values(section: str, language: Language) -> dict[str, float]:
    """One list of data/quantities.toml: word → number."""
    pairs = (entry.partition("=") for entry in table("quantities")[section][code(language)].split())
    return {word: float(number) if number else 2.0 for word, _, number in pairs}


def significant(text: str) -> int:
    """Significant digits of a written number: 50 has one, 49.8 three, 1.200 two."""
    digits = "".join(c for c in text if c.isdigit()).lstrip("0")
    return max(1, len(digits if any(c in text for c in ".,") and not _thousands(text) else digits.rstrip("0")))


def _thousands(text: str) -> bool:
    groups = text.replace(",", ".").split(".")
    return len(groups) > 1 and all(len(g) == 3 for g in groups[1:])


@lru_cache(maxsize=1 << 12)
def digits_value(text: str, language: Language) -> float | None:
    """The value of a number in digits by the language's separators: „1.200,50“, "1,200.50"; None for 5:4 or 3/10."""
    if ":" in text or "/" in text:
        return None
    text = text.replace(" ", "").replace("'", "")
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        decimal = "." if dot > comma else ","
    elif (dot >= 0 or comma >= 0) and (text.count(".") > 1 or text.count(",") > 1):
        decimal = ""
    else:
        mark = "." if dot >= 0 else ","
        ours = "." if language is Language.ENGLISH else ","
        grouped = _thousands(text) and not text.startswith("0") and len(text.split(mark)[0]) <= 3
        decimal = mark if mark == ours or not grouped else ""
    for mark in ".,":
        if mark != decimal:
            text = text.replace(mark, "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


_LONGEST: Final = 60
"""Letters of the longest number word that is taken apart; „neunhundertneunundneunzigtausend…“ has fewer."""


@lru_cache(maxsize=1 << 14)
def word_value(low: str, language: Language) -> float | None:
    """The value of a number word, German compounds included: „zweihundertfünfzig“; None for any other word."""
    known = values("numbers", language).get(low)
    if known is not None or language is Language.ENGLISH or not 8 <= len(low) <= _LONGEST:
        return known
    return _german(low)


def _german(low: str) -> float | None:
    if low in ("hundert", "tausend", "ein", "eine"):
        return {"hundert": 100.0, "tausend": 1000.0}.get(low, 1.0)
    known = values("numbers", Language.GERMAN).get(low)
    if known is not None:
        return known
    for scale, factor in (("tausend", 1000.0), ("hundert", 100.0)):
        head, found, tail = low.partition(scale)
        if found:
            left = _german(head) if head else 1.0
            right = _german(tail.removeprefix("und")) if tail else 0.0
            return None if left is None or right is None else left * factor + right
    ones, found, tens = low.partition("und")
    if found:
        left, right = _german(ones), _german(tens)
        if left is not None and right is not None and 0 < left < 10 and 20 <= right < 100:
            return left + right
    return None


def numeral(tokens: Sequence[Token], at: int, language: Language) -> Numeral | None:
    """The number that begins at token `at`, scale words included: „50 Mrd“, "two hundred and fifty thousand"."""
    token = tokens[at]
    if token.kind == "number":
        value = digits_value(token.text, language)
        return None if value is None else _scaled(tokens, Numeral(value, at, significant(token.text), False), language)
    if token.kind != "word":
        return None
    value = word_value(token.low, language)
    if value is not None:
        found = Numeral(value, at, 2, True)
        if language is Language.ENGLISH and 20 <= value < 100:
            found = _ones(tokens, found, language)
        return _scaled(tokens, found, language)
    if token.low in LEADS:
        return _led(tokens, at, language)
    if language is not Language.ENGLISH and token.low in ("hundert", "tausend"):
        return _scaled(tokens, Numeral(values("scales", language)[token.low], at, 1, True), language)
    return None


LEADS: Final = {
    **dict.fromkeys(("a", "one", "ein", "eine", "einer", "einem", "einen"), 1.0),
    **dict.fromkeys(("half", "halbe", "halben"), 0.5),
    "eineinhalb": 1.5,
    "anderthalb": 1.5,
    "zweieinhalb": 2.5,
    "dreieinhalb": 3.5,
}
"""Words that are a number only before a scale: „eine Million“, "half a million"."""


def _led(tokens: Sequence[Token], at: int, language: Language) -> Numeral | None:
    """„eine halbe Million“, "a dozen", "half a million"; None where no scale follows."""
    value, last = 1.0, at
    while last < len(tokens) and last - at < 3 and tokens[last].low in LEADS:
        value = min(value, LEADS[tokens[last].low]) if LEADS[tokens[last].low] < 1 else value * LEADS[tokens[last].low]
        last += 1
    if last < len(tokens) and tokens[last].low in values("scales", language) and len(tokens[last].low) > 1:
        return _scaled(tokens, Numeral(value, last - 1, 1, True), language)
    if tokens[at].low in ("eineinhalb", "anderthalb", "zweieinhalb", "dreieinhalb"):
        return Numeral(value, at, 2, True)
    return None


def _ones(tokens: Sequence[Token], tens: Numeral, language: Language) -> Numeral:
    """ "twenty-five", "twenty five"."""
    nxt = tens.last + 1
    if nxt < len(tokens) and tokens[nxt].text == "-":
        nxt += 1
    if nxt < len(tokens):
        ones = values("numbers", language).get(tokens[nxt].low)
        if ones is not None and 0 < ones < 10:
            return tens._replace(value=tens.value + ones, last=nxt)
    return tens


def _scaled(tokens: Sequence[Token], found: Numeral, language: Language) -> Numeral:
    """The number with the scale words after it: 50 → „50 Mrd.“; also "two hundred and fifty"."""
    scales = values("scales", language)
    while (nxt := found.last + 1) < len(tokens):
        token = tokens[nxt]
        if token.text == "-" and nxt + 1 < len(tokens) and token.start == tokens[found.last].end:
            nxt += 1
            token = tokens[nxt]
        factor = scales.get(token.low)
        if factor is None or token.kind != "word":
            break
        if len(token.low) == 1 and (token.start != tokens[nxt - 1].end or found.written):
            break
        found = found._replace(value=found.value * factor, last=nxt)
        if nxt + 1 < len(tokens) and tokens[nxt + 1].text == "." and token.low in ("mrd", "mio", "tsd", "bio", "mill"):
            found = found._replace(last=nxt + 1)
        elif factor in (100.0, 1000.0) and found.written:
            found = _rest(tokens, found, language, factor)
    return found


def _rest(tokens: Sequence[Token], found: Numeral, language: Language, factor: float) -> Numeral:
    """What follows "two hundred": "and fifty", "fifty"."""
    nxt = found.last + 1
    if nxt + 1 < len(tokens) and tokens[nxt].low == "and":
        nxt += 1
    if nxt < len(tokens) and tokens[nxt].kind == "word":
        low = word_value(tokens[nxt].low, language)
        if low is not None and 0 < low < factor:
            more = Numeral(found.value + low, nxt, 2, True)
            return _ones(tokens, more, language) if 20 <= low < 100 else more
    return found
