"""Reports for a terminal: 80 columns, colour only where there is one, readable without it."""

from __future__ import annotations

from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

from reportedly.formats.wording import MEANING, by_status, facts_line, headline, reason
from reportedly.schema import Claim, Failure, Finding, Outcome, Report, Severity, Status, Summary
from reportedly.text.terminal import one_line

WIDTH: Final = 80
"""Columns; also where output goes to a file, so that it reads the same everywhere."""

_STYLE: Final = {
    Status.RUMOUR: "bold magenta",
    Status.SPECULATION: "bold yellow",
    Status.DENIED: "bold red",
    Status.ATTRIBUTED: "bold cyan",
    Status.CONFIRMED: "bold green",
    Status.OPINION: "bold blue",
    Status.STATED: "bold",
}
_PLACES_SHOWN: Final = 3
"""Places of a finding that are quoted; the machine formats have all."""
SEVERITY_STYLE: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def console_for(out: TextIO) -> Console:
    """A console of 80 columns; colour only if `out` is a terminal that wants it (NO_COLOR is honoured)."""
    return Console(file=out, width=WIDTH, highlight=False, markup=False, emoji=False)


class Page:
    """Paragraphs with a left margin on a page of 80 columns."""

    def __init__(self, out: TextIO) -> None:
        self._console = console_for(out)

    def rule(self) -> None:
        """A line across the page."""
        self._console.rule(style="dim")

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def heading(self, text: str) -> None:
        """A heading with an empty line before it."""
        self.gap()
        self.line(text, "bold underline")

    def line(self, text: str, style: str) -> None:
        """A paragraph in one style."""
        self.block(Text(one_line(text), style=style), indent=0)

    def block(self, text: Text, *, indent: int, mark: str = "") -> None:
        """A paragraph that keeps its left margin; `mark` stands in the margin of its first line."""
        margin = Text(mark.ljust(indent), style="dim")
        for line in text.wrap(self._console, WIDTH - indent):
            line.rstrip()
            self._console.print(Text.assemble(margin, line), soft_wrap=True)
            margin = Text(" " * indent)


class TerminalText:
    """Summary, claims grouped by status with sentence numbers, findings."""

    def __init__(self, out: TextIO) -> None:
        self._page = Page(out)
        self._written = 0

    def write(self, record: Report | Failure) -> None:
        """One article, at once."""
        if self._written:
            self._page.rule()
        self._written += 1
        if isinstance(record, Failure):
            self._failure(record)
        else:
            self._report(record)

    def close(self) -> None:
        """Nothing is left to write."""

    def _report(self, report: Report) -> None:
        self._page.line(headline(report), "bold")
        self._page.line(facts_line(report), "dim")
        if report.outcome is Outcome.UNDETERMINED:
            self._page.line(f"undetermined: {report.reason}", "bold red")
        if report.summary is not None:
            self._summary(report.summary)
        for status, claims in by_status(report):
            self._group(status, claims)
        if report.findings:
            self._page.heading("Findings")
            for finding in report.findings:
                self._finding(report, finding)

    def _summary(self, summary: Summary) -> None:
        self._page.heading("Summary")
        for sentence in summary.sentences:
            text = Text(one_line(sentence.text))
            text.append(f" [{', '.join(map(str, sentence.sentences))}]", style="dim")
            if sentence.status is not Status.STATED:
                text.append(f" {sentence.status.value}", style=_STYLE[sentence.status])
            self._page.block(text, indent=2)

    def _group(self, status: Status, claims: list[Claim]) -> None:
        self._page.gap()
        head = Text(f"{status.value} ({len(claims)})", style=_STYLE[status])
        head.append(f"  {MEANING[status]}", style="not bold dim")
        self._page.block(head, indent=0)
        for claim in claims:
            self._page.block(Text(one_line(claim.text)), indent=5, mark=f"{claim.sentence:>3}")
            if why := reason(claim):
                self._page.block(Text(one_line(why), style="dim"), indent=5)

    def _finding(self, report: Report, finding: Finding) -> None:
        text = Text(f"{finding.code} {finding.severity.value}", style=SEVERITY_STYLE[finding.severity])
        text.append(f": {one_line(finding.message)}", style="not bold default")
        self._page.block(text, indent=2)
        for span in finding.source[:_PLACES_SHOWN]:
            self._page.block(Text(f"“{one_line(span.of(report.article.text))}”", style="dim"), indent=7)
        if finding.hint:
            self._page.block(Text(one_line(finding.hint), style="dim italic"), indent=7)

    def _failure(self, failure: Failure) -> None:
        self._page.line(failure.id, "bold")
        self._page.line(f"failed ({failure.reason}): {failure.message}", "bold red")
        if failure.hint:
            self._page.line(failure.hint, "dim")
