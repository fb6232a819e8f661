"""A line of results is read back as the record that it was written from."""

from __future__ import annotations

import pytest

from reportedly.formats import record_of, report_line
from reportedly.schema import Failure, Report
from tests import specimen


@pytest.mark.parametrize(
    "record",
    [
        specimen.german(),
        specimen.english(),
        Failure(id="x", reason="empty_article", message="nothing in it"),
        Failure(id="ä\n", reason="not_text", message="PDF", hint="pdftotext", where="in/x.pdf"),
    ],
)
def test_there_and_back(record: Report | Failure) -> None:
    assert record_of(report_line(record)) == record
    assert record_of(report_line(record).encode()) == record


@pytest.mark.parametrize("line", ["", "{}", "[]", '{"id": "x"}', '{"schema_version": "2", "id": "x", "error": {}}'])
def test_anything_else_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        record_of(line)
