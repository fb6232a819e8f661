"""The engine's own summary: what it covers, how sure it sounds against the gold, how near it is to a reference."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import LCSseq

from reportedly.evaluation.asking import Answer
from reportedly.evaluation.gold import Gold
from reportedly.evaluation.judging.status import UNSURE_LABELS
from reportedly.evaluation.judging.tally import Tally
from reportedly.schema import UNSURE, Origin, Report, Status, Summary

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF

INFLATED: Final = frozenset({"C101", "C102", "C104"})
"""Findings that say: surer than the source."""
PER_MILLE: Final = 1000
"""Similarities are counted in thousandths, so that every count is a whole number."""
_SURE: Final = frozenset({Status.STATED, Status.CONFIRMED})


def judge_summary(answer: Answer, gold: Gold, tally: Tally) -> None:
    """Count what the summary covers and where it is surer than the gold. No summary covers nothing."""
    report = answer.report
    summary = report.summary if report else None
    told = _told(report, summary, gold) if report and summary else {}
    for sentence in gold.sentences:
        if sentence.key:
            tally.add("key.n")
            tally.add("key.told", sentence.id in {number for numbers in told.values() for number in numbers})
    if report and summary:
        _judge_certainty(report, summary, told, gold, tally)
        tally.add("summary.n")
        tally.add("summary.words", len(summary.text.split()))
    if gold.reference:
        text = summary.text if summary else ""
        tally.add("reference.n")
        tally.add("reference.rouge_l", round(PER_MILLE * rouge_l(text, gold.reference)))
        tally.add("reference.chrf", round(PER_MILLE * chrf(text, gold.reference)))


def _told(report: Report, summary: Summary, gold: Gold) -> dict[int, set[int]]:
    """Which gold sentences each summary sentence rests on; the engine numbers sentences in its own way."""
    spans = {sentence.id: sentence.span for sentence in report.sentences}
    return {
        position: {
            wanted.id
            for wanted in gold.sentences
            if any(number in spans and spans[number].overlaps(wanted.span) for number in sentence.sentences)
        }
        for position, sentence in enumerate(summary.sentences)
    }


def _judge_certainty(report: Report, summary: Summary, told: dict[int, set[int]], gold: Gold, tally: Tally) -> None:
    labels = {sentence.id: sentence for sentence in gold.sentences}
    inflated = [finding.summary for finding in report.findings if finding.code in INFLATED and finding.summary]
    for position, sentence in enumerate(summary.sentences):
        after = any(span.overlaps(sentence.span) for span in inflated)
        tally.add("inflation.n")
        tally.add("inflation.after", after)
        tally.add("inflation.before", after or sentence.origin is Origin.REPLACED)
        rests_on = [labels[number] for number in told[position] if not labels[number].flat]
        unsure = [one for one in rests_on if one.label in UNSURE_LABELS and not set(one.alt) & set(_SURE)]
        if unsure and len(unsure) == len(rests_on):
            tally.add("summary.unsure")
            tally.add("summary.unsure_kept", sentence.status in UNSURE or sentence.status is Status.ATTRIBUTED)


def rouge_l(text: str, reference: str) -> float:
    """ROUGE-L F1 over casefolded words (Lin 2004): longest common subsequence by rapidfuzz. 0 to 1."""
    ours, theirs = text.casefold().split(), reference.casefold().split()
    common = LCSseq.similarity(ours, theirs)
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def chrf(text: str, reference: str) -> float:
    """chrF2 (Popović 2015), as sacrebleu computes it. 0 to 1."""
    return float(_chrf().sentence_score(text, [reference]).score) / 100


@cache
def _chrf() -> CHRF:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
