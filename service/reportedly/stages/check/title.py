"""C106: the title beside an article is surer than its body."""

from __future__ import annotations

from reportedly.schema import UNSURE, Finding, Severity, Span
from reportedly.stages.check.certainty import Certainty
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import Source


def surer_title(source: Source) -> tuple[Finding, ...]:
    """What the article's title tells as fact and its body leaves open; a title within the text is a heading there."""
    title = (source.article.title or "").strip()
    if not title or title in source.article.text:
        return ()
    if not any(reading.status in UNSURE for voice in source.voices for reading in voice.readings):
        return ()
    material = Material(source, title, [Span(start=0, end=len(title))])
    return tuple(
        Finding.of(
            "C106",
            "the title tells as fact what the body leaves open",
            hint="follow the body, and say who says it",
            source=finding.source,
        )
        for finding in Certainty().findings(material)
        if finding.code == "C101" and finding.severity is Severity.ERROR
    )
