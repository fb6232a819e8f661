"""Model objects that are handed in, and what only langchain does."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.exceptions import ContextOverflowError, ModelRateLimitError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

from reportedly import errors
from reportedly.llm import ChatRequest, Finish, ReplySchema, Structured, Turn
from reportedly.llm.dialect import Dialects
from reportedly.llm.langchain_dialects import SMALLEST_WINDOW, call_settings, window_for
from reportedly.llm.langchain_replies import reply_of_message
from reportedly.llm.through_langchain import ThroughLangChain
from tests.unit.llm.conftest import ask

SCHEMA = ReplySchema(name="reply", body={"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]})


class Own(BaseChatModel):
    """A user's own model object: synchronous, without structured output."""

    answer: Any = "ja"
    temperature: float = 0.3
    seen: list[list[BaseMessage]] = Field(default_factory=list)
    threads: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "own"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.seen.append(messages)
        self.threads.append(threading.current_thread().name)
        if isinstance(self.answer, Exception):
            raise self.answer
        message = self.answer if isinstance(self.answer, AIMessage) else AIMessage(self.answer)
        return ChatResult(generations=[ChatGeneration(message=message)])


def own(answer: Any = "ja", **settings: Any) -> tuple[Own, ThroughLangChain]:
    model = Own(answer=answer, seen=[], threads=[], **settings)
    return model, ThroughLangChain(model, dialects=Dialects())


async def test_a_model_object_is_taken_as_it_is() -> None:
    model, adapter = own('{"a": "ja"}')
    reply = await adapter.complete(ask().model_copy(update={"reply_schema": SCHEMA}))
    assert reply.text == '{"a": "ja"}'
    assert reply.finish is Finish.STOP
    assert reply.structured is Structured.PLAIN, "it can do no better, and that is found out without a request"
    assert reply.attempts == len(model.seen) == 1
    assert '"required":["a"]' in str(model.seen[0][0].content)
    assert reply.tokens.estimated
    assert adapter.identity.options["temperature"] == 0.3
    assert model.threads[0].startswith("reportedly-llm")


async def test_the_lesson_is_kept() -> None:
    _, adapter = own('{"a": "ja"}')
    asked = ask().model_copy(update={"reply_schema": SCHEMA})
    first, second = await adapter.complete(asked), await adapter.complete(asked)
    assert first.structured is second.structured is Structured.PLAIN


async def test_a_pinned_mode_that_is_not_there_is_an_error() -> None:
    _, adapter = own()
    asked = ask().model_copy(update={"reply_schema": SCHEMA, "structured": Structured.JSON_SCHEMA})
    with pytest.raises(errors.RequestInvalid, match="json_schema"):
        await adapter.complete(asked)


async def test_turns_keep_their_order_and_roles() -> None:
    model, adapter = own()
    turns = tuple(Turn(role=role, text=role) for role in ("user", "assistant", "user"))
    await adapter.complete(ChatRequest(system="s", turns=turns))
    assert [message.type for message in model.seen[0]] == ["system", "human", "ai", "human"]


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (ModelRateLimitError("slow"), errors.RateLimited),
        (ContextOverflowError("long"), errors.ContextTooLong),
        (RuntimeError("CUDA out of memory"), errors.ProviderFault),
        (ConnectionRefusedError("no"), errors.ConnectionFault),
    ],
)
async def test_whatever_it_raises_becomes_one_of_ours(failure: Exception, expected: type[errors.ModelError]) -> None:
    _, adapter = own(failure)
    with pytest.raises(expected) as caught:
        await adapter.complete(ask())
    assert type(caught.value) is expected


def test_works_in_one_event_loop_after_another() -> None:
    """langchain's clients belong to the first loop that uses them; ours is one for the process."""
    _, adapter = own()
    texts = [asyncio.run(adapter.complete(ask())).text for _ in range(3)]
    assert texts == ["ja", "ja", "ja"]


