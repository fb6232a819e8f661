"""The scorecard as a comment on a pull request."""

from __future__ import annotations

from reportedly.evaluation.comparing import METRIC_BY_NAME, Comparison
from reportedly.evaluation.gate import Breach
from reportedly.evaluation.running import Run
from reportedly.evaluation.scorecard.wording import change, interval, number, title_of, verdict
from reportedly.formats.markdown import escape

MOST_FLIPS = 30
"""Flips that are listed: a comment must stay readable."""


def to_markdown(run: Run, comparison: Comparison | None = None, breaches: tuple[Breach, ...] = ()) -> str:
    """A heading, a table of metrics, then what broke, changed and flipped."""
    lines = [
        f"### {escape(run.ran.suite)} on {escape(run.ran.engine)}",
        "",
        f"{len(run.cases)} cases, suite `{run.ran.digest}`",
        "",
    ]
    if breaches:
        lines += [f"**{len(breaches)} floors broken**", "", *(f"- {escape(one.message)}" for one in breaches), ""]
    head = ["metric", "value", "95 %", "n"] + (["change"] if comparison else [])
    lines += [_cells(head), _cells(["---", *["---:"] * (len(head) - 1)])]
    for name, one in run.metrics.items():
        cells = [title_of(name), number(one.value, METRIC_BY_NAME.get(name)), interval(name, one), str(one.n)]
        if comparison:
            moved = comparison.metrics.get(name)
            cells.append(f"{change(moved)} {verdict(name, moved)}".strip() if moved else "")
        lines.append(_cells(cells))
    if comparison and comparison.flips:
        lines += ["", f"<details><summary>{len(comparison.flips)} flipped</summary>", ""]
        for flip in comparison.flips[:MOST_FLIPS]:
            sign = "right" if flip.better else "wrong"
            what = f"{flip.case}, {flip.after.kind} {flip.after.id}"
            lines.append(f"- {sign}: {escape(what)}: {escape(flip.before.got)} to {escape(flip.after.got)}")
        if len(comparison.flips) > MOST_FLIPS:
            lines.append(f"- and {len(comparison.flips) - MOST_FLIPS} more")
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
