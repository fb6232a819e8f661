"""How long a thousand recorded articles take to replay, check and score.

`python -m benchmarks.replay` repeats the recorded rumour suites to a thousand cases and runs them in one process and
in two. The aim is ten seconds.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from reportedly.evaluation.asking import Engine
from reportedly.evaluation.engines import ByModel
from reportedly.evaluation.recordings import Replaying, recording_path
from reportedly.evaluation.running import run_cases
from reportedly.evaluation.spreading import processes, spread
from reportedly.evaluation.suite import Suite, Task, read_suite
from reportedly.pipeline import Asked

MODEL: Final = "openai:reportedly-rules"
CASES: Final = 1000
AIM: Final = 10.0
TASKS: Final = (Task.STATUS, Task.SUMMARY)
SUITE: Final = Path(__file__).parents[1] / "evals" / "suites" / "rumour-de"


def repeated(suite: Suite, cases: int) -> Suite:
    """The suite, its cases repeated under other names; the requests are the same, so the recording fits."""
    many = islice(cycle(suite.cases), cases)
    named = tuple(case.model_copy(update={"name": f"{case.name}-{number}"}) for number, case in enumerate(many))
    manifest = suite.manifest.model_copy(update={"tasks": TASKS})
    return Suite(name=suite.name, folder=suite.folder, manifest=manifest, cases=named)


def replaying() -> Engine:
    """The model as it was recorded."""
    return ByModel(Replaying(recording_path(SUITE, MODEL), MODEL), Asked(model=MODEL))


def seconds(suite: Suite, jobs: int) -> float:
    """Wall time of a run, starting the processes included."""
    began = time.perf_counter()
    with processes(partial(replaying), jobs) as pool:
        run = asyncio.run(run_cases(suite, spread(pool, TASKS), MODEL))
    assert len(run.cases) == len(suite.cases)
    assert run.metrics["failed"].value == 0
    return time.perf_counter() - began


def main() -> None:
    """Print a line for one and for two processes."""
    suite = repeated(read_suite(SUITE), CASES)
    for jobs in (1, 2):
        took = seconds(suite, jobs)
        print(f"{CASES} recorded articles, {jobs} processes: {took:.1f} s (aim {AIM:.0f} s)")


if __name__ == "__main__":
    main()
