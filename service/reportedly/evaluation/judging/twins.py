"""Twins: an article and a changed version of it, whose verdicts must stay or follow."""

from __future__ import annotations

from typing import Final

from reportedly.evaluation.asking import Answer
from reportedly.evaluation.gold import Gold, GoldSentence, Question, Twin, TwinVerdict
from reportedly.evaluation.judging.status import label_of
from reportedly.evaluation.judging.tally import MISSED, Item, Tally
from reportedly.schema import Report, Span

STAYS: Final = "stays"
FOLLOWS: Final = "follows"


def judge_twins(answer: Answer, question: Question, gold: Gold, tally: Tally) -> None:
    """Count the twins of which all holds. A crash on either side is a miss."""
    for twin, verdict in zip(question.twins, gold.twins, strict=True):
        changed = answer.twins.get(twin.id)
        got = MISSED
        if answer.report and changed:
            got = _judge(answer.report, changed, twin, verdict, gold)
        due = f"{FOLLOWS} {verdict.label}" if verdict.changes else STAYS
        tally.add("twins.n")
        tally.add("twins.right", got == due)
        tally.note(Item(kind="twin", id=twin.id, gold=due, got=got, right=got == due, tests=verdict.tests))


def _judge(report: Report, changed: Report, twin: Twin, verdict: TwinVerdict, gold: Gold) -> str:
    """`stays` or `follows …` where all is as it should be, else the first thing that is not."""
    for sentence in gold.sentences:
        span = _moved(sentence, twin)
        if span is None:
            continue
        before, after = label_of(sentence.span, report.claims), label_of(span, changed.claims)
        touched = span.overlaps(twin.planted)
        if verdict.changes and touched:
            if after != verdict.label:
                return f"{FOLLOWS} {after}"
        elif before != after:
            return f"sentence {sentence.id}: {before} became {after}"
    codes = {finding.code for finding in changed.findings}
    if verdict.codes and not codes & set(verdict.codes):
        return f"no {' or '.join(verdict.codes)}"
    if verdict.silent and (new := codes - {f.code for f in report.findings}):
        return f"new {', '.join(sorted(new))}"
    return f"{FOLLOWS} {verdict.label}" if verdict.changes else STAYS


def _moved(sentence: GoldSentence, twin: Twin) -> Span | None:
    """Where a sentence of the article stands in the twin; None where the planted words cut it in two."""
    span, by = sentence.span, len(twin.planted) - twin.replaced
    gone = Span(start=twin.at, end=twin.at + twin.replaced)
    if span.end <= gone.start:
        return span
    if span.start >= gone.end:
        return Span(start=span.start + by, end=span.end + by)
    return Span(start=span.start, end=span.end + by) if span.contains(gone) else None
