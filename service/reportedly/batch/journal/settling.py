"""Rewrites the results so that they hold exactly the records that count, without a moment in which a crash could harm.

The new results and their journal are written beside the old ones. The one rename of the complete journal to
`….journal.settled` decides: before it a crash leaves the old files, after it the next run finishes the move.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from reportedly.batch.journal.lines import Entry, Line, Totals, write
from reportedly.batch.journal.paths import Paths, sync_folder


def rewrite(paths: Paths, header: Line, kept: Mapping[bytes, Entry], totals: Totals) -> None:
    """Keep these records, in the order they stand in, and the totals of all."""
    with paths.results.open("rb") as old, paths.new_results.open("wb") as new, paths.new_journal.open("wb") as journal:
        journal.write(write(header))
        journal.write(write({"earlier": totals.line()}))
        at = 0
        for slot, entry in sorted(kept.items(), key=lambda item: item[1].at):
            old.seek(entry.at)
            line = old.read(entry.size)
            new.write(line)
            moved = replace(entry, at=at)
            journal.write(write(_bare_entry(slot, moved)))
            at += entry.size
        for file in (new, journal):
            file.flush()
            os.fsync(file.fileno())
    paths.new_journal.replace(paths.settled_journal)
    sync_folder(paths.results)
    finish_rewriting(paths)


def finish_rewriting(paths: Paths) -> None:
    """Completes a move that was decided, and clears away one that was not."""
    if paths.settled_journal.exists():
        if paths.new_results.exists():
            paths.new_results.replace(paths.results)
        paths.settled_journal.replace(paths.journal)
        sync_folder(paths.results)
    paths.new_results.unlink(missing_ok=True)
    paths.new_journal.unlink(missing_ok=True)


def _bare_entry(slot: bytes, entry: Entry) -> Line:
    """An entry whose use is counted in `earlier` already."""
    return {
        "slot": slot.hex(),
        "key": entry.key.hex(),
        "at": entry.at,
        "size": entry.size,
        "crc": entry.check,
        "outcome": entry.outcome,
        "counted": False,
    }
