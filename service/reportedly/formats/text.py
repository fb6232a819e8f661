"""Reports for a terminal: 80 columns, colour only where there is one, readable without it."""

from __future__ import annotations

from typing import Final, TextIO

from rich.console import Console
from rich.padding import Padding
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
_SEVERITY_STYLE: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def console_for(out: TextIO) -> Console:
    """A console of 80 columns; colour only if `out` is a terminal that wants it (NO_COLOR is honoured)."""
    return Console(file=out, width=WIDTH, highlight=False, markup=False, emoji=False)


class TerminalText:
    """Summary, claims grouped by status with sentence numbers, findings."""

    def __init__(self, out: TextIO) -> None:
        self._console = console_for(out)
        self._written = 0

    def write(self, record: Report | Failure) -> None:
        """One article, at once."""
        if self._written:
            self._console.rule(style="dim")
        self._written += 1
        if isinstance(record, Failure):
            self._failure(record)
        else:
            self._report(record)

    def close(self) -> None:
        """Nothing is left to write."""

    def _report(self, report: Report) -> None:
        self._line(headline(report), "bold")
        self._line(facts_line(report), "dim")
        if report.outcome is Outcome.UNDETERMINED:
            self._line(f"undetermined: {report.reason}", "bold red")
        if report.summary is not None:
            self._summary(report.summary)
        for status, claims in by_status(report):
            self._group(status, claims)
        if report.findings:
            self._console.print()
            self._line("Findings", "bold underline")
            for finding in report.findings:
                self._finding(report, finding)

    def _summary(self, summary: Summary) -> None:
        self._console.print()
        self._line("Summary", "bold underline")
        for sentence in summary.sentences:
            text = Text(one_line(sentence.text))
            text.append(f" [{', '.join(map(str, sentence.sentences))}]", style="dim")
            if sentence.status is not Status.STATED:
                text.append(f" {sentence.status.value}", style=_STYLE[sentence.status])
            self._indented(text)

    def _group(self, status: Status, claims: list[Claim]) -> None:
        self._console.print()
        head = Text(f"{status.value} ({len(claims)})", style=_STYLE[status])
        head.append(f"  {MEANING[status]}", style="dim")
        self._console.print(head)
        for claim in claims:
            text = Text(f"{claim.sentence:>3}  ", style="dim")
            text.append(one_line(claim.text), style="default")
            self._console.print(_hanging(text))
            if why := reason(claim):
                self._console.print(Padding(Text(one_line(why), style="dim"), (0, 0, 0, 5)))

    def _finding(self, report: Report, finding: Finding) -> None:
        text = Text(finding.code, style=_SEVERITY_STYLE[finding.severity])
        text.append(f" {finding.severity.value}: {one_line(finding.message)}", style="default")
        self._indented(text)
        for span in finding.source[:3]:
            self._console.print(Padding(Text(f"“{one_line(span.of(report.article.text))}”", style="dim"), (0, 0, 0, 7)))
        if finding.hint:
            self._console.print(Padding(Text(one_line(finding.hint), style="dim italic"), (0, 0, 0, 7)))

    def _failure(self, failure: Failure) -> None:
        self._line(one_line(failure.id), "bold")
        self._line(f"failed ({failure.reason}): {one_line(failure.message)}", "bold red")
        if failure.hint:
            self._line(one_line(failure.hint), "dim")

    def _line(self, text: str, style: str) -> None:
        self._console.print(Text(one_line(text), style=style))

    def _indented(self, text: Text) -> None:
        self._console.print(Padding(text, (0, 0, 0, 2)))


def _hanging(text: Text) -> Text:
    """Wraps the line so that continuations stand under the claim, not under its number."""
    first = text.wrap(Console(width=WIDTH), WIDTH)
    if len(first) == 1:
        return text
    number, rest = text[:5], text[5:]
    wrapped = rest.wrap(Console(width=WIDTH), WIDTH - 5)
    lines = Text("\n     ").join(wrapped)
    return Text.assemble(number, lines)
