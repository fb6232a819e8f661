"""The scorecard in a terminal, 80 columns wide."""

from __future__ import annotations

from typing import Final

from reportedly.evaluation.comparing import METRIC_BY_NAME, Comparison
from reportedly.evaluation.estimating import Estimate
from reportedly.evaluation.gold import LABELS
from reportedly.evaluation.judging.tally import MISSED
from reportedly.evaluation.running import Run
from reportedly.evaluation.scorecard.wording import change, interval, number, title_of, verdict
from reportedly.text.terminal import printable

WIDTH: Final = 80
WEAKEST: Final = 12
"""Phenomena that are shown, the weakest first: all of them stand in the JSON and on the page."""
_TITLE: Final = 42


def to_text(run: Run) -> str:
    """Metrics with intervals, the confusion matrix, the weakest phenomena."""
    ran = run.ran
    lines = [_cut(f"{ran.suite} ({ran.digest}) on {ran.engine}, {len(run.cases)} cases"), ""]
    lines += [_row(name, one) for name, one in run.metrics.items()]
    lines += [_row(name, one) for name, one in run.codes.items()]
    if run.confusion:
        lines += ["", *_confusion(run)]
    weak = sorted(run.slices.items(), key=lambda entry: (entry[1].value, -entry[1].n))[:WEAKEST]
    if weak:
        lines += ["", "weakest phenomena", *(_row(name, one) for name, one in weak)]
    failed = [(case.name, what, why) for case in run.cases for what, why in case.failures.items()]
    if failed:
        lines += ["", f"failed: {len(failed)}", *(_cut(f"  {name}, {what}: {why}") for name, what, why in failed[:10])]
    if run.timing:
        lines += ["", f"{run.timing.seconds:.1f} s, slowest case {run.timing.slowest:.2f} s"]
    return "\n".join(lines) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """Differences with intervals, then what flipped."""
    old, new = comparison.old, comparison.new
    lines = [_cut(f"{new.suite} ({new.digest}): {old.engine} {old.version} to {new.engine} {new.version}"), ""]
    for name, one in (*comparison.metrics.items(), *comparison.slices.items()):
        if one.change or name in METRIC_BY_NAME:
            lines.append(
                _cut(f"{title_of(name)[:34]:34} {one.old:6.3f} {one.new:6.3f} {change(one)} {verdict(name, one)}")
            )
    lost = [flip for flip in comparison.flips if not flip.better]
    lines += ["", f"flipped: {len(comparison.flips) - len(lost)} to right, {len(lost)} to wrong"]
    for flip in comparison.flips:
        sign = "+" if flip.better else "-"
        what = f"{flip.case} {flip.after.kind} {flip.after.id}"
        lines.append(_cut(f"{sign} {what}: {flip.before.got} to {flip.after.got} (gold {flip.after.gold})"))
    return "\n".join(lines) + "\n"


def _row(name: str, one: Estimate) -> str:
    value = number(one.value, METRIC_BY_NAME.get(name))
    return f"{title_of(name)[:_TITLE]:{_TITLE}} {value:>7}  {interval(name, one):18} {one.n:>7}"


def _confusion(run: Run) -> list[str]:
    columns = [*LABELS, MISSED]
    short = {label: label[:6] for label in columns}
    lines = [f"{'gold, then got':14}" + "".join(f"{short[label]:>7}" for label in columns)]
    for gold, row in run.confusion.items():
        lines.append(f"{gold:14}" + "".join(f"{row.get(label) or '.':>7}" for label in columns))
    return lines


def _cut(line: str) -> str:
    line = printable(line).replace("\n", " ")
    return line.rstrip() if len(line.rstrip()) <= WIDTH else line[: WIDTH - 1] + "…"
