"""What is done about a reply that is wrong: ask again, a bounded number of times, then put the article's words in."""

from reportedly.stages.repair.ask import MAX_REPAIRS, problem_list
from reportedly.stages.repair.replace import Replacement, left_out, replace_unsafe

__all__ = ["MAX_REPAIRS", "Replacement", "left_out", "problem_list", "replace_unsafe"]
