"""Compare an answer with the gold: counts that add up over cases, and an item for each thing that was asked."""

from reportedly.evaluation.judging.certainty import judge_certainty
from reportedly.evaluation.judging.faults import judge_faults
from reportedly.evaluation.judging.status import judge_status
from reportedly.evaluation.judging.summary import judge_summary
from reportedly.evaluation.judging.tally import Item, Tally
from reportedly.evaluation.judging.twins import judge_twins

__all__ = ["Item", "Tally", "judge_certainty", "judge_faults", "judge_status", "judge_summary", "judge_twins"]
