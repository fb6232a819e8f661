"""How many inputs ended how; every input is counted once, so that the sums add up."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from reportedly.batch.interface import FAILED
from reportedly.schema import Outcome

REPEATED = "repeated"
"""An input that was the same text under the same id once more: it has the record of the first."""
OUTCOMES = (*(outcome.value for outcome in Outcome), FAILED)


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """By outcome, kept records included."""
    kept: int = 0
    """Of these, inputs whose record was there before."""
    twins: int = 0
    """Of these, inputs with the text of another, computed once."""
    repeated: int = 0
    done: int = 0
    """Records made in this run."""
    errors: int = 0
    """Failed and undetermined among those made in this run."""
    expected: int | None = None
    """How many inputs there are, where it can be told beforehand."""
    cost: float = 0.0
    """US dollars of this run, as far as prices are known."""
    began: float = field(default_factory=time.monotonic)

    def count(self, outcome: str) -> None:
        """One input ended."""
        self.outcomes[outcome] += 1

    @property
    def ended(self) -> int:
        """Inputs that have their record."""
        return self.outcomes.total() + self.repeated

    @property
    def open(self) -> int:
        """Inputs that were read and have no record (the run ended before)."""
        return self.inputs - self.ended

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.done / max(1e-9, time.monotonic() - self.began)

    @property
    def seconds_left(self) -> float | None:
        """By the rate so far; None where the number of inputs is unknown or nothing was done yet."""
        if self.expected is None or not self.done:
            return None
        return max(0, self.expected - self.ended) / self.rate

    @property
    def bad(self) -> int:
        """Inputs without a usable result."""
        return self.outcomes[FAILED] + self.outcomes[Outcome.UNDETERMINED.value]
