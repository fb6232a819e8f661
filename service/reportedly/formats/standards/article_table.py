"""Articles as a table: one row an input, with its summary, its counts and what it cost."""

from __future__ import annotations

import csv
from collections import Counter
from typing import NamedTuple, TextIO

from reportedly.formats.standards.table import FAILED, harmless
from reportedly.schema import Failure, Report, Severity


class ArticleRow(NamedTuple):
    """The columns; empty where there is nothing to say."""

    article: str
    outcome: str
    """clean, flagged, undetermined, or failed."""
    reason: str = ""
    """Why it is undetermined or failed."""
    title: str = ""
    language: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    summary: str = ""
    claims: int | str = ""
    unsure: int | str = ""
    """Of these, claims that must not be taken for fact."""
    errors: int | str = ""
    warnings: int | str = ""
    findings: str = ""
    """Codes of the findings, each once, joined by a space."""
    model: str = ""
    calls: int | str = ""
    input_tokens: int | str = ""
    output_tokens: int | str = ""
    cost: float | str = ""
    """US dollars; empty where the price is unknown."""
    seconds: float | str = ""


class ArticleTable:
    """A header and rows (CSV, RFC 4180), written as they come; no cell is a formula."""

    def __init__(self, out: TextIO) -> None:
        self._rows = csv.writer(out)
        self._rows.writerow(ArticleRow._fields)

    def write(self, record: Report | Failure) -> None:
        """The row of one input, at once."""
        self._rows.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in article_row(record)])

    def close(self) -> None:
        """Nothing is left to write."""


def article_row(record: Report | Failure) -> ArticleRow:
    """The row of one input."""
    if isinstance(record, Failure):
        return ArticleRow(record.id, FAILED, record.reason)
    article, provenance = record.article, record.provenance
    severities = Counter(finding.severity for finding in record.findings)
    usage = provenance.usage
    return ArticleRow(
        article=article.id,
        outcome=record.outcome.value,
        reason=record.reason or "",
        title=article.title or "",
        language=article.language.value,
        published=article.published.isoformat() if article.published else "",
        publisher=article.publisher or "",
        url=article.url or "",
        summary=record.summary.text if record.summary else "",
        claims=len(record.claims),
        unsure=sum(claim.unsure for claim in record.claims),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        findings=" ".join(dict.fromkeys(finding.code for finding in record.findings)),
        model=provenance.model_returned or provenance.model or "",
        calls=usage.calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost="" if usage.cost is None else usage.cost,
        seconds=provenance.seconds,
    )