async def test_calls_run_at_once_though_the_model_knows_no_asyncio() -> None:
    barrier = threading.Barrier(20, timeout=10)

    class Waiting(Own):
        def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
            barrier.wait()
            return super()._generate(*args, **kwargs)

    adapter = ThroughLangChain(Waiting(seen=[], threads=[]), dialects=Dialects())
    assert len(await asyncio.gather(*(adapter.complete(ask()) for _ in range(20)))) == 20


def test_only_a_chat_model_is_taken() -> None:
    with pytest.raises(errors.UsageError, match="BaseChatModel"):
        ThroughLangChain("gpt")  # type: ignore[arg-type]


def test_a_provider_without_its_key_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(errors.AuthFailed) as caught:
        ThroughLangChain.named("google_genai", "gemini-2.5-flash")
    assert "GOOGLE_API_KEY" in caught.value.advice


def test_an_unknown_provider_is_a_usage_error() -> None:
    with pytest.raises(errors.UsageError, match="nowhere"):
        ThroughLangChain.named("nowhere", "x")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain import chat_models

    def absent(*_: Any, **__: Any) -> None:
        raise ImportError("langchain_ollama")

    monkeypatch.setattr(chat_models, "init_chat_model", absent)
    with pytest.raises(errors.MissingExtraError) as caught:
        ThroughLangChain.named("ollama", "qwen3:8b")
    assert "reportedly[ollama]" in caught.value.advice


def test_keys_stay_out_of_the_identity_and_are_masked() -> None:
    from reportedly.llm.redaction import redact

    adapter = ThroughLangChain.named("anthropic", "claude-haiku-4-5", api_key="ganz-geheimes-wort")
    assert "ganz-geheimes-wort" not in f"{adapter!r} {adapter.identity!r}"
    assert "ganz-geheimes-wort" not in redact("sent ganz-geheimes-wort")


def test_a_prefix_is_marked_for_caching_where_that_is_needed() -> None:
    adapter = ThroughLangChain.named("anthropic", "claude-haiku-4-5", api_key="x" * 20)
    system = adapter._messages(ask(), Structured.PLAIN)[0]
    assert isinstance(system, SystemMessage)
    assert system.content == [{"type": "text", "text": "Antworte.", "cache_control": {"type": "ephemeral"}}]


def message(reason: dict[str, Any], content: Any = '{"a": "ja"}', **more: Any) -> AIMessage:
    return AIMessage(content=content, response_metadata=reason, **more)


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ({"stop_reason": "end_turn"}, Finish.STOP),
        ({"stop_reason": "max_tokens"}, Finish.LENGTH),
        ({"stop_reason": "refusal"}, Finish.REFUSED),
        ({"stop_reason": "model_context_window_exceeded"}, Finish.LENGTH),
        ({"stop_reason": "pause_turn"}, Finish.OTHER),
        ({"finish_reason": "STOP"}, Finish.STOP),
        ({"finish_reason": "MAX_TOKENS"}, Finish.LENGTH),
        ({"finish_reason": "SAFETY"}, Finish.FILTERED),
        ({"finish_reason": "RECITATION"}, Finish.FILTERED),
        ({"finish_reason": "PROHIBITED_CONTENT"}, Finish.FILTERED),
        ({"finish_reason": "content_filter"}, Finish.FILTERED),
        ({"stopReason": "guardrail_intervened"}, Finish.FILTERED),
        ({"stopReason": "content_filtered"}, Finish.FILTERED),
        ({"stopReason": "max_tokens"}, Finish.LENGTH),
        ({"done_reason": "stop"}, Finish.STOP),
        ({"done_reason": "length"}, Finish.LENGTH),
        ({}, Finish.STOP),
    ],
)
def test_why_it_ended(reason: dict[str, Any], finish: Finish) -> None:
    reply = reply_of_message(message(reason), ask(), Structured.PLAIN, provider="x", subject="x:m")
    assert reply.finish is finish


