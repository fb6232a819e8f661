"""A real server process on loopback, and a plain client."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

STARTING_SECONDS = 60

GERMAN = (
    "Werft vor dem Verkauf\n\nDie Küstenwerft steht nach Angaben der Hafenpost vor einem Verkauf. "
    "Die Geschäftsführung bestreitet das. Der Preis könnte 40 Millionen Euro betragen.\n"
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Parsed."""
        return json.loads(self.body)


@dataclass
class Server:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    data: Path

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, timeout: float = 30
    ) -> Answer:
        """One request on a connection of its own; a dict goes as JSON."""
        sent = dict(headers or {})
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """A POST."""
        return self.ask("POST", path, body, headers)

    @property
    def logged(self) -> str:
        """All that it wrote to standard error."""
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, *options: str, port: int | None = None, **environment: str) -> Iterator[Server]:
    """A service with these options, until the end of the block."""
    port = port or free_port()
    log = folder / f"log-{port}.txt"
    command = [sys.executable, "-m", "reportedly", "serve", "--port", str(port), "--data", str(folder / "data")]
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*command, "--workers", "1", *options], stderr=errors, env={**os.environ, **environment}
        )
    server = Server(process, port, log, folder / "data")
    try:
        _await_ready(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_ready(server: Server) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until:
        assert server.process.poll() is None, server.logged
        try:
            if server.ask("GET", "/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"not ready in {STARTING_SECONDS} s: {server.logged}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service on loopback as it starts without options."""
    with running(tmp_path_factory.mktemp("service")) as started:
        yield started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder may talk to this machine, and to nothing else."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost"]))
