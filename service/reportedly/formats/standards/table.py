"""Claims as a table (CSV, RFC 4180): a row for each, and one for an article without any or an input that failed.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula. Such a cell gets
an apostrophe in front, and so does one that begins with an apostrophe: taking one away gives the words back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final, NamedTuple, TextIO

from reportedly.schema import Claim, Failure, Report

FAILED: Final = "failed"
"""Stands in `outcome` for an input without a report."""

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What OWASP lists for CSV injection, with the wide forms that some spreadsheets take for it, and our own mark."""


class ClaimRow(NamedTuple):
    """The columns. Offsets count code points of the article's text; empty where there is nothing to say."""

    article: str
    outcome: str
    """clean, flagged, undetermined, or failed."""
    reason: str = ""
    """Why it is undetermined or failed."""
    claim: int | str = ""
    sentence: int | str = ""
    start: int | str = ""
    end: int | str = ""
    status: str = ""
    unsure: str = ""
    """yes or no: whether it must not be taken for fact."""
    source_kind: str = ""
    source: str = ""
    chain: str = ""
    """Every hop from the teller to the origin, joined by ` < `."""
    firmness: str = ""
    cue: str = ""
    cue_start: int | str = ""
    cue_end: int | str = ""
    inherited_from: int | str = ""
    rule: str = ""
    findings: str = ""
    """Codes of the findings that point at it, joined by a space."""
    text: str = ""
    url: str = ""


class ClaimTable:
    """A header and rows, written as they come."""

    def __init__(self, out: TextIO) -> None:
        self._rows = csv.writer(out)
        self._rows.writerow(ClaimRow._fields)

    def write(self, record: Report | Failure) -> None:
        """The rows of one input, at once."""
        for row in claim_rows(record):
            self._rows.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])

    def close(self) -> None:
        """Nothing is left to write."""


def claim_rows(record: Report | Failure) -> Iterator[ClaimRow]:
    """A row for each claim; one for an input without any."""
    if isinstance(record, Failure):
        yield ClaimRow(record.id, FAILED, record.reason)
        return
    for claim in record.claims:
        yield _row(record, claim)
    if not record.claims:
        yield ClaimRow(record.article.id, record.outcome.value, record.reason or "", url=record.article.url or "")


def harmless(cell: str) -> str:
    """The words as a cell that no spreadsheet runs."""
    return "'" + cell if cell.startswith(_RISKY) else cell


def words_of(cell: str) -> str:
    """The words that `harmless` made the cell of."""
    return cell.removeprefix("'")


def _row(report: Report, claim: Claim) -> ClaimRow:
    attribution, cue = claim.attribution, claim.cue
    codes = dict.fromkeys(finding.code for finding in report.findings if finding.touches(claim.span))
    return ClaimRow(
        article=report.article.id,
        outcome=report.outcome.value,
        reason=report.reason or "",
        claim=claim.id,
        sentence=claim.sentence,
        start=claim.span.start,
        end=claim.span.end,
        status=claim.status.value,
        unsure="yes" if claim.unsure else "no",
        source_kind=attribution.kind.value,
        source=attribution.name or "",
        chain=" < ".join(attribution.chain),
        firmness=claim.firmness.value,
        cue=cue.text if cue else "",
        cue_start=cue.span.start if cue else "",
        cue_end=cue.span.end if cue else "",
        inherited_from=claim.inherited_from or "",
        rule=claim.rule,
        findings=" ".join(codes),
        text=claim.text,
        url=report.article.url or "",
    )
