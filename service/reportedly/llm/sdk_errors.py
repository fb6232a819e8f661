"""Which of our errors an exception of a provider's SDK amounts to.

The SDKs are not imported: an exception is known by the names in its ancestry, by the HTTP status it carries, and by
what it was raised from. `tests/adapter/test_sdk_errors.py` walks every exception class that the SDKs define.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reportedly.errors import (
    AuthFailed,
    ConnectionFault,
    ContextTooLong,
    DeadlineExceeded,
    MalformedReply,
    ModelError,
    ModelNotFound,
    ProviderFault,
    RateLimited,
    RequestInvalid,
)
from reportedly.llm.chat_completions import read_error
from reportedly.llm.http_errors import error_for, seconds_to_wait
from reportedly.llm.interface import ChatRequest
from reportedly.llm.redaction import provider_message

# Top-level package and class; the nearest ancestor that is listed decides. What carries an HTTP status is not asked.
BY_NAME: Final[Mapping[str, type[ModelError]]] = {
    "openai.APITimeoutError": DeadlineExceeded,
    "openai.APIConnectionError": ConnectionFault,
    "openai.APIResponseValidationError": MalformedReply,
    "openai.LengthFinishReasonError": MalformedReply,
    "openai.ContentFilterFinishReasonError": MalformedReply,
    "openai.SubjectTokenProviderError": AuthFailed,
    "openai.APIError": ProviderFault,
    "openai.OpenAIError": RequestInvalid,
    "anthropic.APITimeoutError": DeadlineExceeded,
    "anthropic.APIConnectionError": ConnectionFault,
    "anthropic.APIResponseValidationError": MalformedReply,
    "anthropic.CredentialsError": AuthFailed,
    "anthropic.APIError": ProviderFault,
    "anthropic.AnthropicError": RequestInvalid,
    "google.UnknownApiResponseError": MalformedReply,
    "google.DefaultCredentialsError": AuthFailed,
    "google.RefreshError": AuthFailed,
    "google.GoogleAuthError": AuthFailed,
    "google.APIError": ProviderFault,
    "langchain_google_genai.GoogleGenerativeAIError": ProviderFault,
    "botocore.NoCredentialsError": AuthFailed,
    "botocore.PartialCredentialsError": AuthFailed,
    "botocore.CredentialRetrievalError": AuthFailed,
    "botocore.UnknownCredentialError": AuthFailed,
    "botocore.NoAuthTokenError": AuthFailed,
    "botocore.TokenRetrievalError": AuthFailed,
    "botocore.MetadataRetrievalError": AuthFailed,
    "botocore.RefreshWithMFAUnsupportedError": AuthFailed,
    "botocore.SSOError": AuthFailed,
    "botocore.LoginError": AuthFailed,
    "botocore.ProfileNotFound": AuthFailed,
    "botocore.ReadTimeoutError": DeadlineExceeded,
    "botocore.ConnectTimeoutError": ConnectionFault,
    "botocore.ConnectionError": ConnectionFault,
    "botocore.HTTPClientError": ConnectionFault,
    "botocore.IncompleteReadError": ConnectionFault,
    "botocore.ChecksumError": MalformedReply,
    "botocore.FlexibleChecksumError": MalformedReply,
    "botocore.ResponseParserError": MalformedReply,
    "botocore.EventStreamError": ProviderFault,
    "botocore.NoInitialResponseError": MalformedReply,
    "botocore.CapacityNotAvailableError": RateLimited,
    "botocore.ClientError": ProviderFault,
    "botocore.BotoCoreError": RequestInvalid,  # regions, profiles, parameters: wrong before anything is sent
    "ollama.RequestError": RequestInvalid,
    "ollama.ResponseError": ProviderFault,
    "langchain_core.ModelAuthenticationError": AuthFailed,
    "langchain_core.ModelPermissionDeniedError": AuthFailed,
    "langchain_core.ModelNotFoundError": ModelNotFound,
    "langchain_core.ModelRateLimitError": RateLimited,
    "langchain_core.ModelAPIError": ProviderFault,
    "langchain_core.ModelConnectionError": ConnectionFault,
    "langchain_core.ModelTimeoutError": DeadlineExceeded,
    "langchain_core.ContextOverflowError": ContextTooLong,
    "langchain_core.ModelInvalidRequestError": RequestInvalid,
    "langchain_core.OutputParserException": MalformedReply,
    "langchain_core.LangChainException": ProviderFault,
    "httpx.CookieConflict": ProviderFault,
    "httpx.TimeoutException": DeadlineExceeded,
    "httpx.HTTPError": ConnectionFault,
    "httpx.StreamError": ConnectionFault,
    "httpx.InvalidURL": RequestInvalid,
    "httpx2.CookieConflict": ProviderFault,
    "httpx2.TimeoutException": DeadlineExceeded,
    "httpx2.HTTPError": ConnectionFault,
    "httpx2.StreamError": ConnectionFault,
    "httpx2.InvalidURL": RequestInvalid,
    "aiohttp.ServerTimeoutError": DeadlineExceeded,
    "aiohttp.InvalidURL": RequestInvalid,
    "aiohttp.ClientError": ConnectionFault,
    "pydantic_core.ValidationError": MalformedReply,
    "pydantic.ValidationError": MalformedReply,
    "json.JSONDecodeError": MalformedReply,
    "builtins.TimeoutError": DeadlineExceeded,
    "builtins.EOFError": ConnectionFault,
    "builtins.OSError": ConnectionFault,
}
_NOT_CONNECTED: Final = frozenset({"ConnectError", "ConnectTimeout", "ConnectTimeoutError", "EndpointConnectionError"})
_CUT_LATER: Final = re.compile(r"closed|reset|without sending|disconnected|ReadError|not enough data", re.IGNORECASE)
_RETRY_DELAY: Final = re.compile(r"retryDelay\W{1,6}(\d{1,7}(?:\.\d{1,9})?)s")  # Google puts it into the body
_LONGEST_CHAIN: Final = 6
"""Exceptions in a row of causes that are looked at."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an exception and its causes tell."""

    status: int | None = None
    code: str = ""
    raw: str = ""
    headers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """Our error, and what it was made from: to be read, never shown."""

    error: ModelError
    status: int | None
    words: str


