"""Each provider's wire format, replayed: the same conversation must come to the same end with every one of them."""

from __future__ import annotations

import json
import os

import pytest

from reportedly import errors
from reportedly.llm import ChatReply, Finish
from reportedly.llm.budgeting import Budgeting
from tests.adapter.conversations import (
    ANSWER,
    CANARY,
    CASES,
    REAL,
    Conversation,
    Service,
    case_name,
)

pytestmark = [pytest.mark.vcr, pytest.mark.block_network(allowed_hosts=[])]

ENDING = [(s, c) for s, c in CASES if c.finish is not None]
FAILING = [(s, c) for s, c in CASES if c.error is not None]


def _named(cases: list[tuple[Service, Conversation]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("service", "conversation"), cases, ids=[case_name(s, c) for s, c in cases])


@pytest.fixture(autouse=True)
def _possible(request: pytest.FixtureRequest) -> None:
    if os.environ.get(REAL) and request.getfixturevalue("conversation").simulator_only:
        pytest.skip("a real service can't be made to say this")


@_named(ENDING)
async def test_a_reply_ends_as_it_should(service: Service, conversation: Conversation) -> None:
    model = service.connect()
    reply = await Budgeting(model).complete(conversation.request)
    assert reply.finish is conversation.finish
    assert reply.attempts == 1
    assert reply.tokens.input > 0
    if reply.finish is Finish.STOP:
        _assert_answered(reply, conversation)
    assert CANARY not in f"{model!r} {reply!r} {model.identity!r}"


def _assert_answered(reply: ChatReply, conversation: Conversation) -> None:
    said = json.loads(reply.text)
    assert set(said) == set(ANSWER)
    assert isinstance(said["sentence"], int)
    assert reply.structured is conversation.request.structured
    if not os.environ.get(REAL):
        assert said == ANSWER


@_named(FAILING)
async def test_a_failure_is_the_right_one_of_ours(service: Service, conversation: Conversation) -> None:
    with pytest.raises(errors.ModelError) as caught:
        await service.connect().complete(conversation.request)
    error = caught.value
    assert type(error).__name__ == conversation.error
    assert error.attempts == 1
    assert str(error).startswith(f"{service.name}:{service.model}")
    if conversation.name == "limited" and service.name != "ollama":  # its SDK drops the headers
        assert error.retry_after == 7.0
    assert "Köhlersfurt" not in str(error)
    assert CANARY not in f"{error!r} {error.__cause__!r}"
