"""A worker process: leads conversations whose requests its parent sends for it. `python -m reportedly.batch.worker`.

Reads lines of JSON from standard input and ends with it, so that no worker outlives its parent.
"""

from __future__ import annotations

import json
import signal
import sys
from time import perf_counter
from typing import BinaryIO

from reportedly.batch import wire
from reportedly.batch.configuration import Configuration
from reportedly.batch.interface import Finished
from reportedly.pipeline import Conversation, answered, timed
from reportedly.schema import Report


class Worker:
    """Conversations by the number that the parent gave them."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._talks: dict[int, tuple[Conversation, float]] = {}

    def take(self, message: wire.Message) -> wire.Message | None:
        """One step of one conversation: what it asks next, or its finished record."""
        number = message["number"]
        if "drop" in message:
            conversation, _ = self._talks.pop(number, (None, 0.0))
            if conversation is not None:
                conversation.close()
            return None
        try:
            if "article" in message:
                began = perf_counter() - message["spent"]
                self._talks[number] = self._configuration.converse(wire.loaded_from(message)), began
                request = next(self._talks[number][0])
                for answer in message["answers"]:
                    request = answered(self._talks[number][0], wire.answer_from(answer))
            else:
                request = answered(self._talks[number][0], wire.answer_from(message))
        except StopIteration as end:
            return self._end(number, end.value)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not end the others
            self._talks.pop(number, None)
            return {"number": number, "fault": type(error).__name__}
        return {"number": number, "request": request.model_dump(mode="json")}

    def _end(self, number: int, report: Report) -> wire.Message:
        _, began = self._talks.pop(number)
        return {"number": number, "finished": wire.finished_to(Finished.of(timed(report, began)))}


def serve(lines: BinaryIO, out: BinaryIO) -> None:
    """The first line is the configuration, each further one a message; answers go out in the same order."""
    worker = Worker(Configuration.model_validate_json(lines.readline()))
    out.write(wire.packed({"ready": True}))
    out.flush()
    while line := lines.readline():
        answer = worker.take(json.loads(line))
        if answer is not None:
            out.write(wire.packed(answer))
            out.flush()


def main() -> None:
    """Signals are the parent's: it drains, and closes our input when it is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
