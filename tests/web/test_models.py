"""A model behind the service: a real chat-completions server on loopback answers, and then is gone."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.evaluation.serving import model_server
from reportedly.evaluation.standing_in import MODEL
from reportedly.schema import Report
from tests.web.conftest import GERMAN, Server, running
from tests.web.test_batches import LINES, await_end

NAME = f"openai:{MODEL}"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a model server."""
    with model_server("127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.fixture(scope="module")
def modelled(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service that offers it."""
    folder = tmp_path_factory.mktemp("modelled")
    with running(
        folder, "--model", NAME, "--base-url", address, REPORTEDLY_API_KEY="canary-key-of-the-model"
    ) as server:
        yield server


def test_a_caller_chooses_the_model(modelled: Server) -> None:
    assert modelled.ask("GET", "/readyz").json["engines"] == ["rules", NAME]
    report = Report.model_validate_json(modelled.post("/v1/summaries", {"text": GERMAN, "engine": NAME}).body)
    assert (report.provenance.engine, report.provenance.model) == ("model", NAME)
    assert report.provenance.usage.calls >= 1
    by_rules = Report.model_validate_json(modelled.post("/v1/summaries", {"text": GERMAN}).body)
    assert by_rules.provenance.engine == "rules"
    assert "canary-key" not in modelled.logged


def test_a_check_asks_the_model(modelled: Server) -> None:
    summary = "Die Küstenwerft wird für 50 Millionen Euro verkauft."
    answer = modelled.post("/v1/checks", {"text": GERMAN, "summary": summary, "engine": NAME})
    assert answer.status == 200
    assert answer.json["outcome"] in ("flagged", "undetermined")


def test_a_batch_asks_the_model(modelled: Server) -> None:
    lines = b"".join(json.dumps({"id": f"m{n}", "text": GERMAN}).encode() + b"\n" for n in range(3))
    name = modelled.post(f"/v1/batches?engine={NAME}", lines, **LINES).json["id"]
    assert await_end(modelled, name)["done"] == 3
    records = modelled.ask("GET", f"/v1/batches/{name}/results").body.splitlines()
    assert {json.loads(record)["provenance"]["engine"] for record in records} == {"model"}


def test_a_model_that_is_not_there_is_the_service_s_problem_not_the_article_s(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    options = ("--model", NAME, "--base-url", nobody)
    with running(tmp_path, *options, REPORTEDLY_API_KEY="canary", REPORTEDLY_RETRIES="0") as server:
        answer = server.post("/v1/flags", {"text": GERMAN, "engine": NAME})
        assert (answer.status, answer.json["reason"]) == (502, "outage")
        assert nobody not in answer.body.decode(), "where the model lives is the service's own affair"
        assert server.post("/v1/flags", {"text": GERMAN}).json["claims"]
