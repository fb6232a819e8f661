"""Reportedly: summaries that stay as unsure as their source.

from reportedly import summarise
report = summarise(text)
for claim in report.claims:
    print(claim.status, claim.attribution.name, claim.text)
"""

from reportedly._version import __version__
from reportedly.api import asummarise, check, flag, summarise
from reportedly.errors import ArticleRejected, ReportedlyError
from reportedly.schema import (
    Article,
    Claim,
    Failure,
    Finding,
    Firmness,
    Outcome,
    Report,
    Review,
    SourceKind,
    Span,
    Status,
    Summary,
)

__all__ = [
    "Article",
    "ArticleRejected",
    "Claim",
    "Failure",
    "Finding",
    "Firmness",
    "Outcome",
    "Report",
    "ReportedlyError",
    "Review",
    "SourceKind",
    "Span",
    "Status",
    "Summary",
    "__version__",
    "asummarise",
    "check",
    "flag",
    "summarise",
]
