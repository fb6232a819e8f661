"""A chat-completions server with faults on order: `python -m tests.faults.server` prints its port and serves.

The model's name chooses the fault: `SCENARIO/anything`. A scenario is a list of answers, one a request, the last for
ever; `/journal?model=…` gives the requests seen for a model and `/reset` forgets them. Only the standard library, and
raw HTTP/1.1, because most faults are below what a web framework lets one do.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

REPLY: Final = '{"answer":"ja"}'
USAGE: Final = {
    "prompt_tokens": 120,
    "completion_tokens": 30,
    "total_tokens": 150,
    "prompt_tokens_details": {"cached_tokens": 100},
    "completion_tokens_details": {"reasoning_tokens": 10},
}
FOREVER: Final = 3600.0


@dataclass(frozen=True)
class Answer:
    """What goes over the wire for one request."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    delay: float = 0.0
    cut: int | None = None
    """Send only this many bytes of the body, then end the connection."""
    reset: bool = False
    """End the connection with a TCP reset instead of an answer."""


def completion(content: object = REPLY, finish: str = "stop", **changes: Any) -> dict[str, Any]:
    """A chat completion; `changes` replace top-level fields, `message` the whole message; a None field is left out."""
    message = changes.pop("message", {"role": "assistant", "content": content, "refusal": None})
    body = {
        "id": "chatcmpl-fault",
        "object": "chat.completion",
        "created": 1,
        "model": "fault-model-1",
        "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": USAGE,
    }
    body.update(changes)
    return {key: value for key, value in body.items() if value is not ...}


def ok(body: object = None, *, delay: float = 0.0) -> Answer:
    """A success."""
    return Answer(json.dumps(completion() if body is None else body).encode(), delay=delay)


def error(status: int, message: str, code: str | None = None, kind: str = "error", **headers: str) -> Answer:
    """An error in OpenAI's shape."""
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(json.dumps(body).encode(), status, (("Content-Type", "application/json"), *named))


def raw(body: str, status: int = 200, content_type: str = "text/html") -> Answer:
    """Any bytes."""
    return Answer(body.encode(), status, (("Content-Type", content_type),))


SCHEMA_REJECTED: Final = (
    "Invalid schema for response_format 'reply': In context=('properties', 'claims', 'items'), "
    "'additionalProperties' is required to be supplied and to be false."
)
NO_JSON_SCHEMA: Final = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
NO_JSON_OBJECT: Final = "This response_format type is unavailable now"
LLAMA_SAYS: Final = (
    "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), "
    "'msg': \"Input should be 'text' or 'json_object'\", 'input': 'json_schema'}]"
)

