"""C106: a heading or teaser tells flatly what the body only reports."""

from __future__ import annotations

from reportedly.language.analysis import Analysis
from reportedly.schema import Finding, Span


def surer_headings(analysis: Analysis) -> tuple[Finding, ...]:
    """One finding for each heading that is surer than the body; its claim already bears the body's status."""
    return tuple(
        Finding.of(
            "C106",
            f"the {analysis.sentences[reading.sentence - 1].kind.value} tells as fact what the body has as"
            f" {reading.status.value} (sentence {reading.surer_than})",
            hint="follow the body, and say who says it",
            source=(
                Span(start=reading.start, end=reading.end),
                analysis.sentences[reading.surer_than - 1].span,
            ),
        )
        for reading in analysis.readings
        if reading.surer_than is not None
    )
