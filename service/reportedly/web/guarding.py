"""Stands before every route: host, origin, key, size, time and rate are checked before anything is read."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from contextlib import nullcontext
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.configuration import Serving, is_loopback
from reportedly.web.limiting import Gate
from reportedly.web.problems import Refused, answer, fault
from reportedly.web.telling import Metrics, places_of

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OPEN: Final = frozenset({"/", "/check", "/batches", "/healthz", "/readyz", "/docs", "/openapi.json"})
"""Pages and probes that anybody may look at; the forms on them ask for a key."""
_FORMS: Final = frozenset({"/", "/check"})
"""Where a key may come in a field of the form: without a script no header can be sent."""
_METHODS_THAT_ACT: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_FREE: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""What is never refused for the rate: whoever watches the service must see it when it is busy."""

CONTENT_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, serving: Serving, metrics: Metrics, log: Any) -> None:
        self._app = app
        self._serving = serving
        self._metrics = metrics
        self._log = log
        self._gate = Gate(serving.limits)
        self._hosts = _hosts_of(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; anything but HTTP passes (the server's start and end)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passing = _Passing(scope, receive, send, self._serving)
        scope.setdefault("state", {})["request_id"] = passing.request_id
        with self._metrics.in_flight.track_inprogress():
            try:
                await self._let_in(passing)
            except Refused as refused:
                await passing.refuse(refused)
                self._metrics.refused.labels(refused.reason).inc()
            except (TimeoutError, ConnectionError):
                passing.note = "caller_left"
            except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer and the log a place
                passing.note = f"{type(error).__name__} at {places_of(error)[-1]}"
                await passing.refuse(fault())
        self._tell(passing)

    async def _let_in(self, passing: _Passing) -> None:
        scope, headers = passing.scope, passing.headers
        path, acts = scope["path"], scope["method"] in _METHODS_THAT_ACT
        self._check_host(headers)
        if acts:
            _check_origin(headers)
        caller = self._caller(headers, path, acts)
        scope["state"]["caller"] = passing.caller = caller or "anybody"
        counted = (acts or path.startswith("/v1/")) and path not in _FREE
        with self._gate.admitted(passing.caller) if counted else nullcontext():
            passing.check_size()
            await self._app(scope, passing.receive, passing.send)

    def _check_host(self, headers: Headers) -> None:
        """A page of a stranger whose name was rebound to this address sends its own name."""
        if self._hosts and _name_of(headers.get("host", "")) not in self._hosts:
            raise Refused(
                421, "host_not_served", "this host name is not served here", "use the address, or --allow-host"
            )

    def _caller(self, headers: Headers, path: str, acts: bool) -> str | None:
        keys = self._serving.keys
        if not keys:
            return "local"
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and (name := keys.name_of(key.strip())):
            return name
        public = path in _OPEN or path.startswith("/assets/")
        if (public and not acts) or (path in _FORMS and acts and not scheme):
            return None
        raise Refused(
            401,
            "key_needed",
            "no valid key was given",
            "send the header 'Authorization: Bearer KEY'",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def _tell(self, passing: _Passing) -> None:
        route = passing.scope.get("route")
        place = getattr(route, "path", "other")
        seconds = time.perf_counter() - passing.began
        method = passing.scope["method"] if place != "other" else "other"
        self._metrics.requests.labels(place, method, str(passing.status)).inc()
        self._metrics.seconds.labels(place).observe(seconds)
        if place in _FREE and passing.status < 400:
            return
        more = {"note": passing.note} if passing.note else {}
        self._log.info(
            "request",
            request_id=passing.request_id,
            method=passing.scope["method"][:16],
            route=place,
            status=passing.status,
            ms=round(seconds * 1000, 1),
            caller=passing.caller,
            bytes_in=passing.taken,
            **more,
        )


class _Passing:
    """One request on its way: counts and times what comes in and goes out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, serving: Serving) -> None:
        self.scope = scope
        self.headers = Headers(scope=scope)
        given = self.headers.get("x-request-id", "")
        self.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        self.began = time.perf_counter()
        self.caller = "nobody"
        self.status = 0
        self.taken = 0
        self.note = ""
        self._receive, self._send = receive, send
        self._limits = serving.limits
        batch = scope["path"] == "/v1/batches"
        self._most = serving.limits.batch if batch else serving.limits.body
        self._deadline = self.began + serving.limits.body_seconds * (max(1, self._most / 1e6) if batch else 1)
        self._whole = False

    def check_size(self) -> None:
        """Refuse by what the head tells: a body that is too large, or packed so that it can grow."""
        if self.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise Refused(415, "encoding_not_taken", "bodies are taken unpacked", "leave out Content-Encoding")
        length = self.headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._most:
            raise self._too_large()

    async def receive(self) -> Message:
        """The next part of the body. Raises Refused over the limits."""
        if self._whole:
            return await self._receive()
        left = self._deadline - time.perf_counter()
        try:
            async with asyncio.timeout(max(0, left)):
                message = await self._receive()
        except TimeoutError:
            raise Refused(
                408, "too_slow", "the request's body did not arrive in time", "send it faster", headers=_CLOSE
            ) from None
        self.taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self.taken > self._most:
            raise self._too_large()
        return message

    async def send(self, message: Message) -> None:
        """Pass on, with the headers that every answer has. Raises TimeoutError where nobody takes it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self.request_id
            headers.setdefault("content-security-policy", CONTENT_POLICY)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        async with asyncio.timeout(self._limits.send_seconds):
            await self._send(message)

    async def refuse(self, refused: Refused) -> None:
        """Answer with a problem, unless an answer has begun."""
        if not self.status:
            await answer(refused, self.request_id)(self.scope, self._receive, self.send)

    def _too_large(self) -> Refused:
        return Refused(
            413,
            "too_large",
            f"more than {self._most:,} bytes",
            "send single articles, many of them as a batch",
            headers=_CLOSE,
        )


_CLOSE: Final = {"Connection": "close"}
"""What is still on its way is not read."""


def _hosts_of(serving: Serving) -> frozenset[str]:
    if serving.hosts:
        return frozenset(name.lower() for name in serving.hosts) | {"localhost", "127.0.0.1", "::1"}
    if is_loopback(serving.host):
        return frozenset({"localhost", "127.0.0.1", "::1", serving.host.strip("[]").lower()})
    return frozenset()


def _name_of(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _check_origin(headers: Headers) -> None:
    """A form or script of another site must not act here. Programs send neither header."""
    origin = headers.get("origin")
    crossing = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    foreign = origin is not None and _place_of(origin) != headers.get("host", "")
    if crossing or foreign:
        raise Refused(403, "cross_origin", "requests from other sites are not taken", "use the page of this service")


def _place_of(origin: str) -> str:
    """The host and port of an origin; empty for `null` and what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