def test_a_blocked_prompt_of_googles_is_a_filtered_reply() -> None:
    reply = reply_of_message(message({}, ""), ask(), Structured.PLAIN, provider="google_genai", subject="g:m")
    assert reply.finish is Finish.FILTERED


@pytest.mark.parametrize(
    "broken",
    [
        message({"finish_reason": "MALFORMED_FUNCTION_CALL"}, ""),
        message({"finish_reason": "stop"}, ""),
        message({"done_reason": "load"}, ""),
        message({}, "", tool_calls=[{"name": "r", "args": {}, "id": str(n)} for n in range(2)]),
        message({}, "", invalid_tool_calls=[{"name": "r", "args": "{", "id": "1", "error": None}]),
    ],
)
def test_what_is_no_reply_is_an_error_never_nothing(broken: AIMessage) -> None:
    asked = ask().model_copy(update={"reply_schema": SCHEMA})
    with pytest.raises(errors.MalformedReply):
        reply_of_message(broken, asked, Structured.TOOL, provider="x", subject="x:m")


def test_a_refusal_has_its_words() -> None:
    for refused in (
        message({}, "", additional_kwargs={"refusal": "Nein."}),
        message({}, [{"type": "refusal", "refusal": "Nein."}]),
    ):
        reply = reply_of_message(refused, ask(), Structured.PLAIN, provider="x", subject="x:m")
        assert (reply.finish, reply.refusal) == (Finish.REFUSED, "Nein.")


def test_tokens_with_their_details() -> None:
    usage = {
        "input_tokens": 100,
        "output_tokens": 50,
        "total_tokens": 150,
        "input_token_details": {"cache_read": 60, "cache_creation": 30},
        "output_token_details": {"reasoning": 40},
    }
    reply = reply_of_message(message({}, usage_metadata=usage), ask(), Structured.PLAIN, provider="x", subject="x:m")
    told = reply.tokens
    assert (told.input, told.cached, told.cache_written, told.output, told.reasoning) == (100, 60, 30, 50, 40)


def test_one_call_is_the_reply_even_where_text_was_asked_for() -> None:
    called = message({}, "", tool_calls=[{"name": "reply", "args": {"a": "ä"}, "id": "1"}])
    asked = ask().model_copy(update={"reply_schema": SCHEMA})
    reply = reply_of_message(called, asked, Structured.JSON_SCHEMA, provider="x", subject="x:m")
    assert json.loads(reply.text) == {"a": "ä"}


@pytest.mark.parametrize(
    ("provider", "settings"),
    [
        ("anthropic", {"max_tokens": 50, "temperature": 0.0}),
        ("google_genai", {"max_output_tokens": 50, "temperature": 0.0, "seed": 7}),
        ("bedrock_converse", {"max_tokens": 50, "temperature": 0.0}),
        ("ollama", {"options": {"num_predict": 50, "num_ctx": SMALLEST_WINDOW, "temperature": 0.0, "seed": 7}}),
        ("Own", {}),
    ],
)
def test_each_provider_has_its_own_names(provider: str, settings: dict[str, Any]) -> None:
    asked = ask().model_copy(update={"temperature": 0.0, "seed": 7})
    assert call_settings(provider, asked, frozenset()) == settings


def test_ollamas_window_holds_the_request_in_few_sizes() -> None:
    sizes = {window_for(ask("Wort " * count)) for count in range(0, 40_000, 500)}
    assert all(size & (size - 1) == 0 for size in sizes)
    assert len(sizes) <= 5
    assert window_for(ask("Wort " * 20_000)) >= 20_000


def test_binding_is_done_once() -> None:
    adapter = ThroughLangChain.named("ollama", "qwen3:8b")
    first: Runnable[Any, Any] = adapter._bind(SCHEMA, Structured.JSON_SCHEMA)
    assert adapter._bind(SCHEMA.model_copy(), Structured.JSON_SCHEMA) is first
    assert adapter._bind(SCHEMA, Structured.TOOL) is not first
