"""Family C: whether the summary is as sure as its source, and names the same one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from reportedly.schema import Finding
from reportedly.stages.check.certainty.attribution import misattributed
from reportedly.stages.check.certainty.denial import denied
from reportedly.stages.check.certainty.firmness import inflated, patched
from reportedly.stages.check.certainty.headlines import headlined
from reportedly.stages.check.certainty.resting import rests
from reportedly.stages.check.certainty.telling import tellings
from reportedly.stages.check.certainty.weakening import deflated, on_the_record, unhedged
from reportedly.stages.check.interface import Material

_IN_TURN: Final = (inflated, misattributed, unhedged, on_the_record, deflated, patched)
"""What may be wrong with one telling; the first that is found is told, and a denial that is missing besides."""


class Certainty:
    """Whatever the summary tells is told as surely as in the source, and on the same word."""

    codes: ClassVar[tuple[str, ...]] = ("C101", "C102", "C103", "C104", "C105", "C106")

    def findings(self, material: Material) -> Iterator[Finding]:
        """What parts from the source, clause by clause."""
        yield from headlined(material, list(_judged(material)))


def _judged(material: Material) -> Iterator[Finding]:
    for telling in tellings(material):
        found = rests(material, telling)
        for look in _IN_TURN if found else ():
            finding = next(look(material, telling, found), None)
            if finding is not None:
                yield finding
                break
        if found:
            yield from denied(material, telling, found)


__all__ = ["Certainty"]
