"""Words in a text that address a language model instead of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reportedly.language.tables import table


class Instruction(NamedTuple):
    """Words that try to steer a model; offsets are code points into the text."""

    start: int
    end: int
    what: str
    """What they try."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(entry["regex"], re.IGNORECASE | re.MULTILINE), entry["what"])
        for entry in table("instructions")["pattern"]
    )


def find_instructions(text: str) -> Iterator[Instruction]:
    """Every place that addresses a model, in no particular order; nothing is said of what it would do."""
    lowered = text.lower()
    if not any(anchor in lowered for anchor in table("instructions")["anchors"]):
        return
    for pattern, what in _patterns():
        for match in pattern.finditer(text):
            yield Instruction(match.start(), match.end(), what)
