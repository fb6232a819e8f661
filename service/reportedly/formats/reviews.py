"""How checked summaries are written: text, JSON, JSON Lines, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, Protocol, TextIO
from urllib.parse import quote

from rich.text import Text

from reportedly._version import __version__
from reportedly.formats.flags import failure_record, finding_record
from reportedly.formats.text import SEVERITY_STYLE, Page
from reportedly.schema import RULES, Failure, Finding, Outcome, Review, Severity, Span
from reportedly.text.terminal import one_line, printable

REVIEWS_VERSION: Final = "1"


class ReviewFormat(Protocol):
    """Writes one record a pair to the stream that it was made for."""

    def write(self, record: Review | Failure) -> None:
        """Takes one record; streams it where the format allows."""
        ...

    def close(self) -> None:
        """Writes what can only stand at the end."""
        ...


class ReviewFormatName(StrEnum):
    """What `reportedly check --format` takes."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    SARIF = "sarif"


def review_record(record: Review | Failure) -> dict[str, Any]:
    """The short machine record of a pair; a failed one says why under `error`."""
    if isinstance(record, Failure):
        return {"id": record.id, "findings": [], "support": [], "outcome": "failed", "error": failure_record(record)}
    return {
        "id": record.id,
        "findings": [finding_record(finding) for finding in record.findings],
        "support": list(record.support),
        "outcome": record.outcome.value,
        **({"reason": record.reason} if record.reason else {}),
    }


class ReviewLines:
    """JSON Lines of short records."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Review | Failure) -> None:
        """One line, at once."""
        self._out.write(json.dumps(review_record(record), ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        """Nothing is left to write."""


class ReviewDocument:
    """One JSON document with all short records."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._pairs: list[dict[str, Any]] = []

    def write(self, record: Review | Failure) -> None:
        """Kept until the end."""
        self._pairs.append(review_record(record))

    def close(self) -> None:
        """The whole document."""
        json.dump({"version": REVIEWS_VERSION, "pairs": self._pairs}, self._out, ensure_ascii=False, indent=2)
        self._out.write("\n")


class ReviewText:
    """For a terminal: each finding with the words it concerns, and a line of counts at the end."""

    def __init__(self, out: TextIO) -> None:
        self._page = Page(out)
        self._pairs = self._failed = 0
        self._counts = dict.fromkeys(Severity, 0)

    def write(self, record: Review | Failure) -> None:
        """One pair, at once; a clean one takes no line."""
        self._pairs += 1
        if isinstance(record, Failure):
            self._failed += 1
            self._page.line(f"{record.id}: failed ({record.reason}): {record.message}", "bold red")
            return
        for finding in record.findings:
            self._counts[finding.severity] += 1
            self._finding(record, finding)
        if record.outcome is Outcome.UNDETERMINED:
            self._page.line(f"{record.id}: undetermined: {record.reason}", "bold red")

    def close(self) -> None:
        """Counts."""
        counts = ", ".join(f"{n} {severity.value}{'s' * (n != 1)}" for severity, n in self._counts.items())
        pairs = f"{self._pairs} summar{'y' if self._pairs == 1 else 'ies'} checked"
        failed = f", {self._failed} failed" if self._failed else ""
        self._page.line(f"{pairs}: {counts}{failed}", "bold")

    def _finding(self, review: Review, finding: Finding) -> None:
        head = Text(f"{one_line(review.id)}: ", style="dim")
        head.append(finding.code, style=SEVERITY_STYLE[finding.severity])
        opinion = f", {finding.opinion.value} by the model" if finding.opinion else ""
        head.append(f" {finding.severity.value}{opinion}: {one_line(finding.message)}", style="default")
        self._page.block(head, indent=0)
        if finding.summary is not None:
            self._page.block(Text(f"summary: {one_line(finding.summary.of(review.summary))}"), indent=4)
        for span in finding.source[:2]:
            self._page.block(Text(f"source:  {one_line(span.of(review.article.text))}", style="dim"), indent=4)
        if finding.hint:
            self._page.block(Text(f"hint:    {one_line(finding.hint)}", style="dim italic"), indent=4)


class GitHubAnnotations:
    """Workflow commands that GitHub shows beside the lines of a pull request; one a finding."""

    _LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Review | Failure) -> None:
        """One command a finding, at once."""
        if isinstance(record, Failure):
            self._command("error", record.where or record.id, 1, 1, record.reason, record.message)
            return
        for finding in record.findings:
            line, column = position(record.summary, finding.summary)
            level = self._LEVEL[finding.severity]
            self._command(level, record.id, line, column, finding.code, f"{finding.message}. {finding.hint}")

    def close(self) -> None:
        """Nothing is left to write."""

    def _command(self, level: str, file: str, line: int, column: int, title: str, message: str) -> None:
        place = f"file={_property(file)},line={line},col={column},title={_property(title)}"
        self._out.write(f"::{level} {place}::{_data(message)}\n")


def _data(text: str) -> str:
    """A message as a workflow command takes it: no line end can start a command of its own."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class Sarif:
    """SARIF 2.1.0, as code scanners and editors read it."""

    _LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._results: list[dict[str, Any]] = []
        self._failures: list[dict[str, Any]] = []

    def write(self, record: Review | Failure) -> None:
        """Kept until the end."""
        if isinstance(record, Failure):
            text = {"text": f"{record.id}: {record.message}"}
            self._failures.append({"level": "error", "message": text, "descriptor": {"id": record.reason}})
            return
        self._results += [self._result(record, finding) for finding in record.findings]

    def close(self) -> None:
        """The whole log."""
        rules = [{"id": rule.code, "shortDescription": {"text": rule.title}} for rule in RULES.values()]
        run = {
            "tool": {"driver": {"name": "reportedly", "version": __version__, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": not self._failures, "toolExecutionNotifications": self._failures}],
            "results": self._results,
        }
        schema = "https://json.schemastore.org/sarif-2.1.0.json"
        json.dump({"$schema": schema, "version": "2.1.0", "runs": [run]}, self._out, ensure_ascii=False, indent=2)
        self._out.write("\n")

    def _result(self, review: Review, finding: Finding) -> dict[str, Any]:
        line, column = position(review.summary, finding.summary)
        region: dict[str, Any] = {"startLine": line, "startColumn": column}
        if finding.summary is not None:
            region |= {"charOffset": finding.summary.start, "charLength": len(finding.summary)}
            region["snippet"] = {"text": finding.summary.of(review.summary)}
        message = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
        place = {"artifactLocation": {"uri": quote(review.id, safe="/._-")}, "region": region}
        return {
            "ruleId": finding.code,
            "level": self._LEVEL[finding.severity],
            "message": {"text": message},
            "locations": [{"physicalLocation": place}],
        }


def position(text: str, span: Span | None) -> tuple[int, int]:
    """Line and column of a span's start, both from 1; (1, 1) without a span."""
    if span is None:
        return 1, 1
    before = text[: span.start]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


FOR_REVIEWS: Final[dict[ReviewFormatName, Callable[[TextIO], ReviewFormat]]] = {
    ReviewFormatName.TEXT: ReviewText,
    ReviewFormatName.JSON: ReviewDocument,
    ReviewFormatName.JSONL: ReviewLines,
    ReviewFormatName.GITHUB: GitHubAnnotations,
    ReviewFormatName.SARIF: Sarif,
}
"""What `reportedly check` writes."""
