"""Leads conversations in worker processes, so that several articles are read and checked at once."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
from time import perf_counter
from typing import Final

from reportedly.batch import wire
from reportedly.batch.configuration import Configuration
from reportedly.batch.interface import Ask, Finished, Job
from reportedly.errors import BudgetExceeded, ModelError
from reportedly.llm.interface import ChatRequest
from reportedly.pipeline import Answer
from reportedly.schema import Failure
from reportedly.text.terminal import one_line

DEATHS: Final = 2
"""Workers that one article may cost: the first may be the machine's fault, the second is the article's."""
LONGEST_LINE: Final = 1 << 28
"""Bytes of one message: a report of the largest article that is read has a tenth of it."""
CLOSING_SECONDS: Final = 3.0


class WorkerDied(Exception):
    """The process ended while it had this article."""


class _Worker:
    """One process and the articles that it has."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.waiting: dict[int, asyncio.Future[wire.Message]] = {}
        self.reader = asyncio.create_task(self._read())

    @property
    def alive(self) -> bool:
        return not self.reader.done()

    async def tell(self, number: int, message: wire.Message) -> wire.Message:
        """Send a message about an article and wait for what comes of it. Raises WorkerDied."""
        if not self.alive:
            raise WorkerDied
        answer = self.waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._send({"number": number, **message})
            told: wire.Message = await answer
            return told
        except asyncio.CancelledError:
            self.drop(number)
            raise
        finally:
            self.waiting.pop(number, None)

    def drop(self, number: int) -> None:
        """Leave an article's conversation unfinished."""
        if self.alive:
            self._send({"number": number, "drop": True})

    async def end(self) -> None:
        """Close its input, wait, and end it by force where that does not help."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), CLOSING_SECONDS)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        await asyncio.wait([self.reader])

    def _send(self, message: wire.Message) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(ConnectionError, RuntimeError):  # it died: the reader tells those who wait
            self.process.stdin.write(wire.packed(message))

    async def _read(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(ConnectionError, ValueError):
            while line := await self.process.stdout.readline():
                message = json.loads(line)
                answer = self.waiting.get(message.get("number"))
                if answer is not None and not answer.done():
                    answer.set_result(message)
        for answer in self.waiting.values():
            if not answer.done():
                answer.set_exception(WorkerDied())


class InProcesses:
    """Desks in `count` processes; one that dies is replaced, and its articles begin again with the replies they had."""

    def __init__(self, configuration: Configuration, count: int) -> None:
        self._configuration = configuration
        self._count = count
        self._workers: list[_Worker] = []
        self._starting = asyncio.Lock()
        self._numbers = itertools.count()

    async def converse(self, job: Job, ask: Ask) -> Finished:
        """The finished record. An article that its worker does not survive twice ends as a failure."""
        answers: list[Answer] = []
        began = perf_counter()
        for _ in range(DEATHS):
            try:
                return await self._converse(job, ask, answers, began)
            except WorkerDied:
                continue
        return Finished.of(
            Failure(
                id=job.loaded.article.id,
                reason="worker_died",
                message=f"the process that read it died, {DEATHS} times",
                hint="is there enough memory? then report it with the article",
                where=job.loaded.where or None,
            )
        )

    async def aclose(self) -> None:
        """End all processes."""
        workers, self._workers = self._workers, []
        await asyncio.gather(*(worker.end() for worker in workers))

    async def _converse(self, job: Job, ask: Ask, answers: list[Answer], began: float) -> Finished:
        worker = await self._least_busy()
        number = next(self._numbers)
        known = [wire.answer_to(answer) for answer in answers]
        message = wire.loaded_to(job.loaded) | {"answers": known, "spent": perf_counter() - began}
        while True:
            told = await worker.tell(number, message)
            if "finished" in told:
                return wire.finished_from(told["finished"])
            if "fault" in told:
                return Finished.of(fault(job, told["fault"]))
            try:
                answer = await _answer(ask, ChatRequest.model_validate(told["request"]))
            except BaseException:
                worker.drop(number)
                raise
            answers.append(answer)
            message = wire.answer_to(answer)

    async def _least_busy(self) -> _Worker:
        async with self._starting:
            self._workers = [worker for worker in self._workers if worker.alive]
            while len(self._workers) < self._count:
                self._workers.append(await _started(self._configuration))
        return min(self._workers, key=lambda worker: len(worker.waiting))


async def _started(configuration: Configuration) -> _Worker:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reportedly.batch.worker",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    assert process.stdin is not None
    process.stdin.write(configuration.model_dump_json().encode() + b"\n")
    return _Worker(process)


async def _answer(ask: Ask, request: ChatRequest) -> Answer:
    """What goes back to the conversation; what ends the run is raised."""
    try:
        return await ask(request)
    except BudgetExceeded:
        raise
    except ModelError as error:
        if error.stops_run:
            raise
        return error


def fault(job: Job, name: str) -> Failure:
    """The record of an article that a fault of ours kept from its report."""
    return Failure(
        id=job.loaded.article.id,
        reason="internal_error",
        message=f"a fault of reportedly ({one_line(name)})",
        hint="run 'reportedly summarise --debug' on this article and report what it prints",
        where=job.loaded.where or None,
    )
