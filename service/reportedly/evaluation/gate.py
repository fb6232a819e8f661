"""The gate: what was reached once is not undercut. Floors stand in `evals/floors.toml`, counts beside the suite."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Final, Literal

from reportedly.errors import UsageError
from reportedly.evaluation.comparing import METRIC_BY_NAME, differences
from reportedly.evaluation.engines import RULES
from reportedly.evaluation.estimating import Estimate, sums_of, weights
from reportedly.evaluation.measuring import METRICS, PINNED, Metric, slice_metrics
from reportedly.evaluation.recordings import RecordingMissing
from reportedly.evaluation.running import Run
from reportedly.schema import Record

FLOORS: Final = "floors.toml"
HEAD: Final = """\
# What must not be undercut: value, and the interval that it had (95 %, articles resampled).
# Written by 'reportedly eval gate --pin'; it lowers nothing without --allow-regression.
"""
_NOT_PINNED: Final = ("spent.", "reference.", "summary.words")
"""Counts that only inform."""


Kind = Literal["metric", "phenomenon", "unpinned", "stale", "recording"]


class Floor(Record):
    """What one engine reached on one version of a suite."""

    digest: str
    """Digest of the suite."""
    metrics: dict[str, Estimate]
    """What was reached."""


Floors = dict[tuple[str, str], Floor]
"""By suite and engine."""


class Breach(Record):
    """One thing that got worse, or that can't be told."""

    suite: str
    engine: str
    kind: Kind
    what: str
    """Name of the metric or phenomenon; the suite's where it is unpinned or stale."""
    message: str
    """What happened, with numbers."""
    cases: tuple[str, ...] = ()
    """Cases that got worse in it."""


def read_floors(evals: Path) -> Floors:
    """All floors; none where the file is not there yet. Raises UsageError."""
    path = evals / FLOORS
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            (suite, engine): Floor(
                digest=floor.pop("digest"),
                metrics={
                    name: Estimate(value=value, low=low, high=high, n=n)
                    for name, (value, low, high, n) in floor.items()
                },
            )
            for suite, engines in tables.items()
            for engine, floor in engines.items()
        }
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise UsageError(f"{path} can't be read: {error}", hint="restore it from version control") from None


def write_floors(evals: Path, floors: Floors) -> None:
    """Write `floors.toml`, in the order of names."""
    lines = [HEAD]
    for (suite, engine), floor in sorted(floors.items()):
        lines += [f"[{json.dumps(suite)}.{json.dumps(engine)}]", f'digest = "{floor.digest}"']
        lines += [f"{name} = [{one.value}, {one.low}, {one.high}, {one.n}]" for name, one in floor.metrics.items()]
        lines.append("")
    (evals / FLOORS).write_text("\n".join(lines), encoding="utf-8")


def pin(run: Run, evals: Path, *, allow_regression: bool) -> Floor:
    """Make a run the floor. Raises UsageError where that would lower one and `allow_regression` is not given."""
    floors = read_floors(evals)
    key = (run.ran.suite, run.ran.engine)
    metrics = {name: value for name, value in run.metrics.items() if name in PINNED}
    if key in floors and not allow_regression:
        lowered = [
            f"{name} {old.value} to {metrics[name].value if name in metrics else 'nothing'}"
            for name, old in floors[key].metrics.items()
            if name not in metrics or _worse(METRIC_BY_NAME[name], old.value, metrics[name].value)
        ]
        if lowered:
            raise UsageError(
                f"pinning would lower {len(lowered)} floors of {key[0]}: {', '.join(lowered)}",
                hint="mend what got worse, or say --allow-regression and why in the commit",
            )
    floors[key] = Floor(digest=run.ran.digest, metrics=metrics)
    path = _counts_path(evals, run)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "".join(
            json.dumps({"name": case.name, "counts": _kept(case.counts)}, separators=(",", ":"), ensure_ascii=False)
            + "\n"
            for case in run.cases
        ),
        encoding="utf-8",
    )
    write_floors(evals, floors)
    return floors[key]


def engines_with_floors(evals: Path, suite: str) -> tuple[str, ...]:
    """The engines that a suite is held against: the rules always, and models that are pinned."""
    models = sorted(engine for name, engine in read_floors(evals) if name == suite and engine != RULES)
    return (RULES, *models)


