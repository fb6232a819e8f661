"""OpenAI and every OpenAI-compatible server, through the openai SDK's async client, called directly."""

from __future__ import annotations

import asyncio
import json
import weakref
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from reportedly.errors import AuthFailed, MalformedReply
from reportedly.llm.chat_completions import body_of, reply_of
from reportedly.llm.dialect import LEARNT, TOKEN_CAPS, Dialect, Dialects, Rejected, Speaker
from reportedly.llm.interface import ChatReply, ChatRequest, ModelIdentity, Structured
from reportedly.llm.loop import close_with_loop
from reportedly.llm.redaction import provider_message, redact, remember_secret
from reportedly.llm.sdk_errors import understand

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

OPENAI_URL: Final = "https://api.openai.com/v1"
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
        import_module("openai")  # here, where it takes half a second from nobody's deadline
        self._model = model
        self._api_key = api_key
        self._base_url = base_url
        self._options = dict(options or {})
        address = address_of(base_url)
        pinned = {"structured": structured.value} if structured else {}
        self._identity = ModelIdentity(
            provider="openai", model=model, address=address, options={**self._options, **pinned}
        )
        self._speaker = Speaker(model, address, _default_dialect(address), structured, dialects)
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncOpenAI] = weakref.WeakKeyDictionary()
        remember_secret(api_key)

    @property
    def name(self) -> str:
        """The model as a user would ask for it."""
        return f"openai:{self._model}"

    @property
    def identity(self) -> ModelIdentity:
        """Provider, model, address and options."""
        return self._identity

    def __repr__(self) -> str:
        return f"ThroughOpenAI({self._model!r}, address={self._identity.address or 'OpenAI'!r})"

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask in a way that the server takes (see `dialect`)."""
        return await self._speaker.speak(request, self._ask)

    def wire_body(self, request: ChatRequest) -> tuple[dict[str, Any], Structured]:
        """The body as it would be sent now, in the way that the server was found to take, and the mode of its schema.

        For a Batch API, which can't be asked otherwise once it has rejected a request.
        """
        dialect, mode = self._speaker.now(request)
        return self._body(request, dialect, mode), mode

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _ask(self, request: ChatRequest, dialect: Dialect, mode: Structured) -> ChatReply:
        import httpx2
        import openai

        body = self._body(request, dialect, mode)
        subject = str(self.identity)
        try:
            raw = await self.client().post("/chat/completions", cast_to=httpx2.Response, body=body)
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError, EOFError) as failure:
            raise Rejected(understand(failure, subject, request)) from None
        return _read(raw, request, mode, subject)

    def _body(self, request: ChatRequest, dialect: Dialect, mode: Structured) -> dict[str, Any]:
        body = body_of(request, self._model, mode, token_cap=dialect.token_cap)
        for setting in dialect.dropped:
            body.pop(setting, None)
        return {**body, **self._options}

    def client(self) -> AsyncOpenAI:
        """The SDK's client on the running loop."""
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = self._new_client()
            close_with_loop(self)
        return client

    def _new_client(self) -> AsyncOpenAI:
        import httpx2
        import openai

        from reportedly.llm.pooling import transport

        elsewhere = self._base_url is not None  # and then the key for OpenAI in the environment stays here
        try:
            client = openai.AsyncOpenAI(
                api_key=self._api_key or (NO_KEY if elsewhere else None),
                base_url=self._base_url or OPENAI_URL,
                max_retries=0,
                http_client=openai.DefaultAsyncHttpxClient(
                    timeout=httpx2.Timeout(LAST_RESORT_SECONDS, connect=CONNECT_SECONDS),
                    limits=httpx2.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS),
                    transport=transport(),
                ),
            )
        except openai.OpenAIError as failure:
            raise AuthFailed(
                f"{self.identity}: {redact(str(failure))}",
                hint="set OPENAI_API_KEY, or --base-url and REPORTEDLY_API_KEY for another server",
            ) from None
        remember_secret(client.api_key)
        return client


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


def _default_dialect(address: str) -> Dialect:
    host = address.split("/", 1)[0].split(":", 1)[0]
    official = not host or host.endswith(OPENAI_HOSTS)
    return Dialect(token_cap=TOKEN_CAPS[0] if official else TOKEN_CAPS[1])


def address_of(base_url: str | None) -> str:
    """Host and path of a URL, without the user info, the query and the fragment that may hold a secret."""
    if base_url is None:
        return ""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    return f"{host}{f':{parts.port}' if parts.port else ''}{parts.path.rstrip('/')}"
