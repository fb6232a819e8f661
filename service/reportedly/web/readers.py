"""Who does the reading: processes for the rules, which only compute; threads for models, which mostly wait."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Final

from reportedly.schema import Language
from reportedly.web.configuration import RULES, Serving
from reportedly.web.problems import Refused
from reportedly.web.tasks import Kind, Task, Turned, perform
from reportedly.wiring import Engine, engine_for

_FIRST: Final = Task(
    kind=Kind.SUMMARY, text="Der Vertrag gilt ab Mai, sagte die Sprecherin.\n\nThe deal is off, he said."
)
"""Read once at the start of each process, so that no caller waits for the word lists."""


class Readers:
    """The engines of one service."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._processes = _pool(serving.workers)
        self._threads = ThreadPoolExecutor(serving.settings.concurrency, thread_name_prefix="reportedly-model")
        self._engines: dict[tuple[str, str | None], Engine] = {}
        for name in serving.models:
            self._engine(name, None)

    async def start(self) -> None:
        """Wait until every process has read its word lists."""
        loop = asyncio.get_running_loop()
        first = [loop.run_in_executor(self._processes, perform, _FIRST) for _ in range(self._serving.workers)]
        await asyncio.gather(*first)

    async def do(self, task: Task, engine: str = RULES, language: str | None = None) -> bytes:
        """What comes of the task. Raises Refused, ReportedlyError."""
        done = await (self._by_rules(task) if engine == RULES else self._by_model(task, engine, language))
        if isinstance(done, Turned):
            raise done.error()
        return done

    def close(self) -> None:
        """End the processes; what is in work is finished."""
        self._processes.shutdown(cancel_futures=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _by_rules(self, task: Task) -> bytes | Turned:
        pool = self._processes
        work = asyncio.get_running_loop().run_in_executor(pool, perform, task)
        try:
            return await asyncio.wait_for(work, self._serving.limits.answer_seconds)
        except TimeoutError:
            raise Refused(503, "took_too_long", "reading took too long", "send a shorter article, or later") from None
        except BrokenProcessPool:
            if self._processes is pool:  # the first of those who were waiting mends it for all
                self._processes = _pool(self._serving.workers)
            raise Refused(
                503, "worker_died", "the process that read it died", "send it again", headers={"Retry-After": "1"}
            ) from None

    async def _by_model(self, task: Task, name: str, language: str | None) -> bytes | Turned:
        engine = self._engine(name, language)
        return await asyncio.get_running_loop().run_in_executor(self._threads, perform, task, engine)

    def _engine(self, name: str, language: str | None) -> Engine:
        """One an article language, so that connections, limits and the budget are shared by all callers."""
        found = self._engines.get((name, language))
        if found is None:
            spoken = Language(language) if language else None
            found = self._engines[(name, language)] = engine_for(self._serving.settings, name, language=spoken)
        return found


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a fork of a process with threads and an event loop may hang.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _settle_in)


def _settle_in() -> None:
    """Leave signals to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
