"""Ask many cases at once in several processes: reading is all computing, and one process has one core."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor

from reportedly.evaluation.asking import Answer, Engine, ask
from reportedly.evaluation.gold import Question
from reportedly.evaluation.suite import Task

_engine: Engine | None = None
"""This process's own engine, built once."""


def processes(build: Callable[[], Engine], jobs: int) -> ProcessPoolExecutor:
    """A pool whose processes each build their engine; `build` must be picklable."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start, (build,))


def spread(pool: ProcessPoolExecutor, tasks: tuple[Task, ...]) -> Callable[[Question], Awaitable[Answer]]:
    """What `run_suite` is to call in place of the engine."""

    async def asked(question: Question) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(pool, _ask, question, tasks)

    return asked


def _start(build: Callable[[], Engine]) -> None:
    global _engine
    _engine = build()


def _ask(question: Question, tasks: tuple[Task, ...]) -> Answer:
    assert _engine is not None
    return asyncio.run(ask(question, _engine, tasks))
