"""Whole reports as JSON: a document, or one line a report."""

from __future__ import annotations

import json
from typing import Literal, TextIO

from pydantic import ValidationError

from reportedly.formats.flags import failure_record
from reportedly.schema import SCHEMA_VERSION, Failure, Record, Report


def report_line(record: Report | Failure) -> str:
    """One record as one line of JSON, without the line end; a failure has the keys `id` and `error`."""
    if isinstance(record, Failure):
        failed = {"schema_version": SCHEMA_VERSION, "id": record.id, "error": failure_record(record)}
        return json.dumps(failed, ensure_ascii=False, separators=(",", ":"))
    return record.model_dump_json()


def record_of(line: str | bytes) -> Report | Failure:
    """The record that `report_line` wrote. Raises ValueError (pydantic's ValidationError) for anything else."""
    try:
        return Report.model_validate_json(line)
    except ValidationError as no_report:
        try:
            failed = _FailedLine.model_validate_json(line)
        except ValidationError:
            raise no_report from None
        return Failure(id=failed.id, **failed.error.model_dump())


class _Why(Record):
    reason: str
    message: str
    hint: str = ""
    where: str | None = None


class _FailedLine(Record):
    schema_version: Literal["1"]
    id: str
    error: _Why


class ReportLines:
    """JSON Lines of reports."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Report | Failure) -> None:
        """One line, at once."""
        self._out.write(report_line(record) + "\n")

    def close(self) -> None:
        """Nothing is left to write."""


class ReportDocument:
    """One JSON document: `schema_version`, `reports`, `failures`. Reports are written as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._failures: list[Failure] = []
        self._first = True
        out.write('{"schema_version": ' + json.dumps(SCHEMA_VERSION) + ', "reports": [')

    def write(self, record: Report | Failure) -> None:
        """A report at once, a failure at the end."""
        if isinstance(record, Failure):
            self._failures.append(record)
            return
        self._out.write(("\n" if self._first else ",\n") + record.model_dump_json(indent=2))
        self._first = False

    def close(self) -> None:
        """The failures and the closing brackets."""
        failures = [{"id": failure.id, **failure_record(failure)} for failure in self._failures]
        self._out.write("\n], " + f'"failures": {json.dumps(failures, ensure_ascii=False, indent=2)}}}\n')
