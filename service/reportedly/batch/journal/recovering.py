"""Reads a journal back, whatever state a crash left it in, and says what it had to mend."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from reportedly.batch.journal.lines import FORMAT, Entry, Line, Session, Totals, read_entry
from reportedly.batch.journal.paths import Paths
from reportedly.errors import StorageError


@dataclass(slots=True)
class Recovered:
    """What a journal says."""

    fingerprint: str
    entries: dict[bytes, Entry] = field(default_factory=dict)
    """The last entry of each slot that its results bear out."""
    totals: Totals = field(default_factory=Totals)
    notes: list[str] = field(default_factory=list)
    """What was mended, for people."""
    replaced: int = 0
    """Records that still stand in the results and were replaced by later ones."""
    damaged: int = 0
    """Entries whose records are not there as they were written."""
    results_end: int = 0
    """Byte after the last record that is borne out."""
    journal_end: int = 0
    """Byte after the last complete line."""
    lacks_newline: bool = False
    """Whether that line is complete but for its end."""
    last: Session = field(default_factory=Session)
    """The last session."""
    ended: bool = True
    """Whether it said that it ended."""


def recover(paths: Paths) -> Recovered | None:
    """The journal as it can be trusted; None where there is none. Nothing is written.

    Raises StorageError for a file that is no journal of ours, or one of a later version.
    """
    try:
        data = paths.journal.read_bytes()
    except FileNotFoundError:
        return None
    found: Recovered | None = None
    broken = 0
    for line, end in _lines(data):
        if line is None:
            broken += end < len(data)
            continue
        if found is None:
            found = Recovered(_fingerprint(line, paths.journal))
        else:
            _take(found, line)
        found.journal_end = end
    if found is None:
        if data.strip() and b"\n" in data:
            raise _no_journal(paths.journal)
        return None  # killed before the header was written: nothing was done
    found.lacks_newline = found.journal_end > len(data)
    found.journal_end = min(found.journal_end, len(data))
    if not found.ended:
        found.totals.seconds += found.last.seconds
    _note_journal(found, broken, torn=len(data) - found.journal_end)
    _bear_out(found, paths.results)
    return found


def _lines(data: bytes) -> Iterator[tuple[Line | None, int]]:
    r"""Each line with the offset after it, None for one that does not read; split on `\n` alone."""
    start = 0
    while start < len(data):
        stop = data.find(b"\n", start)
        end = (stop if stop >= 0 else len(data)) + 1
        try:
            line = json.loads(data[start : end - 1])
        except ValueError:
            line = None
        yield (line if isinstance(line, dict) else None), end
        start = end


def _fingerprint(line: Line, path: Path) -> str:
    if line.get("reportedly") != "journal" or not isinstance(line.get("fingerprint"), str):
        raise _no_journal(path)
    if line.get("format") != FORMAT:
        raise StorageError(
            f"{path.name} has format {line.get('format')!r}; this version reads {FORMAT}",
            hint="use the version of reportedly that wrote it, or another -o",
        )
    return str(line["fingerprint"])


def _no_journal(path: Path) -> StorageError:
    return StorageError(f"{str(path)!r} is no journal of a batch", hint="choose another -o")


def _take(found: Recovered, line: Line) -> None:
    if "session" in line:
        if not found.ended:
            found.totals.seconds += found.last.seconds
        found.last, found.ended = Session(), False
    elif "ended" in line:
        found.totals.add(line["ended"])
        found.ended = True
    elif "earlier" in line:
        found.totals.add(line["earlier"])
    else:
        try:
            slot, entry = read_entry(line)
        except (KeyError, ValueError, TypeError):
            found.damaged += 1
            return
        found.replaced += slot in found.entries
        found.entries[slot] = entry
        found.last.slots.add(slot)
        found.last.seconds = float(line.get("since", 0.0))
        if line.get("counted", True):
            found.totals.add_usage(line.get("usage", {}))


def _note_journal(found: Recovered, broken: int, torn: int) -> None:
    if torn:
        found.notes.append(f"the journal ended in the middle of a line; {torn} bytes were cut off")
    if broken:
        found.notes.append(f"{broken} lines of the journal can't be read; their articles are done again")


def _bear_out(found: Recovered, results: Path) -> None:
    """Keeps the entries whose bytes are there as they were written."""
    try:
        with results.open("rb") as file:
            size = file.seek(0, 2)
            bad = [slot for slot, entry in found.entries.items() if not _stands(file, entry, size)]
    except FileNotFoundError:
        size, bad = 0, list(found.entries)
    for slot in bad:
        del found.entries[slot]
    found.damaged += len(bad)
    if bad:
        found.notes.append(f"{len(bad)} records are not in {results.name} as they were written; they are made again")
    found.results_end = max((entry.at + entry.size for entry in found.entries.values()), default=0)
    if size > found.results_end and not bad:
        tail = size - found.results_end
        found.notes.append(f"{results.name} ended in {tail} bytes that the journal does not know; they were cut off")


def _stands(file: BinaryIO, entry: Entry, size: int) -> bool:
    if entry.at + entry.size > size:
        return False
    file.seek(entry.at)
    return zlib.crc32(file.read(entry.size)) == entry.check
