"""Brings a summary into a state in which it may leave: no sentence with an error, no claim without its denial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.pipeline.checking import Checker
from reportedly.schema import Finding, Severity, Span, SummaryPart

ROUNDS: Final = 3
"""Each round adds the denials that are missing or drops what is wrong; what a round adds can be wrong only once."""
_DENIAL: Final = "C104"


@dataclass(frozen=True, slots=True)
class Settled:
    """A summary without an error, and what is left to say about it."""

    summary: tuple[SummaryPart, ...]
    findings: tuple[Finding, ...]
    """Warnings and notes of the checks."""
    dropped: tuple[SummaryPart, ...]
    """Sentences that could not stay."""


def errors_in(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that must not stay."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def settle(checker: Checker, summary: Sequence[SummaryPart], extract: Callable[[Span], SummaryPart | None]) -> Settled:
    """Checks the summary, adds the denials that it left out, drops what has another error, and checks again.

    `extract` gives the article's sentence at a span as it can stand in a summary, or None.
    """
    parts = tuple(summary)
    dropped: list[SummaryPart] = []
    for last in (*[False] * ROUNDS, True):
        checked = checker.summary(parts)
        wrong = {index: errors for index, found in checked.items() if (errors := errors_in(found))}
        if not wrong:
            findings = tuple(finding for index in sorted(checked) for finding in checked[index])
            return Settled(parts, findings, tuple(dropped))
        kept: list[SummaryPart] = []
        for index, part in enumerate(parts):
            missing = None if last else _denials(wrong.get(index, ()), extract, parts)
            if index not in wrong or missing:
                kept += [part, *(missing or ())]
            else:
                dropped.append(part)
        parts = tuple(kept)
    return Settled((), (), tuple(dropped))


def _denials(
    errors: Sequence[Finding], extract: Callable[[Span], SummaryPart | None], parts: Sequence[SummaryPart]
) -> list[SummaryPart]:
    """The denials that would put the sentence right; none where something else is wrong with it as well."""
    if any(error.code != _DENIAL for error in errors):
        return []
    found = [extract(span) for error in errors for span in error.source]
    told = {number for part in parts for number in part.sentences}
    return [part for part in found if part is not None and not told & set(part.sentences)]
