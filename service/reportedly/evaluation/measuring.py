"""Every metric, computed from sums of counts: over all cases for the value, over resampled cases for its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from reportedly.evaluation.judging.summary import PER_MILLE
from reportedly.schema import RULES, Status

Values = NDArray[np.float64]
"""One number a resample; the first is over all cases as they are."""


class Sums:
    """Sums of counts by name, each an array of one number a resample; what was never counted is zero."""

    def __init__(self, columns: Mapping[str, Values], resamples: int) -> None:
        self._columns = columns
        self._zero: Values = np.zeros(resamples)

    def __getitem__(self, name: str) -> Values:
        return self._columns.get(name, self._zero)

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def names(self, prefix: str) -> list[str]:
        """The names that start with a prefix, sorted."""
        return sorted(name for name in self._columns if name.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Metric:
    """A number with a meaning."""

    name: str
    title: str
    better: Literal["higher", "lower", "neither"]
    of: str
    """The count of what it is a share of: zero everywhere means that the suite does not ask."""
    compute: Callable[[Sums], Values]
    unit: Literal["share", "number", "dollars"] = "share"


def ratio(part: Values, whole: Values) -> Values:
    """part / whole; NaN where the whole is zero."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _share(name: str, title: str, part: str, whole: str, better: Literal["higher", "lower"] = "higher") -> Metric:
    return Metric(name, title, better, whole, lambda sums: ratio(sums[part], sums[whole]))


def _mean(name: str, title: str, part: str, whole: str, scale: float = 1.0) -> Metric:
    return Metric(name, title, "neither", whole, lambda sums: ratio(sums[part] / scale, sums[whole]), unit="number")


def f1(both: Values, gold: Values, got: Values) -> Values:
    """2 both / (gold + got); NaN where neither occurs."""
    return ratio(2 * both, gold + got)


def _macro_f1(sums: Sums) -> Values:
    """Mean of the F1 of those of the seven labels that occur in gold or answer."""
    each = [f1(sums[f"both.{label}"], sums[f"gold.{label}"], sums[f"got.{label}"]) for label in Status]
    stacked = np.stack(each)
    present = ~np.isnan(stacked)
    return ratio(np.where(present, stacked, 0).sum(axis=0), present.sum(axis=0).astype(float))


def _balanced(sums: Sums) -> Values:
    recall = ratio(sums["defect.found"], sums["defect.n"])
    return (recall + 1 - ratio(sums["faithful.alarm"], sums["faithful.n"])) / 2


def _similarity(name: str, title: str) -> Metric:
    part = f"reference.{name}"
    return Metric(name, title, "higher", "reference.n", lambda sums: ratio(sums[part] / PER_MILLE, sums["reference.n"]))


METRICS: Final = (
    _share("accuracy", "status accuracy", "status.right", "status.n"),
    Metric("macro_f1", "status macro-F1", "higher", "status.n", _macro_f1),
    Metric(
        "unsure_f1",
        "unsure F1",
        "higher",
        "status.n",
        lambda sums: f1(sums["unsure.both"], sums["unsure.gold"], sums["unsure.got"]),
    ),
    _share("unsure_told_flat", "unsure told flat", "unsure.flat", "unsure.gold", "lower"),
    _share("claim_precision", "claim precision by span", "claims.both", "claims.got"),
    _share("claim_recall", "claim recall by span", "claims.both", "claims.gold"),
    _share("kind", "kind of source", "kind.right", "kind.n"),
    _share("source_exact", "source exact", "source.exact", "source.n"),
    _share("source_overlap", "source overlaps", "source.overlap", "source.n"),
    _share("cue", "cue found", "cue.right", "cue.n"),
    _share("carry", "carry-over kept", "carry.right", "carry.n"),
    _share("grounded", "claims grounded", "grounded.right", "grounded.n"),
    _share("heading", "flat headings reported", "heading.found", "heading.n"),
    _share("failed", "cases failed", "cases.failed", "cases.n", "lower"),
    _share("coverage", "key claims in the summary", "key.told", "key.n"),
    _share("inflation_before", "summary sentences inflated, before repair", "inflation.before", "inflation.n", "lower"),
    _share("inflation", "summary sentences inflated", "inflation.after", "inflation.n", "lower"),
    _share("unsure_kept", "unsure claims kept unsure in the summary", "summary.unsure_kept", "summary.unsure"),
    _similarity("rouge_l", "ROUGE-L to the reference"),
    _similarity("chrf", "chrF to the reference"),
    _mean("summary_words", "words a summary", "summary.words", "summary.n"),
    Metric("balanced_accuracy", "check: balanced accuracy", "higher", "defect.n", _balanced),
    _share("defects_found", "check: defects found", "defect.found", "defect.n"),
    _share("right_code", "check: found ones with the right code", "defect.coded", "defect.found"),
    _share("false_alarms", "check: false alarms", "faithful.alarm", "faithful.n", "lower"),
    _share("twins", "twins that hold", "twins.right", "twins.n"),
    _share("faults", "faults that end as they must", "faults.right", "faults.n"),
    _mean("calls", "calls a case", "spent.calls", "spent.n"),
    _mean("input_tokens", "tokens in a case", "spent.input", "spent.n"),
    _mean("output_tokens", "tokens out a case", "spent.output", "spent.n"),
    Metric(
        "cost",
        "dollars a case",
        "lower",
        "spent.priced",
        lambda sums: ratio(sums["spent.microdollars"] / 1e6, sums["spent.priced"]),
        unit="dollars",
    ),
)
"""In the order of tables."""

PINNED: Final = frozenset(
    {
        "accuracy", "macro_f1", "unsure_f1", "unsure_told_flat", "claim_recall", "claim_precision", "kind",
        "source_overlap", "cue", "carry", "grounded", "heading", "failed", "coverage", "inflation", "unsure_kept",
        "balanced_accuracy", "defects_found", "right_code", "false_alarms", "twins", "faults",
    }
)  # fmt: skip
"""What the gate holds; the others only inform."""


def code_metrics(sums: Sums) -> tuple[Metric, ...]:
    """Precision and recall of each finding code that the suite asks for or the engine gave."""
    codes = [code for code in RULES if sums.names(f"code.{code}.")]
    made: list[Metric] = []
    for code in codes:
        gold, both, false = f"code.{code}.gold", f"code.{code}.both", f"code.{code}.false"
        made.append(_share(f"{code}_recall", f"{code} recall", both, gold))
        made.append(
            Metric(
                f"{code}_precision",
                f"{code} precision",
                "higher",
                gold,
                lambda sums, both=both, false=false: ratio(sums[both], sums[both] + sums[false]),  # type: ignore[misc]
            )
        )
    return tuple(made)


def slice_metrics(sums: Sums) -> tuple[Metric, ...]:
    """Share right in each phenomenon."""
    tests = [name.removeprefix("slice.").removesuffix(".n") for name in sums.names("slice.") if name.endswith(".n")]
    return tuple(_share(test, test, f"slice.{test}.right", f"slice.{test}.n") for test in tests)
