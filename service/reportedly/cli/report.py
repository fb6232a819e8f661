"""`reportedly report`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer
from pydantic import ValidationError

from reportedly.api import as_language
from reportedly.cli import options
from reportedly.cli.exporting import TableName, export
from reportedly.errors import StorageError, UsageError
from reportedly.formats import FOR_REPORTS, Format, FormatName, html_report, record_of
from reportedly.schema import Failure, Language, Report

_BY_SUFFIX: Final = {
    ".html": FormatName.HTML,
    ".htm": FormatName.HTML,
    ".md": FormatName.MARKDOWN,
    ".txt": FormatName.TEXT,
    ".json": FormatName.JSON,
    ".jsonl": FormatName.JSONL,
    ".csv": FormatName.CSV,
}

Results = Annotated[
    list[str],
    typer.Argument(metavar="RESULTS...", help="Files of results in JSON Lines, or - for standard input."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here; to standard output without it.")
]
ReportFormat = Annotated[
    FormatName | None, typer.Option("--format", "-f", help="How to write; by the output's suffix, else html.")
]


def report(
    results: Results,
    output: Output = None,
    output_format: ReportFormat = None,
    language: options.PageLanguage = None,
    table: options.TableOption = None,
) -> None:
    """Turn results into a page to look at, or into any other format.

    \b
    reportedly summarise --format jsonl news/ > results.jsonl
    reportedly report results.jsonl -o report.html
    reportedly report --format markdown results.jsonl
    reportedly report results.jsonl -o articles.parquet --table articles
    """
    if output is not None and (table is not None or output.suffix.lower() == ".parquet"):
        export(read_results(results), output, table or TableName.CLAIMS)
        return
    chosen = output_format or _BY_SUFFIX.get(output.suffix.lower() if output else "", FormatName.HTML)
    spoken = _page_language(language, chosen)
    with _opened(output) as out:
        written: Format = html_report(out, spoken) if chosen is FormatName.HTML else FOR_REPORTS[chosen](out)
        for record in read_results(results):
            written.write(record)
        written.close()


def read_results(names: Iterable[str]) -> Iterator[Report | Failure]:
    """The records of files that `--format jsonl` wrote. Raises UsageError that names the file and the line."""
    for name in names:
        for number, line in enumerate(_lines(name), start=1):
            if line.strip():
                yield _record(line, f"{name}:{number}")


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as lines:
            yield from lines
    except OSError as error:
        raise UsageError(f"{name!r} can't be read: {error.strerror}") from error


def _record(line: bytes, where: str) -> Report | Failure:
    try:
        return record_of(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"{where} is no line of results: {place + ': ' if place else ''}{first['msg']}",
            hint="write results with 'reportedly summarise --format jsonl'",
        ) from None


def _page_language(language: str | None, chosen: FormatName) -> Language | None:
    if language is None:
        return None
    if chosen is not FormatName.HTML:
        raise UsageError(f"--language is for html, not for {chosen.value}")
    return as_language(language)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when all of it is written."""
    if output is None:
        yield sys.stdout
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(output)
    except OSError as error:
        raise StorageError(f"{str(output)!r} can't be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
