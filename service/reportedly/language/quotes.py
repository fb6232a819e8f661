"""Where quotations stand in a text, found in one pass over its tokens."""

from __future__ import annotations

from typing import Final

from reportedly.language.tokens import Tokens

_OPENS: Final = {"„": '“”"', "«": "»", "‹": "›", "‚": "‘’"}
_EITHER: Final = frozenset('"“”»«')
"""Marks that close one quotation and, where none is open, open the next: straight ones, and those that two
traditions use the other way round."""
_CLOSER: Final = {'"': '"“”', "“": '”“"', "”": '”"', "»": "«", "«": "»"}

SPEECH_TOKENS: Final = 5
"""A quotation of fewer words is a name or a scare quote, no speech (German headlines quote titles of up to four)."""
LONGEST: Final = 900
"""A quotation of more tokens was never closed: about forty sentences, longer than any quotation in the news data."""


class Quotations:
    """The quotations of a text. `depth[i]` is 1 where token `i` stands inside one (marks included)."""

    __slots__ = ("depth", "spans")

    def __init__(self, tokens: Tokens, breaks: frozenset[int] = frozenset()) -> None:
        """Find them. `breaks` are the numbers of tokens that open a paragraph: an open quotation ends there unless
        the paragraph opens with a quotation mark again."""
        self.spans: list[tuple[int, int]] = []
        """First and last token, marks included, of every closed quotation that is speech."""
        self.depth = bytearray(len(tokens.words))
        opened, closers = -1, ""
        for i, word in enumerate(tokens.words):
            if opened >= 0 and (i - opened > LONGEST or (i in breaks and word not in _OPENS and word not in _EITHER)):
                opened = -1
            if len(word) > 1:
                continue
            if opened >= 0:
                if word in closers:
                    self._close(opened, i)
                    opened = -1
            elif word in _OPENS:
                opened, closers = i, _OPENS[word]
            elif word in _EITHER:
                opened, closers = i, _CLOSER[word]

    def _close(self, first: int, last: int) -> None:
        if last - first > SPEECH_TOKENS:
            self.spans.append((first, last))
            self.depth[first : last + 1] = b"\x01" * (last + 1 - first)
