"""From code points to UTF-16 units and back: browsers, Java and .NET count the latter."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import Final

_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """The two ways to count positions in one text. Building takes linear, each question logarithmic time."""

    __slots__ = ("_astral", "_astral_units")

    def __init__(self, text: str) -> None:
        self._astral = array("Q", () if text.isascii() else (match.start() for match in _ASTRAL.finditer(text)))
        self._astral_units = array("Q", (position + index for index, position in enumerate(self._astral)))

    def units(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def code_points(self, units: int) -> int:
        """The code point offset of a UTF-16 offset; one inside a pair counts as the pair's start."""
        return units - bisect_left(self._astral_units, units)
