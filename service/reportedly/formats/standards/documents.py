"""Writes one JSON document around things that come one by one, each on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO


class OpenDocument:
    """A JSON object whose array is still being filled; `opening` is all that stands before the first of its things."""

    def __init__(self, out: TextIO, opening: str) -> None:
        self._out = out
        self._first = True
        out.write(opening)

    def add(self, thing: Mapping[str, Any]) -> None:
        """Writes the next thing."""
        self._out.write(("\n" if self._first else ",\n") + json.dumps(thing, ensure_ascii=False))
        self._first = False

    def close(self, ending: str) -> None:
        """Writes what stands after the last thing."""
        self._out.write("\n" + ending + "\n")
