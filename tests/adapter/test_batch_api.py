"""The Batch API's wire format, replayed: a file goes up, a batch runs, its replies come down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly.llm import ChatRequest, Finish, Turn
from reportedly.llm.chat_completions import reply_of
from reportedly.llm.openai_batches import ENDPOINT, OpenAIBatches
from reportedly.llm.through_openai import ThroughOpenAI
from tests.adapter.conversations import ARTICLE, SCHEMA, SERVICES, SYSTEM

pytestmark = [pytest.mark.vcr, pytest.mark.block_network(allowed_hosts=[])]

MARK = "0123456789abcdef0123456789abcdef"
REQUEST = ChatRequest(system=SYSTEM, turns=(Turn(role="user", text=ARTICLE),), reply_schema=SCHEMA)
MOST_LOOKS = 10


@pytest.fixture
def vcr_config(vcr_config: dict[str, Any]) -> dict[str, Any]:
    """An upload's boundary is drawn anew each time, so its body can't be compared; the tests look at the rest."""
    return {**vcr_config, "match_on": ["method", "scheme", "host", "path"]}


@pytest.fixture
def default_cassette_name() -> str:
    return "openai-batch"


async def test_a_batch_from_upload_to_replies(tmp_path: Path) -> None:
    adapter = next(service for service in SERVICES if service.name == "openai").connect()
    assert isinstance(adapter, ThroughOpenAI)
    batches = OpenAIBatches(adapter)
    body, mode = adapter.wire_body(REQUEST)
    lines = [{"custom_id": name, "method": "POST", "url": ENDPOINT, "body": body} for name in ("one", "two")]
    requests = tmp_path / "requests.jsonl"
    requests.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")

    file = await batches.upload(requests)
    state = await batches.start(file, MARK)
    assert (state.ended, state.id[:5]) == (False, "batch")
    assert (await batches.start(file, MARK)).id == state.id, "found by its mark, not started again"
    for _ in range(MOST_LOOKS):
        state = await batches.look(state.id)
        if state.ended:
            break
    assert (state.status, state.done, state.total) == ("completed", 2, 2)
    assert state.output is not None
    await batches.download(state.output, tmp_path / "output.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "output.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["custom_id"] for row in rows) == ["one", "two"]
    for row in rows:
        reply = reply_of(row["response"]["body"], REQUEST, mode, subject="openai")
        assert (row["response"]["status_code"], reply.finish) == (200, Finish.STOP)
        assert reply.text
