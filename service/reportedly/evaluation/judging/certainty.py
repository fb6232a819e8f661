"""Findings in given summaries against the one defect that each has, or none."""

from __future__ import annotations

from typing import Final

from reportedly.evaluation.asking import Answer
from reportedly.evaluation.gold import Gold
from reportedly.evaluation.judging.tally import MISSED, Item, Tally
from reportedly.schema import Severity

FAITHFUL: Final = "ok"
"""What a summary without defect is called."""


def judge_certainty(answer: Answer, gold: Gold, tally: Tally) -> None:
    """Count alarms and finds. A crash misses a defect and spoils a faithful summary."""
    for verdict in gold.verdicts:
        found = answer.findings.get(verdict.id)
        codes = {finding.code for finding in found or () if finding.severity is not Severity.NOTE}
        right_codes = codes & set(verdict.codes)
        due = sorted(right_codes)[0] if right_codes else verdict.codes[0] if verdict.codes else FAITHFUL
        if verdict.codes:
            tally.add("defect.n")
            tally.add("defect.found", bool(codes))
            tally.add("defect.coded", bool(right_codes))
            tally.add(f"code.{due}.gold")
            tally.add(f"code.{due}.both", bool(right_codes))
        else:
            tally.add("faithful.n")
            tally.add("faithful.alarm", bool(codes) or found is None)
        # a second, wrong code beside the right one costs nothing: one defect may well show in two ways
        for code in () if right_codes else codes:
            tally.add(f"code.{code}.false")
        got = MISSED if found is None else due if right_codes else "|".join(sorted(codes)) or FAITHFUL
        tally.note(Item(kind="summary", id=verdict.id, gold=due, got=got, right=got == due, tests=verdict.tests))
