"""Where a sentence ends inside one paragraph: full stops that end something told from those that don't.

Every look to the left or right of a stop is bounded, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from reportedly.schema import Language

_LOOK_BACK: Final = 28
"""Code points before a stop in which its word is sought: longer than any abbreviation."""
_LOOK_AHEAD: Final = 48
"""Code points after a quotation in which the verb of its frame is sought: a name of three words and the verb."""
_ORDINAL_DIGITS: Final = 3
"""German numbers up to this length read as ordinals before a noun („der 150. Geburtstag“); longer ones are years."""
_DATE_DIGITS: Final = 5
"""„11.12“ before a year („am 11.12. 2015“)."""

_CLOSERS = "\"'“”’‘»«)\\]›‹"
_OPENERS = "\"'“„”’‘‚»«(\\[‹›"
_STOP = re.compile(
    rf"(?P<stop>[.!?…]+|[。！？])(?P<close>[{_CLOSERS}]*)(?P<gap>\s*)(?=(?P<open>[{_OPENERS}]{{0,3}}(?:[–—-]{{1,2}}\s?)?[{_OPENERS}]{{0,2}})(?P<next>.?))"
    r"|(?<=\s)(?=[•●▪■►]\s?\w)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]{1,2})?")
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_ADDRESS = re.compile(r"[/@]|www|\.[a-z]{2,4}\b")
_QUOTES: Final = frozenset("\"'“”’‘»«")
_DASHES: Final = frozenset("–—-")
_SPLIT_WORD = re.compile(r"[\s(\[/–—\"“„«»]")


@dataclass(frozen=True, slots=True)
class Stops:
    """One language's knowledge of full stops (`data/segment.toml`)."""

    never: frozenset[str]
    seldom: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    clock: frozenset[str]
    zones: frozenset[str]
    frames: frozenset[str]
    ordinals: bool
    """Whether a number with a full stop can be an ordinal."""


def load_segment_words() -> dict[str, Any]:
    """The tables of `data/segment.toml`."""
    return tomllib.loads((resources.files(__package__) / "data" / "segment.toml").read_text(encoding="utf-8"))


@cache
def stops_of(language: Language) -> Stops:
    """The knowledge for a language; for an unknown one, that of English."""
    tables = load_segment_words()
    both, own = tables["both"], tables[language.value if language is not Language.UNKNOWN else "en"]

    def words(key: str) -> frozenset[str]:
        listed = [*both.get(key, []), *own.get(key, [])]
        return frozenset(listed) | frozenset(word.upper() for word in listed if len(word) > 1)

    starters = frozenset(own["starters"].split())
    never = words("never")
    return Stops(
        never=never,
        seldom=words("seldom") - never,
        numbered=words("numbered") - never,
        starters=starters,
        clock=words("clock"),
        zones=words("zones"),
        frames=words("frames"),
        ordinals=language is Language.GERMAN,
    )


def sentence_ends(text: str, start: int, end: int, stops: Stops) -> Iterator[int]:
    """Offsets inside `text[start:end]` at which one sentence ends and the next may begin; `end` itself is left out."""
    begun = start
    for found in _STOP.finditer(text, start, end):
        at = found.end()
        if at >= end:
            return
        if found["stop"] is None or _ends(text, found, begun, stops):
            cut = found.end("close") if found["stop"] else at
            yield cut
            begun = at


def _ends(text: str, found: re.Match[str], begun: int, stops: Stops) -> bool:
    """Whether the stop that was found ends a sentence."""
    stop, close, gap, opening, after = found.group("stop", "close", "gap", "open", "next")
    if stop in "。！？":
        return True
    if not gap and not close:
        return _ends_without_space(text, found, stops)
    if not after or not (after.isalnum() or after in "@#$€£%"):
        return False
    here = found.end() + len(opening)
    if after.islower() and text[here + 1 : here + 2].isupper():
        after = text[here + 1]  # iPhone, eBay
    if after.islower():
        return "(" in opening and bool(gap) and stop == "." and _plain_word(text, found.start(), begun, stops)
    if close and not gap and not opening and close[-1] in ")]":
        return False
    if stops.ordinals and stop[-1] in ".…" and stop != "." and not close:
        return _next_word(text, here) in stops.starters  # a German noun has its capital inside a sentence as well
    if stop != ".":
        return not (close and _frame_follows(text, here, stops) and _QUOTES & set(close)) and close != ")"
    if close and _QUOTES & set(close):
        return True
    return _full_stop_ends(text, found.start(), here, begun, stops)


