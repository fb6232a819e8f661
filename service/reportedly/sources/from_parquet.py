"""Parquet: one article a row, read in small batches so that a file of any size passes through."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, Final

from reportedly.errors import ArticleRejected, MissingExtraError
from reportedly.sources.interface import Limits, Manuscript, Rejected, place_name, read_capped, too_large
from reportedly.sources.rows import FIELDS, manuscript_of

ROWS_AT_ONCE: Final = 64
"""Rows decoded at once; with 3 kB a text that is 200 kB."""
_HINT: Final = f"columns id and text, and perhaps {', '.join(FIELDS[2:])}"


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript | Rejected]:
    """The article of each row; `line` is the row's number, from 1. Other columns are not even read.

    Raises ArticleRejected (`bad_parquet`) where the file is broken, MissingExtraError without pyarrow.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("reading Parquet", "parquet") from None
    source = stream if stream.seekable() else io.BytesIO(read_capped(stream, limits))
    number = 0
    try:
        file = parquet.ParquetFile(source)
        columns = [name for name in FIELDS if name in file.schema_arrow.names]
        if "id" not in columns or "text" not in columns:
            raise ArticleRejected("missing_field", "no columns 'id' and 'text'", hint=_HINT)
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield _row(row, where, number, limits)
    except pyarrow.ArrowException as error:
        reason = str(error).splitlines()[0][:200]
        raise ArticleRejected("bad_parquet", f"after row {number}: {reason}", hint="write the file again") from None


def _row(row: dict[str, Any], where: str, number: int, limits: Limits) -> Manuscript | Rejected:
    try:
        text = row.get("text")
        if isinstance(text, str) and len(text) > limits.bytes:
            raise too_large(f"{len(text):,} characters in one row")
        return manuscript_of(row | {"published": _moment(row.get("published"))}, where, number, hint=_HINT)
    except ArticleRejected as rejected:
        name = rejected.where or place_name(where, number)
        return Rejected.of(rejected, id=name, where=where, line=number)


def _moment(value: object) -> object:
    """Timestamps as they are written in the other formats; nanoseconds come as a subclass of datetime."""
    return value.isoformat() if isinstance(value, datetime | date) else value
