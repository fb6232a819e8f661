"""Shows characters that no reader can see, or that turn the order of others round, as escapes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reportedly.text.characters import (
    BIDI_CONTROLS,
    CONTROLS,
    DEPRECATED_FORMATS,
    FILLERS,
    LINE_SEPARATORS,
    SURROGATES,
    TAGS,
    VARIATION_SELECTORS,
    ZERO_WIDTH,
)

_ORDINARY_RUN: Final = 2
"""Joiners, variation selectors and direction marks in a row that an emoji or an Arabic name may have; more is odd."""
_SHOWN_ESCAPES: Final = 12
"""Escapes that one run may take: enough to see what it is, too few to flood the page."""

_LENIENT: Final = f"\u200c-\u200f{VARIATION_SELECTORS}"
_ODD: Final = re.compile(
    f"[{_LENIENT}]{{{_ORDINARY_RUN + 1},}}"
    f"|(?![{_LENIENT}])"
    f"[{CONTROLS}{SURROGATES}{ZERO_WIDTH}{FILLERS}{BIDI_CONTROLS}{DEPRECATED_FORMATS}{TAGS}{LINE_SEPARATORS}]+"
)


class Piece(NamedTuple):
    """Text to show as it is, or the escape of what can't be."""

    text: str
    escaped: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in pieces, every odd run of characters as its escape, such as `U+202E`."""
    found: list[Piece] = []
    position = 0
    for match in _ODD.finditer(text):
        if match.start() > position:
            found.append(Piece(text[position : match.start()]))
        found.append(Piece(_escape(match.group()), escaped=True))
        position = match.end()
    if position < len(text):
        found.append(Piece(text[position:]))
    return tuple(found)


def visible(text: str) -> str:
    """The text as one string, odd characters as escapes in brackets; for titles and attributes."""
    return "".join(f"[{piece.text}]" if piece.escaped else piece.text for piece in pieces(text))


def _escape(run: str) -> str:
    shown = " ".join(f"U+{ord(character):04X}" for character in run[:_SHOWN_ESCAPES])
    rest = len(run) - _SHOWN_ESCAPES
    return f"{shown} +{rest}" if rest > 0 else shown
