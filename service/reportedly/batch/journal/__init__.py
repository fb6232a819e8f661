"""What is done, what it cost, and how to go on after any end of a run."""

from reportedly.batch.journal.lines import Totals
from reportedly.batch.journal.paths import Paths
from reportedly.batch.journal.store import Journal, Written

__all__ = ["Journal", "Paths", "Totals", "Written"]
