"""C106: the summary's own headline is surer than the text below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.schema import Finding
from reportedly.stages.check.interface import Material

_INFLATED: Final = "C101"
_ENDS: Final = (".", "!", "?", "…")


def headlined(material: Material, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with C106 for what only the summary's own headline inflates: below it the doubt is kept."""
    if len(material.sentences) < 2 or not _is_headline(material):
        return list(findings)
    line = material.sentences[0]
    below = any(
        finding.code == _INFLATED and finding.summary is not None and not finding.summary.overlaps(line)
        for finding in findings
    )
    return [
        finding
        if below or finding.code != _INFLATED or finding.summary is None or not finding.summary.overlaps(line)
        else Finding.of(
            "C106",
            "the headline tells as fact what the source leaves open",
            hint="put it as the text below does",
            summary=finding.summary,
            source=finding.source,
        )
        for finding in findings
    ]


def _is_headline(material: Material) -> bool:
    """Whether the first sentence stands in a line of its own, without a full stop."""
    first, second = material.sentences[0], material.sentences[1]
    words = material.summary[first.start : first.end].rstrip()
    return "\n" in material.summary[first.end : second.start] and not words.endswith(_ENDS)
