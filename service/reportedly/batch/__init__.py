"""Many articles: every input ends in exactly one record, and the same command again goes on where it ended."""

from reportedly.batch.configuration import Configuration, ModelPlan
from reportedly.batch.interface import Desk, Executor, ExecutorName, Finished, Job
from reportedly.batch.journal import Paths, Totals
from reportedly.batch.session import Ended, Hands, Session
from reportedly.batch.stopping import Stop
from reportedly.batch.tally import OUTCOMES, Tally

__all__ = [
    "OUTCOMES",
    "Configuration",
    "Desk",
    "Ended",
    "Executor",
    "ExecutorName",
    "Finished",
    "Hands",
    "Job",
    "ModelPlan",
    "Paths",
    "Session",
    "Stop",
    "Tally",
    "Totals",
]
