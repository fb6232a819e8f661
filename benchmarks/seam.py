"""What the seam to a model costs: requests a second and CPU a call, against a server that answers after 0.5 s.

`python -m benchmarks.seam` compares the SDK's bare call, our adapter on it, our adapter with all its guards, and
langchain, at 100 and at 500 calls in flight.
"""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportedly.llm import ChatRequest, ReplySchema, Turn
from reportedly.llm.dialect import Dialects
from reportedly.llm.loop import in_shared_loop, run_sync
from reportedly.llm.retrying import Patience
from reportedly.llm.stacking import Guards, stack
from reportedly.llm.through_langchain import ThroughLangChain
from reportedly.llm.through_openai import ThroughOpenAI

LATENCY: Final = 0.5
ROUNDS: Final = 4
IN_FLIGHT: Final = (100, 500)
GOALS: Final = {100: 0.85, 500: 0.50}
if TYPE_CHECKING:
    import httpx2

KEY: Final = "bench"
REQUEST: Final = ChatRequest(
    system="Sag, wer es sagt. " * 60,
    turns=(Turn(role="user", text="[1] Die Brücke bleibe bis Mai gesperrt, sagte der Bürgermeister. " * 36),),
    reply_schema=ReplySchema(
        name="reply",
        body={
            "type": "object",
            "properties": {"summary": {"type": "string"}, "claims": {"type": "array", "items": {"type": "string"}}},
            "required": ["summary", "claims"],
            "additionalProperties": False,
        },
    ),
)
Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Measured:
    """One way of asking, at one concurrency."""

    way: str
    in_flight: int
    calls_a_second: float
    cpu_ms: float
    """Of this process, a call."""

    @property
    def share(self) -> float:
        """Of what the latency alone would allow."""
        return self.calls_a_second * LATENCY / self.in_flight


@contextmanager
def server() -> Iterator[str]:
    """A server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.latency_server", str(LATENCY)],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.stdin.close()
        process.wait(timeout=10)


async def measure(way: str, call: Call, in_flight: int) -> Measured:
    """`in_flight` workers, each asking a few times in a row, after one warm round."""

    async def work(times: int) -> None:
        for _ in range(times):
            await call()

    await asyncio.gather(*(work(1) for _ in range(in_flight)))
    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(work(ROUNDS) for _ in range(in_flight)))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    calls = in_flight * ROUNDS
    return Measured(way, in_flight, calls / wall, 1000 * cpu / calls)


def ways(base_url: str) -> Iterator[tuple[str, Call]]:
    """What is compared."""
    import openai

    from reportedly.llm.chat_completions import body_of
    from reportedly.llm.interface import Structured

    limits = openai.DefaultAsyncHttpxClient(limits=_limits())
    client = openai.AsyncOpenAI(api_key=KEY, base_url=base_url, max_retries=0, http_client=limits)
    body = body_of(REQUEST, "bench", Structured.JSON_SCHEMA, token_cap="max_tokens")
    yield "openai SDK, bare", lambda: client.chat.completions.create(**body)
    direct = ThroughOpenAI("bench", api_key=KEY, base_url=base_url, dialects=Dialects())
    yield "through_openai", lambda: direct.complete(REQUEST)
    guarded = stack(direct, Guards(most_in_flight=max(IN_FLIGHT), patience=Patience())).model
    yield "through_openai, guarded", lambda: guarded.complete(REQUEST)
    if importlib.util.find_spec("langchain_openai") is not None:
        chained = ThroughLangChain.named("openai", "bench", api_key=KEY, base_url=base_url)
        yield "through_langchain", lambda: chained.complete(REQUEST)


def _limits() -> httpx2.Limits:
    import httpx2

    return httpx2.Limits(max_connections=1000, max_keepalive_connections=1000)


async def compare() -> list[Measured]:
    """All ways at all concurrencies, one after another."""
    results = []
    with server() as base_url:
        for way, call in ways(base_url):
            for in_flight in IN_FLIGHT:
                row = await measure(way, call, in_flight)
                show(row)
                results.append(row)
    return results


def show(row: Measured) -> None:
    """One line of the table."""
    print(
        f"{row.way:26} {row.in_flight:4} in flight  {row.calls_a_second:7.1f}/s  "
        f"{row.share:4.0%} of ideal (goal {GOALS[row.in_flight]:.0%})  {row.cpu_ms:5.2f} ms CPU a call",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    run_sync(in_shared_loop(compare()))


if __name__ == "__main__":
    main()
