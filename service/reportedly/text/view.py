"""A side copy of a text for the language layer, with an exact map back to the text as it is shown.

The shown text is never changed: words are looked for in the view, spans are reported in the shown text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportedly.text.characters import HIDDEN, HYPHENS, LIGATURES, LINE_SEPARATORS, SPACES, all_plain, any_of

_LOOKALIKES: Final = any_of(SPACES, HYPHENS, LINE_SEPARATORS)
_UNFIT: Final = re.compile(f"[{HIDDEN}]+|[{''.join(LIGATURES)}]")
_ODD: Final = any_of(HIDDEN, "".join(LIGATURES), SPACES, HYPHENS, LINE_SEPARATORS)

MAX_MARKS: Final = 30
"""Combining marks composed with one letter; the rest of a longer run stays as it is. From UAX #15 (stream-safe text):
no language needs more, and reordering a run is quadratic in its length."""

# Characters that are no combining marks and still compose with the one before them: vowel signs of Indic scripts,
# and the medial and final letters of Hangul. From DerivedNormalizationProps (NFC_QC=Maybe, ccc=0), Unicode 16.
_JOINING: Final = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1b35\U00011127\U0001133e\U00011357\U000113b8\U000113bb\U000113c2\U000113c5\U000113c7\U000113c8\U000113c9"
    "\U000114b0\U000114ba\U000114bd\U000115af\U0001611e\U0001611f\U00016120\U00016129\U00011930\U00016d63\U00016d67"
    + "".join(map(chr, range(0x1161, 0x1176)))
    + "".join(map(chr, range(0x11A8, 0x11C3)))
)


class _Shift:
    """One rewriting: which stretches of the result stand for which stretches of what was rewritten."""

    __slots__ = ("_after_ends", "_after_starts", "_before_ends", "_before_starts")

    def __init__(self) -> None:
        self._after_starts = array("Q")
        self._after_ends = array("Q")
        self._before_starts = array("Q")
        self._before_ends = array("Q")

    def add(self, after_start: int, after_end: int, before_start: int, before_end: int) -> None:
        """Say that `[after_start, after_end)` stands for `[before_start, before_end)`; stretches come in order."""
        self._after_starts.append(after_start)
        self._after_ends.append(after_end)
        self._before_starts.append(before_start)
        self._before_ends.append(before_end)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters `[start, end)` of the result stood before."""
        first = self._of_character(start)[0]
        return (first, self._of_character(end - 1)[1]) if end > start else (first, first)

    def _of_character(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._after_starts, position) - 1
        if index < 0:
            return position, position + 1
        if position < self._after_ends[index]:
            return self._before_starts[index], self._before_ends[index]
        before = self._before_ends[index] + position - self._after_ends[index]
        return before, before + 1


@dataclass(frozen=True, slots=True)
class View:
    """What the language layer reads. Offsets count code points."""

    text: str
    """The text without hidden characters, with plain spaces and hyphens, ligatures spelled out, composed (NFC)."""
    _shifts: tuple[_Shift, ...] = ()

    @property
    def shifted(self) -> bool:
        """Whether offsets of the view differ from offsets of the shown text."""
        return bool(self._shifts)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the shown text whose characters the view shows at `[start, end)`.

        It begins with the first and ends with the last character meant: hidden characters inside are covered, those
        around are not. An empty span maps to the place before the character at `start`.
        """
        for shift in self._shifts:
            start, end = shift.back(start, end)
        return start, end


def clean(text: str) -> View:
    """The view of a text. Takes linear time; text that needs no change is passed through without a copy."""
    if all_plain(text):
        return View(text)
    shifts: list[_Shift] = []
    if _ODD.search(text):
        text = _LOOKALIKES.sub(_plain, text)
        text, shift = _rewrite(text, _unfit_stretches(text))
        shifts.extend(shift)
    if not unicodedata.is_normalized("NFC", text):
        text, shift = _rewrite(text, _uncomposed_stretches(text))
        shifts.extend(shift)
    shifts.reverse()
    return View(text, tuple(shifts))


def _plain(lookalikes: re.Match[str]) -> str:
    return "".join("\n" if c in LINE_SEPARATORS else "-" if c in HYPHENS else " " for c in lookalikes.group())


def _unfit_stretches(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _UNFIT.finditer(text):
        yield match.start(), match.end(), LIGATURES.get(match.group(), "")


def _uncomposed_stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Every letter with its marks that is written otherwise in NFC, with that writing."""
    start, length = 0, len(text)
    while start < length:
        end = start + 1
        while end < length and (unicodedata.combining(text[end]) or text[end] in _JOINING):
            end += 1
        letter = text[start : min(end, start + 1 + MAX_MARKS)]
        if (end - start > 1 or letter > "\u0300") and (composed := unicodedata.normalize("NFC", letter)) != letter:
            yield start, start + len(letter), composed
        start = end


def _rewrite(text: str, stretches: Iterator[tuple[int, int, str]]) -> tuple[str, list[_Shift]]:
    """The text with each `(start, end, written)` replaced, and the map back where offsets changed."""
    shift, parts = _Shift(), list[str]()
    done = length = 0
    changed = False
    for start, end, written in stretches:
        parts += text[done:start], written
        length += start - done
        shift.add(length, length + len(written), start, end)
        length += len(written)
        done, changed = end, True
    if not changed:
        return text, []
    parts.append(text[done:])
    return "".join(parts), [shift]
