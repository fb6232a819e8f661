"""Looks at the text for what is meant for a model, whichever engine reads it."""

from __future__ import annotations

from reportedly.language.analysis import Analysis
from reportedly.language.instructions import find_instructions
from reportedly.schema import Finding, Span


def screen(analysis: Analysis) -> tuple[Finding, ...]:
    """One finding X401 for each kind of attempt, with the sentences that make it."""
    text = analysis.article.text
    places: dict[str, list[Span]] = {}
    for instruction in find_instructions(text):
        places.setdefault(instruction.what, []).append(Span(start=instruction.start, end=instruction.end))
    return tuple(
        Finding.of(
            "X401",
            f"the text {what}",
            hint="it changes no verdict; look at where the text came from",
            source=tuple(sorted(spans, key=lambda span: span.start)),
        )
        for what, spans in places.items()
    )
