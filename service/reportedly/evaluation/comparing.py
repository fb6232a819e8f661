"""Two runs of the same suite: the difference of every metric with its interval, and what flipped."""

from __future__ import annotations

from typing import Final

from reportedly.errors import UsageError
from reportedly.evaluation.estimating import Difference, difference, sums_of, weights
from reportedly.evaluation.judging import Item
from reportedly.evaluation.measuring import METRICS, Metric, Sums, slice_metrics
from reportedly.evaluation.running import Ran, Run
from reportedly.schema import Record

METRIC_BY_NAME: Final = {metric.name: metric for metric in METRICS}


class Flip(Record):
    """One thing that is right in one run and wrong in the other."""

    case: str
    before: Item
    after: Item

    @property
    def better(self) -> bool:
        """Whether the new run has it right."""
        return self.after.right


class Comparison(Record):
    """New minus old."""

    old: Ran
    new: Ran
    metrics: dict[str, Difference]
    slices: dict[str, Difference]
    flips: tuple[Flip, ...]


def compare(old: Run, new: Run) -> Comparison:
    """Compare two runs, case by case. Raises UsageError where they ran on different versions of a suite."""
    if (old.ran.suite, old.ran.digest) != (new.ran.suite, new.ran.digest):
        raise UsageError(
            f"the runs are of different suites: {old.ran.suite} {old.ran.digest} and {new.ran.suite} {new.ran.digest}",
            hint="run both engines on the suite as it is now",
        )
    drawn = weights(len(old.cases))
    before, after = (sums_of([case.counts for case in run.cases], drawn) for run in (old, new))
    return Comparison(
        old=old.ran,
        new=new.ran,
        metrics=differences(METRICS, before, after),
        slices=differences(slice_metrics(after), before, after),
        flips=_flips(old, new),
    )


def differences(metrics: tuple[Metric, ...], old: Sums, new: Sums) -> dict[str, Difference]:
    """By name, those that both runs have."""
    made = {metric.name: difference(metric, old, new) for metric in metrics}
    return {name: value for name, value in made.items() if value is not None}


def _flips(old: Run, new: Run) -> tuple[Flip, ...]:
    before = {(case.name, item.kind, item.id): item for case in old.cases for item in case.items}
    return tuple(
        Flip(case=case.name, before=before[case.name, item.kind, item.id], after=item)
        for case in new.cases
        for item in case.items
        if before[case.name, item.kind, item.id].right != item.right
    )
