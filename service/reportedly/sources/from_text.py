"""Plain text: the text as it stands. A page or JSON Lines without a telling name is passed on to its own reader."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from typing_extensions import Buffer

from reportedly.sources import from_html, from_jsonl
from reportedly.sources.interface import Limits, Manuscript, Rejected, read_capped
from reportedly.sources.oddities import of_encoding
from reportedly.text.decoding import decode

_JSON_OBJECT: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_PAGE: Final = re.compile(r"\ufeff?\s*(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)?<(?:!doctype\s+html|html)\b", re.I)
_PEEK: Final = 4096
"""Bytes looked at to tell the format."""


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript]:
    """One article of plain text, or of HTML where the text begins as a page does."""
    data = read_capped(stream, limits)
    decoded = decode(data, declared=from_html.declared_encoding(data) if data.lstrip().startswith(b"<") else None)
    if _PAGE.match(decoded.text[:_PEEK]):
        yield from_html.manuscript(decoded, where)
    else:
        yield Manuscript(where, where, decoded.text, findings=of_encoding(decoded))


def read_unnamed(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript | Rejected]:
    """Whatever stands in a stream or file whose name does not tell: JSON Lines, a page, or text."""
    head = some = _some(stream, _PEEK)
    while some and not head.removeprefix(codecs.BOM_UTF8).strip().removeprefix(b"{").strip():
        some = _some(stream, _PEEK)
        head += some
    rest = io.BufferedReader(_Rejoined(head, stream))
    if _JSON_OBJECT.match(head):
        yield from from_jsonl.read(rest, where, limits)
    else:
        yield from read(rest, where, limits)


def _some(stream: BinaryIO, size: int) -> bytes:
    """What is there, up to a size: a pipe must not wait for more than the next article."""
    read_once: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read_once(size)


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were read from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill the buffer from the head, then from the rest."""
        view = memoryview(buffer)
        data = self._head[: len(view)] or _some(self._rest, len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)
