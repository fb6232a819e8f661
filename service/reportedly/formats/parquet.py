"""Articles or claims as Parquet (extra `parquet`): the columns of the CSV tables, typed, null where CSV is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias, get_args, get_type_hints

from reportedly.errors import MissingExtraError
from reportedly.formats.standards.article_table import ArticleRow, article_row
from reportedly.formats.standards.table import ClaimRow, claim_rows
from reportedly.schema import Failure, Report

Rows: TypeAlias = Callable[[Report | Failure], Iterable[Any]]

ROWS_AT_ONCE: Final = 1000
"""Rows of a row group: 1 MB or so, whatever the number of articles."""


class ParquetTable:
    """Takes records one by one and writes them in groups of rows."""

    def __init__(
        self, out: BinaryIO, columns: type[NamedTuple], rows: Callable[[Report | Failure], Iterable[Any]]
    ) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise MissingExtraError("writing Parquet", "parquet") from None
        kinds = {int: pyarrow.int64(), float: pyarrow.float64(), str: pyarrow.string()}
        fields = [(name, kinds[(get_args(kind) or (kind,))[0]]) for name, kind in get_type_hints(columns).items()]
        self._schema = pyarrow.schema(fields)
        self._writer = parquet.ParquetWriter(out, self._schema, compression="zstd")
        self._batch = pyarrow.RecordBatch
        self._rows = rows
        self._waiting: list[dict[str, Any]] = []

    def write(self, record: Report | Failure) -> None:
        """The rows of one input."""
        self._waiting += [_typed(row) for row in self._rows(record)]
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        """The last rows and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_batch(self._batch.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []


def articles_as_parquet(out: BinaryIO) -> ParquetTable:
    """One row an input."""
    return ParquetTable(out, ArticleRow, _article_rows)


def claims_as_parquet(out: BinaryIO) -> ParquetTable:
    """One row a claim; one for an input without any."""
    return ParquetTable(out, ClaimRow, claim_rows)


def _article_rows(record: Report | Failure) -> Iterator[ArticleRow]:
    yield article_row(record)


def _typed(row: Any) -> dict[str, Any]:
    return {name: None if cell == "" else cell for name, cell in row._asdict().items()}
