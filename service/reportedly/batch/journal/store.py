"""The journal of a run: what is done, on disk before anybody is told, and never paid for twice."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from reportedly.batch.interface import FAILED, USABLE, Finished
from reportedly.batch.journal import lines
from reportedly.batch.journal.lines import Entry, Totals
from reportedly.batch.journal.paths import Paths, move, storage_error, sync_folder
from reportedly.batch.journal.recovering import Recovered, recover
from reportedly.batch.journal.settling import finish_rewriting, rewrite
from reportedly.errors import StorageError, UsageError

HEX_SLOT: Final = 33
"""Bytes of a slot in the list of what was begun: 32 digits and a line end."""


@dataclass(frozen=True, slots=True)
class Written:
    """A record on its way to disk."""

    slot: bytes
    key: bytes
    finished: Finished


class Journal:
    """The results, and beside them one line a record that says what it is the record of.

    Only what the journal names counts: a line of the results that it does not know was never acknowledged and is cut
    off. Not to be used by two at once (`locking`); `append` may run in a thread of its own.
    """

    def __init__(self, paths: Paths, head: lines.Line, found: Recovered) -> None:
        self.paths = paths
        self.entries = found.entries
        self.totals = found.totals
        self.notes = found.notes
        self.in_flight_before = 0
        """Articles that were in flight when the last run died."""
        self._head = head
        self._by_key = {entry.key: slot for slot, entry in found.entries.items() if entry.outcome in USABLE}
        self._replaced = found.replaced
        self._began = time.monotonic()
        self._results: BinaryIO = paths.results.open("ab+", buffering=0)
        self._journal: BinaryIO = paths.journal.open("ab", buffering=0)
        self._begun: BinaryIO | None = None
        self._broken: StorageError | None = None

    @classmethod
    def open(cls, results: Path, fingerprint: str, configuration: lines.Line) -> Journal:
        """Take up the run of this configuration, or begin one; the lock must be held.

        The files of another configuration are set aside under a name of their own and found again when it returns.
        Raises StorageError where the folder can't be written, UsageError where the results are not ours to touch.
        """
        paths = Paths.of(results)
        try:
            return cls._open(paths, fingerprint, lines.header(fingerprint, configuration))
        except OSError as error:
            raise storage_error(paths.results, error) from error

    @classmethod
    def _open(cls, paths: Paths, fingerprint: str, head: lines.Line) -> Journal:
        finish_rewriting(paths)
        found = recover(paths)
        notes: list[str] = []
        if found is not None and found.fingerprint != fingerprint:
            aside = paths.of_configuration(found.fingerprint)
            move(paths, aside)
            notes.append(f"the records of another configuration are kept in {aside.results.name}")
            found = None
        earlier = paths.of_configuration(fingerprint)
        if found is None and earlier.journal.exists():
            move(earlier, paths)
            notes.append(f"the records of this configuration were found in {earlier.results.name}")
            found = recover(paths)
        if found is None:
            _begin(paths, head)
            found = Recovered(fingerprint)
        else:
            _mend(paths, head, found)
        found.notes[:0] = notes
        journal = cls(paths, head, found)
        journal._begin_session(found)
        return journal

    def append(self, records: Sequence[Written]) -> None:
        """Have the records on disk, with one flush for all of them. Raises StorageError, and from then on always."""
        if self._broken is not None:
            raise self._broken
        ends = self._results.seek(0, 2), self._journal.seek(0, 2)
        at, since = ends[0], time.monotonic() - self._began
        entries: list[tuple[Written, Entry]] = []
        told: list[bytes] = []
        for record in records:
            done = record.finished
            line = done.line + b"\n"
            entry = Entry(record.key, at, len(line), zlib.crc32(line), done.outcome)
            at += len(line)
            entries.append((record, entry))
            row = lines.entry_line(
                record.slot,
                entry,
                name=done.id,
                reason=done.reason,
                usage=done.usage,
                seconds=done.seconds,
                since=since,
            )
            told.append(lines.write(row))
        try:
            _flush(self._results, b"".join(record.finished.line + b"\n" for record in records))
            _flush(self._journal, b"".join(told))
        except OSError as error:
            self._broken = storage_error(self.paths.results, error)
            self._cut_back(*ends)
            raise self._broken from error
        for record, entry in entries:
            self._replaced += record.slot in self.entries
            self.entries[record.slot] = entry
            if record.finished.usable:
                self._by_key[record.key] = record.slot
            self.totals.add_usage(record.finished.usage.model_dump(exclude_defaults=True))

    def begin(self, slot: bytes) -> None:
        """Note that something is about to be spent on an input; survives the process, though not a power cut."""
        try:
            if self._begun is None:
                self._begun = self.paths.begun.open("ab", buffering=0)
            self._begun.write(slot.hex().encode() + b"\n")
        except OSError as error:
            raise storage_error(self.paths.begun, error) from error

    def twin(self, key: bytes) -> bytes | None:
        """The results line of the same work under another id; None where there is none that can be used."""
        slot = self._by_key.get(key)
        entry = self.entries.get(slot) if slot is not None else None
        return self._read(entry) if entry is not None and entry.key == key else None

    def read(self) -> Iterable[bytes]:
        """The results line of each record that counts, in the order they stand in."""
        for entry in sorted(self.entries.values(), key=lambda entry: entry.at):
            yield self._read(entry)

    def settle(self, seen: Set[bytes], gone: Set[bytes]) -> int:
        """After a complete run: leave out what was replaced, and failures and texts of inputs that are no more.

        `seen` are the slots of this run's inputs, `gone` those of ids under which there is no article any more.
        Returns how many records of other inputs stay.
        """
        kept = {
            slot: entry
            for slot, entry in self.entries.items()
            if slot in seen or (entry.outcome != FAILED and slot not in gone)
        }
        if self._replaced or len(kept) < len(self.entries):
            self._rewrite(kept)
        return len(kept.keys() - seen)

    def close(self, how: str, *, lost: Totals | None = None) -> None:
        """End the session; `lost` is what was used without a record (calls cut off, articles left half-way)."""
        seconds = time.monotonic() - self._began
        lost = lost or Totals()
        lost.seconds = seconds
        self.totals.add(lost.line())
        try:
            if self._broken is None:
                _flush(self._journal, lines.write({"ended": {"how": how, **lost.line()}}))
                if self._begun is not None:
                    self._begun.close()
                    self.paths.begun.unlink(missing_ok=True)
        except OSError:
            pass  # the next run finds a session that did not end, as after a crash
        finally:
            self._results.close()
            self._journal.close()

    @property
    def seconds(self) -> float:
        """Age of this session."""
        return time.monotonic() - self._began

    def _begin_session(self, found: Recovered) -> None:
        if not found.ended:
            slots = _begun_slots(self.paths.begun)
            self.in_flight_before = len(slots - found.last.slots)
        self.paths.begun.unlink(missing_ok=True)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        _flush(self._journal, lines.write({"session": {"pid": os.getpid(), "began": stamp}}))

    def _read(self, entry: Entry) -> bytes:
        return os.pread(self._results.fileno(), entry.size, entry.at)

    def _rewrite(self, kept: dict[bytes, Entry]) -> None:
        try:
            rewrite(self.paths, self._head, kept, self.totals)
        except OSError as error:
            raise storage_error(self.paths.results, error) from error
        self._results.close()
        self._journal.close()
        self._results = self.paths.results.open("ab+", buffering=0)
        self._journal = self.paths.journal.open("ab", buffering=0)
        self._replaced = 0
        at = 0
        for slot, entry in sorted(kept.items(), key=lambda item: item[1].at):
            kept[slot] = Entry(entry.key, at, entry.size, entry.check, entry.outcome)
            at += entry.size
        self.entries = kept

    def _cut_back(self, results_end: int, journal_end: int) -> None:
        """Take a half-written group away again; where that fails too, the next run does it."""
        try:
            self._results.truncate(results_end)
            self._journal.truncate(journal_end)
        except OSError:
            pass


def _begin(paths: Paths, head: lines.Line) -> None:
    if paths.results.exists() and paths.results.stat().st_size:
        raise UsageError(
            f"{str(paths.results)!r} is there already and no batch wrote it",
            hint="choose another -o, or move it away",
        )
    with paths.results.open("ab"), paths.journal.open("wb", buffering=0) as journal:
        _flush(journal, lines.write(head))
    sync_folder(paths.results)


def _mend(paths: Paths, head: lines.Line, found: Recovered) -> None:
    """Bring both files to the state that was recovered."""
    if found.damaged and paths.results.exists():
        rewrite(paths, head, found.entries, found.totals)
        again = recover(paths)
        assert again is not None
        found.entries = again.entries
        found.replaced = 0
        return
    with paths.journal.open("r+b", buffering=0) as journal:
        journal.truncate(found.journal_end)
        if found.lacks_newline:
            journal.seek(0, 2)
            journal.write(b"\n")
    with paths.results.open("ab", buffering=0) as results:
        results.truncate(found.results_end)


def _begun_slots(path: Path) -> set[bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return set()
    rows = (data[at : at + HEX_SLOT] for at in range(0, len(data) - HEX_SLOT + 1, HEX_SLOT))
    return {bytes.fromhex(row[:-1].decode("ascii")) for row in rows}


def _flush(file: BinaryIO, data: bytes) -> None:
    """All of it, on disk."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    os.fsync(file.fileno())
