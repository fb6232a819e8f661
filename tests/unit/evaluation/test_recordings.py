"""A recording plays what was recorded, says what is stale, and never reaches for the model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluation.recordings import Recording, RecordingMissing, Replaying, recording_path
from reportedly.llm import ChatRequest, ReplySchema, Turn
from reportedly.llm.scripted import Scripted


def request(words: str, system: str = "Summarise.", schema: str = "reply") -> ChatRequest:
    return ChatRequest(
        system=system,
        turns=(Turn(role="user", text=words),),
        reply_schema=ReplySchema(name=schema, body={"type": "object"}),
    )


@pytest.fixture
async def recorded(tmp_path: Path) -> Path:
    path = recording_path(tmp_path, "openai:gpt/5")
    recording = Recording(Scripted(["one", "two"]), path, "scripted")
    await recording.complete(request("a"))
    await recording.complete(request("b"))
    assert recording.save() == 2
    return path


async def test_replies_are_played_without_the_model(recorded: Path) -> None:
    replaying = Replaying(recorded, "openai:gpt/5")
    assert (await replaying.complete(request("b"))).text == "two"
    assert replaying.identity.model == "scripted"
    assert len(replaying.unused) == 1


def test_each_line_says_where_it_comes_from(recorded: Path) -> None:
    assert recorded.name == "openai_gpt_5.jsonl"
    for line in recorded.read_text().splitlines():
        fields = json.loads(line)
        assert fields["produced_by"] == "scripted"
        assert fields.keys() >= {"key", "prompt", "reply_schema", "identity", "recorded", "reply"}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (request("a", system="Summarise well."), "with the prompt"),
        (request("a", schema="other"), "with the reply schema"),
        (request("c"), "the article or an option changed"),
    ],
)
async def test_what_is_stale_is_named(recorded: Path, asked: ChatRequest, why: str) -> None:
    with pytest.raises(RecordingMissing, match=why) as caught:
        await Replaying(recorded, "m").complete(asked)
    assert "--record" in caught.value.advice


async def test_recording_again_asks_only_for_what_is_new(recorded: Path) -> None:
    model = Scripted(["three"])
    again = Recording(model, recorded, "scripted")
    assert (await again.complete(request("a"))).text == "one"
    assert (await again.complete(request("c"))).text == "three"
    assert [asked.turns[0].text for asked in model.requests] == ["c"]
    assert again.save() == 2
    assert len(Replaying(recorded, "m").unused) == 2


def test_no_recording_and_a_broken_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingMissing, match="no recording of 'm'"):
        Replaying(tmp_path / "m.jsonl", "m")
    (tmp_path / "m.jsonl").write_text('{"key": 1}\n')
    with pytest.raises(UsageError, match=r"m\.jsonl:1"):
        Replaying(tmp_path / "m.jsonl", "m")
