"""JSON Lines: one article a line. A bad line is rejected with its number, and the rest goes on."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from reportedly.errors import ArticleRejected
from reportedly.sources.interface import Limits, Manuscript, Rejected, place_name, too_large
from reportedly.sources.oddities import of_encoding
from reportedly.text.decoding import decode, reject_binary
from reportedly.text.shown import show
from reportedly.text.strict_json import JsonFault, parse_object

_HINT: Final = 'a line is {"id": "…", "text": "…"} and may have title, lang, url, published, publisher'
_OPTIONAL: Final = ("title", "lang", "url", "published", "publisher")


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
    name = _id(row)
    text = row.get("text")
    if not isinstance(text, str):
        raise _bad_field(name, "text", "is missing" if text is None else "is no string")
    for field in _OPTIONAL:
        if not isinstance(row.get(field), str | None):
            raise _bad_field(name, field, "is no string")
    return Manuscript(
        name,
        where,
        text,
        title=row.get("title"),
        language=row.get("lang"),
        url=row.get("url"),
        published=row.get("published"),
        publisher=row.get("publisher"),
        findings=of_encoding(decoded) if decoded else (),
        line=number,
    )


def _id(row: dict[str, Any]) -> str:
    name = row.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name:
        raise _bad_field(None, "id", "is missing" if name in (None, "") else "is neither string nor integer")
    if show(name).damaged:
        raise _bad_field(None, "id", "holds characters that can't be written")
    return name


def _bad_field(name: str | None, field: str, fault: str) -> ArticleRejected:
    reason = "missing_field" if fault == "is missing" else "bad_field"
    return ArticleRejected(reason, f"{field!r} {fault}", hint=_HINT, where=name)
