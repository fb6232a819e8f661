"""The stand-in behind a real HTTP address that speaks chat completions; standard library only."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from reportedly._version import __version__
from reportedly.evaluation.standing_in import MODEL, NotOurPrompt, answer
from reportedly.llm.tokens import estimate
from reportedly.text.strict_json import JsonFault, parse_object

LARGEST: Final = 8_000_000
"""Bytes of a request: several times the largest window."""
SLOWEST: Final = 30.0
"""Seconds that a client may take to send its request."""
COMPLETIONS: Final = "/v1/chat/completions"
MODELS: Final = "/v1/models"


class BadRequest(ValueError):
    """The request can't be answered; the message is for the caller."""


def complete(body: dict[str, Any]) -> dict[str, Any]:
    """The response body to a request body. Raises BadRequest."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        raise BadRequest("'messages' must be a list of objects")
    asked = next((one.get("content") for one in messages if one.get("role") == "user"), None)
    if not isinstance(asked, str):
        raise BadRequest("there is no user message with text")
    if body.get("stream"):
        raise BadRequest("this server does not stream")
    try:
        text = answer(asked)
    except NotOurPrompt as error:
        raise BadRequest(str(error)) from None
    sent = sum(estimate(str(one.get("content", ""))) for one in messages)
    received = estimate(text)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {
        "id": "chatcmpl-rules",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "system_fingerprint": f"reportedly-{__version__}",
        "choices": [choice],
        "usage": {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received},
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SLOWEST
    server_version = f"reportedly/{__version__}"

    def do_GET(self) -> None:
        if self.path != MODELS:
            self._fail(HTTPStatus.NOT_FOUND, f"there is {MODELS} and {COMPLETIONS}")
            return
        self._send(HTTPStatus.OK, {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0}]})

    def do_POST(self) -> None:
        if self.path != COMPLETIONS:
            self._fail(HTTPStatus.NOT_FOUND, f"there is {MODELS} and {COMPLETIONS}")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._fail(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request has a length, of at most {LARGEST} bytes")
            return
        try:
            body = parse_object(self.rfile.read(int(length)).decode())
            self._send(HTTPStatus.OK, complete(body))
        except (JsonFault, UnicodeDecodeError, BadRequest) as error:
            self._fail(HTTPStatus.BAD_REQUEST, str(error))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Nothing: requests hold articles."""

    def _fail(self, status: HTTPStatus, message: str) -> None:
        self._send(status, {"error": {"message": message, "type": "invalid_request_error", "code": None}})

    def _send(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def model_server(host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound and not yet running; port 0 takes any free one. Raises OSError where it can't bind."""
    server = ThreadingHTTPServer((host, port), _Handler)
    server.daemon_threads = True
    return server