def _word_before(text: str, stop: int, begun: int) -> str:
    piece = text[max(begun, stop - _LOOK_BACK) : stop]
    return _SPLIT_WORD.split(piece)[-1].lstrip("'’‘‚›‹")


def _next_word(text: str, here: int) -> str:
    """The word at `here`; empty where it is an initial („F.B. I. agents“)."""
    found = _WORD.match(text, here, here + 24)
    if not found or (len(found[0]) == 1 and text[here + 1 : here + 2] == "."):
        return ""
    return found[0]


def _plain_word(text: str, stop: int, begun: int, stops: Stops) -> bool:
    word = _word_before(text, stop, begun)
    return len(word) > 1 and word not in stops.never and word not in stops.seldom and word not in stops.numbered


def _full_stop_ends(text: str, stop: int, here: int, begun: int, stops: Stops) -> bool:
    """A single full stop, white space, then a capital or a figure."""
    word = _word_before(text, stop, begun)
    if not word:
        return True
    last = word[-1]
    if last.isdigit():
        return _number_ends(text, word, stop, here, begun, stops)
    if word in stops.never:
        return False
    figure = not text[here].isalpha()
    if word in stops.numbered:
        return not figure
    if word in stops.clock:
        return not figure and _next_word(text, here) not in stops.zones
    if _DASHES & set(text[stop + 1 : here]) and (word in stops.seldom or "." in word):
        return False  # "PORTSMOUTH, N.H. — He"
    if word in stops.seldom or (len(word) < 4 and word.istitle() and len(word) > 1 and not _has_vowel(word)):
        return not figure and _next_word(text, here) in stops.starters
    if len(word) == 1:
        return _letter_ends(text, word, stop, here, stops)
    if "." in word and len(word.rpartition(".")[2]) == 1:
        return _next_word(text, here) in stops.starters
    if stops.ordinals and _ROMAN.fullmatch(word):
        return _next_word(text, here) in stops.starters
    return True


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouyäöüAEIOUYÄÖÜéè" for letter in word)


def _letter_ends(text: str, letter: str, stop: int, here: int, stops: Stops) -> bool:
    """An initial („J. Meier“), a part of „z. B.“, or a name that ends so („Plan B. Das …“)."""
    part = text[max(0, stop - 4) : stop - 1].rstrip()
    if part.endswith(".") and part[-2:-1].isalpha() and part[-2:-1].islower():
        return False
    if not letter.isalpha():
        return True
    if not text[here].isalpha():
        return False  # „S. 5“
    return _next_word(text, here) in stops.starters


def _number_ends(text: str, word: str, stop: int, here: int, begun: int, stops: Stops) -> bool:
    """A number before the stop: a list mark, an ordinal, a date, or a plain end."""
    digits = word.rpartition("-")[2]
    if stop - len(word) <= begun and len(digits) <= _ORDINAL_DIGITS:
        return False
    if not stops.ordinals:
        return True
    if not text[here].isalpha() and digits.replace(".", "").isdecimal() and len(digits) <= _DATE_DIGITS:
        return False
    if not digits.isdecimal() or len(digits) > _ORDINAL_DIGITS:
        return True
    return _next_word(text, here) in stops.starters


def _frame_follows(text: str, here: int, stops: Stops) -> bool:
    """Whether a closed quotation goes on with its frame: '"Why?" Smith asked.'"""
    if not stops.frames:
        return False
    words = text[here : here + _LOOK_AHEAD].split()[:4]
    if not words or words[0] in stops.starters:
        return False
    return any(word.rstrip(".,:;") in stops.frames for word in words[1:])


def _ends_without_space(text: str, found: re.Match[str], stops: Stops) -> bool:
    """A stop with the next word right behind it: „Wien.Der“ ends, "Node.js" and "example.com" don't."""
    stop, after = found["stop"], found["next"]
    here = found.end() + len(found["open"])
    if not after.isupper() or stop[0] == "…" or len(stop) > 1:
        return False
    follower = _next_word(text, here)
    before = _word_before(text, found.start(), 0)
    if stop in "!?":
        return len(before) > 1 and (follower in stops.starters or (before.islower() and len(follower) > 1))
    around = text[max(0, found.start() - _LOOK_BACK) : here + _LOOK_BACK]
    token_start = max(around.rfind(" ", 0, found.start() - max(0, found.start() - _LOOK_BACK)), 0)
    token = around[token_start:].lstrip().partition(" ")[0]
    if _ADDRESS.search(token) or len(before) < 2 or before in stops.never:
        return False
    if follower in stops.starters:
        return True
    return before.isalpha() and before.islower() and len(before) > 2 and len(follower) > 1 and follower[1:].islower()
