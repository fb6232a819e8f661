"""C104: the summary tells a claim and leaves out that a party denied it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from reportedly.schema import Finding, Status
from reportedly.stages.check.certainty.voicing import Comparison, compare
from reportedly.stages.check.interface import Material

REACH: Final = 4
"""Sentences between a claim and its denial; in news the denial follows at once or after one more point."""


class Denials:
    """A claim that is denied in the source is told with its denial."""

    codes: ClassVar[tuple[str, ...]] = ("C104",)

    def findings(self, material: Material) -> Iterator[Finding]:
        if any(reading.status is Status.DENIED for voice in material.voices for reading in voice.readings):
            return
        for told in compare(material):
            denial = _denial_of(material, told)
            if denial is not None:
                yield Finding.of(
                    "C104",
                    "the source has this denied, the summary does not say so",
                    hint="add who denies it",
                    summary=told.alignment.part.span,
                    source=material.spans([denial]),
                )


def _denial_of(material: Material, told: Comparison) -> int | None:
    """The sentence that denies what the part tells: the one it rests on, or one shortly after a rumour."""
    best = told.best
    if best.status is Status.DENIED:
        return best.index if told.flat else None
    if best.status is not Status.RUMOUR:
        return None
    sentences = material.source.sentences
    for index in range(best.index + 1, min(best.index + 1 + REACH, len(sentences))):
        if any(reading.status is Status.DENIED for reading in material.source.voices[index].readings):
            return index
    return None