def stale_recording(suite: str, engine: str, why: RecordingMissing) -> Breach:
    """What a recording that does not fit any more amounts to: nothing can be held, so the gate fails."""
    return Breach(suite=suite, engine=engine, kind="recording", what=why.stale, message=f"{why.message}; {why.advice}")


def hold(run: Run, evals: Path) -> tuple[Breach, ...]:
    """Everything in which a run falls below its floor; empty where it holds."""
    floor = read_floors(evals).get((run.ran.suite, run.ran.engine))
    if floor is None:
        return (_breach(run, "unpinned", run.ran.suite, "has no floor yet; run: reportedly eval gate --pin"),)
    if floor.digest != run.ran.digest:
        why = f"the suite changed ({floor.digest} to {run.ran.digest}); look at it and pin again: eval gate --pin"
        return (_breach(run, "stale", run.ran.suite, why),)
    pinned = _read_counts(_counts_path(evals, run))
    if pinned.keys() != {case.name for case in run.cases}:
        why = "the pinned counts are of other cases; pin again: eval gate --pin"
        return (_breach(run, "stale", run.ran.suite, why),)
    fallen = _fallen(run, pinned)
    named = {breach.what for breach in fallen}
    return (*(breach for breach in _below(run, floor) if breach.what not in named), *fallen)


def _below(run: Run, floor: Floor) -> tuple[Breach, ...]:
    """Metrics outside of the interval that the floor had."""
    found = []
    for name, old in floor.metrics.items():
        new = run.metrics.get(name)
        edge = old.low if METRIC_BY_NAME[name].better == "higher" else old.high
        if new is None or _worse(METRIC_BY_NAME[name], edge, new.value):
            now = "nothing" if new is None else f"{new.value:.3f}"
            text = f"{METRIC_BY_NAME[name].title}: {old.value:.3f} pinned ({old.low:.3f} to {old.high:.3f}), now {now}"
            found.append(_breach(run, "metric", name, text))
    return tuple(found)


def _fallen(run: Run, pinned: dict[str, dict[str, int]]) -> tuple[Breach, ...]:
    """Metrics and phenomena that fell beyond the interval of the paired difference."""
    drawn = weights(len(run.cases))
    new = sums_of([_kept(case.counts) for case in run.cases], drawn)
    old = sums_of([pinned[case.name] for case in run.cases], drawn)
    found = []
    pinned_metrics = tuple(metric for metric in METRICS if metric.name in PINNED)
    for kind, metrics in (("metric", pinned_metrics), ("phenomenon", slice_metrics(new))):
        made = differences(metrics, old, new)
        for metric in metrics:
            change = made.get(metric.name)
            if change and change.worse(metric):
                text = f"{metric.title}: {change.old:.3f} pinned, now {change.new:.3f} "
                text += f"(change {change.low:+.3f} to {change.high:+.3f})"
                cases = _worse_cases(run, pinned, metric.name) if kind == "phenomenon" else ()
                found.append(_breach(run, "metric" if kind == "metric" else "phenomenon", metric.name, text, cases))
    return tuple(found)


def _worse_cases(run: Run, pinned: dict[str, dict[str, int]], test: str) -> tuple[str, ...]:
    right = f"slice.{test}.right"
    return tuple(case.name for case in run.cases if case.counts.get(right, 0) < pinned[case.name].get(right, 0))


def _worse(metric: Metric, old: float, new: float) -> bool:
    return new < old if metric.better == "higher" else new > old


def _breach(
    run: Run,
    kind: Kind,
    what: str,
    message: str,
    cases: tuple[str, ...] = (),
) -> Breach:
    return Breach(suite=run.ran.suite, engine=run.ran.engine, kind=kind, what=what, message=message, cases=cases)


def _counts_path(evals: Path, run: Run) -> Path:
    name = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in run.ran.engine)
    return evals / "suites" / run.ran.suite / "pinned" / f"{name}.jsonl"


def _read_counts(path: Path) -> dict[str, dict[str, int]]:
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return {line["name"]: line["counts"] for line in lines}


def _kept(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if not name.startswith(_NOT_PINNED)}