SCENARIOS: Final[dict[str, list[Answer]]] = {
    "ok": [ok()],
    "slow": [ok(delay=0.5)],
    "needs-key": [ok(completion('{"ok": true}'))],
    "probe-ok": [ok(completion('{"ok": true}'))],
    "rate-limited": [error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="0.3"), ok()],
    "rate-limited-date": [
        error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="Fri, 01 Jan 2100 00:00:00 GMT")
    ],
    "rate-limited-forever": [error(429, "Rate limit reached", "rate_limit_exceeded")],
    "no-quota": [error(429, "You exceeded your current quota, please check your plan", "insufficient_quota")],
    "wait-two-weeks": [error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="1209600")],
    "payment-required": [error(402, "Insufficient credits")],
    "wrong-key": [error(401, "Incorrect API key provided: {key}.", "invalid_api_key")],
    "forbidden": [error(403, "Project is not allowed to use this model, key {key}")],
    "no-such-model": [error(404, "The model does not exist or you have no access", "model_not_found")],
    "bad-schema": [error(400, SCHEMA_REJECTED, "invalid_json_schema")],
    "prompt-filtered": [error(400, "The response was filtered due to our content management policy", "content_filter")],
    "too-long": [error(400, "This model's maximum context length is 8192 tokens", "context_length_exceeded")],
    "error-under-200": [ok({"error": {"message": "upstream failed for key {key}", "code": 502}}), ok()],
    "error-under-200-forever": [ok({"error": {"message": "upstream failed", "code": 502}})],
    "choices-null": [ok(completion(choices=None)), ok()],
    "choices-empty": [ok(completion(choices=[])), ok()],
    "choices-null-forever": [ok(completion(choices=None))],
    "burst": [error(503, "overloaded"), error(529, "overloaded_error"), error(500, "server had an error"), ok()],
    "down": [error(503, "overloaded")],
    "hang": [Answer(b"", delay=FOREVER)],
    "hang-once": [Answer(b"", delay=FOREVER), ok()],
    "cut": [Answer(json.dumps(completion()).encode(), cut=40), ok()],
    "half-json": [raw('{"choices": [{"mess', content_type="application/json"), ok()],
    "proxy-page": [raw("<html><title>Bad gateway</title>key {key}</html>")],
    "proxy-page-502": [raw("<html><title>Bad gateway</title></html>", 502), ok()],
    "reset": [Answer(b"", reset=True), ok()],
    "reset-forever": [Answer(b"", reset=True)],
    "no-usage": [ok(completion(usage=...))],
    "zero-usage": [ok(completion(usage={"prompt_tokens": 0, "completion_tokens": 0}))],
    "length": [ok(completion('{"answer":"j', "length"))],
    "reasoned-away": [
        ok(
            completion(
                None,
                "length",
                usage={
                    "prompt_tokens": 9,
                    "completion_tokens": 64,
                    "completion_tokens_details": {"reasoning_tokens": 64},
                },
            )
        )
    ],
    "refused": [
        ok(completion(message={"role": "assistant", "content": None, "refusal": "I'm sorry, I can't help with that."}))
    ],
    "output-filtered": [ok(completion('{"answer":"j', "content_filter"))],
    "empty": [ok(completion("")), ok()],
    "no-json-schema": [error(400, NO_JSON_SCHEMA), ok()],
    "no-json-at-all": [*[error(400, NO_JSON_SCHEMA)], *[error(400, NO_JSON_OBJECT)] * 2, ok()],
    "llama": [error(500, LLAMA_SAYS), ok()],
    "no-temperature": [error(400, "Unsupported value: 'temperature' does not support 0 with this model"), ok()],
    "no-max-tokens": [
        error(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"),
        ok(),
    ],
    "two-calls": [
        ok(
            completion(
                message={"role": "assistant", "content": None, "tool_calls": [{"function": {"arguments": "{}"}}] * 2}
            )
        )
    ],
    "echo": [error(422, "could not read: {last}")],
}


class FaultServer:
    """Serves the scenarios and keeps a journal by model name."""

    def __init__(self) -> None:
        self.journal: dict[str, list[dict[str, Any]]] = defaultdict(list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        _, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        answer = self._answer(target, headers, body)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.reset:
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing sends a reset
            writer.transport.abort()
            return False
        names = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        head_out = (
            f"HTTP/1.1 {answer.status} X\r\nContent-Length: {len(answer.body)}\r\nx-request-id: req_1\r\n{names}\r\n"
        )
        writer.write(head_out.encode())
        writer.write(answer.body if answer.cut is None else answer.body[: answer.cut])
        await writer.drain()
        return answer.cut is None

    def _answer(self, target: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/journal":
            return Answer(json.dumps(self.journal[parse_qs(parts.query)["model"][0]]).encode())
        if parts.path == "/reset":
            self.journal.clear()
            return Answer(b"{}")
        sent = json.loads(body)
        model = str(sent["model"])
        answers = SCENARIOS[model.partition("/")[0]]
        seen = self.journal[model]
        seen.append({"path": parts.path, "body": sent, "retry": headers.get("x-stainless-retry-count")})
        answer = answers[min(len(seen), len(answers)) - 1]
        if model.startswith("needs-key/") and "schluessel-4711" not in headers.get("authorization", ""):
            answer = error(401, "Incorrect API key provided: {key}.", "invalid_api_key")
        key = headers.get("authorization", "").removeprefix("Bearer ")
        filled = answer.body.replace(b"{key}", key.encode())
        filled = filled.replace(b"{last}", json.dumps(sent["messages"][-1]["content"])[1:-1].encode())
        return Answer(filled, answer.status, answer.headers, answer.delay, answer.cut, answer.reset)


def _until_end(ended: asyncio.Future[None]) -> None:
    if not os.read(sys.stdin.fileno(), 1) and not ended.done():
        ended.set_result(None)


async def serve_until_end(faults: FaultServer) -> None:
    """Serve on a free port of this machine until standard input ends."""
    server = await asyncio.start_server(faults.serve, "127.0.0.1", 0, limit=1 << 24, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    loop.add_reader(sys.stdin.fileno(), _until_end, ended)
    await ended

    sys.stdout.flush()
    os._exit(0)  # connections are open on purpose; nothing is to be tidied


if __name__ == "__main__":
    asyncio.run(serve_until_end(FaultServer()))