def understand(failure: BaseException, subject: str, request: ChatRequest | None = None) -> Understood:
    """Our error for an exception of an SDK; no secret and no article text is in its message.

    What is none of the SDKs' own exceptions counts as a fault of the provider: adapters raise plain `ValueError` and
    `KeyError` for replies that they did not expect.
    """
    facts = _facts_of(failure)
    shown = provider_message(facts.raw, request)
    if facts.status is not None and facts.status >= 400:
        waiting = seconds_to_wait(facts.headers)
        delay = _RETRY_DELAY.search(facts.raw)
        error = error_for(
            facts.status,
            facts.raw,
            shown=shown,
            subject=subject,
            code=facts.code,
            retry_after=waiting if waiting is not None or delay is None else float(delay[1]),
        )
        return Understood(error, facts.status, f"{facts.code} {facts.raw}")
    kind = _kind_of(failure)
    error = kind(f"{subject}: {_name(failure)}: {shown}" if shown else f"{subject}: {_name(failure)}")
    error.may_be_billed = kind in {DeadlineExceeded, MalformedReply} or (kind is ConnectionFault and _was_sent(failure))
    return Understood(error, None, facts.raw)


def chain(failure: BaseException) -> Iterator[BaseException]:
    """The exception and what it was raised from, outermost first."""
    seen: BaseException | None = failure
    for _ in range(_LONGEST_CHAIN):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def kind_by_name(failure: BaseException) -> type[ModelError] | None:
    """The entry of the table for the nearest listed ancestor."""
    for ancestor in type(failure).__mro__:
        package = ancestor.__module__.partition(".")[0]
        kind = BY_NAME.get(f"{package}.{ancestor.__name__}")
        if kind is not None:
            return kind
    return None


def _kind_of(failure: BaseException) -> type[ModelError]:
    links = list(chain(failure))
    if any(type(link).__name__ in _NOT_CONNECTED for link in links):  # SDKs report it as a time-out of the call
        return ConnectionFault
    return next((kind for kind in map(kind_by_name, links) if kind is not None), ProviderFault)


def _facts_of(failure: BaseException) -> _Facts:
    for link in chain(failure):
        status, code, raw = _status_of(link), "", ""
        headers: Mapping[str, Any] = {}
        response = getattr(link, "response", None)
        if isinstance(response, dict):  # botocore
            metadata = response.get("ResponseMetadata") or {}
            status = metadata.get("HTTPStatusCode") or status
            headers = metadata.get("HTTPHeaders") or {}
            code = str((response.get("Error") or {}).get("Code") or "")
            raw = str((response.get("Error") or {}).get("Message") or link)
        elif response is not None:
            headers = getattr(response, "headers", None) or {}
        body = getattr(link, "body", None) or getattr(link, "details", None)
        if isinstance(body, dict | list):
            _, code, raw = read_error(body[0] if isinstance(body, list) and body else body)
            raw = f"{raw} {_delays(body)}".strip()
        elif response is not None and not raw:
            raw = _page(response, headers)
        if status is not None:
            return _Facts(status, code, raw or str(link), headers)
    return _Facts(raw=_deepest_words(failure))


def _status_of(link: BaseException) -> int | None:
    """The status of an HTTP response; aiohttp and others put other numbers into `code`, so Google alone is asked."""
    google = type(link).__module__.startswith(("google.", "langchain_google"))
    for name in ("status_code", "code") if google else ("status_code",):
        value = getattr(link, name, None)
        if isinstance(value, int) and not isinstance(value, bool) and 100 <= value < 600:
            return value
    return None


def _delays(body: object) -> str:
    found = _RETRY_DELAY.search(json.dumps(body, ensure_ascii=False, default=str))
    return found[0] if found else ""


def _page(response: Any, headers: Mapping[str, Any]) -> str:
    """The kind and the first characters of a body that is no JSON: it tells a proxy from a provider."""
    try:
        text = response.text
    except Exception:  # noqa: BLE001 - an unread stream, each SDK with an exception of its own
        return ""
    return f"{headers.get('content-type', 'no content type')}: {text[:200]}" if isinstance(text, str) else ""


def _deepest_words(failure: BaseException) -> str:
    """What the chain says, each message once; SDKs hide the reason in the cause."""
    words: list[str] = []
    for link in chain(failure):
        said = str(link).strip() or _name(link)
        if said and not any(said in other for other in words):
            words.append(said)
    return " ← ".join(words)


def _was_sent(failure: BaseException) -> bool:
    """Whether the request may have reached the provider: the connection stood, and ended later."""
    links = list(chain(failure))
    if any(type(link).__name__ in _NOT_CONNECTED for link in links):
        return False
    return any(_CUT_LATER.search(f"{type(link).__name__} {link}") for link in links)


def _name(failure: BaseException) -> str:
    return type(failure).__name__
