"""The short machine record of `reportedly flag`: one line an article, stable and versioned."""

from __future__ import annotations

import json
from typing import Any, Final, TextIO

from reportedly.schema import Claim, Failure, Finding, Report, Span

FLAGS_VERSION: Final = "1"


def span_record(span: Span) -> dict[str, int]:
    """A span as `{"start", "end"}`, in code points of the article's text."""
    return {"start": span.start, "end": span.end}


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding as the machine formats write it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "summary": span_record(finding.summary) if finding.summary else None,
        "source": [span_record(span) for span in finding.source],
        **({"opinion": finding.opinion.value} if finding.opinion else {}),
    }


def failure_record(failure: Failure) -> dict[str, Any]:
    """Why an input has no report."""
    return {"reason": failure.reason, "message": failure.message, "hint": failure.hint, "where": failure.where}


def _claim_record(claim: Claim) -> dict[str, Any]:
    attribution = claim.attribution
    return {
        **span_record(claim.span),
        "sentence": claim.sentence,
        "text": claim.text,
        "status": claim.status.value,
        "source": attribution.name,
        "source_kind": attribution.kind.value,
        "chain": list(attribution.chain),
        "firmness": claim.firmness.value,
        "cue": {**span_record(claim.cue.span), "text": claim.cue.text} if claim.cue else None,
        "inherited_from": claim.inherited_from,
    }


def flag_record(record: Report | Failure) -> dict[str, Any]:
    """The flags of one article; a failed input has no claims and says why under `error`."""
    if isinstance(record, Failure):
        return {"id": record.id, "language": None, "claims": [], "findings": [], "error": failure_record(record)}
    return {
        "id": record.article.id,
        "language": record.article.language.value,
        "claims": [_claim_record(claim) for claim in record.claims],
        "findings": [finding_record(finding) for finding in record.findings],
    }


class FlagLines:
    """JSON Lines of flag records."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Report | Failure) -> None:
        """One line, at once."""
        self._out.write(json.dumps(flag_record(record), ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        """Nothing is left to write."""


class FlagDocument:
    """One JSON document with all flag records."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._articles: list[dict[str, Any]] = []

    def write(self, record: Report | Failure) -> None:
        """Kept until the end."""
        self._articles.append(flag_record(record))

    def close(self) -> None:
        """The whole document."""
        json.dump({"version": FLAGS_VERSION, "articles": self._articles}, self._out, ensure_ascii=False, indent=2)
        self._out.write("\n")
