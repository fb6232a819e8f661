"""What a batch is made of: jobs in, finished records out, and executors between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from reportedly.batch.stopping import Stop
from reportedly.formats import report_line
from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.schema import Failure, Outcome, Report, Usage
from reportedly.sources import Loaded

FAILED: Final = "failed"
"""The outcome of an input that ended without a report."""
USABLE: Final = frozenset({Outcome.CLEAN.value, Outcome.FLAGGED.value})
"""Outcomes with a result that says something about the article."""


class ExecutorName(StrEnum):
    """What `--executor` takes."""

    LOCAL = "local"
    OPENAI_BATCH = "openai-batch"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Job:
    """An article that has no record yet."""

    loaded: Loaded
    key: bytes
    """Digest of content and configuration: the same work has the same key."""
    slot: bytes
    """Digest of the input's id: the same input has the same slot, whatever becomes of its text."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The terminal record of one input, as it goes to disk."""

    id: str
    line: bytes
    """One line of the results, without its end."""
    outcome: str
    """clean, flagged, undetermined, or failed."""
    reason: str = ""
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0

    @classmethod
    def of(cls, record: Report | Failure) -> Finished:
        """The record of a report or of a failure."""
        line = report_line(record).encode()
        if isinstance(record, Failure):
            return cls(record.id, line, FAILED, record.reason)
        provenance = record.provenance
        outcome, reason = record.outcome.value, record.reason or ""
        return cls(record.article.id, line, outcome, reason, provenance.usage, provenance.seconds)

    @property
    def usable(self) -> bool:
        """Whether there is a result that says something about the article."""
        return self.outcome in USABLE


Jobs = AsyncIterator[Job]
Finish = Callable[[Job, Finished], Awaitable[None]]
"""Returns when the record is on disk."""
Ask = Callable[[ChatRequest], Awaitable[ChatReply]]


class Executor(Protocol):
    """Gets jobs done, wherever that is."""

    async def run(self, jobs: Jobs, finish: Finish, stop: Stop) -> None:
        """Take jobs as there is room, and hand each finished record to `finish` exactly once.

        Takes no more jobs once `stop` is draining. Raises what would meet every article (wrong key, no credit, full
        disk), after what is in flight has ended; what was not finished has no record.
        """


class Desk(Protocol):
    """Leads the conversation about one article; what it asks is `ask`'s business."""

    async def converse(self, job: Job, ask: Ask) -> Finished:
        """The finished record. What `ask` raises ends the article's conversation if it is a ModelError that concerns
        this article alone, and comes out otherwise."""

    async def aclose(self) -> None:
        """Release processes."""
