"""Groups N (provider and network) and M (the wire's part) of the fault table, against a real server process.

For each: the outcome, the exact number of requests on the server's side, and no secret in anything a user can see.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportedly import errors
from reportedly.llm import ChatModel, ChatRequest, ReplySchema, Structured, Turn, close
from reportedly.llm.caching import ReplyStore, keep
from reportedly.llm.dialect import Dialects
from reportedly.llm.retrying import Patience
from reportedly.llm.stacking import Guards, stack
from reportedly.llm.through_openai import ThroughOpenAI
from tests.faults.conftest import Faults

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

CANARY = "kanarienvogel-4711-geheim"
QUICK = Patience(first_wait=0.01, longest_wait=0.02, rate_limit_attempts=3)
SECONDS = 0.4
ARTICLE = "[1] Der Hafen von Dünenau bleibe gesperrt, teilte die Reederei am Abend mit."


def request(structured: Structured | None = None) -> ChatRequest:
    return ChatRequest(
        system="Antworte mit JSON.",
        turns=(Turn(role="user", text=ARTICLE),),
        reply_schema=ReplySchema(name="reply", body={"type": "object"}),
        structured=structured,
        temperature=0,
    )


@dataclass(frozen=True)
class Row:
    id: str
    scenario: str
    outcome: str
    """An error class or a finish."""
    requests: int
    structured: Structured | None = None


ROWS = (
    Row("N1 429 with Retry-After", "rate-limited", "stop", 2),
    Row("N1 429 for ever", "rate-limited-forever", "RateLimited", 3),
    Row("N2 no quota", "no-quota", "QuotaExhausted", 1),
    Row("N2 payment required", "payment-required", "QuotaExhausted", 1),
    Row("N3 Retry-After of two weeks", "wait-two-weeks", "QuotaExhausted", 1),
    Row("N3 Retry-After of a date far off", "rate-limited-date", "QuotaExhausted", 1),
    Row("N4 401", "wrong-key", "AuthFailed", 1),
    Row("N4 403", "forbidden", "AuthFailed", 1),
    Row("N4 404", "no-such-model", "ModelNotFound", 1),
    Row("N5 invalid schema", "bad-schema", "RequestInvalid", 1),
    Row("N6 content policy on the prompt", "prompt-filtered", "ContentFiltered", 1),
    Row("I3 longer than the window", "too-long", "ContextTooLong", 1),
    Row("N7 200 with an error body", "error-under-200", "stop", 2),
    Row("N7 200 with an error body for ever", "error-under-200-forever", "ProviderFault", 4),
    Row("N7 choices null", "choices-null", "stop", 2),
    Row("N7 choices empty", "choices-empty", "stop", 2),
    Row("N7 choices null for ever", "choices-null-forever", "MalformedReply", 4),
    Row("N8 burst of 5xx", "burst", "stop", 4),
    Row("N8 down", "down", "ProviderFault", 4),
    Row("N9 hang", "hang", "DeadlineExceeded", 2),
    Row("N9 hang once", "hang-once", "stop", 2),
    Row("N12 body cut", "cut", "stop", 2),
    Row("N12 half of a JSON", "half-json", "stop", 2),
    Row("N12 page of a proxy", "proxy-page", "MalformedReply", 4),
    Row("N12 page of a proxy under 502", "proxy-page-502", "stop", 2),
    Row("N13 connection reset", "reset", "stop", 2),
    Row("N15 reset for ever", "reset-forever", "Outage", 4),
    Row("N17 no usage", "no-usage", "stop", 1),
    Row("N17 usage of zero", "zero-usage", "stop", 1),
    Row("M1 cut by the cap", "length", "length", 1),
    Row("M2 reasoned away", "reasoned-away", "length", 1),
    Row("M3 refused", "refused", "refused", 1),
    Row("M4 output filtered", "output-filtered", "filtered", 1),
    Row("M2 empty once", "empty", "stop", 2),
    Row("M7 two calls", "two-calls", "MalformedReply", 4, Structured.TOOL),
    Row("A2 no json_schema", "no-json-schema", "stop", 2),
    Row("A2 no JSON at all", "no-json-at-all", "stop", 4),
    Row("A2 llama.cpp's 500", "llama", "stop", 2),
    Row("A2 pinned json_schema, not taken", "no-json-schema", "RequestInvalid", 1, Structured.JSON_SCHEMA),
    Row("A2 no temperature", "no-temperature", "stop", 2),
    Row("A2 other name of the cap", "no-max-tokens", "stop", 2),
    Row("X18 server echoes the request", "echo", "RequestInvalid", 1),
)


def model_for(faults: Faults, name: str) -> ThroughOpenAI:
    return ThroughOpenAI(name, api_key=CANARY, base_url=faults.base_url, dialects=Dialects())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
async def test_outcome_requests_and_secrecy(row: Row, faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    name = faults.model(row.scenario)
    adapter = model_for(faults, name)
    built = stack(adapter, Guards(seconds=SECONDS, patience=QUICK))
    with caplog.at_level(logging.DEBUG):
        outcome, attempts, seen_by_user = await _run(built.model, request(row.structured))
    await adapter.aclose()
    journal = faults.journal(name)
    assert outcome == row.outcome
    assert len(journal) == row.requests
    assert attempts == row.requests
    assert {entry["retry"] for entry in journal} == {"0"}, "the SDK retried by itself"
    everything = "\n".join([seen_by_user, caplog.text, repr(built), repr(adapter), repr(adapter.identity)])
    assert CANARY not in everything
    assert "Dünenau" not in seen_by_user


async def _run(model: ChatModel, asked: ChatRequest) -> tuple[str, int, str]:
    try:
        reply = await model.complete(asked)
    except errors.ModelError as error:
        shown = "".join(traceback.format_exception(error))
        return type(error).__name__, error.attempts, f"{error} {error!r} {error.advice} {shown}"
    return reply.finish.value, reply.attempts, f"{reply!r}"


async def test_the_key_does_arrive(faults: Faults) -> None:
    """Or else the secrecy above would be cheap: this server puts it into its error, and we take it out."""
    with pytest.raises(errors.AuthFailed, match=r"provided: \[redacted\]"):
        await model_for(faults, faults.model("wrong-key")).complete(request())


async def test_a_proxy_page_is_named_by_its_kind_and_beginning(faults: Faults) -> None:
    with pytest.raises(errors.MalformedReply, match=r"text/html.*Bad gateway"):
        await model_for(faults, faults.model("proxy-page")).complete(request())


async def test_a_schema_error_names_the_path(faults: Faults) -> None:
    with pytest.raises(errors.RequestInvalid, match=r"'properties', 'claims', 'items'"):
        await model_for(faults, faults.model("bad-schema")).complete(request())


async def test_a_lesson_is_learnt_once(faults: Faults) -> None:
    name = faults.model("no-json-schema")
    model = model_for(faults, name)
    first = await model.complete(request())
    second = await model.complete(request())
    assert (first.attempts, second.attempts) == (2, 1)
    assert first.structured is second.structured is Structured.JSON_OBJECT_SCHEMA
    assert [entry["body"]["response_format"]["type"] for entry in faults.journal(name)] == [
        "json_schema",
        "json_object",
        "json_object",
    ]


async def test_a_dropped_setting_is_said(faults: Faults) -> None:
    name = faults.model("no-temperature")
    reply = await model_for(faults, name).complete(request())
    assert reply.dropped == ("temperature",)
    assert ["temperature" in entry["body"] for entry in faults.journal(name)] == [True, False]


async def test_usage_left_out_is_estimated_and_marked(faults: Faults) -> None:
    for scenario in ("no-usage", "zero-usage"):
        reply = await stack(model_for(faults, faults.model(scenario))).model.complete(request())
        assert reply.tokens.estimated
        assert reply.tokens.input > 20
        assert reply.tokens.output > 2
        assert reply.cost is None


async def test_usage_and_names_are_taken_over(faults: Faults) -> None:
    reply = await model_for(faults, faults.model("ok")).complete(request())
    told = reply.tokens
    assert (told.input, told.cached, told.output, told.reasoning, told.estimated) == (120, 100, 30, 10, False)
    assert (reply.model, reply.fingerprint, reply.request_id) == ("fault-model-1", "fp_1", "req_1")


async def test_reasoning_that_eats_the_cap_is_told_apart(faults: Faults) -> None:
    eaten = await model_for(faults, faults.model("reasoned-away")).complete(request())
    cut = await model_for(faults, faults.model("length")).complete(request())
    assert (eaten.spent_on_reasoning, cut.spent_on_reasoning) == (True, False)


async def test_nothing_listens() -> None:
    """N20: an address where nothing answers stops the run after the first call's patience, not after every article."""
    model = ThroughOpenAI("any", api_key=CANARY, base_url="http://127.0.0.1:9/v1", dialects=Dialects())
    built = stack(model, Guards(patience=QUICK))
    with pytest.raises(errors.Outage) as first:
        await built.model.complete(request())
    with pytest.raises(errors.Outage) as second:
        await built.model.complete(request())
    assert (first.value.attempts, second.value.attempts) == (QUICK.attempts, 0)
    assert built.budget.spent.lost_calls == 0, "what was never sent is never billed"


