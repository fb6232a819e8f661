"""One run: every input gets its record, from the journal or from the executor, and none is paid for twice."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from reportedly.batch.configuration import key_of, slot_of, slot_of_failure
from reportedly.batch.interface import FAILED, Executor, Finished, Job
from reportedly.batch.journal import Journal, Written
from reportedly.batch.stopping import Stop
from reportedly.batch.tally import Tally
from reportedly.batch.writing import Writer
from reportedly.errors import ReportedlyError
from reportedly.formats import record_of
from reportedly.schema import Article, Failure, Language, Report, Usage
from reportedly.sources import Loaded, Manuscript, Rejected, Repeated, admitted

READ_AT_ONCE: Final = 50
"""Inputs that are passed over before others get their turn: at 0.1 ms each, signals are heard in time."""

WRITTEN_AT_ONCE: Final = 500
"""Records that need no work (rejected inputs, known texts) and wait together for one flush to disk."""

Inputs: TypeAlias = Iterator[Manuscript | Rejected | Repeated]


@dataclass(slots=True)
class Run:
    """What a run needs; `tally` and `others` are its results."""

    journal: Journal
    fingerprint: str
    read_as: Language | None = None
    retry_failed: bool = False
    spends: bool = False
    """Whether an article costs money or a model's time, so that what is in flight is noted."""
    tally: Tally = field(default_factory=Tally)
    warn: Callable[[str], None] = lambda _: None
    others: int = 0
    """Records of other inputs that stay in the results."""
    complete: bool = False
    """Whether all inputs were read and have their record."""
    _seen: set[bytes] = field(default_factory=set)
    _gone: set[bytes] = field(default_factory=set)
    _writing: list[asyncio.Task[None]] = field(default_factory=list)
    _waiting: dict[bytes, list[Job]] = field(default_factory=dict)
    """Jobs with the text of one that is being done, by key."""

    async def carry_out(self, inputs: Inputs, executor: Executor, stop: Stop) -> None:
        """Work until all inputs have their record or `stop` says so. Raises what halts the run; the journal is safe."""
        writer = Writer(self.journal)
        jobs = self._jobs(inputs, writer, stop)
        try:
            await executor.run(jobs, lambda job, finished: self._finish(job, finished, writer), stop)
        finally:
            await jobs.aclose()
            await asyncio.gather(*self._writing, return_exceptions=True)
            await writer.aclose()
        if not stop.draining.is_set() and self.tally.open == 0:
            self.others = await asyncio.to_thread(self.journal.settle, self._seen, self._gone)
            self.complete = True

    async def _jobs(self, inputs: Inputs, writer: Writer, stop: Stop) -> AsyncGenerator[Job, None]:
        for number in itertools.count(1):
            if stop.draining.is_set():
                return
            record = next(inputs, None)
            if record is None:
                await self._settle_writing(0)
                return
            self.tally.inputs += 1
            if isinstance(record, Repeated):
                self.tally.repeated += 1
                self.warn(f"once is enough: {record.where}: {record.id} was read before")
            elif isinstance(record, Rejected):
                self._gone.add(slot_of(Manuscript(record.id, "", "")))
                await self._reject(record, slot_of_failure(record), writer)
            else:
                job = await self._job(record, writer)
                if job is not None:
                    yield job
            if number % READ_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def _job(self, manuscript: Manuscript, writer: Writer) -> Job | None:
        """The job that a manuscript means; None where its record is there or is on its way."""
        key, slot = key_of(manuscript, self.fingerprint), slot_of(manuscript)
        if self._is_done(slot, key):
            return None
        item = admitted(manuscript, language=self.read_as)
        if isinstance(item, Rejected):
            await self._reject(item, slot, writer)
            return None
        assert isinstance(item, Loaded)
        job = Job(item, key, slot)
        line = self.journal.twin(key)
        if line is not None:
            await self._write_soon(self._finish_twin(job, line, writer))
            return None
        if key in self._waiting:
            self._waiting[key].append(job)
            return None
        self._waiting[key] = []
        if self.spends:
            self.journal.begin(slot)
        return job

    def _is_done(self, slot: bytes, key: bytes) -> bool:
        entry = self.journal.entries.get(slot)
        if entry is None or entry.key != key or (self.retry_failed and entry.outcome not in ("clean", "flagged")):
            return False
        self._seen.add(slot)
        self.tally.kept += 1
        self.tally.count(entry.outcome)
        return True

    async def _reject(self, rejected: Rejected, slot: bytes, writer: Writer) -> None:
        """Costs nothing to find out again, so that it is only written where it is news."""
        failure = rejected.failure()
        self.warn(f"rejected: {failure.where or failure.id}: {failure.message}")
        entry = self.journal.entries.get(slot)
        finished = Finished.of(failure)
        if entry is None or entry.outcome != FAILED or entry.size != len(finished.line) + 1:
            await self._write_soon(self._write(finished, slot, bytes(len(slot)), writer))
        else:
            self._seen.add(slot)
            self.tally.kept += 1
            self.tally.count(FAILED)

    async def _write_soon(self, writing: Coroutine[Any, Any, None]) -> None:
        """Go on while a record is being written; a disk that is full is noticed with the next ones."""
        self._writing.append(asyncio.create_task(writing))
        await self._settle_writing(WRITTEN_AT_ONCE)

    async def _settle_writing(self, most: int) -> None:
        if len(self._writing) > most:
            writing, self._writing = self._writing, []
            await asyncio.gather(*writing)

    async def _finish(self, job: Job, finished: Finished, writer: Writer) -> None:
        await self._write(finished, job.slot, job.key, writer)
        twins = self._waiting.pop(job.key, ())
        await asyncio.gather(*(self._finish_twin(twin, finished.line, writer) for twin in twins))

    async def _finish_twin(self, job: Job, line: bytes, writer: Writer) -> None:
        self.tally.twins += 1
        await self._write(_copied(record_of(line), job.loaded.article), job.slot, job.key, writer)

    async def _write(self, finished: Finished, slot: bytes, key: bytes, writer: Writer) -> None:
        await writer.put(Written(slot, key, finished))
        self._seen.add(slot)
        self.tally.count(finished.outcome)
        self.tally.done += 1
        self.tally.errors += not finished.usable
        self.tally.cost += finished.usage.cost or 0.0


def _copied(record: Report | Failure, article: Article) -> Finished:
    """The record of the same text for another input: its own id and address, and nothing used."""
    if isinstance(record, Failure):
        return Finished.of(record.model_copy(update={"id": article.id}))
    provenance = record.provenance.model_copy(update={"usage": Usage(), "seconds": 0.0})
    own = record.article.model_copy(update={"id": article.id, "url": article.url})
    return Finished.of(record.model_copy(update={"article": own, "provenance": provenance}))


def halts(error: BaseException) -> bool:
    """Whether an error would meet every other article as well."""
    return isinstance(error, ReportedlyError) and error.stops_run
