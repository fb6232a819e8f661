"""How many articles there will be, told in a moment and without reading them: for a progress bar, not for sums."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from reportedly.sources.interface import Rejected
from reportedly.sources.places import STDIN, Place, find_places

_CHUNK: Final = 1 << 20
_BY_LINES: Final = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})


def expect(inputs: Sequence[str | os.PathLike[str]]) -> int | None:
    """The number of articles that the inputs hold, nearly (lines of a quoted CSV field count); None where unknown."""
    total = 0
    for place in find_places(inputs):
        if isinstance(place, Rejected):
            total += 1
            continue
        found = _in(place)
        if found is None:
            return None
        total += found
    return total


def _in(place: Place) -> int | None:
    if place.path == STDIN:
        return None
    suffix = PurePath(place.path).suffix.lower()
    if suffix in _BY_LINES:
        return _lines(place.path)
    return _rows(place.path) if suffix == ".parquet" else 1


def _lines(path: str) -> int | None:
    count, last = 0, b"\n"
    try:
        with open(path, "rb") as file:
            while chunk := file.read(_CHUNK):
                count += chunk.count(b"\n")
                last = chunk[-1:]
    except OSError:
        return 1
    return count + (last != b"\n")


def _rows(path: str) -> int | None:
    try:
        from pyarrow import parquet

        return int(parquet.read_metadata(path).num_rows)
    except (ImportError, OSError, ValueError):
        return None
