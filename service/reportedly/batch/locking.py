"""One run at a time for one results file: a lock that names its owner and outlives no process."""

from __future__ import annotations

import json
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Final, Self

from reportedly.errors import Locked, StorageError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

BEAT_SECONDS: Final = 10.0
"""How often a running owner shows that it lives."""
SILENT_SECONDS: Final = 120.0
"""An owner on another machine that was silent for longer is taken for dead: twelve beats, and clocks that differ."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds the lock."""

    pid: int
    host: str
    started: str
    """Local time, with its offset."""

    @classmethod
    def me(cls) -> Owner:
        """This process."""
        return cls(os.getpid(), socket.gethostname(), time.strftime("%Y-%m-%dT%H:%M:%S%z"))

    @classmethod
    def read(cls, text: str) -> Owner | None:
        """The owner that a lock file names; None where it names none (cut while it was written)."""
        try:
            row = json.loads(text)
            return cls(int(row["pid"]), str(row["host"]), str(row["started"]))
        except (ValueError, KeyError, TypeError):
            return None

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.started}"


class Lock:
    """Held from `acquire` to `release`; the operating system lets go of it when the process dies, however it dies.

    On a network file system where such locks reach one machine alone, the owner's name and its heartbeat (the time
    stamp of the file) keep other machines out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left_by: Owner | None = None
        """The owner that died without releasing it."""
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take it. Raises Locked, with the owner, where another run holds it; StorageError where it can't be made."""
        while self._descriptor is None:
            descriptor = self._open()
            try:
                self._descriptor = descriptor if self._take(descriptor) else None
            finally:
                if self._descriptor is None:
                    os.close(descriptor)
        return self

    def beat(self) -> None:
        """Show that the owner lives."""
        if self._descriptor is not None:
            os.utime(self._descriptor)

    def release(self) -> None:
        """Let go; no effect where it is not held."""
        if self._descriptor is not None:
            self.path.unlink(missing_ok=True)  # before the lock goes: a file of that name is always ours
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            folder = str(self.path.parent)
            raise StorageError(f"results can't be written to {folder!r}: {error.strerror}") from error

    def _take(self, descriptor: int) -> bool:
        """Whether it is ours now; False where the file was replaced meanwhile. Raises Locked."""
        mine = Owner.me()
        held = not _lock(descriptor)
        owner = Owner.read(os.pread(descriptor, 4096, 0).decode("utf-8", "replace"))
        silent = time.time() - os.fstat(descriptor).st_mtime
        if held or (owner is not None and owner.host != mine.host and silent < SILENT_SECONDS):
            raise Locked(
                f"{self.path.name}: another run is at it ({owner or 'unnamed'}, last seen {max(0, silent):.0f} s ago)",
                hint=f"wait for it to end, or end that process; a dead one on another machine is forgotten after "
                f"{SILENT_SECONDS:.0f} s",
            )
        if not _same_file(descriptor, self.path):
            return False
        self.left_by = owner
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": mine.pid, "host": mine.host, "started": mine.started}).encode(), 0)
        return True


def _lock(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        named, opened = path.stat(), os.fstat(descriptor)
    except FileNotFoundError:
        return False
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)
