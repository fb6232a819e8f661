"""Reportedly: summaries that stay as unsure as their source.

from reportedly import summarise
report = summarise(text)
for claim in report.claims:
    print(claim.status, claim.attribution.name, claim.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from reportedly._version import __version__

if TYPE_CHECKING:
    from reportedly.api import asummarise, asummarise_many, check, flag, summarise, summarise_many
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

_HOMES: Final = {
    "reportedly.api": ("asummarise", "asummarise_many", "check", "flag", "summarise", "summarise_many"),
    "reportedly.errors": ("ArticleRejected", "ReportedlyError"),
    "reportedly.schema": (
        "Article", "Claim", "Failure", "Finding", "Firmness", "Outcome", "Report", "Review", "SourceKind", "Span",
        "Status", "Summary",
    ),
}  # fmt: skip
"""Where each public name stands; it is loaded at its first use, so that `import reportedly` costs next to nothing."""

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
    "asummarise_many",
    "check",
    "flag",
    "summarise",
    "summarise_many",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
