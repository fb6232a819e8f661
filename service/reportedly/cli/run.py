"""Carries articles from the inputs through an engine to a format, one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from reportedly.cli.exits import CLEAN, FOUND
from reportedly.formats import Format
from reportedly.schema import Outcome, Report, Severity
from reportedly.sources import Item, Loaded, Repeated
from reportedly.text.terminal import one_line


def run(inputs: Iterable[Item], engine: Callable[[Loaded], Report], out: Format) -> int:
    """Writes one record an input and returns the exit code: 1 if an input failed or a report holds an error."""
    code = CLEAN
    for item in inputs:
        if isinstance(item, Loaded):
            report = engine(item)
            out.write(report)
            code = max(code, code_of(report))
        elif isinstance(item, Repeated):
            sys.stderr.write(f"once is enough: {one_line(item.where)}: {one_line(item.id)} was read before\n")
        else:
            failure = item.failure()
            sys.stderr.write(f"rejected: {one_line(failure.where or failure.id)}: {one_line(failure.message)}\n")
            out.write(failure)
            code = FOUND
    out.close()
    return code


def code_of(report: Report) -> int:
    """1 where the report is undetermined or holds an error; warnings are for reading, not for stopping."""
    failed = report.outcome is Outcome.UNDETERMINED
    return FOUND if failed or any(finding.severity is Severity.ERROR for finding in report.findings) else CLEAN
