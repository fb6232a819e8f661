"""How numbers are written, the same on every surface."""

from __future__ import annotations

from reportedly.evaluation.comparing import METRIC_BY_NAME
from reportedly.evaluation.estimating import Difference, Estimate
from reportedly.evaluation.measuring import Metric


def title_of(name: str) -> str:
    """A metric in words; a finding code's or phenomenon's name as it is."""
    return METRIC_BY_NAME[name].title if name in METRIC_BY_NAME else name.replace("_", " ")


def number(value: float, metric: Metric | None = None) -> str:
    """A share with three decimals, a count with one, dollars with five."""
    if metric is not None and metric.unit == "dollars":
        return f"{value:.5f}"
    return f"{value:.1f}" if metric is not None and metric.unit == "number" else f"{value:.3f}"


def interval(name: str, estimate: Estimate) -> str:
    """`0.771 to 0.850`."""
    metric = METRIC_BY_NAME.get(name)
    return f"{number(estimate.low, metric)} to {number(estimate.high, metric)}"


def change(difference: Difference) -> str:
    """`-0.021 (-0.040 to -0.003)`, or `same`."""
    if not (difference.change or difference.low or difference.high):
        return "same"
    return f"{difference.change:+.3f} ({difference.low:+.3f} to {difference.high:+.3f})"


def verdict(name: str, difference: Difference) -> str:
    """`worse`, `better` or nothing: beyond the interval, in the direction that the metric has."""
    metric = METRIC_BY_NAME.get(name)
    lower = metric is not None and metric.better == "lower"
    if metric is not None and metric.better == "neither":
        return ""
    if difference.high < 0:
        return "better" if lower else "worse"
    if difference.low > 0:
        return "worse" if lower else "better"
    return ""