async def test_a_call_out_of_time_counts_as_possible_spending(faults: Faults) -> None:
    """N10: the server may finish, and bill, what we gave up on."""
    built = stack(model_for(faults, faults.model("hang")), Guards(seconds=0.2, patience=QUICK))
    with pytest.raises(errors.DeadlineExceeded):
        await built.model.complete(request())
    assert built.budget.spent.lost_calls == QUICK.deadline_attempts
    assert built.budget.spent.lost_tokens > 0


async def test_the_callers_own_headers_stay_home(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for OpenAI in the environment must not travel to another server."""
    monkeypatch.setenv("OPENAI_API_KEY", "umgebung-geheim-0815")
    model = ThroughOpenAI(faults.model("wrong-key"), base_url=faults.base_url, dialects=Dialects())
    with pytest.raises(errors.AuthFailed, match="provided: none"):
        await model.complete(request())


async def test_the_cache_file_holds_no_key(faults: Faults, tmp_path: Path) -> None:
    adapter = model_for(faults, faults.model("ok"))
    store = ReplyStore(tmp_path / "replies.sqlite")
    model = stack(adapter, Guards(cache=store)).model
    reply = await model.complete(request())
    assert await keep(model, request(), reply)
    assert (await model.complete(request())).cached
    await close(model)
    written = _all_bytes(tmp_path)
    assert reply.text.encode().replace(b'"', b'\\"') in written
    assert CANARY.encode() not in written
    assert "Dünenau".encode() not in written


def _all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_pause_holds_back_everybody(faults: Faults) -> None:
    """N1: ten callers, one 429 that asks for 0.3 s: until then not one request more."""
    adapter = model_for(faults, faults.model("rate-limited"))
    model = stack(adapter, Guards(most_in_flight=1, patience=QUICK)).model
    first = asyncio.create_task(model.complete(request()))
    await asyncio.sleep(0.1)
    started = time.monotonic()
    others = [asyncio.create_task(model.complete(request())) for _ in range(9)]
    done, _ = await asyncio.wait([first, *others], return_when=asyncio.FIRST_COMPLETED)
    assert done
    assert time.monotonic() - started > 0.1
    assert all(reply.text for reply in await asyncio.gather(first, *others))
