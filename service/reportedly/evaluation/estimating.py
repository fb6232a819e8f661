"""Values with bootstrap intervals, articles resampled whole; and the paired difference of two runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reportedly.evaluation.measuring import Metric, Sums, Values
from reportedly.schema import Record

RESAMPLES: Final = 2000
"""Bootstrap resamples: the ends of a 95 % interval then vary by about 0.2 of a point between seeds."""
CONFIDENCE: Final = 0.95
SEED: Final = 20260101
"""Any fixed number: the same run gives the same interval to the last digit."""
DIGITS: Final = 6
"""Decimals kept: below what any suite can resolve, above what rounding in the last bit can reach."""

Counts = Mapping[str, int]


class Estimate(Record):
    """A value and where it would lie on other articles of the same kind (95 %)."""

    value: float
    """Over all cases."""
    low: float
    """2.5th percentile of the resamples."""
    high: float
    """97.5th percentile."""
    n: int
    """How many things it is a share of."""


class Difference(Record):
    """New minus old, on the same resamples of the same cases."""

    old: float
    new: float
    low: float
    """2.5th percentile of new minus old."""
    high: float
    """97.5th percentile."""

    @property
    def change(self) -> float:
        """New minus old."""
        return round(self.new - self.old, DIGITS)

    def worse(self, metric: Metric) -> bool:
        """Whether it got worse beyond the interval."""
        if metric.better == "higher":
            return self.high < 0
        return metric.better == "lower" and self.low > 0


def weights(cases: int) -> NDArray[np.float64]:
    """How often each case is drawn: the first row once each, then a row a resample."""
    draws = np.random.default_rng(SEED).multinomial(cases, np.full(cases, 1 / cases), size=RESAMPLES)
    return np.vstack([np.ones(cases), draws]).astype(float)


def sums_of(counts: Sequence[Counts], drawn: NDArray[np.float64]) -> Sums:
    """Sums of counts over each drawing of the cases."""
    names = sorted({name for one in counts for name in one})
    table = np.array([[one.get(name, 0) for name in names] for one in counts], dtype=float).reshape(len(counts), -1)
    return Sums(dict(zip(names, (drawn @ table).T, strict=True)), len(drawn))


def estimate(metric: Metric, sums: Sums) -> Estimate | None:
    """The metric with its interval; None where the suite does not ask for it."""
    whole = sums[metric.of][0]
    value = metric.compute(sums)
    if not whole or math.isnan(value[0]):
        return None
    low, high = _interval(value[1:])
    return Estimate(value=round(float(value[0]), DIGITS), low=low, high=high, n=int(whole))


def difference(metric: Metric, old: Sums, new: Sums) -> Difference | None:
    """The metric of two runs over the same drawings; None where either lacks it."""
    before, after = metric.compute(old), metric.compute(new)
    if math.isnan(before[0]) or math.isnan(after[0]):
        return None
    low, high = _interval(after[1:] - before[1:])
    return Difference(old=round(float(before[0]), DIGITS), new=round(float(after[0]), DIGITS), low=low, high=high)


def _interval(values: Values) -> tuple[float, float]:
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail])
    return round(float(low), DIGITS), round(float(high), DIGITS)
