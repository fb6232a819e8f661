"""Where a summary parts from its source: one file a family of checks behind one interface, no model."""

from reportedly.stages.check.align import Alignment, Basis, Part
from reportedly.stages.check.interface import Check, Material
from reportedly.stages.check.source import Source

__all__ = ["Alignment", "Basis", "Check", "Material", "Part", "Source"]
