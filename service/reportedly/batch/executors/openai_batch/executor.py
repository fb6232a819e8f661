"""Leads every conversation to its next request, sends all of them together, and goes on with the replies."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportedly.batch.executors.openai_batch.budget import BatchBudget
from reportedly.batch.executors.openai_batch.ledger import Ledger, Line, Sealed
from reportedly.batch.executors.openai_batch.spool import Parked, Spool
from reportedly.batch.interface import Ask, Desk, Finish, Finished, Job, Jobs
from reportedly.batch.stopping import Stop
from reportedly.batch.working import fault
from reportedly.errors import BudgetExceeded, ModelError, ProviderFault, QuotaExhausted, ReportedlyError
from reportedly.llm.chat_completions import read_error, reply_of
from reportedly.llm.http_errors import error_for
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.llm.openai_batches import ENDPOINT, TOO_MUCH_WAITING, OpenAIBatches, State
from reportedly.llm.pricing import BATCH_SHARE, price
from reportedly.llm.redaction import provider_message
from reportedly.llm.through_openai import ThroughOpenAI

MOST_TRIES: Final = 3
"""Times that a request is sent which comes back without a reply (expired, the server failed)."""
FIRST_LOOK: Final = 5.0
"""Seconds until a batch is looked at; grows by half each time, up to the setting."""


class Waits(Exception):
    """A conversation asks what is not answered yet."""

    def __init__(self, custom_id: str) -> None:
        super().__init__(custom_id)
        self.custom_id = custom_id


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom to send to, and how often to look."""

    adapter: ThroughOpenAI
    live: ChatModel
    """The same model with its guards, for the first article: it shows that key, name and settings are right."""
    batches: OpenAIBatches
    longest_look: float
    """Seconds between two looks at a batch."""
    at_once: int = 4
    """Conversations that are led at once."""


