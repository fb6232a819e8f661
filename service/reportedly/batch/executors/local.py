"""This machine: as many articles at once as the desk and the model bear."""

from __future__ import annotations

import asyncio
from typing import Final

from reportedly.batch.interface import Desk, Finish, Finished, Job, Jobs
from reportedly.batch.stopping import Stop
from reportedly.batch.working import fault
from reportedly.errors import ReportedlyError
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.pipeline import keep_replies

SLACK: Final = 1.25
"""Articles under way for each call in flight: while one is read or checked, another one's call takes its place."""


class Local:
    """Runs up to `most` articles at once; `model` is None for the rule engine."""

    def __init__(self, desk: Desk, model: ChatModel | None, most: int) -> None:
        self._desk = desk
        self._model = model
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._halt: Exception | None = None

    async def run(self, jobs: Jobs, finish: Finish, stop: Stop) -> None:
        """See `Executor`."""
        watching = [asyncio.create_task(self._watch(event)) for event in (stop.draining, stop.now)]
        try:
            while True:
                while len(self._tasks) >= self._most and not self._ending(stop):
                    await self._change()
                job = None if self._ending(stop) else await anext(jobs, None)
                if job is None:
                    break
                task = asyncio.create_task(self._do(job, finish))
                self._tasks.add(task)
                task.add_done_callback(self._left)
            while self._tasks and not stop.now.is_set():
                await self._change()
        finally:
            left = [*watching, *self._tasks]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            await self._desk.aclose()
        if self._halt is not None:
            raise self._halt

    def _ending(self, stop: Stop) -> bool:
        return self._halt is not None or stop.draining.is_set()

    async def _change(self) -> None:
        """Wait until something has ended or somebody asks for the end."""
        await self._changed.wait()
        self._changed.clear()

    async def _watch(self, event: asyncio.Event) -> None:
        await event.wait()
        self._changed.set()

    def _left(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._changed.set()

    async def _do(self, job: Job, finish: Finish) -> None:
        try:
            await finish(job, await self._converse(job))
        except Exception as error:  # noqa: BLE001 - wrong key, full disk, a fault of ours: no further article may start
            self._halt = self._halt or error

    async def _converse(self, job: Job) -> Finished:
        exchanges: list[tuple[ChatRequest, ChatReply]] = []

        async def ask(request: ChatRequest) -> ChatReply:
            assert self._model is not None, "the rule engine asks nobody"
            reply = await self._model.complete(request)
            exchanges.append((request, reply))
            return reply

        try:
            finished = await self._desk.converse(job, ask)
        except ReportedlyError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not end the others
            return Finished.of(fault(job, type(error).__name__))
        if self._model is not None:
            await keep_replies(self._model, exchanges, useful=finished.usable)
        return finished
