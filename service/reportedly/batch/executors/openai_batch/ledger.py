"""What lies with the provider: request files, batches and replies, in a folder that tells all of it after a crash."""

from __future__ import annotations

import json
import os
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from reportedly.batch.journal.paths import storage_error, sync_folder

MOST_REQUESTS: Final = 50_000
"""Requests in one file, by OpenAI's documentation."""
MOST_BYTES: Final = 200_000_000
"""Bytes of one file, by the same."""

Line = dict[str, Any]


@dataclass(slots=True)
class Sealed:
    """A request file that is complete, and how far it is."""

    name: str
    ids: set[str]
    mark: str
    """What its batch is called with the provider, so that it is found where its id was not noted in time."""
    uploaded: str | None = None
    batch: str | None = None


@dataclass(slots=True)
class Ledger:
    """The folder. Every step is on disk before the next one is taken."""

    folder: Path
    files: dict[str, Sealed] = field(default_factory=dict)
    """Sealed and not yet collected, by name."""
    missing: Counter[str] = field(default_factory=Counter)
    """How often a request was processed and came back without a reply, by custom_id."""
    _replies: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Where a reply stands: file, first byte, length."""
    _number: int = 0
    _writing: BinaryIO | None = None
    _ids: set[str] = field(default_factory=set)
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES

    @classmethod
    def open(cls, folder: Path) -> Ledger:
        """Take up what is there. Raises StorageError."""
        try:
            folder.mkdir(exist_ok=True)
            ledger = cls(folder)
            for line in _complete_lines(folder / "log.jsonl"):
                ledger._replay(line)
            for path in folder.glob("requests-*.jsonl"):
                if path.name not in ledger.files:
                    path.unlink()  # not sealed: nothing was sent of it
            return ledger
        except OSError as error:
            raise storage_error(folder, error) from error

    def awaits(self, custom_id: str) -> bool:
        """Whether a request is in a file already, whatever has become of that so far."""
        return custom_id in self._ids or any(custom_id in file.ids for file in self.files.values())

    def reply(self, custom_id: str) -> Line | None:
        """What came back for a request; None where nothing has."""
        place = self._replies.get(custom_id)
        if place is None:
            return None
        name, at, size = place
        with (self.folder / name).open("rb") as file:
            file.seek(at)
            found: Line = json.loads(file.read(size))
        return found

    def add(self, custom_id: str, body: Line, endpoint: str) -> None:
        """Put a request into the file that is being written; seals it before it grows too large."""
        line = {"custom_id": custom_id, "method": "POST", "url": endpoint, "body": body}
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            full = self._writing is not None and self._writing.tell() + len(data) > self.most_bytes
            if full or len(self._ids) >= self.most_requests:
                self.seal()
            if self._writing is None:
                self._number += 1
                self._writing = (self.folder / f"requests-{self._number:04}.jsonl").open("wb")
            self._writing.write(data)
        except OSError as error:
            raise storage_error(self.folder, error) from error
        self._ids.add(custom_id)

    def seal(self) -> None:
        """Complete the file that is being written, if any."""
        if self._writing is None:
            return
        self._writing.flush()
        os.fsync(self._writing.fileno())
        name = Path(self._writing.name).name
        self._writing.close()
        self._writing = None
        sealed = Sealed(name, self._ids, uuid.uuid4().hex)
        self.log({"file": name, "mark": sealed.mark})
        self.files[name] = sealed
        self._ids = set()

    def log(self, line: Line) -> None:
        """Note a step, on disk."""
        try:
            with (self.folder / "log.jsonl").open("ab") as log:
                log.write(json.dumps(line).encode() + b"\n")
                log.flush()
                os.fsync(log.fileno())
            sync_folder(self.folder / "log.jsonl")
        except OSError as error:
            raise storage_error(self.folder, error) from error

    def note_upload(self, file: Sealed, uploaded: str) -> None:
        """The provider has the file."""
        file.uploaded = uploaded
        self.log({"uploaded": file.name, "id": uploaded})

    def note_batch(self, file: Sealed, batch: str) -> None:
        """The provider works on it."""
        file.batch = batch
        self.log({"batch": batch, "file": file.name})

    def note_refusal(self, file: Sealed) -> None:
        """The provider refused the batch as a whole; the file may be sent again."""
        file.uploaded = file.batch = None
        self.log({"refused": file.name})

    def collect(self, file: Sealed, downloads: list[str]) -> int:
        """Take in the downloaded files of a batch; returns how many requests have a reply that stands."""
        answered: set[str] = set()
        for name in downloads:
            answered |= self._index(name)
        missing = sorted(file.ids - answered)
        self.log({"collected": file.name, "downloads": downloads, "missing": missing})
        self.missing.update(missing)
        del self.files[file.name]
        (self.folder / file.name).unlink(missing_ok=True)
        return len(answered)

    def split(self, file: Sealed) -> bool:
        """Make two files of one that is too large for the account; False where it has one request only."""
        lines = (self.folder / file.name).read_bytes().splitlines(keepends=True)
        if len(lines) < 2:
            return False
        middle = len(lines) // 2
        halves = []
        for part in (lines[:middle], lines[middle:]):
            self._number += 1
            path = self.folder / f"requests-{self._number:04}.jsonl"
            with path.open("wb") as out:
                out.writelines(part)
                out.flush()
                os.fsync(out.fileno())
            halves.append(Sealed(path.name, _ids_in(path), uuid.uuid4().hex))
        self.log({"split": file.name, "into": {half.name: half.mark for half in halves}})
        del self.files[file.name]
        self.files |= {half.name: half for half in halves}
        (self.folder / file.name).unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Drop what was begun and not sealed."""
        if self._writing is not None:
            path = Path(self._writing.name)
            self._writing.close()
            path.unlink(missing_ok=True)
            self._writing, self._ids = None, set()

    def _index(self, name: str) -> set[str]:
        """The places of the replies in a downloaded file; what the provider may do better next time is none."""
        found: set[str] = set()
        with (self.folder / name).open("rb") as file:
            at = 0
            for line in file:
                try:
                    row = json.loads(line)
                except ValueError:
                    row = None
                if isinstance(row, dict) and isinstance(row.get("custom_id"), str) and _stands(row):
                    self._replies[row["custom_id"]] = name, at, len(line)
                    found.add(row["custom_id"])
                at += len(line)
        return found

    def _replay(self, line: Line) -> None:
        if "mark" in line:
            self._take_file(line["file"], line["mark"])
        elif "uploaded" in line:
            self.files[line["uploaded"]].uploaded = line["id"]
        elif "batch" in line:
            self.files[line["file"]].batch = line["batch"]
        elif "refused" in line:
            self.files[line["refused"]].uploaded = self.files[line["refused"]].batch = None
        elif "split" in line:
            del self.files[line["split"]]
            for name, mark in line["into"].items():
                self._take_file(name, mark)
        elif "collected" in line:
            del self.files[line["collected"]]
            self.missing.update(line["missing"])
            for name in line["downloads"]:
                self._index(name)

    def _take_file(self, name: str, mark: str) -> None:
        path = self.folder / name
        self.files[name] = Sealed(name, _ids_in(path) if path.exists() else set(), mark)
        self._number = max(self._number, int(name.removeprefix("requests-").removesuffix(".jsonl")))


def _ids_in(path: Path) -> set[str]:
    with path.open("rb") as lines:
        return {json.loads(line)["custom_id"] for line in lines}


def _stands(row: Line) -> bool:
    """Whether a line says something about the request; a busy or failing server says nothing."""
    response = row.get("response")
    if not isinstance(response, dict) or row.get("error"):
        return False
    status = response.get("status_code")
    return isinstance(status, int) and status < 500 and status not in (408, 409, 429)


def _complete_lines(path: Path) -> Iterator[Line]:
    """The lines of the log; one that was cut by a crash is cut off, so that the next one is whole."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    end = data.rfind(b"\n") + 1
    if end < len(data):
        os.truncate(path, end)
    for line in data[:end].split(b"\n"):
        if line:
            yield json.loads(line)
