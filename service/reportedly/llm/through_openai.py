"""OpenAI and every OpenAI-compatible server, through the openai SDK's async client, called directly."""

from __future__ import annotations

import asyncio
import json
import time
import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from reportedly.errors import (
    AuthFailed,
    ConnectionFault,
    DeadlineExceeded,
    MalformedReply,
    ModelError,
    RequestInvalid,
)
from reportedly.llm.chat_completions import body_of, read_error, reply_of
from reportedly.llm.dialect import LEARNT, OPTIONAL_SETTINGS, Dialect, Dialects
from reportedly.llm.http_errors import error_for, seconds_to_wait
from reportedly.llm.interface import ChatReply, ChatRequest, ModelIdentity, Structured
from reportedly.llm.loop import close_with_loop
from reportedly.llm.redaction import provider_message, redact, remember_secret

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

OPENAI_HOSTS: Final = ("api.openai.com", ".openai.azure.com", ".api.openai.com")
"""They reject `max_tokens` for newer models; other servers may know nothing else."""
MOST_CONNECTIONS: Final = 1000
"""At least as many as calls in flight; kept alive all, since a reconnect costs more than the call's own work."""
CONNECT_SECONDS: Final = 10.0
"""A host that takes longer to accept is down or wrong."""
LAST_RESORT_SECONDS: Final = 600.0
"""The SDK's own limit; the deadline of a call is `expiring`'s business and always shorter."""
LARGEST_BODY: Final = 16 * 1024 * 1024
"""Bytes of a reply that are parsed: a hundred times the largest output window in use."""
NO_KEY: Final = "none"
"""Sent where a server on this machine needs no key: the SDK insists on one."""


