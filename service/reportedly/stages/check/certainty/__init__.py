"""Family C: whether the summary is as sure as its source, and names the same one."""

from reportedly.stages.check.certainty.attribution import Attributions
from reportedly.stages.check.certainty.denial import Denials
from reportedly.stages.check.certainty.firmness import Certainty

__all__ = ["Attributions", "Certainty", "Denials"]
