"""A model that misbehaves: the report must end as it must, and nothing wrong may come out as right."""

from __future__ import annotations

from reportedly.evaluation.asking import Answer
from reportedly.evaluation.gold import Ending, Gold
from reportedly.evaluation.judging.tally import MISSED, Item, Tally
from reportedly.schema import Report

AS_DUE = "as due"


def judge_faults(answer: Answer, gold: Gold, tally: Tally) -> None:
    """Count whether the case ended as it must; a crash is a miss."""
    if gold.ending is None:
        return
    got = MISSED if answer.spent is None else _departure(answer.spent, gold.ending) or AS_DUE
    tally.add("faults.n")
    tally.add("faults.right", got == AS_DUE)
    tally.note(Item(kind="fault", id="ending", gold=AS_DUE, got=got, right=got == AS_DUE, tests=gold.ending.tests))


def _departure(report: Report, due: Ending) -> str | None:
    """The first thing that is not as it must be."""
    if report.outcome not in due.outcomes:
        return f"outcome {report.outcome}"
    codes = {finding.code for finding in report.findings}
    if missing := set(due.codes) - codes:
        return f"no {', '.join(sorted(missing))}"
    if due.calls is not None and report.provenance.usage.calls != due.calls:
        return f"{report.provenance.usage.calls} calls"
    told = [report.summary.text if report.summary else "", *(claim.text for claim in report.claims)]
    if words := [words for words in due.never if any(words in text for text in told)]:
        return f"tells {words[0]!r}"
    if due.claims and not due.claims[0] <= len(report.claims) <= due.claims[1]:
        return f"{len(report.claims)} claims"
    return None
