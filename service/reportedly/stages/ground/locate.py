"""Finds words in a sentence, character for character after a recorded folding of quotes, spaces and composition."""

from __future__ import annotations

from typing import NamedTuple

from reportedly.language.words import fold
from reportedly.schema import Span


class _Folded(NamedTuple):
    """Folded words with single spaces; `starts` and `ends` lead each character back to its place."""

    text: str
    starts: list[int]
    ends: list[int]


def locate(words: str, text: str, within: Span) -> Span | None:
    """Where `words` stand in that part of the text, as whole words; the first place, or None.

    Typographic quotes, dashes, white space and decomposed letters count as their plain forms; nothing else is forgiven.
    """
    needle = _squeezed(words).text.strip()
    if not needle:
        return None
    hay = _squeezed(within.of(text))
    at = hay.text.find(needle)
    while at >= 0:
        end = at + len(needle)
        if _whole(hay.text, at, end):
            return Span(start=within.start + hay.starts[at], end=within.start + hay.ends[end - 1])
        at = hay.text.find(needle, at + 1)
    return None


def _squeezed(words: str) -> _Folded:
    folded, back = fold(words)
    kept: list[int] = [at for at, char in enumerate(folded) if char != " " or (at and folded[at - 1] != " ")]
    return _Folded(
        "".join(folded[at] for at in kept),
        [at if back is None else back[at] for at in kept],
        [at + 1 if back is None else max(back[at + 1], back[at] + 1) for at in kept],
    )


def _whole(hay: str, at: int, end: int) -> bool:
    before_ok = at == 0 or not (hay[at - 1].isalnum() and hay[at].isalnum())
    after_ok = end == len(hay) or not (hay[end - 1].isalnum() and hay[end].isalnum())
    return before_ok and after_ok
