"""The files of a run, and how those of another configuration are set aside and found again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import StorageError


@dataclass(frozen=True, slots=True)
class Paths:
    """Results and what lies beside them."""

    results: Path

    @classmethod
    def of(cls, results: Path) -> Paths:
        """With links followed, so that the files lie beside the target."""
        return cls(Path(os.path.realpath(results)))

    @property
    def journal(self) -> Path:
        """One line a record: what is done and what it cost."""
        return self._beside(".journal")

    @property
    def lock(self) -> Path:
        """There while a run is at it."""
        return self._beside(".lock")

    @property
    def begun(self) -> Path:
        """What was sent; after a crash it tells what was in flight."""
        return self._beside(".begun")

    @property
    def batches(self) -> Path:
        """Folder of what lies with a provider's Batch API."""
        return self._beside(".batches")

    @property
    def new_results(self) -> Path:
        """Results while they are rewritten."""
        return self._beside(".new")

    @property
    def new_journal(self) -> Path:
        """The journal of rewritten results while it is written."""
        return self._beside(".journal.new")

    @property
    def settled_journal(self) -> Path:
        """The same when it is complete: from now on the rewritten results count."""
        return self._beside(".journal.settled")

    def of_configuration(self, fingerprint: str) -> Paths:
        """Where the files of another configuration lie."""
        return Paths(self.results.with_name(f"{self.results.stem}.{fingerprint[:8]}{self.results.suffix}"))

    def _beside(self, suffix: str) -> Path:
        return self.results.with_name(self.results.name + suffix)


def move(source: Paths, target: Paths) -> None:
    """Give the files another name, the journal last: while it lies there, a broken move is taken up again."""
    for old, new in (
        (source.results, target.results),
        (source.begun, target.begun),
        (source.batches, target.batches),
        (source.journal, target.journal),
    ):
        if old.exists():
            old.replace(new)
    sync_folder(target.results)


def sync_folder(path: Path) -> None:
    """Have the folder's new names on disk."""
    try:
        descriptor = os.open(path.parent, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage_error(path: Path, error: OSError) -> StorageError:
    """What went wrong with a file of the run, for people."""
    return StorageError(
        f"{str(path)!r} can't be written: {error.strerror}",
        hint="make room or mend the permissions, then run the same command again: what is recorded stays",
    )
