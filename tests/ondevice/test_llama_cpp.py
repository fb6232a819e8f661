"""The adapter against llama.cpp's own dialect of chat completions."""

from __future__ import annotations

import json

import pytest

from reportedly import errors
from reportedly.llm import ChatRequest, Finish, ReplySchema, Structured, Turn
from reportedly.llm.dialect import Dialects
from reportedly.llm.probing import probe
from reportedly.llm.stacking import Guards, stack
from reportedly.llm.through_openai import ThroughOpenAI

pytestmark = [pytest.mark.ondevice, pytest.mark.block_network(allowed_hosts=["127.0.0.1"])]

SCHEMA = ReplySchema(
    name="reply",
    body={
        "type": "object",
        "properties": {
            "status": {"type": "string", "enum": ["said", "denied", "unsure"]},
            "sentence": {"type": "integer"},
            "source": {"anyOf": [{"type": "null"}, {"type": "boolean"}]},
        },
        "required": ["status", "sentence", "source"],
        "additionalProperties": False,
    },
)


def model(address: str, dialects: Dialects | None = None) -> ThroughOpenAI:
    return ThroughOpenAI("tiny-random", base_url=address, dialects=dialects or Dialects())


def ask(*, structured: Structured | None = None, cap: int = 200, text: str = "Wer sagt es?") -> ChatRequest:
    return ChatRequest(
        system="Antworte mit JSON.",
        turns=(Turn(role="user", text=text),),
        reply_schema=SCHEMA,
        structured=structured,
        max_output_tokens=cap,
        temperature=0,
        seed=1,
    )


def assert_fits(text: str) -> None:
    said = json.loads(text)
    assert set(said) == {"status", "sentence", "source"}
    assert said["status"] in {"said", "denied", "unsure"}
    assert isinstance(said["sentence"], int)


async def test_the_ladder_finds_the_grammar(llama: str) -> None:
    adapter = model(llama)
    first = await adapter.complete(ask())
    again = await adapter.complete(ask())
    assert first.structured is Structured.JSON_OBJECT_SCHEMA
    assert (first.attempts, again.attempts) == (2, 1)
    assert first.finish is Finish.STOP
    assert_fits(first.text)
    assert first.text == again.text, "the same weights, the same seed"
    assert first.tokens.input > 50
    assert not first.tokens.estimated


async def test_a_forced_call_is_bound_by_the_grammar_as_well(llama: str) -> None:
    reply = await model(llama).complete(ask(structured=Structured.TOOL))
    assert_fits(reply.text)


async def test_a_reply_cut_by_the_cap_says_so(llama: str) -> None:
    reply = await model(llama).complete(ask(cap=5))
    assert reply.finish is Finish.LENGTH


async def test_a_prompt_beyond_the_window_is_told_apart(llama: str) -> None:
    with pytest.raises(errors.ContextTooLong):
        await model(llama).complete(ask(text="Wort " * 10_000))


async def test_unbound_rubbish_is_never_an_answer(llama: str) -> None:
    found = await probe(model(llama))
    assert found.structured is not Structured.JSON_SCHEMA
    plain = await stack(model(llama), Guards(seconds=60)).model.complete(ask(structured=Structured.PLAIN, cap=50))
    with pytest.raises(ValueError, match=r".*"):
        json.loads(plain.text)
    assert plain.cost is None
