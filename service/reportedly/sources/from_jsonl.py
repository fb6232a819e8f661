"""JSON Lines: one article a line. A bad line is rejected with its number, and the rest goes on."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from reportedly.errors import ArticleRejected
from reportedly.sources.interface import Limits, Manuscript, Rejected, place_name, too_large
from reportedly.sources.oddities import of_encoding
from reportedly.sources.rows import manuscript_of
from reportedly.text.decoding import decode, reject_binary
from reportedly.text.strict_json import JsonFault, parse_object

_HINT: Final = 'a line is {"id": "…", "text": "…"} and may have title, lang, url, published, publisher'


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript | Rejected]:
    r"""The article of each line, one at a time, with at most one line in memory.

    Lines end with `\n` alone: U+2028 and U+0085 are characters like others. Blank lines are no records. Other keys
    than ours are left alone. An integer serves as an id as well.
    """
    number = 0
    while line := stream.readline(limits.bytes + 1):
        number += 1
        if number == 1:
            _reject_other_formats(line)
        cut = len(line) > limits.bytes
        if cut:
            _skip_line(stream, line)
        if not line.strip():
            continue
        name = place_name(where, number)
        try:
            if cut:
                raise too_large(f"more than {limits.bytes:,} bytes in one line")
            yield _manuscript(line, where, number)
        except ArticleRejected as rejected:
            yield Rejected.of(rejected, id=rejected.where or name, where=where, line=number)


def _reject_other_formats(first: bytes) -> None:
    reject_binary(first)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ArticleRejected("not_text", "JSON Lines in UTF-16", hint="save the file as UTF-8")


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def _manuscript(line: bytes, where: str, number: int) -> Manuscript:
    decoded = decode(line) if not line.isascii() else None
    try:
        row = parse_object(decoded.text if decoded else line.decode("ascii"))
    except JsonFault as fault:
        raise ArticleRejected("bad_json", f"not a JSON object: {fault}", hint=_HINT) from None
    return manuscript_of(row, where, number, hint=_HINT, findings=of_encoding(decoded) if decoded else ())
