"""Batches of the service: each has a folder, is worked off by the batch runner, and survives any end of the process.

A batch is accepted when its input and its `job.json` are on disk; until `job.json` names an end, every start of the
service goes on with it, and the runner's journal sees that nothing is done or paid for twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from reportedly.batch import ExecutorName, Session, Stop, Tally
from reportedly.errors import ReportedlyError, StorageError
from reportedly.schema import Language
from reportedly.sources import expect, manuscripts
from reportedly.web.bodies import BatchBody, BatchState, BatchWishes
from reportedly.web.configuration import RULES, Serving
from reportedly.web.problems import Refused, refusal_of
from reportedly.web.telling import Metrics, places_of
from reportedly.wiring.batches import Workplace, batch_configuration, hands_for

AT_ONCE: Final = 2
"""Batches that are worked at; the others wait their turn."""
LETTING_GO_SECONDS: Final = 10.0
"""What the end of the service leaves to the articles in work; they are begun again at the next start."""
ENDED: Final = frozenset({BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED})
_CHUNK: Final = 1 << 16
_PROGRESS_SECONDS: Final = 0.5
"""Between two looks at the counts; a person sees no finer."""


@dataclass(slots=True)
class Job:
    """One batch."""

    id: str
    folder: Path
    owner: str
    wishes: BatchWishes
    created: str
    state: BatchState = BatchState.WAITING
    reason: str | None = None
    hint: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """As it was at the end."""
    expected: int | None = None
    tally: Tally = field(default_factory=Tally)
    stop: Stop | None = None
    told: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def source(self) -> Path:
        """The articles."""
        return self.folder / "articles.jsonl"

    @property
    def results(self) -> Path:
        """The records."""
        return self.folder / "results.jsonl"

    def body(self) -> BatchBody:
        """As it is told to its owner."""
        counts = self.counts or {name: n for name, n in self.tally.outcomes.items() if n}
        return BatchBody(
            id=self.id,
            state=self.state,
            reason=self.reason,
            hint=self.hint,
            created=self.created,
            engine=self.wishes.engine,
            expected=self.expected if self.expected is not None else self.tally.expected,
            done=sum(counts.values()),
            outcomes=counts,
        )

    def save(self) -> None:
        """Write `job.json`, whole or not at all. Raises StorageError."""
        kept = {
            "id": self.id,
            "owner": self.owner,
            "wishes": self.wishes.model_dump(mode="json"),
            "created": self.created,
            "state": self.state.value,
            "reason": self.reason,
            "hint": self.hint,
            "counts": self.counts,
            "expected": self.expected,
        }
        partial_file = self.folder / "job.json.part"
        try:
            with partial_file.open("w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            partial_file.replace(self.folder / "job.json")
            _sync(self.folder)
            _sync(self.folder.parent)
        except OSError as error:
            raise StorageError(f"the batch can't be kept: {error.strerror}") from error

    @classmethod
    def load(cls, folder: Path) -> Job:
        """The job of a folder. Raises ValueError, KeyError, OSError where it is none."""
        kept = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        wishes, state = BatchWishes.model_validate(kept.pop("wishes")), BatchState(kept.pop("state"))
        return cls(folder=folder, wishes=wishes, state=state, **kept)


class Jobs:
    """All batches of a service."""

    def __init__(self, serving: Serving, metrics: Metrics, log: Any) -> None:
        self._serving = serving
        self._metrics = metrics
        self._log = log
        self._folder = serving.data / "batches"
        self._jobs: dict[str, Job] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ending = False

    def start(self) -> None:
        """Go on with every batch that was accepted and has not ended. Raises StorageError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folders = sorted(self._folder.iterdir())
        except OSError as error:
            raise StorageError(f"{str(self._folder)!r} can't hold batches: {error.strerror}") from error
        for folder in folders:
            try:
                job = Job.load(folder)
            except FileNotFoundError:
                shutil.rmtree(folder, ignore_errors=True)  # its upload was never accepted
                continue
            except (OSError, ValueError, KeyError, TypeError) as error:
                self._log.error("batch_unreadable", folder=folder.name, error=type(error).__name__)
                continue
            self._jobs[job.id] = job
            if job.state not in ENDED:
                job.state = BatchState.WAITING
                self._work(job)
        self._count()

    async def accept(self, owner: str, wishes: BatchWishes, parts: AsyncIterator[bytes]) -> Job:
        """Take a batch; it is on disk when this returns. Raises Refused, StorageError."""
        if self._ending:
            raise Refused(503, "ending", "the service is about to end", "send it again later")
        if wishes.engine not in self._serving.engines:
            offered = ", ".join(self._serving.engines)
            raise Refused(422, "unknown_engine", "the service does not offer this engine", f"it offers: {offered}")
        most = self._serving.limits.jobs
        if sum(job.owner == owner and job.state not in ENDED for job in self._jobs.values()) >= most:
            raise Refused(
                429, "too_many_batches", f"{most} batches are at work", "wait for one", headers={"Retry-After": "10"}
            )
        name = uuid.uuid4().hex
        job = Job(name, self._folder / name, owner, wishes, datetime.now(UTC).isoformat(timespec="seconds"))
        try:
            await _store(job, parts)
        except BaseException:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise
        self._jobs[job.id] = job
        self._work(job)
        self._count()
        return job

    def of(self, owner: str) -> list[Job]:
        """A caller's batches, the latest first."""
        return sorted((job for job in self._jobs.values() if job.owner == owner), key=lambda j: j.created, reverse=True)

    def find(self, owner: str, name: str) -> Job:
        """One of them. Raises Refused for an unknown one and for another caller's alike."""
        job = self._jobs.get(name)
        if job is None or job.owner != owner:
            raise Refused(404, "not_found", "there is no such batch", "GET /v1/batches lists yours")
        return job

    async def cancel(self, job: Job) -> bool:
        """Stop a batch for good and keep what is done; remove one that has ended. Tells whether it is still there."""
        if job.state in ENDED:
            self._jobs.pop(job.id, None)
            await asyncio.to_thread(shutil.rmtree, job.folder, ignore_errors=True)
            self._count()
            return False
        job.state = BatchState.CANCELLED
        job.save()
        if job.stop is not None:
            job.stop.draining.set()
            job.stop.now.set()
        task = self._tasks.get(job.id)
        if task is not None and job.stop is None:
            task.cancel()
        job.told.set()
        self._count()
        return True

    async def end(self) -> None:
        """Put everything down so that the next start goes on with it."""
        self._ending = True
        running = [job for job in self._jobs.values() if job.stop is not None]
        for job in running:
            assert job.stop is not None
            job.stop.draining.set()
        for job in self._jobs.values():
            job.told.set()
        waiting = [task for name, task in self._tasks.items() if self._jobs[name].stop is None]
        for task in waiting:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=LETTING_GO_SECONDS)
        for job in running:
            if job.stop is not None:
                job.stop.now.set()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=LETTING_GO_SECONDS)

    async def progress(self, job: Job) -> AsyncIterator[bytes]:
        """Server-sent events: one whenever the counts have changed, until the batch or the service ends."""
        last = ""
        while True:
            now = job.body().model_dump_json()
            ended = job.state in ENDED
            if now != last:
                yield f"event: {'end' if ended else 'progress'}\ndata: {now}\n\n".encode()
                last = now
            else:
                yield b": still at it\n\n"
            if ended or self._ending:
                return
            await _wait_a_little(job)

    def _work(self, job: Job) -> None:
        task = self._tasks[job.id] = asyncio.create_task(self._work_off(job))
        task.add_done_callback(lambda _: self._tasks.pop(job.id, None))

    async def _work_off(self, job: Job) -> None:
        async with self._turns:
            if job.state in ENDED:
                return
            job.state, job.stop = BatchState.RUNNING, Stop()
            self._count()
            try:
                halted, complete = await self._session(job, job.stop)
            except ReportedlyError as error:
                halted, complete = error, False
            except Exception as error:  # noqa: BLE001 - a fault of ours ends this batch, not the service
                self._log.error("batch_fault", batch=job.id, error=type(error).__name__, at=places_of(error)[-3:])
                halted, complete = ReportedlyError("a fault of reportedly", hint="report it with the batch's id"), False
            finally:
                job.stop = None
            self._settle(job, halted, complete=complete)

    async def _session(self, job: Job, stop: Stop) -> tuple[ReportedlyError | None, bool]:
        settings, wishes = self._serving.settings, job.wishes
        settings = settings.model_copy(update={"model": None if wishes.engine == RULES else wishes.engine})
        configuration = batch_configuration(
            settings,
            words=wishes.words,
            summary=wishes.summary,
            language=Language(wishes.language) if wishes.language else None,
            read_as=Language(wishes.lang) if wishes.lang else None,
        )
        place = Workplace(ExecutorName.LOCAL, self._serving.workers)
        session = Session(
            job.results, configuration, partial(hands_for, settings, configuration, place), tally=job.tally
        )
        job.tally.expected = await asyncio.to_thread(expect, [str(job.source)])
        limits = self._serving.limits
        ended = await session.work(manuscripts([str(job.source)], max_bytes=limits.body), stop)
        return ended.halted, ended.complete

    def _settle(self, job: Job, halted: ReportedlyError | None, *, complete: bool) -> None:
        if halted is None and not complete and job.state is not BatchState.CANCELLED:
            job.state = BatchState.WAITING  # the service ends: the next start goes on
            return
        job.counts = {name: n for name, n in job.tally.outcomes.items() if n}
        job.expected = job.tally.expected
        if job.state is not BatchState.CANCELLED:
            job.state = BatchState.FAILED if halted is not None else BatchState.DONE
            if halted is not None:
                refused = refusal_of(halted)
                job.reason, job.hint = f"{refused.reason}: {refused.detail}", refused.hint
        job.save()
        job.told.set()
        self._log.info("batch", batch=job.id, state=job.state.value, **job.counts)
        self._count()

    def _count(self) -> None:
        for state in BatchState:
            self._metrics.batches.labels(state.value).set(sum(job.state is state for job in self._jobs.values()))


async def _store(job: Job, parts: AsyncIterator[bytes]) -> None:
    size = 0
    try:
        job.folder.mkdir(mode=0o700)
        with job.source.open("wb") as file:
            async for part in parts:
                size += len(part.strip())
                await asyncio.to_thread(file.write, part)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
    except OSError as error:
        raise StorageError(f"the batch can't be kept: {error.strerror}") from error
    if not size:
        raise Refused(422, "empty_batch", "there is no article in it", "send one JSON object with id and text a line")
    job.save()


async def whole_lines(path: Path) -> AsyncIterator[bytes]:
    """The records that are on disk; a line that is just being written is left out."""
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except FileNotFoundError:
        return
    rest = b""
    with file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            lines, cut, rest = (rest + chunk).rpartition(b"\n")
            if cut:
                yield lines + cut


async def _wait_a_little(job: Job) -> None:
    try:
        async with asyncio.timeout(_PROGRESS_SECONDS):
            await job.told.wait()
    except TimeoutError:
        pass


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
