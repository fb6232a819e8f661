"""What the page of many articles shows: a row each, totals, and every report packed until it is opened."""

from __future__ import annotations

import base64
import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.formats.html.view import ArticleView
from reportedly.formats.wording import MEANING
from reportedly.schema import Failure, Outcome, Severity, Status


@dataclass(frozen=True, slots=True)
class Row:
    """One article in the table. `packed` is its report: HTML, gzip, Base64."""

    number: int
    id: str
    title: str
    lang: str | None
    publisher: str | None
    outcome: Outcome
    reason: str | None
    summary: tuple[str, ...]
    claims: int
    unsure: int
    counts: tuple[tuple[Status, int], ...]
    errors: int
    warnings: int
    notes: int
    codes: tuple[str, ...]
    cost: float | None
    packed: str

    @property
    def share(self) -> float:
        """Unsure claims among all; 0 where there is none."""
        return self.unsure / self.claims if self.claims else 0.0

    @property
    def weight(self) -> int:
        """Findings in one number to sort by: an error before any number of warnings, a warning before notes."""
        return (min(self.errors, 999) * 1000 + min(self.warnings, 999)) * 1000 + min(self.notes, 999)


@dataclass(slots=True)
class Batch:
    """All rows and failures of a run, and what they come to."""

    rows: list[Row] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, view: ArticleView, body: str) -> None:
        """Another article, with the HTML of its report."""
        report = view.report
        severities = Counter(finding.severity for finding in report.findings)
        self.rows.append(
            Row(
                number=len(self.rows) + 1,
                id=report.article.id,
                title=view.title,
                lang=view.lang,
                publisher=report.article.publisher,
                outcome=report.outcome,
                reason=report.reason,
                summary=tuple(sentence.text for sentence in report.summary.sentences) if report.summary else (),
                claims=len(report.claims),
                unsure=view.unsure,
                counts=view.counts,
                errors=severities[Severity.ERROR],
                warnings=severities[Severity.WARNING],
                notes=severities[Severity.NOTE],
                codes=tuple(finding.code for finding in report.findings),
                cost=report.provenance.usage.cost,
                packed=pack(body),
            )
        )

    @property
    def claims(self) -> int:
        """Claims of all articles."""
        return sum(row.claims for row in self.rows)

    @property
    def unsure(self) -> int:
        """Unsure claims of all articles."""
        return sum(row.unsure for row in self.rows)

    @property
    def counts(self) -> tuple[tuple[Status, int], ...]:
        """Claims of all articles by status, the least sure first."""
        total: Counter[Status] = Counter()
        for row in self.rows:
            total.update(dict(row.counts))
        return tuple((status, total[status]) for status in MEANING if total[status])

    @property
    def codes(self) -> tuple[tuple[str, int], ...]:
        """How often each finding code was given, the most frequent first."""
        total = Counter(code for row in self.rows for code in row.codes)
        return tuple(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """The outcomes that occur."""
        return [outcome for outcome in Outcome if any(row.outcome is outcome for row in self.rows)]


def pack(body: str) -> str:
    """HTML as Base64 of gzip, without a time stamp so that the same report gives the same page."""
    return base64.b64encode(gzip.compress(body.encode("utf-8"), mtime=0)).decode("ascii")
