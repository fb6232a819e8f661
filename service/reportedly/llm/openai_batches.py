"""OpenAI's Batch API: files up, batches started and looked at, files down; errors as everywhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reportedly.errors import ModelError
from reportedly.llm.http_errors import error_for
from reportedly.llm.redaction import provider_message
from reportedly.llm.sdk_errors import understand
from reportedly.llm.through_openai import ThroughOpenAI

if TYPE_CHECKING:
    from openai.types import Batch

Result = TypeVar("Result")

ENDPOINT: Final = "/v1/chat/completions"
MARK: Final = "reportedly"
"""The metadata under which a batch says whose it is, so that one that was started right before a crash is found."""
ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})
TOO_MUCH_WAITING: Final = "token_limit_exceeded"
"""Too many tokens of this account wait to be processed; it passes when other batches end."""
TRIES: Final = 5
FIRST_WAIT: Final = 1.0
"""Seconds, doubled with each try."""


@dataclass(frozen=True, slots=True)
class State:
    """What the provider says of a batch."""

    id: str
    status: str
    output: str | None = None
    """Id of the file of replies."""
    errors: str | None = None
    """Id of the file of requests that failed."""
    done: int = 0
    total: int = 0
    code: str = ""
    """Why it was refused as a whole."""
    problem: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED


class OpenAIBatches:
    """The four calls that a batch needs; each is tried again where that may help."""

    def __init__(self, adapter: ThroughOpenAI, *, first_wait: float = FIRST_WAIT) -> None:
        self._adapter = adapter
        self._first_wait = first_wait

    async def upload(self, path: Path) -> str:
        """Send a file of requests and return its id."""
        return await self._patiently(lambda: self._upload(path))

    async def start(self, file: str, mark: str) -> State:
        """Start a batch, or find the one that was started with this mark before: no request is bought twice."""

        async def find_or_start() -> State:
            return await self._find(mark) or await self._start(file, mark)

        return await self._patiently(find_or_start)

    async def look(self, batch: str) -> State:
        """How far a batch is."""

        async def look() -> State:
            return _state(await self._adapter.client().batches.retrieve(batch))

        return await self._patiently(look)

    async def download(self, file: str, path: Path) -> None:
        """Write a file of replies; the path exists only when all of it came."""
        await self._patiently(lambda: self._download(file, path))

    def refusal(self, state: State) -> ModelError:
        """The error that a refused batch means."""
        shown = provider_message(state.problem) or state.code or state.status
        return error_for(400, state.problem, shown=shown, subject=f"{self._adapter.identity} batch", code=state.code)

    async def _upload(self, path: Path) -> str:
        with path.open("rb") as file:
            return (await self._adapter.client().files.create(file=file, purpose="batch")).id

    async def _find(self, mark: str) -> State | None:
        async for batch in self._adapter.client().batches.list(limit=100):
            if (batch.metadata or {}).get(MARK) == mark and batch.status not in ("failed", "cancelled"):
                return _state(batch)
        return None

    async def _start(self, file: str, mark: str) -> State:
        client = self._adapter.client()
        return _state(
            await client.batches.create(
                input_file_id=file, endpoint=ENDPOINT, completion_window="24h", metadata={MARK: mark}
            )
        )

    async def _download(self, file: str, path: Path) -> None:
        part = path.with_name(path.name + ".part")
        async with self._adapter.client().files.with_streaming_response.content(file) as answer:
            with part.open("wb") as out:
                async for chunk in answer.iter_bytes():
                    out.write(chunk)
        part.replace(path)

    async def _patiently(self, call: Callable[[], Awaitable[Result]]) -> Result:
        import httpx2
        import openai

        for number in range(TRIES):
            try:
                return await call()
            except (openai.OpenAIError, httpx2.HTTPError, EOFError) as failure:
                error = understand(failure, str(self._adapter.identity)).error
                if not error.retryable or number == TRIES - 1:
                    raise error from None
                await asyncio.sleep(max(error.retry_after or 0.0, self._first_wait * 2**number))
        raise AssertionError("unreachable")


def _state(batch: Batch) -> State:
    counts: Any = batch.request_counts
    problems = (batch.errors.data if batch.errors else None) or []
    return State(
        id=batch.id,
        status=batch.status,
        output=batch.output_file_id,
        errors=batch.error_file_id,
        done=counts.completed if counts else 0,
        total=counts.total if counts else 0,
        code=next((problem.code for problem in problems if problem.code), ""),
        problem="; ".join(problem.message for problem in problems[:3] if problem.message),
    )
