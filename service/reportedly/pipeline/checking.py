"""Runs the checks on what an engine produced about one article, with the source side read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from reportedly.language.analysis import Analysis
from reportedly.language.segment import detect_language
from reportedly.schema import Claim, Finding, Language, Origin, Severity, Span, Summary, SummaryPart
from reportedly.stages.check import CHECKS, FACT_CHECKS, Material, Source, check_abroad, run, surer_title


class Checker:
    """The checks of one article's summaries and claims."""

    def __init__(self, analysis: Analysis, language: Language | None = None) -> None:
        """`language` is the one that a summary was asked for, where it is not the article's."""
        self._analysis = analysis
        self._asked = language

    @cached_property
    def _source(self) -> Source:
        return Source(self._analysis.article, self._analysis.sentences)

    def title(self) -> tuple[Finding, ...]:
        """C106 for a title beside the text that is surer than the body."""
        return surer_title(self._source) if self._analysis.article.title else ()

    def summary(self, parts: Sequence[SummaryPart]) -> dict[int, tuple[Finding, ...]]:
        """Findings a summary sentence, by its index; spans count code points of the joined summary."""
        if not parts:
            return {}
        summary = Summary.of(parts)
        spans = [sentence.span for sentence in summary.sentences]
        language = self.foreign(parts)
        abroad = [i for i, part in enumerate(parts) if language is not None and part.origin is Origin.WRITTEN]
        ours = [i for i in range(len(parts)) if i not in abroad]
        found: dict[int, tuple[Finding, ...]] = {}
        if ours:
            here = [spans[i] for i in ours]
            # what is in another language is blanked out, so that it is not read as this one
            text = " ".join(" " * len(part.text) if i in abroad else part.text for i, part in enumerate(parts))
            material = Material(self._source, text, here, [parts[i].sentences for i in ours])
            checked = _by_sentence(run(material, CHECKS), here)
            told = {number for i in abroad for number in parts[i].sentences}
            found = {ours[i]: tuple(f for f in these if not self._denied_in(told, f)) for i, these in checked.items()}
        for i in abroad:
            assert language is not None
            these = check_abroad(self._source, parts[i].text, parts[i].sentences, language)
            found[i] = tuple(_moved(finding, spans[i].start) for finding in these)
        return found

    def _denied_in(self, told: set[int], finding: Finding) -> bool:
        """Whether the denial that is missed is told by a sentence in another language, which cites it."""
        sentences = self._analysis.sentences
        missed = {sentence.id for sentence in sentences if finding.touches(sentence.span)}
        return finding.code == "C104" and bool(missed) and missed <= told

    def foreign(self, parts: Sequence[SummaryPart]) -> Language | None:
        """The language of what a model wrote, where it is another one than the article's."""
        own = self._analysis.article.language
        seen = detect_language(" ".join(part.text for part in parts if part.origin is Origin.WRITTEN))
        language = self._asked if seen is Language.UNKNOWN else seen
        return None if language in (None, own, Language.UNKNOWN) or own is Language.UNKNOWN else language

    def claims(self, claims: Sequence[Claim]) -> list[tuple[Claim, Finding]]:
        """What the fact checks say of claims in a model's own wording; a claim in the article's words needs none."""
        worded = [claim for claim in claims if claim.text != self._own_words(claim)]
        if not worded:
            return []
        spans: list[Span] = []
        start = 0
        for claim in worded:
            spans.append(Span(start=start, end=start + len(claim.text)))
            start = spans[-1].end + 1
        text = " ".join(claim.text for claim in worded)
        cited = [tuple(dict.fromkeys((claim.sentence, claim.inherited_from or claim.sentence))) for claim in worded]
        found = _by_sentence(run(Material(self._source, text, spans, cited), FACT_CHECKS), spans)
        return [
            (claim, finding.model_copy(update={"summary": None, "message": f"claim {claim.id}: {finding.message}"}))
            for index, claim in enumerate(worded)
            for finding in found.get(index, ())
            if finding.severity is not Severity.NOTE
        ]

    def _own_words(self, claim: Claim) -> str:
        return " ".join(claim.span.of(self._analysis.article.text).split())


def _moved(finding: Finding, by: int) -> Finding:
    """The finding with its place in the whole summary."""
    span = finding.summary
    return (
        finding
        if span is None
        else finding.model_copy(update={"summary": Span(start=span.start + by, end=span.end + by)})
    )


def _by_sentence(findings: Sequence[Finding], spans: Sequence[Span]) -> dict[int, tuple[Finding, ...]]:
    sorted_out: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        at = next((i for i, span in enumerate(spans) if finding.summary and span.overlaps(finding.summary)), 0)
        sorted_out[at].append(finding)
    return {index: tuple(found) for index, found in sorted_out.items()}
