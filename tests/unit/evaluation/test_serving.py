"""The rule engine behind a real HTTP address, asked by the product's own adapter."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from reportedly.api import summarise
from reportedly.evaluation.serving import COMPLETIONS, LARGEST, MODELS, model_server
from reportedly.evaluation.standing_in import MODEL, NotOurPrompt, answer
from reportedly.schema import Outcome, Report
from reportedly.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

GERMAN = (
    "Das Wasserwerk Tiefenau versorgt 86.000 Haushalte. Laut Seezeitung will die Stadt es für 45 Millionen Euro "
    "verkaufen. Der Preis solle noch steigen. Der Stadtrat könnte am 12. Mai darüber abstimmen. Oberbürgermeisterin "
    "Jutta Wendler dementierte, dass Stellen wegfallen."
)
ENGLISH = (
    "Lowmoor Rail carries 1.7 million passengers a year. The company is in talks to buy 30 new trains, the Lowmoor "
    "Gazette reported on Monday. A contract could be signed in June. Chief executive Nadia Crane denied that jobs "
    "would go. The oldest trains were built in 1979."
)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = model_server("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def labels(report: Report) -> list[tuple[int, str, str]]:
    return [(claim.sentence, claim.status.value, claim.attribution.kind.value) for claim in report.claims]


@pytest.mark.parametrize("text", [GERMAN, ENGLISH])
def test_the_model_path_says_what_the_rules_say(port: int, text: str) -> None:
    settings = Settings(base_url=f"http://127.0.0.1:{port}/v1")
    served = summarise(text, model=f"openai:{MODEL}", settings=settings)
    ruled = summarise(text)
    assert served.outcome is not Outcome.UNDETERMINED
    assert labels(served) == labels(ruled)
    assert served.provenance.model_returned == MODEL
    assert served.provenance.usage.calls >= 1
    assert served.provenance.usage.input_tokens > 1000


def test_a_merged_summary_keeps_its_sources() -> None:
    claims = "[2] (media, asserted; source: Echo) The harbour is for sale.\n[5] (article, asserted) It opened in 1931."
    user = f"Length of the summary: two\n\n=== CLAIMS abc ===\nTitle: x\n{claims}\n=== END abc ===\n"
    first, second = json.loads(answer(user))["summary"]
    assert "Echo" in first["text"]
    assert first["sentences"] == [2]
    assert second == {"text": "It opened in 1931.", "sentences": [5]}


@pytest.mark.parametrize("user", ["Hello", "=== ARTICLE abc ===\n[1] One.", "=== ARTICLE abc ===\n=== END abc ==="])
def test_it_answers_no_other_prompt(user: str) -> None:
    with pytest.raises(NotOurPrompt):
        answer(user)


def ask(
    port: int, method: str, path: str, body: bytes = b"", length: int | None = None
) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {} if length is None else {"Content-Length": str(length)}
    connection.request(method, path, body or None, headers)
    reply = connection.getresponse()
    found = json.loads(reply.read())
    connection.close()
    assert isinstance(found, dict)
    return reply.status, found


def test_it_lists_its_one_model(port: int) -> None:
    status, body = ask(port, "GET", MODELS)
    assert (status, [model["id"] for model in body["data"]]) == (200, [MODEL])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/", b"", 404),
        ("POST", "/v1/embeddings", b"{}", 404),
        ("POST", COMPLETIONS, b"not json", 400),
        ("POST", COMPLETIONS, b'{"messages": 1}', 400),
        ("POST", COMPLETIONS, b'{"messages": [{"role": "user", "content": "Hello"}]}', 400),
        ("POST", COMPLETIONS, b'{"messages": [], "messages": []}', 400),
        ("POST", COMPLETIONS, b"\xff", 400),
    ],
)
def test_what_it_can_not_answer_is_an_error_in_the_same_dialect(
    port: int, method: str, path: str, body: bytes, status: int
) -> None:
    got, reply = ask(port, method, path, body)
    assert got == status
    assert reply.keys() == {"error"}


def test_a_huge_request_is_not_read(port: int) -> None:
    assert ask(port, "POST", COMPLETIONS, length=LARGEST + 1)[0] == 413