class ThroughOpenAI:
    """A `ChatModel` behind the chat-completions API.

    `base_url` None is OpenAI's own. `structured` pins one way to enforce the schema; None walks the ladder of
    `dialect`. `options` are sent with every request (for example `reasoning_effort`). The SDK never retries.
    """

    def __init__(
        self,
        model: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        structured: Structured | None = None,
        options: Mapping[str, Any] | None = None,
        dialects: Dialects = LEARNT,
    ) -> None:
        self._model = model
        self._api_key = api_key
        self._base_url = base_url
        self._structured = structured
        self._options = dict(options or {})
        self._dialects = dialects
        self._address = _address_of(base_url)
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncOpenAI] = weakref.WeakKeyDictionary()
        remember_secret(api_key)

    @property
    def name(self) -> str:
        """The model as a user would ask for it."""
        return f"openai:{self._model}"

    @property
    def identity(self) -> ModelIdentity:
        """Provider, model, address and options."""
        pinned = {"structured": self._structured.value} if self._structured else {}
        return ModelIdentity(
            provider="openai", model=self._model, address=self._address, options={**self._options, **pinned}
        )

    def __repr__(self) -> str:
        return f"ThroughOpenAI({self._model!r}, address={self._address or 'OpenAI'!r})"

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once; again only where the server rejects the way of asking (see `dialect`), at no cost in tokens."""
        started = time.monotonic()
        pinned = request.structured or self._structured
        dialect = self._dialects.of(self._model, self._address, self._default_dialect())
        learnt, attempts = dialect, 0
        while True:
            mode = pinned or learnt.structured
            attempts += 1
            try:
                reply = await self._ask(request, learnt, mode)
                break
            except _Rejected as rejection:
                may_step = pinned is None and request.reply_schema is not None
                stepped = learnt.after_rejection(rejection.status, rejection.words, may_step=may_step)
                if stepped is None:
                    rejection.error.attempts = attempts
                    raise rejection.error from None
                learnt = stepped
            except ModelError as error:
                error.attempts = attempts
                raise
        if learnt != dialect:
            self._dialects.learn(self._model, self._address, learnt)
        dropped = tuple(s for s in OPTIONAL_SETTINGS if s in learnt.dropped and getattr(request, s) is not None)
        seconds = time.monotonic() - started
        return reply.model_copy(update={"seconds": seconds, "attempts": attempts, "dropped": dropped})

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _ask(self, request: ChatRequest, dialect: Dialect, mode: Structured) -> ChatReply:
        import httpx2
        import openai

        body = body_of(request, self._model, mode, token_cap=dialect.token_cap)
        for setting in dialect.dropped:
            body.pop(setting, None)
        subject = str(self.identity)
        try:
            raw = await self._client().post(
                "/chat/completions", cast_to=httpx2.Response, body={**body, **self._options}
            )
        except openai.APIStatusError as failure:
            error = map_openai_error(failure, subject, request)
            raise _Rejected(failure.status_code, _words_of(failure), error) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError, EOFError) as failure:
            raise map_openai_error(failure, subject, request) from None
        return _read(raw, request, mode, subject)

    def _default_dialect(self) -> Dialect:
        host = self._address.split("/", 1)[0].split(":", 1)[0]
        official = not host or host.endswith(OPENAI_HOSTS)
        return Dialect(token_cap="max_completion_tokens" if official else "max_tokens")

    def _client(self) -> AsyncOpenAI:
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = self._new_client()
            close_with_loop(self)
        return client

    def _new_client(self) -> AsyncOpenAI:
        import httpx2
        import openai

        local = self._base_url is not None
        try:
            return openai.AsyncOpenAI(
                api_key=self._api_key or (NO_KEY if local else None),
                base_url=self._base_url,
                max_retries=0,
                http_client=_transport(httpx2.Timeout(LAST_RESORT_SECONDS, connect=CONNECT_SECONDS)),
            )
        except openai.OpenAIError as failure:
            raise AuthFailed(
                f"{self.identity}: {redact(str(failure))}", hint="set OPENAI_API_KEY, or --base-url for another server"
            ) from None


class _Rejected(Exception):
    """A status error, kept until it is known whether asking otherwise helps."""

    def __init__(self, status: int, words: str, error: ModelError) -> None:
        super().__init__(status)
        self.status = status
        self.words = words
        self.error = error


def map_openai_error(failure: Exception, subject: str, request: ChatRequest | None = None) -> ModelError:
    """The one of our errors that an exception of the openai SDK amounts to; secrets and article text masked."""
    import openai

    shown = provider_message(str(failure), request)
    if isinstance(failure, openai.APIStatusError):
        headers = failure.response.headers
        _, code, raw = read_error(failure.body)
        if isinstance(failure.body, dict):
            shown = provider_message(raw, request)
        else:
            raw = failure.response.text
            shown = provider_message(f"{headers.get('content-type', 'no content type')}: {raw[:200]}", request)
        return error_for(
            failure.status_code, raw, shown=shown, subject=subject, code=code, retry_after=seconds_to_wait(headers)
        )
    if isinstance(failure, openai.APITimeoutError):
        return DeadlineExceeded(f"{subject}: no answer in time")
    if isinstance(failure, openai.APIConnectionError):
        cause = failure.__cause__
        detail = f" ({type(cause).__name__}: {provider_message(str(cause), request)})" if cause else ""
        return ConnectionFault(f"{subject}: {shown}{detail}")
    if isinstance(failure, openai.APIResponseValidationError | openai.LengthFinishReasonError):
        return MalformedReply(f"{subject}: {shown}")
    if isinstance(failure, openai.OpenAIError):
        return RequestInvalid(f"{subject}: {type(failure).__name__}: {shown}")
    if isinstance(failure, OSError | EOFError):
        return ConnectionFault(f"{subject}: {type(failure).__name__}: {shown}")
    return MalformedReply(f"{subject}: {type(failure).__name__}: {shown}")


def _words_of(failure: Any) -> str:
    """Code, parameter and message of a rejection, to be read and never shown."""
    _, code, raw = read_error(failure.body)
    return f"{code} {raw} {failure.message}"


def _read(raw: httpx2.Response, request: ChatRequest, mode: Structured, subject: str) -> ChatReply:
    content = raw.content
    if len(content) > LARGEST_BODY:
        raise MalformedReply(f"{subject}: the reply has {len(content)} bytes; at most {LARGEST_BODY} are read")
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        kind = raw.headers.get("content-type", "no content type")
        shown = provider_message(content[:200].decode("utf-8", "replace"), request)
        raise MalformedReply(f"{subject}: the reply is not JSON ({kind}): {shown or 'empty'}") from None
    reply = reply_of(body, request, mode, subject=subject)
    header = raw.headers.get("x-request-id")
    return reply.model_copy(update={"request_id": header}) if header else reply


def _transport(timeout: httpx2.Timeout) -> httpx2.AsyncClient:
    import httpx2
    import openai

    limits = httpx2.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS)
    try:
        return openai.DefaultAioHttpClient(timeout=timeout, limits=limits)
    except RuntimeError:  # aiohttp is not installed
        return openai.DefaultAsyncHttpxClient(timeout=timeout, limits=limits)


def _address_of(base_url: str | None) -> str:
    if base_url is None:
        return ""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    return f"{host}{f':{parts.port}' if parts.port else ''}{parts.path.rstrip('/')}"
