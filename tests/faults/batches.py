"""A Batch API with faults on order: `python -m tests.faults.batches` prints its port and serves.

The model's name chooses the fault, `SCENARIO/anything`, as in `tests.faults.server`; `/bought?model=…` gives how often
each request was processed, by custom_id and by article. Only what is processed is bought.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from tests.faults.server import Answer, FaultServer, completion, error, serve_until_end
from tests.soak.articles import MARK
from tests.soak.server import reply_to

_PATH: Final = re.compile(r"/v1/(files|batches)(?:/([\w-]+))?(/content)?$")
_PART: Final = re.compile(rb"\r\nContent-Type: [^\r]*\r\n\r\n(.*?)\r\n--", re.DOTALL)
CROWD: Final = 5
"""Requests that the account of the scenario `crowded` may have waiting."""


@dataclass
class Made:
    """A batch and what will come of it."""

    id: str
    file: str
    metadata: dict[str, str]
    looks: int = 0
    """How often it was looked at; it ends at the second look."""
    status: str = "validating"
    output: str | None = None
    errors: str | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)


class BatchServer(FaultServer):
    """Files and batches of all models; requests are processed when the batch ends."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Made] = {}
        self.bought: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.rounds: Counter[str] = Counter()
        self.unheard: set[str] = set()

    def _answer(self, target: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/bought":
            for batch in self.batches.values():  # what nobody looks at is processed, and billed, all the same
                if batch.status == "validating":
                    self._end(batch)
            return _json(self.bought[parse_qs(parts.query)["model"][0]])
        if parts.path.endswith("/chat/completions"):
            sent = json.loads(body)
            self._buy(sent, "live")
            return _json(self._completion(sent))
        path = _PATH.fullmatch(parts.path)
        if path is None:
            return error(404, f"no such path {parts.path}")
        kind, name, content = path.groups()
        if kind == "files":
            return Answer(self.files[name]) if content else self._file(body)
        if name:
            return _json(self._look(self.batches[name]))
        if body:
            return self._start(json.loads(body))
        made = [_described(batch) for batch in reversed(self.batches.values())]
        return _json({"object": "list", "data": made, "has_more": False})

    def _file(self, body: bytes) -> Answer:
        content = next(part[1] for part in _PART.finditer(body) if part[1].startswith(b"{"))
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        about = {"id": name, "object": "file", "bytes": len(content), "created_at": 1, "filename": "r.jsonl"}
        return _json({**about, "purpose": "batch", "status": "processed"})

    def _start(self, asked: dict[str, Any]) -> Answer:
        batch = Made(f"batch_{len(self.batches) + 1}", asked["input_file_id"], asked.get("metadata") or {})
        self.batches[batch.id] = batch
        if _scenario(self._model(batch)) == "started-unheard" and self._model(batch) not in self.unheard:
            self.unheard.add(self._model(batch))
            return Answer(b"", reset=True)
        return _json(_described(batch))

    def _look(self, batch: Made) -> dict[str, Any]:
        batch.looks += 1
        if batch.status == "validating" and batch.looks >= 2:
            self._end(batch)
        return _described(batch)

    def _end(self, batch: Made) -> None:
        model = self._model(batch)
        scenario = _scenario(model)
        requests = self._requests(batch)
        self.rounds[model] += 1
        first = self.rounds[model] == 1
        batch.status = "completed"
        if scenario == "refused" or (scenario == "crowded" and len(requests) > CROWD):
            batch.status = "failed"
            code = "token_limit_exceeded" if scenario == "crowded" else "invalid_request"
            batch.problems = [{"code": code, "message": f"{code}: nothing was processed", "line": None}]
            return
        if scenario == "never-answers":
            batch.status = "expired"
            return
        half = requests[: len(requests) // 2]
        if scenario in ("expires", "loses") and first:
            batch.status = "expired" if scenario == "expires" else "completed"
            self._process(batch, half)
            if scenario == "expires":
                self._fail(batch, requests[len(half) :], "batch_expired")
            return
        if scenario == "busy" and first:
            self._fail(batch, requests, 503)  # no output file at all
            return
        if scenario == "filters":
            self._process(batch, requests[1:])
            self._fail(batch, requests[:1], 400)
            return
        self._process(batch, requests)

    def _process(self, batch: Made, requests: list[dict[str, Any]]) -> None:
        lines = []
        for number, request in enumerate(reversed(requests)):  # never in the order they came
            self._buy(request["body"], request["custom_id"])
            response = {"status_code": 200, "request_id": f"r{number}", "body": self._completion(request["body"])}
            lines.append({"id": f"b{number}", "custom_id": request["custom_id"], "response": response, "error": None})
        batch.output = self._store(lines)

    def _fail(self, batch: Made, requests: list[dict[str, Any]], why: str | int) -> None:
        lines: list[dict[str, Any]] = []
        for request in requests:
            told: dict[str, Any] = {"response": None, "error": {"code": why, "message": "not processed in time"}}
            if isinstance(why, int):
                message = "The response was filtered due to our content management policy" if why == 400 else "busy"
                told = {"response": {"status_code": why, "body": {"error": {"message": message}}}, "error": None}
            lines.append({"custom_id": request["custom_id"], **told})
        batch.errors = self._store(lines)

    def _completion(self, body: dict[str, Any]) -> dict[str, Any]:
        repaired = len(body["messages"]) > 2
        spoilt = _scenario(body["model"]) == "needs-repair" and not repaired
        return completion("{" if spoilt else reply_to(body["messages"][1]["content"]))

    def _buy(self, body: dict[str, Any], custom_id: str) -> None:
        mark = MARK.search(body["messages"][1]["content"])
        assert mark is not None
        self.bought[body["model"]].update([custom_id, f"article {mark[1]}"])

    def _requests(self, batch: Made) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.files[batch.file].splitlines()]

    def _model(self, batch: Made) -> str:
        return str(self._requests(batch)[0]["body"]["model"])

    def _store(self, lines: list[dict[str, Any]]) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        return name


def _described(batch: Made) -> dict[str, Any]:
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
        "created_at": 1,
        "input_file_id": batch.file,
        "status": batch.status,
        "output_file_id": batch.output,
        "error_file_id": batch.errors,
        "metadata": batch.metadata,
        "errors": {"object": "list", "data": batch.problems} if batch.problems else None,
    }


def _json(value: object) -> Answer:
    return Answer(json.dumps(value).encode())


def _scenario(model: str) -> str:
    return model.partition("/")[0]


if __name__ == "__main__":
    asyncio.run(serve_until_end(BatchServer()))
