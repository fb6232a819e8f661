"""What the service costs: /v1/flags against a bare FastAPI echo of the same body, and 1,000 connections at once.

`python -m benchmarks.serving` starts each in a process of its own on loopback and asks from this one, with 16
connections that are kept open, half a kilobyte a body, in turns, so that both meet the same machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

CONNECTIONS: Final = 16
SECONDS: Final = 5.0
ROUNDS: Final = 3
CROWD: Final = 1_000
BODY: Final = json.dumps(
    {
        "text": "Werft vor dem Verkauf\n\nDie Küstenwerft steht nach Angaben der Hafenpost vor einem Verkauf. "
        "Die Geschäftsführung bestreitet das. Der Preis könnte 40 Millionen Euro betragen. Der Betriebsrat sagte am "
        "Montag, man habe aus der Zeitung davon erfahren."
    }
).encode()
ECHO: Final = """
import fastapi, uvicorn
app = fastapi.FastAPI()
@app.post("/v1/flags")
async def echo(body: dict) -> dict:
    return body
uvicorn.run(app, host="127.0.0.1", port={port}, log_level="error", http="h11", loop="asyncio", access_log=False)
"""


@dataclass(slots=True)
class Measured:
    """Of one round."""

    rate: float
    p50: float
    p99: float
    failed: int = 0


@contextmanager
def served(command: list[str], port: int) -> Iterator[int]:
    """A server, once it listens."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def request(port: int) -> bytes:
    """The bytes of one request."""
    head = f"POST /v1/flags HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> int:
    """The status of one answer, read to its end."""
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12])


async def load(port: int) -> Measured:
    """All connections, for the time of a round."""
    times: list[float] = []
    failed = 0
    until = time.perf_counter() + SECONDS

    async def caller() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        sent = request(port)
        while (began := time.perf_counter()) < until:
            failed += await ask(reader, writer, sent) != 200
            times.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(caller() for _ in range(CONNECTIONS)))
    times.sort()
    return Measured(len(times) / SECONDS, times[len(times) // 2], times[int(len(times) * 0.99)], failed)


async def crowd(port: int) -> dict[int, int]:
    """1,000 connections that are all open before the first request is sent; answers by status."""
    opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CROWD)]
    statuses = await asyncio.gather(*(ask(reader, writer, request(port)) for reader, writer in opened))
    for _, writer in opened:
        writer.close()
    return {status: statuses.count(status) for status in sorted(set(statuses))}


def ports() -> tuple[int, int]:
    """Two free ones."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def main() -> None:
    """Print the table."""
    first, second = ports()
    workers = str(os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder:
        options = ["--per-minute", "10000000", "--at-once", "2000", "--workers", workers, "--data", folder]
        serve = [sys.executable, "-m", "reportedly", "serve", "--port", str(first), *options]
        echo = [sys.executable, "-c", ECHO.format(port=second)]
        with served(echo, second), served(serve, first):
            for _ in range(ROUNDS):
                for name, port in (("echo", second), ("/v1/flags", first)):
                    told = asyncio.run(load(port))
                    print(
                        f"{name:10} {told.rate:7.0f} requests/s   p50 {told.p50 * 1e3:6.1f} ms   "
                        f"p99 {told.p99 * 1e3:6.1f} ms   {told.failed} failed"
                    )
            print(f"{CROWD} connections at once: answers by status {asyncio.run(crowd(first))}")
            print(f"and afterwards: {asyncio.run(load(first)).failed} failed")


if __name__ == "__main__":
    main()
