"""Results as tables: a file that appears under its name only when all of it is written."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from reportedly.errors import MissingExtraError, StorageError, UsageError
from reportedly.formats import Format
from reportedly.formats.parquet import articles_as_parquet, claims_as_parquet
from reportedly.formats.standards import ArticleTable, ClaimTable
from reportedly.schema import Failure, Report


class TableName(StrEnum):
    """What a row of a table is."""

    ARTICLES = "articles"
    CLAIMS = "claims"


class _Text:
    """A format of text on a binary file."""

    def __init__(self, table: Callable[[TextIO], Format], out: BinaryIO) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        self._table = table(self._text)

    def write(self, record: Report | Failure) -> None:
        self._table.write(record)

    def close(self) -> None:
        self._table.close()
        self._text.detach()


TABLES: Final[dict[tuple[str, TableName], Callable[[BinaryIO], Format]]] = {
    (".csv", TableName.ARTICLES): partial(_Text, ArticleTable),
    (".csv", TableName.CLAIMS): partial(_Text, ClaimTable),
    (".parquet", TableName.ARTICLES): articles_as_parquet,
    (".parquet", TableName.CLAIMS): claims_as_parquet,
}
"""Who writes which table."""


def records_path(output: Path) -> Path:
    """Where the records themselves go: the output, or the `.jsonl` beside a table.

    Raises UsageError for another suffix, MissingExtraError where the table can't be written in the end.
    """
    suffix = output.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return output
    if suffix == ".parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("writing Parquet", "parquet")
    if is_table(output):
        return output.with_suffix(".jsonl")
    raise UsageError(f"results are no {suffix or 'file without a suffix'}", hint="name them .jsonl, .csv or .parquet")


def is_table(output: Path) -> bool:
    """Whether the suffix is that of a table with a choice of rows."""
    return (output.suffix.lower(), TableName.ARTICLES) in TABLES


def export(records: Iterable[Report | Failure], output: Path, table: TableName) -> None:
    """Write records as a table. Raises StorageError, MissingExtraError."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as out:
            written = TABLES[output.suffix.lower(), table](out)
            for record in records:
                written.write(record)
            written.close()
        unfinished.replace(output)
    except OSError as error:
        raise StorageError(f"{str(output)!r} can't be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
