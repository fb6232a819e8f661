"""What a judge keeps: counts under dotted names, and an item for each thing that was asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from reportedly.schema import Record

MISSED = "missed"
"""What was got where the engine crashed or ended undetermined."""


class Item(Record):
    """One thing that was asked, what was right and what came."""

    kind: Literal["sentence", "summary", "twin", "fault"]
    """What it is."""
    id: str
    """Number of the sentence, or name of the summary or twin."""
    gold: str
    """What is right."""
    got: str
    """What came; `missed` where nothing did."""
    right: bool
    """Whether that counts as right."""
    tests: tuple[str, ...] = ()
    """The phenomena that it is there for."""


@dataclass(slots=True)
class Tally:
    """Counts of one case. Sums over cases are what every metric is computed from."""

    counts: Counter[str] = field(default_factory=Counter)
    items: list[Item] = field(default_factory=list)

    def add(self, name: str, times: int | bool = 1) -> None:
        """Count under a name; a zero is kept, so that a metric knows that it was asked."""
        self.counts[name] += int(times)

    def note(self, item: Item) -> None:
        """Keep an item, and count it in the slice of each of its phenomena."""
        self.items.append(item)
        for test in item.tests:
            self.add(f"slice.{test}.n")
            self.add(f"slice.{test}.right", item.right)
