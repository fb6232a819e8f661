"""The chat-completions wire format, pure: a `ChatRequest` to a body, a body to a `ChatReply`.

Spoken by OpenAI, its Batch API, and every OpenAI-compatible server.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from reportedly.errors import MalformedReply
from reportedly.llm.http_errors import error_for
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, Structured, Tokens
from reportedly.llm.redaction import provider_message

SCHEMA_IN_PROMPT: Final = (
    "\n\nReply with exactly one JSON object and nothing else: no code fence, no words before or after it. "
    "It must be valid against this JSON schema:\n"
)
_FINISHES: Final = {
    "stop": Finish.STOP,
    "tool_calls": Finish.STOP,
    "function_call": Finish.STOP,
    "eos": Finish.STOP,  # Together
    "length": Finish.LENGTH,
    "max_tokens": Finish.LENGTH,
    "model_length": Finish.LENGTH,  # Mistral
    "content_filter": Finish.FILTERED,
    "refusal": Finish.REFUSED,
}


def body_of(request: ChatRequest, model: str, structured: Structured, *, token_cap: str) -> dict[str, Any]:
    """The JSON body to post; `token_cap` is `max_completion_tokens` or `max_tokens`, whichever the server knows."""
    system = request.system
    schema = request.reply_schema
    if schema is not None and structured is not Structured.JSON_SCHEMA and structured is not Structured.TOOL:
        system += schema_text(schema.body)
    messages = [{"role": "system", "content": system}] if system else []
    messages += [{"role": turn.role, "content": turn.text} for turn in request.turns]
    body: dict[str, Any] = {"model": model, "messages": messages, token_cap: request.max_output_tokens}
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if request.seed is not None:
        body["seed"] = request.seed
    if schema is None or structured is Structured.PLAIN:
        return body
    if structured is Structured.TOOL:
        function = {"name": schema.name, "description": "Give the reply.", "parameters": schema.body}
        body["tools"] = [{"type": "function", "function": function}]
        body["tool_choice"] = {"type": "function", "function": {"name": schema.name}}
    elif structured is Structured.JSON_SCHEMA:
        strict = {"name": schema.name, "strict": True, "schema": schema.body}
        body["response_format"] = {"type": "json_schema", "json_schema": strict}
    elif structured is Structured.JSON_OBJECT_SCHEMA:
        body["response_format"] = {"type": "json_object", "schema": schema.body}
    else:
        body["response_format"] = {"type": "json_object"}
    return body


def schema_text(schema: dict[str, Any]) -> str:
    """What is added to the system text where the server can't be given the schema; the same bytes every time."""
    return SCHEMA_IN_PROMPT + json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def reply_of(body: object, request: ChatRequest, structured: Structured, *, subject: str) -> ChatReply:
    """The reply in a parsed response body; `seconds` and `attempts` are the caller's to fill in.

    Raises `ProviderFault` or its kin for an error under a success status, `MalformedReply` for what is no reply.
    """
    if not isinstance(body, dict):
        raise MalformedReply(f"{subject}: the body is a JSON {type(body).__name__}, not an object")
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        _raise_for_no_choice(body, request, subject)
    choice = choices[0]
    if isinstance(choice.get("error"), dict):  # OpenRouter: the upstream provider failed half-way
        _raise_for_no_choice(choice, request, subject)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise MalformedReply(f"{subject}: the first choice has no message")
    refusal = message.get("refusal")
    refusal = refusal if isinstance(refusal, str) and refusal.strip() else None
    finish = Finish.REFUSED if refusal else _FINISHES.get(str(choice.get("finish_reason")), Finish.OTHER)
    text = _text_of(message, request, structured, subject)
    if not text.strip() and finish in {Finish.STOP, Finish.OTHER}:
        raise MalformedReply(f"{subject}: the reply is empty (finish_reason {choice.get('finish_reason')!r})")
    return ChatReply(
        text=text,
        finish=finish,
        refusal=refusal,
        model=str(body.get("model") or ""),
        fingerprint=_word(body.get("system_fingerprint")),
        tokens=tokens_of(body.get("usage")),
        request_id=_word(body.get("id")),
        structured=structured if request.reply_schema is not None else None,
    )


def tokens_of(usage: object) -> Tokens:
    """The counts under `usage`; `estimated` and zero where there are none (`budgeting` puts our estimate in)."""
    if not isinstance(usage, dict) or not _count(usage, "prompt_tokens"):
        return Tokens(estimated=True)
    sent, received = usage.get("prompt_tokens_details"), usage.get("completion_tokens_details")
    return Tokens(
        input=_count(usage, "prompt_tokens"),
        cached=_count(sent, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens"),  # the latter: DeepSeek
        cache_written=_count(sent, "cache_write_tokens"),
        output=_count(usage, "completion_tokens"),
        reasoning=_count(received, "reasoning_tokens"),
    )


def _text_of(message: dict[str, Any], request: ChatRequest, structured: Structured, subject: str) -> str:
    calls = message.get("tool_calls")
    content = message.get("content")
    if structured is Structured.TOOL and request.reply_schema is not None and isinstance(calls, list) and calls:
        if len(calls) > 1:
            raise MalformedReply(f"{subject}: {len(calls)} calls where one was asked for")
        function = calls[0].get("function") if isinstance(calls[0], dict) else None
        arguments = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(arguments, dict):
            return json.dumps(arguments, ensure_ascii=False)
        if not isinstance(arguments, str):
            raise MalformedReply(f"{subject}: the call has no arguments")
        return arguments
    if isinstance(content, list):  # parts, as Mistral and some gateways send them
        parts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    if content is not None and not isinstance(content, str):
        raise MalformedReply(f"{subject}: the content is a JSON {type(content).__name__}, not text")
    return content or ""


def _raise_for_no_choice(body: dict[str, Any], request: ChatRequest, subject: str) -> NoReturn:
    error = body.get("error")
    if error is None:
        shown = provider_message(json.dumps(body, ensure_ascii=False), request)
        raise MalformedReply(f"{subject}: no choice in the reply: {shown}")
    status, code, raw = read_error(error)
    raise error_for(status or 200, raw, shown=provider_message(raw, request), subject=subject, code=code)


def read_error(error: object) -> tuple[int | None, str, str]:
    """Status (where the body has one), code or type, and message of an error body of any of the known shapes."""
    if isinstance(error, dict) and isinstance(error.get("error"), dict | str):
        error = error["error"]
    if not isinstance(error, dict):
        return None, "", str(error or "")
    raw = error.get("message") or error.get("detail") or error.get("msg") or json.dumps(error, ensure_ascii=False)
    code = error.get("code")
    status = code if isinstance(code, int) and 400 <= code < 600 else None
    words = [str(error.get(key)) for key in ("code", "type", "status", "param") if error.get(key)]
    metadata = error.get("metadata")
    if isinstance(metadata, dict) and metadata.get("raw"):  # OpenRouter: what the upstream provider said
        raw = f"{raw}: {metadata['raw']}"
    return status, " ".join(words), raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


def _count(counts: object, key: str) -> int:
    value = counts.get(key) if isinstance(counts, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
