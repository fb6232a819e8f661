"""Escapes what could steer a terminal or a log; the one place where that is done."""

from __future__ import annotations

from typing import Final

_BIDI: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_ESCAPES: Final = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"} | {
    code: f"\\u{code:04x}" for code in (*_BIDI, *range(0xD800, 0xE000))
}


def printable(text: str) -> str:
    """The text with control, bidirectional and surrogate characters shown as escapes; line feeds and tabs stay."""
    return text.translate(_ESCAPES)


def one_line(text: str) -> str:
    """The printable text with every run of white space as one space: for tables and log lines."""
    return " ".join(printable(text).split())
