"""Replaces summary sentences that stay unsafe by the article's own words for the same claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.schema import Finding, Origin, SummaryPart


@dataclass(frozen=True, slots=True)
class Replacement:
    """The summary afterwards, and a note P506 for every sentence that was replaced or left out."""

    summary: tuple[SummaryPart, ...]
    findings: tuple[Finding, ...]


def replace_unsafe(
    summary: Sequence[SummaryPart],
    unsafe: Mapping[int, Sequence[str]],
    extract: Callable[[int], SummaryPart | None],
) -> Replacement:
    """Each sentence whose index is in `unsafe` (with the codes that make it so) gives way to extracts of what it cites.

    `extract` gives the extractive sentence for an article's sentence number, or None where it can stand in no summary.
    """
    kept: list[SummaryPart] = []
    findings: list[Finding] = []
    told = {number for index, part in enumerate(summary) if index not in unsafe for number in part.sentences}
    for index, part in enumerate(summary):
        if index not in unsafe:
            kept.append(part)
            continue
        codes = ", ".join(dict.fromkeys(unsafe[index]))
        instead = _instead(part, extract, told)
        if instead is None:
            findings += left_out([part], codes)
            continue
        told.update(instead.sentences)
        kept.append(instead)
        findings.append(
            _note(f"a model's sentence gives way to the article's own words ({codes}): “{_short(part.text)}”")
        )
    return Replacement(tuple(kept), tuple(findings))


def left_out(parts: Iterable[SummaryPart], codes: str = "") -> tuple[Finding, ...]:
    """A note for each sentence that could neither stay nor be replaced."""
    why = f" ({codes})" if codes else ""
    return tuple(_note(f"a sentence of the summary is left out{why}: “{_short(part.text)}”") for part in parts)


def _instead(part: SummaryPart, extract: Callable[[int], SummaryPart | None], told: set[int]) -> SummaryPart | None:
    for number in part.sentences:
        if number not in told and (candidate := extract(number)) is not None:
            return SummaryPart(candidate.text, candidate.sentences, candidate.status, Origin.REPLACED)
    return None


def _note(message: str) -> Finding:
    return Finding.of("P506", message, hint="--on-unsure keep shows the model's own sentence")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
