"""C101, C102, C105: the summary is surer than its source, drops who says it, or is less sure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from reportedly.schema import Finding, Severity, SourceKind, Status
from reportedly.stages.check.certainty.voicing import FIRM_MATCH, FLAT, Comparison, compare, unsure
from reportedly.stages.check.interface import Material


class Certainty:
    """What is only said, reported or possible in the source must not stand as fact, and the other way round."""

    codes: ClassVar[tuple[str, ...]] = ("C101", "C102", "C105")

    def findings(self, material: Material) -> Iterator[Finding]:
        for told in compare(material):
            if told.flat:
                yield from _inflated(material, told)
            elif told.status in (Status.RUMOUR, Status.SPECULATION):
                yield from _deflated(material, told)


def _inflated(material: Material, told: Comparison) -> Iterator[Finding]:
    if any(vouched.status in FLAT for vouched in told.near()):
        return
    best = told.best
    severity = Severity.ERROR if told.alignment.score >= FIRM_MATCH else Severity.WARNING
    where = material.spans([best.index])
    source = f" ({best.reading.source})" if best.reading.source else ""
    if unsure(best.status):
        yield Finding.of(
            "C101",
            f"told as fact, but the source has it as {best.status.value}{source}",
            hint="keep the hedge or name who says it",
            summary=told.alignment.part.span,
            source=where,
            severity=severity,
        )
    else:
        yield Finding.of(
            "C102",
            f"told as fact, but the source has somebody say it{source}",
            hint="name who says it",
            summary=told.alignment.part.span,
            source=where,
            severity=severity,
        )


def _deflated(material: Material, told: Comparison) -> Iterator[Finding]:
    near = list(told.near())
    if any(vouched.status not in (Status.STATED, Status.CONFIRMED) for vouched in near):
        return
    voices = [material.source.voices[vouched.index] for vouched in told.vouched]
    if any(voice.unsure or (voice.sourced and told.status is Status.RUMOUR) for voice in voices):
        return
    if told.status is Status.RUMOUR and any(vouched.reading.kind is SourceKind.PARTY for vouched in near):
        return
    yield Finding.of(
        "C105",
        f"told as {told.status.value}, but the source says it as a fact",
        hint="drop the hedge, or name the sentence that has it",
        summary=told.alignment.part.span,
        source=material.spans([told.best.index]),
    )
