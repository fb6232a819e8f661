"""The lines of a journal: a header, sessions, one entry a record, and sums."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any, Final

from reportedly.schema import Usage

FORMAT: Final = 1
"""A journal of a later format is refused; raise it where an old reader would misread."""

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the record of one input stands in the results, and whether it still reads as it was written."""

    key: bytes
    at: int
    """First byte."""
    size: int
    """Bytes, the line end included."""
    check: int
    """CRC-32 of these bytes."""
    outcome: str


@dataclass(slots=True)
class Totals:
    """What all sessions used together, the records that were replaced since included."""

    calls: int = 0
    attempts: int = 0
    cached: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    estimated: bool = False
    cost: float = 0.0
    """US dollars, as far as prices are known."""
    unpriced: int = 0
    """Records whose cost is unknown."""
    lost_calls: int = 0
    """Calls without an answer that may be billed all the same."""
    lost_tokens: int = 0
    lost_cost: float = 0.0
    seconds: float = 0.0
    """Wall time of all sessions."""

    def add_usage(self, usage: Line) -> None:
        """What one record used; fields that are left out are zero."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + int(usage.get(name, 0)))
        self.estimated = self.estimated or bool(usage.get("estimated"))
        cost = usage.get("cost", 0.0)
        self.unpriced += cost is None
        self.cost += cost or 0.0

    def add(self, line: Line) -> None:
        """Sums of an earlier file (`earlier`) or what a session lost (`ended`)."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + line.get(name, 0))
        self.estimated = self.estimated or bool(line.get("estimated"))

    def line(self) -> Line:
        """For `add`."""
        return {name: getattr(self, name) for name in (*_SUMS, "estimated") if getattr(self, name)}


_COUNTS: Final = (
    "calls",
    "attempts",
    "cached",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
)
_SUMS: Final = (*_COUNTS, "cost", "unpriced", "lost_calls", "lost_tokens", "lost_cost", "seconds")


@dataclass(slots=True)
class Session:
    """One run of the command; the last one of a journal may have died."""

    slots: set[bytes] = field(default_factory=set)
    """Inputs that got a record in it."""
    seconds: float = 0.0
    """Wall time up to its last record."""


def header(fingerprint: str, configuration: Line) -> Line:
    """The first line."""
    return {"reportedly": "journal", "format": FORMAT, "fingerprint": fingerprint, "configuration": configuration}


def entry_line(
    slot: bytes, entry: Entry, *, name: str, reason: str, usage: Usage, seconds: float, since: float
) -> Line:
    """The line of a record; `since` is the session's age in seconds."""
    line: Line = {
        "slot": slot.hex(),
        "key": entry.key.hex(),
        "id": name,
        "at": entry.at,
        "size": entry.size,
        "crc": entry.check,
        "outcome": entry.outcome,
        "seconds": round(seconds, 3),
        "since": round(since, 3),
    }
    if reason:
        line["reason"] = reason
    used = usage.model_dump(exclude_defaults=True)
    if used:
        line["usage"] = used
    return line


def read_entry(line: Line) -> tuple[bytes, Entry]:
    """Slot and entry of an entry's line. Raises KeyError, ValueError, TypeError for anything else."""
    place = (int(line["at"]), int(line["size"]), int(line["crc"]))
    return bytes.fromhex(line["slot"]), Entry(bytes.fromhex(line["key"]), *place, sys.intern(line["outcome"]))


def write(line: Line) -> bytes:
    r"""JSON and `\n`; U+2028 and its kin stay inside, since lines end with `\n` alone."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"
