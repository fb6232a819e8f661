"""From ids and words to exact spans; what can't be found is said, never moved and never dropped."""

from reportedly.stages.ground.against_rules import cross_check
from reportedly.stages.ground.by_ids import Ground, Grounded, Problem, ground
from reportedly.stages.ground.locate import locate

__all__ = ["Ground", "Grounded", "Problem", "cross_check", "ground", "locate"]
