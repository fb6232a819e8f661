"""A text as tokens, cut once for the whole article; every later step works on token numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*\w*(?:[-’'‑]\w+)*|\w+(?:[-’'‑&]\w+)*|''|``|[^\w\s]")
"""Numbers, words with their hyphens and apostrophes, single marks; no part can match the same text in two ways."""


class Tokens:
    """The tokens of a text: parallel lists of words and offsets (code points)."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in TOKEN.finditer(text):
            self.words.append(match[0])
            start, end = match.span()
            self.starts.append(start)
            self.ends.append(end)

    def within(self, start: int, end: int) -> range:
        """The numbers of the tokens that begin in `text[start:end]`."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)
