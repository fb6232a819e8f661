"""What a drafter returns, whichever engine spoke."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.schema import Claim, Finding, SummaryPart


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims and summary before they are checked."""

    claims: tuple[Claim, ...]
    summary: tuple[SummaryPart, ...]
    findings: tuple[Finding, ...] = ()
