"""A model that takes its time and answers sensibly: `python -m tests.soak.server [SECONDS]` prints its port and serves.

It summarises an article by its first sentence and leaves the claims to the rules. `/seen` gives, in order, the numbers
of the articles that it was asked about; with `?from=N` those after the first N.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from tests.faults.server import Answer, FaultServer, completion, serve_until_end
from tests.soak.articles import MARK

FIRST: Final = re.compile(r"^\[1\] (.+)$", re.MULTILINE)


class StandIn(FaultServer):
    """Answers every request after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.seen: list[str] = []

    def _answer(self, target: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/seen":
            start = int(parse_qs(parts.query).get("from", ["0"])[0])
            return Answer(json.dumps(self.seen[start:]).encode())
        asked = json.loads(body)["messages"][1]["content"]
        mark = MARK.search(asked)
        self.seen.append(mark[1] if mark else "?")
        return Answer(json.dumps(completion(reply_to(asked))).encode(), delay=self.seconds)


def reply_to(asked: str) -> str:
    """What the model says to a prompt."""
    first = FIRST.search(asked)
    summary: list[dict[str, Any]] = [{"text": first[1] if first else "?", "sentences": [1]}]
    return json.dumps({"claims": [], "summary": summary}, ensure_ascii=False)


if __name__ == "__main__":
    asyncio.run(serve_until_end(StandIn(float(sys.argv[1]) if len(sys.argv) > 1 else 0.5)))
