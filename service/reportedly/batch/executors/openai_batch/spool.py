"""Jobs that wait for a reply, on disk: a batch of fifty thousand articles must not be kept in memory for a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reportedly.batch.interface import Job
from reportedly.batch.wire import loaded_from, loaded_to


@dataclass(frozen=True, slots=True)
class Parked:
    """A job, and the request that it waits for."""

    job: Job
    custom_id: str


class Spool:
    """Written once, then gone through as often as replies come; what is parked again goes to the next one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(path.name + ".next")
        self._out: BinaryIO = self._next.open("wb")
        self.count = 0

    def park(self, parked: Parked) -> None:
        """Keep a job for the next pass."""
        job = parked.job
        row = {"id": parked.custom_id, "key": job.key.hex(), "slot": job.slot.hex(), **loaded_to(job.loaded)}
        self._out.write(json.dumps(row).encode() + b"\n")
        self.count += 1

    def turn(self) -> Iterator[Parked]:
        """What was parked so far; parking meanwhile is for the pass after this."""
        self._out.close()
        self._next.replace(self._path)
        self._out = self._next.open("wb")
        self.count = 0
        with self._path.open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                job = Job(loaded_from(row), bytes.fromhex(row["key"]), bytes.fromhex(row["slot"]))
                yield Parked(job, row["id"])

    def close(self) -> None:
        """Forget all of it: the next run gets the same jobs from the articles."""
        self._out.close()
        self._path.unlink(missing_ok=True)
        self._next.unlink(missing_ok=True)
