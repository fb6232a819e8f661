"""A Dask cluster: articles go out by the handful, the journal stays here and is the only truth."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from reportedly.batch import wire
from reportedly.batch.interface import Finish, Finished, Job, Jobs
from reportedly.batch.stopping import Stop
from reportedly.batch.working import fault
from reportedly.errors import ConnectionFault, MissingExtraError, ReportedlyError
from reportedly.llm.loop import run_sync
from reportedly.schema import Failure, Report
from reportedly.sources import Loaded

FEWEST: Final = 32
"""Articles of one task: below, the 2 ms that a task costs begin to count."""
MOST: Final = 128
"""Above, a worker that dies takes too much work with it."""
AHEAD: Final = 2
"""Tasks handed out for each thread of the cluster, so that none waits for this process."""
JOINING_SECONDS: Final = 30.0
"""How long the first worker may take to join."""

Work = Callable[[Loaded], Awaitable[Report]]
Make = Callable[[int], Work]
"""Makes, on a worker, what does the work with so many calls at once; must survive pickling."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Which cluster, and how to share it."""

    scheduler: str | None
    """None starts one on this machine."""
    workers: int
    """Processes of a cluster that is started here."""
    concurrency: int
    """Calls of the model at once, over the whole cluster."""


class OnDask:
    """Keeps the cluster busy with a bounded number of tasks, and hands each task's records to the journal."""

    def __init__(self, make: Make, cluster: Cluster, warn: Callable[[str], None]) -> None:
        self._make = make
        self._cluster = cluster
        self._warn = warn
        self._halt: Exception | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, jobs: Jobs, finish: Finish, stop: Stop) -> None:
        """See `Executor`. Articles of a worker that dies go to another one."""
        async with contextlib.AsyncExitStack() as stack:
            client = await self._client(stack)
            workers = await self._workers(client)
            threads, share = sum(workers), -(-self._cluster.concurrency // len(workers))
            size = min(MOST, max(FEWEST, share))
            self._warn(f"{threads} threads in {len(workers)} workers, {size} articles a task")
            try:
                while self._halt is None and not stop.draining.is_set():
                    chunk = await _take(jobs, size)
                    if not chunk:
                        break
                    while len(self._tasks) >= AHEAD * threads:
                        await self._wait(stop)
                    task = asyncio.create_task(self._do(client, chunk, share, finish))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                while self._tasks and not stop.now.is_set():
                    await self._wait(stop)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._halt is not None:
            raise self._halt

    async def _client(self, stack: contextlib.AsyncExitStack) -> Any:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise MissingExtraError("a Dask cluster", "dask") from None
        address: Any = self._cluster.scheduler
        if address is None:
            with _deaf_to_interrupts():
                address = await stack.enter_async_context(
                    distributed.LocalCluster(
                        n_workers=self._cluster.workers,
                        threads_per_worker=1,
                        dashboard_address=None,
                        asynchronous=True,
                        silence_logs=logging.CRITICAL,
                    )
                )
        try:
            client = await stack.enter_async_context(
                distributed.Client(address, asynchronous=True, timeout=JOINING_SECONDS, set_as_default=False)
            )
        except (OSError, ValueError) as error:
            raise ConnectionFault(
                f"there is no Dask scheduler at {self._cluster.scheduler!r} ({type(error).__name__})",
                hint="start one with 'dask scheduler', or leave --scheduler out",
            ) from None
        return client

    async def _workers(self, client: Any) -> list[int]:
        """The threads of each worker."""
        try:
            await client.wait_for_workers(1, timeout=JOINING_SECONDS)
        except TimeoutError:
            raise ConnectionFault("no worker has joined the Dask scheduler", hint="start 'dask worker'") from None
        threads: dict[str, int] = await client.nthreads()
        return list(threads.values())

    async def _wait(self, stop: Stop) -> None:
        """Until a task is done or the user has no more patience."""
        now = asyncio.create_task(stop.now.wait())
        await asyncio.wait([now, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        now.cancel()
        if stop.now.is_set():
            for task in self._tasks:
                task.cancel()

    async def _do(self, client: Any, chunk: list[Job], share: int, finish: Finish) -> None:
        killed: type[Exception] = import_module("distributed").KilledWorker
        sent = [wire.loaded_to(job.loaded) for job in chunk]
        future = client.submit(work_through, self._make, share, sent, pure=False)
        try:
            told = await future.result()
            for job, result in zip(chunk, told, strict=True):
                if "halt" in result:
                    self._halt = self._halt or wire.error_from(result["halt"])
                elif "fault" in result:
                    await finish(job, Finished.of(fault(job, result["fault"])))
                else:
                    await finish(job, wire.finished_from(result["finished"]))
        except killed:
            if len(chunk) == 1:
                await finish(chunk[0], Finished.of(_killed(chunk[0])))
                return
            for job in chunk:  # one of them may be to blame: each for itself, so that only that one fails
                await self._do(client, [job], share, finish)
        except asyncio.CancelledError:
            await asyncio.shield(client.cancel([future], force=True))
            raise
        except Exception as error:  # noqa: BLE001 - full disk, a worker without reportedly: no further task may start
            self._halt = self._halt or error
        finally:
            future.release()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes that start in here inherit a blocked SIGINT: Ctrl-C is for this process, which drains them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_through(make: Make, share: int, chunk: list[wire.Message]) -> list[wire.Message]:
    """What a worker does with one task: all its articles at once on the worker's own event loop."""
    return run_sync(_all(make(share), chunk))


async def _all(work: Work, chunk: list[wire.Message]) -> list[wire.Message]:
    return list(await asyncio.gather(*(_one(work, message) for message in chunk)))


async def _one(work: Work, message: wire.Message) -> wire.Message:
    try:
        return {"finished": wire.finished_to(Finished.of(await work(wire.loaded_from(message))))}
    except ReportedlyError as error:
        return {"halt": wire.error_to(error)}
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not end the others
        return {"fault": type(error).__name__}


async def _take(jobs: Jobs, size: int) -> list[Job]:
    chunk: list[Job] = []
    while len(chunk) < size and (job := await anext(jobs, None)) is not None:
        chunk.append(job)
    return chunk


def _killed(job: Job) -> Failure:
    return Failure(
        id=job.loaded.article.id,
        reason="worker_died",
        message="every worker of the cluster that read it died",
        hint="is there enough memory? then report it with the article",
        where=job.loaded.where or None,
    )
