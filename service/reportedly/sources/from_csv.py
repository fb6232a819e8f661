"""CSV with a header line: one article a row, whatever a spreadsheet made of delimiter and encoding."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import BinaryIO, Final

from reportedly.errors import ArticleRejected
from reportedly.schema import Finding
from reportedly.sources.interface import Limits, Manuscript, Rejected, place_name, too_large
from reportedly.sources.oddities import of_encoding
from reportedly.sources.rows import FIELDS, manuscript_of
from reportedly.text.decoding import decode, reject_binary

_DELIMITERS: Final = ",;\t|"
"""What stands between fields; spreadsheets set to German write semicolons."""
_HINT: Final = f"the first line names the columns: id and text, and perhaps {', '.join(FIELDS[2:])}"


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript | Rejected]:
    """The article of each row, one at a time; a quoted field may run over several lines.

    Bytes are split as they are and each field is decoded by itself, so that a file in Windows-1252 is read as well as
    one in UTF-8. The line of a row is the one where it ends.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.bytes))
    lines = _Lines(stream, limits)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if "id" not in names or "text" not in names:
        raise ArticleRejected("missing_field", "no columns 'id' and 'text' in its first line", hint=_HINT)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            bad = ArticleRejected("bad_csv", str(error), hint="quote the field, and double the quotes within it")
            if "field larger" in bad.message:  # where the next row begins is lost
                raise bad from None
            yield Rejected.of(bad, id=place_name(where, lines.number), where=where, line=lines.number)
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        yield _row(dict(zip(names, cells, strict=False)), where, lines.number)


def _row(cells: dict[str, str], where: str, number: int) -> Manuscript | Rejected:
    name = place_name(where, number)
    try:
        row: dict[str, str | None] = {}
        findings: tuple[Finding, ...] = ()
        for field in FIELDS:
            raw = cells.get(field)
            if not raw:  # an empty cell and none look the same in CSV
                row[field] = "" if field == "text" and raw is not None else None
            elif raw.isascii():
                row[field] = raw
            else:
                decoded = decode(raw.encode("latin-1"))
                row[field] = decoded.text
                findings = findings or of_encoding(decoded)
        return manuscript_of(row, where, number, hint=_HINT, findings=findings)
    except ArticleRejected as rejected:
        return Rejected.of(rejected, id=rejected.where or name, where=where, line=number)


class _Lines:
    """Lines of bytes, each byte as one character, none longer than the limit."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._limit = limits.bytes
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if not line:
            raise StopIteration
        if len(line) > self._limit:
            raise too_large(f"more than {self._limit:,} bytes in one line")
        self.number += 1
        if self.number == 1:
            reject_binary(line)
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise ArticleRejected("not_text", "CSV in UTF-16", hint="save the file as CSV in UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        return line.decode("latin-1")
