"""Where quotations stand in a text, found in one pass over its tokens."""

from __future__ import annotations

from typing import Final

from reportedly.language.tokens import Tokens

_CLOSERS: Final = {
    "„": frozenset("“”\""), "«": frozenset("»"), "‹": frozenset("›"), "‚": frozenset("‘’"), "‘": frozenset("’"),
    "“": frozenset("”\""), '"': frozenset("\"“”"), "”": frozenset("”"), "»": frozenset("«"),
    "``": frozenset(("''",)), "''": frozenset(("''",)),
}  # fmt: skip
"""Which marks close a quotation that opened with which; straight marks and those that two traditions use the other way
round open where none is open."""
_DOUBLED: Final = frozenset(("``", "''"))
_STOPS: Final = frozenset(",.?!…")

SPEECH_TOKENS: Final = 5
"""A quotation of fewer words is a name or a scare quote, no speech (German headlines quote titles of up to four)."""
LONGEST: Final = 900
"""A quotation of more tokens was never closed: about forty sentences, longer than any quotation in the news data."""


class Quotations:
    """The quotations of a text. `depth[i]` is 1 where token `i` stands inside one (marks included)."""

    __slots__ = ("depth", "spans")

    def __init__(self, tokens: Tokens, breaks: frozenset[int] = frozenset()) -> None:
        """Find them. `breaks` are the numbers of tokens that open a paragraph: an open quotation ends there,
        as speech if the paragraph opens with a quotation mark again, as a stray mark if not."""
        self.spans: list[tuple[int, int]] = []
        """First and last token, marks included, of every closed quotation that is speech."""
        self.depth = bytearray(len(tokens.words))
        opened = -1
        words = tokens.words
        for i, word in enumerate(words):
            if opened >= 0 and (i - opened > LONGEST or i in breaks):
                if i in breaks and word in _CLOSERS:
                    self._close(opened, i - 1)
                opened = -1
            if len(word) > 1 and word not in _DOUBLED:
                continue
            if opened < 0:
                opened = i if word in _CLOSERS else -1
            elif word in _CLOSERS[words[opened]]:
                if word != "’" or words[i - 1] in _STOPS:
                    self._close(opened, i)
                    opened = -1
            elif word == words[opened]:
                opened = i

    def _close(self, first: int, last: int) -> None:
        if last - first > SPEECH_TOKENS:
            self.spans.append((first, last))
            self.depth[first : last + 1] = b"\x01" * (last + 1 - first)
