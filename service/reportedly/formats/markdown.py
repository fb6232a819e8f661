"""Reports as Markdown: article text is escaped, so that it can't bring links, images or markup of its own."""

from __future__ import annotations

import re
from typing import Final, TextIO

from reportedly.formats.wording import MEANING, by_status, facts_line, headline, reason
from reportedly.schema import Failure, Outcome, Report, Status
from reportedly.text.terminal import one_line

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@])")


def escape(text: str) -> str:
    """One line of text in which nothing is Markdown, HTML or a link."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


class Markdown:
    """Headings, lists and a table of findings; one section an article."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Report | Failure) -> None:
        """One article, at once."""
        lines = _failure(record) if isinstance(record, Failure) else _report(record)
        self._out.write("\n".join(lines) + "\n\n")

    def close(self) -> None:
        """Nothing is left to write."""


def _failure(failure: Failure) -> list[str]:
    return [f"## {escape(failure.id)}", "", f"**Failed** ({failure.reason}): {escape(failure.message)}"]


def _report(report: Report) -> list[str]:
    lines = [f"## {escape(headline(report))}", "", escape(facts_line(report))]
    if report.outcome is Outcome.UNDETERMINED:
        lines += ["", f"**Undetermined**: {escape(report.reason or '')}"]
    if report.summary is not None:
        lines += ["", "### Summary", ""]
        for sentence in report.summary.sentences:
            cited = ", ".join(map(str, sentence.sentences))
            status = "" if sentence.status is Status.STATED else f" *{sentence.status.value}*"
            lines.append(f"- {escape(sentence.text)} [{cited}]{status}")
    for status, claims in by_status(report):
        lines += ["", f"### {status.value.capitalize()} ({len(claims)})", "", f"*{MEANING[status]}*", ""]
        for claim in claims:
            why = reason(claim)
            lines.append(f"- **{claim.sentence}** {escape(claim.text)}" + (f"  \n  {escape(why)}" if why else ""))
    if report.findings:
        lines += ["", "### Findings", "", "| code | severity | message | hint |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {finding.code} | {finding.severity.value} | {escape(finding.message)} | {escape(finding.hint)} |"
            for finding in report.findings
        ]
    return lines
