"""Where a summary parts from its source: one file a family of checks behind one interface, no model.

source = Source(article, sentences)                       once an article
material = Material(source, summary, spans, cited)        once a summary
findings = run(material, FACT_CHECKS)
support = support_of(material, findings)                  one number a summary sentence
"""

from collections.abc import Sequence
from typing import Final

from reportedly.schema import Finding
from reportedly.stages.check.abroad import check_abroad
from reportedly.stages.check.align import Alignment, Basis, Part
from reportedly.stages.check.certainty import Certainty
from reportedly.stages.check.citing import Citing
from reportedly.stages.check.dates import Dates
from reportedly.stages.check.interface import Check, Material
from reportedly.stages.check.keeping import Keeping
from reportedly.stages.check.names import Names
from reportedly.stages.check.numbers import Numbers
from reportedly.stages.check.polarity import Polarity
from reportedly.stages.check.source import Source
from reportedly.stages.check.support import Support, support_of
from reportedly.stages.check.title import surer_title
from reportedly.stages.check.wording import Exchanges

FACT_CHECKS: Final[tuple[Check, ...]] = (Numbers(), Dates(), Names(), Exchanges(), Polarity(), Support(), Citing())
"""The checks of family F."""

CERTAINTY_CHECKS: Final[tuple[Check, ...]] = (Certainty(), Keeping())
"""The checks of family C."""
CHECKS: Final = (*CERTAINTY_CHECKS, *FACT_CHECKS)
"""All of them."""


def run(material: Material, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """What the checks find, in the order of the summary; of several with one code in one place the first is kept."""
    kept: list[Finding] = []
    until: dict[str, int] = {}
    for finding in sorted((f for check in checks for f in check.findings(material)), key=_start):
        if finding.summary is not None:
            if finding.summary.start < until.get(finding.code, 0):
                continue
            until[finding.code] = finding.summary.end
        kept.append(finding)
    return tuple(kept)


def _start(finding: Finding) -> int:
    return finding.summary.start if finding.summary else 0


__all__ = [
    "CERTAINTY_CHECKS",
    "CHECKS",
    "FACT_CHECKS",
    "Alignment",
    "Basis",
    "Check",
    "Material",
    "Part",
    "Source",
    "check_abroad",
    "run",
    "support_of",
    "surer_title",
]
