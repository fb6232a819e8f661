"""Batches: accepted, worked off, followed, cancelled; and nothing is lost by any end of the service."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

from tests.web.conftest import GERMAN, Server, free_port, running

LINES = {"Content-Type": "application/x-ndjson"}


def articles(count: int, repeat: int = 1) -> bytes:
    lines = ({"id": f"a{n}", "text": f"Stand {n}.\n\n" + GERMAN * repeat} for n in range(count))
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def await_end(server: Server, name: str, seconds: float = 90) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = server.ask("GET", f"/v1/batches/{name}").json
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"not done in {seconds} s: {job}")


def ids(server: Server, name: str) -> list[str]:
    answer = server.ask("GET", f"/v1/batches/{name}/results")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    records = [json.loads(line) for line in answer.body.splitlines()]
    return sorted(record["article"]["id"] if "article" in record else record["id"] for record in records)


def test_a_batch_is_accepted_worked_off_and_fetched(server: Server) -> None:
    body = articles(5) + b'{"id": "empty", "text": ""}\n'
    answer = server.post("/v1/batches?words=20", body, **LINES)
    assert answer.status == 202
    name = answer.json["id"]
    assert answer.headers["location"] == f"/v1/batches/{name}"
    job = await_end(server, name)
    assert (job["state"], job["done"], job["outcomes"]["failed"]) == ("done", 6, 1)
    assert ids(server, name) == ["a0", "a1", "a2", "a3", "a4", "empty"]
    assert name in [known["id"] for known in server.ask("GET", "/v1/batches").json]


def test_progress_comes_as_server_sent_events(server: Server) -> None:
    name = server.post("/v1/batches", articles(30), **LINES).json["id"]
    answer = server.ask("GET", f"/v1/batches/{name}/events", timeout=60)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [event.split("\n") for event in answer.body.decode().strip().split("\n\n") if event.startswith("event:")]
    assert events[-1][0] == "event: end"
    assert json.loads(events[-1][1].removeprefix("data: "))["done"] == 30


def test_a_batch_is_cancelled_and_then_removed(server: Server) -> None:
    name = server.post("/v1/batches", articles(2_000), **LINES).json["id"]
    cancelled = server.ask("DELETE", f"/v1/batches/{name}")
    assert (cancelled.status, cancelled.json["state"]) == (200, "cancelled")
    until = time.monotonic() + 20
    while server.ask("DELETE", f"/v1/batches/{name}").status != 204 and time.monotonic() < until:
        time.sleep(0.1)
    assert server.ask("GET", f"/v1/batches/{name}").status == 404
    assert not (server.data / "batches" / name).exists()


def test_what_is_no_batch(server: Server) -> None:
    assert server.post("/v1/batches", b" \n", **LINES).json["reason"] == "empty_batch"
    assert server.post("/v1/batches", b"{}", **{"Content-Type": "text/plain"}).status == 415
    assert server.post("/v1/batches?engine=x:y", articles(1), **LINES).json["reason"] == "unknown_engine"
    assert server.ask("GET", "/v1/batches/" + "0" * 32).status == 404
    assert server.ask("GET", "/v1/batches/..%2f..").status == 404


def test_killed_in_the_middle_it_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port=port) as first:
        name = first.post("/v1/batches", articles(400, repeat=3), **LINES).json["id"]
        other = first.post("/v1/batches", articles(3), **LINES).json["id"]
        until = time.monotonic() + 60
        told = 0
        while told < 20 and time.monotonic() < until:
            told = first.ask("GET", f"/v1/batches/{name}").json["done"]
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    results = tmp_path / "data" / "batches" / name / "results.jsonl"
    before = results.read_bytes().splitlines()
    assert 0 < len(before) < 400, "it was killed in the middle"
    with running(tmp_path, port=port) as second:
        assert await_end(second, name)["done"] == 400
        assert await_end(second, other)["done"] == 3
        assert ids(second, name) == sorted(f"a{n}" for n in range(400))
    after = results.read_bytes().splitlines()
    assert len(set(before) & set(after)) >= told >= 20, "what was told to be done was not done again"


def test_a_graceful_end_keeps_every_accepted_batch(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port=port) as first:
        names = [first.post("/v1/batches", articles(150, repeat=3), **LINES).json["id"] for _ in range(4)]
    assert first.process.returncode == -signal.SIGTERM, "it ended by the signal, after all was put down"
    assert '"ended"' in first.logged
    with running(tmp_path, port=port) as second:
        for name in names:
            assert await_end(second, name)["done"] == 150
