"""A langchain message to a `ChatReply`: text, why it ended, what it used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from reportedly.errors import MalformedReply
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, Structured, Tokens

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_FINISHES: Final = {
    # Anthropic, Bedrock
    "end_turn": Finish.STOP,
    "stop_sequence": Finish.STOP,
    "tool_use": Finish.STOP,
    "max_tokens": Finish.LENGTH,
    "model_context_window_exceeded": Finish.LENGTH,
    "refusal": Finish.REFUSED,
    "guardrail_intervened": Finish.FILTERED,
    "content_filtered": Finish.FILTERED,
    # Google
    "stop": Finish.STOP,
    "safety": Finish.FILTERED,
    "recitation": Finish.FILTERED,
    "blocklist": Finish.FILTERED,
    "prohibited_content": Finish.FILTERED,
    "spii": Finish.FILTERED,
    "image_safety": Finish.FILTERED,
    "language": Finish.FILTERED,
    # OpenAI, Ollama and their kin
    "length": Finish.LENGTH,
    "content_filter": Finish.FILTERED,
    "tool_calls": Finish.STOP,
    "function_call": Finish.STOP,
}
_MALFORMED: Final = frozenset(
    {"malformed_function_call", "malformed_model_output", "malformed_tool_use", "unexpected_tool_call", "load"}
)
_OWN_IDS: Final = ("lc_run-", "run-")
"""langchain's own numbering, of no use in a complaint to the provider."""
_REASONS: Final = ("stop_reason", "finish_reason", "stopReason", "done_reason")
_NAMES: Final = ("model_name", "model", "model_id", "model_version")


def reply_of_message(
    message: AIMessage, request: ChatRequest, mode: Structured, *, provider: str, subject: str
) -> ChatReply:
    """The reply in a message; `seconds` and `attempts` are the caller's to fill in.

    Raises `MalformedReply` for a reply without content that gives no reason for it, or with more than one call.
    """
    told: Mapping[str, Any] = message.response_metadata or {}
    reason = next((str(told[name]) for name in _REASONS if told.get(name)), "")
    refusal = _refusal_in(message)
    text = _text_of(message, request, mode, subject)
    if reason.lower() in _MALFORMED:
        raise MalformedReply(f"{subject}: the reply ended with {reason!r}")
    finish = Finish.REFUSED if refusal else _finish_for(reason, text, provider)
    if not text.strip() and finish in {Finish.STOP, Finish.OTHER}:
        raise MalformedReply(f"{subject}: the reply is empty (it ended with {reason!r})")
    return ChatReply(
        text=text,
        finish=finish,
        refusal=refusal,
        model=next((str(told[name]) for name in _NAMES if told.get(name)), ""),
        fingerprint=told.get("system_fingerprint") or None,
        tokens=_tokens_of(message.usage_metadata),
        request_id=_request_id(message, told),
        structured=mode if request.reply_schema is not None else None,
    )


def _finish_for(reason: str, text: str, provider: str) -> Finish:
    if not reason and not text and provider == "google_genai":
        return Finish.FILTERED  # a blocked prompt comes as a reply without a candidate
    if not reason and text:
        return Finish.STOP  # a model object that reports no reason, such as a local pipeline
    return _FINISHES.get(reason.lower(), Finish.OTHER)


def _text_of(message: AIMessage, request: ChatRequest, mode: Structured, subject: str) -> str:
    text = str(message.text)
    calls, broken = message.tool_calls, message.invalid_tool_calls
    if request.reply_schema is None or (mode is not Structured.TOOL and text.strip()):
        return text
    if broken:  # some integrations answer every schema with a call, whatever the mode
        raise MalformedReply(f"{subject}: the call's arguments are no JSON")
    if len(calls) > 1:
        raise MalformedReply(f"{subject}: {len(calls)} calls where one was asked for")
    return json.dumps(calls[0]["args"], ensure_ascii=False) if calls else text


def _refusal_in(message: AIMessage) -> str | None:
    words = message.additional_kwargs.get("refusal")
    if isinstance(words, str) and words.strip():
        return words
    if isinstance(message.content, list):
        for block in message.content:
            if isinstance(block, dict) and block.get("type") == "refusal":
                return str(block.get("refusal") or block.get("text") or "refused")
    return None


def _tokens_of(usage: Mapping[str, Any] | None) -> Tokens:
    if not usage or not usage.get("input_tokens"):
        return Tokens(estimated=True)
    sent = usage.get("input_token_details") or {}
    received = usage.get("output_token_details") or {}
    return Tokens(
        input=usage["input_tokens"],
        cached=sent.get("cache_read") or 0,
        cache_written=_cache_written(sent),
        output=usage.get("output_tokens") or 0,
        reasoning=received.get("reasoning") or 0,
    )


def _cache_written(sent: Mapping[str, Any]) -> int:
    """Anthropic splits what it wrote by how long it is kept, beside or instead of the sum."""
    by_age = sum(sent.get(name) or 0 for name in ("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"))
    return max(sent.get("cache_creation") or 0, by_age)


def _request_id(message: AIMessage, told: Mapping[str, Any]) -> str | None:
    aws = told.get("ResponseMetadata")
    found = (aws.get("RequestId") if isinstance(aws, dict) else None) or told.get("id") or message.id
    return str(found) if found and not str(found).startswith(_OWN_IDS) else None