class OpenAIBatch:
    """Rounds of batches, until no conversation waits any more."""

    def __init__(
        self,
        desk: Desk,
        provider: Provider,
        folder: Path,
        budget: BatchBudget,
        warn: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._provider = provider
        self._budget = budget
        self._warn = warn
        self._ledger = Ledger.open(folder)
        self._spool = Spool(folder / "waiting.jsonl")
        self._at_once = provider.at_once
        self._probed = False
        self._halt: ReportedlyError | None = None

    async def run(self, jobs: Jobs, finish: Finish, stop: Stop) -> None:
        """See `Executor`. A drain leaves the batches with the provider; the next run collects them."""
        try:
            await self._take_in(jobs, finish, stop)
            while not self._leaves(stop) and (self._spool.count or self._ledger.files):
                await self._round(finish, stop)
            self._tell_what_stays()
        finally:
            self._ledger.close()
            self._spool.close()
            await self._desk.aclose()
        if self._halt is not None:
            raise self._halt
        if not stop.draining.is_set():
            shutil.rmtree(self._ledger.folder, ignore_errors=True)

    def _leaves(self, stop: Stop) -> bool:
        """Whether to wait no longer; a spent budget still waits for what it bought."""
        return stop.draining.is_set() or not isinstance(self._halt, BudgetExceeded | None)

    async def _take_in(self, jobs: Jobs, finish: Finish, stop: Stop) -> None:
        """Lead each conversation to its first request; one by one until it is known how the model is to be asked."""
        places = asyncio.Semaphore(self._at_once)
        async with asyncio.TaskGroup() as group:
            while self._halt is None and not stop.draining.is_set():
                job = await self._next(jobs)
                if job is None:
                    return
                if not self._probed:
                    await self._advance(job, finish)
                    continue
                await places.acquire()
                group.create_task(self._advance(job, finish)).add_done_callback(lambda _: places.release())

    async def _next(self, jobs: Jobs) -> Job | None:
        try:
            return await anext(jobs, None)
        except ReportedlyError as error:  # a full disk
            self._halt = error
            return None

    async def _round(self, finish: Finish, stop: Stop) -> None:
        """Send what is ready, wait for a batch to end, and go on with the conversations that it answers."""
        self._ledger.seal()
        try:
            await self._send()
            await self._wait(stop)
        except ReportedlyError as error:
            self._halt = error
            return
        places = asyncio.Semaphore(self._at_once)
        async with asyncio.TaskGroup() as group:
            for parked in self._spool.turn():
                if self._ledger.awaits(parked.custom_id) or self._leaves(stop):
                    self._spool.park(parked)
                    continue
                await places.acquire()
                task = group.create_task(self._advance(parked.job, finish))
                task.add_done_callback(lambda _: places.release())

    async def _advance(self, job: Job, finish: Finish) -> None:
        """Lead one conversation as far as replies go."""
        try:
            try:
                finished = await self._desk.converse(job, self._asking(job))
            except (Waits, ReportedlyError):
                raise
            except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not end the others
                finished = Finished.of(fault(job, type(error).__name__))
            self._budget.settle(job.key, finished.usage)
            await finish(job, finished)
        except Waits as wait:
            self._spool.park(Parked(job, wait.custom_id))
        except ReportedlyError as error:
            self._halt = self._halt or error

    def _asking(self, job: Job) -> Ask:
        live = False

        async def ask(request: ChatRequest) -> ChatReply:
            nonlocal live
            custom_id = f"{job.key.hex()}-{request.digest()[:16]}"
            found = self._ledger.reply(custom_id)
            if found is not None:
                return self._read(found, request)
            if self._ledger.missing[custom_id] >= MOST_TRIES:
                raise ProviderFault(f"the batch gave no reply, {MOST_TRIES} times")
            if live or not (self._probed or self._ledger.awaits(custom_id)):
                live = self._probed = True
                return await self._provider.live.complete(request)
            bought = self._ledger.awaits(custom_id)
            self._budget.reserve(job.key, custom_id, request, bought=bought)
            if not bought:
                body, _ = self._provider.adapter.wire_body(request)
                self._ledger.add(custom_id, body, ENDPOINT)
            raise Waits(custom_id)

        return ask

    def _read(self, row: Line, request: ChatRequest) -> ChatReply:
        """The reply in a line of a batch's output. Raises the ModelError of this article where it is one."""
        identity = self._provider.adapter.identity
        response = row["response"]
        if response["status_code"] != 200:
            _, code, raw = read_error(response.get("body"))
            error = error_for(
                response["status_code"],
                raw,
                shown=provider_message(raw, request),
                subject=str(identity),
                code=code,
            )
            raise ProviderFault(error.message, hint=error.advice) if error.stops_run else error
        mode = self._provider.adapter.wire_body(request)[1]
        reply = reply_of(response.get("body"), request, mode, subject=str(identity))
        full = price(identity, reply.tokens)
        cost = None if full is None or reply.tokens.estimated else full * BATCH_SHARE
        return reply.model_copy(update={"cost": cost, "request_id": response.get("request_id")})

    async def _send(self) -> None:
        """Upload and start what is sealed; each id is on disk before the next step."""
        ledger, batches = self._ledger, self._provider.batches
        for file in list(ledger.files.values()):
            if file.batch is not None:
                continue
            if file.uploaded is None:
                ledger.note_upload(file, await batches.upload(ledger.folder / file.name))
            assert file.uploaded is not None
            try:
                state = await batches.start(file.uploaded, file.mark)
            except ModelError as error:
                if "enqueued" in error.message.lower() and await self._make_room(file):
                    continue
                raise
            ledger.note_batch(file, state.id)
            self._warn(f"batch {state.id}: {len(file.ids)} requests sent")

    async def _wait(self, stop: Stop) -> None:
        """Look from time to time until a batch has ended, and collect all that have."""
        pause = min(FIRST_LOOK, self._provider.longest_look)
        while not stop.draining.is_set():
            ended = False
            for file in list(self._ledger.files.values()):
                if file.batch is None:
                    continue
                state = await self._provider.batches.look(file.batch)
                if state.ended:
                    ended = True
                    await self._collect(file, state)
            if ended or not any(file.batch for file in self._ledger.files.values()):
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.draining.wait(), pause)
            pause = min(self._provider.longest_look, pause * 1.5)

    async def _collect(self, file: Sealed, state: State) -> None:
        if state.status == "failed":
            self._ledger.note_refusal(file)
            if state.code != TOO_MUCH_WAITING:
                raise self._provider.batches.refusal(state)
            await self._make_room(file)
            return
        downloads = []
        number = file.name.removeprefix("requests-")
        for kind, remote in (("output", state.output), ("errors", state.errors)):
            if remote is not None:
                name = f"{kind}-{number}"
                await self._provider.batches.download(remote, self._ledger.folder / name)
                downloads.append(name)
        asked = len(file.ids)
        answered = self._ledger.collect(file, downloads)
        self._warn(f"batch {state.id} {state.status}: {answered} of {asked} requests answered")

    async def _make_room(self, file: Sealed) -> bool:
        """The account may have no more tokens waiting: wait for other batches, or send half as much."""
        if any(other.batch for other in self._ledger.files.values() if other is not file):
            return True
        if not self._ledger.split(file):
            raise QuotaExhausted("the account may not have as many tokens waiting as one request needs")
        self._warn(f"{file.name} is more than the account may have waiting: sent in two halves")
        return True

    def _tell_what_stays(self) -> None:
        waiting = [file for file in self._ledger.files.values() if file.batch]
        if waiting:
            self._warn(f"{len(waiting)} batches stay with the provider; the same command collects them")
