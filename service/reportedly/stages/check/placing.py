"""A value that the article has, told in the place of another: right number, wrong holder."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import COMPOUND

ELSEWHERE: Final = 0.55
"""A value is out of place where its own sentence covers less than this share of what the best sentence covers.
By hand; with it none of 232 faithful sentences is flagged for this."""
_NEIGHBOUR: Final = 1
"""Sentences on each side that still belong to the passage: a number often stands one sentence on."""
_AROUND: Final = 4
"""Words on each side of a value that tell what it is about."""


def out_of_place(material: Material, alignment: Alignment, value: tuple[int, int], sentences: Collection[int]) -> bool:
    """Whether a value that stands only in `sentences` (indices) belongs to another passage than the one told of.

    `value` is its first and last token in the summary.
    """
    if not alignment.sources or -1 in sentences:
        return False
    passage = {at + by for at in alignment.sources for by in range(-_NEIGHBOUR, _NEIGHBOUR + 1)}
    if any(at in passage for at in sentences):
        return False
    best = max(alignment.shares)
    if any(alignment.touched.get(at, 0.0) >= ELSEWHERE * best for at in sentences):
        return False
    return not any(_speaks_of(material, stem, sentences) for stem in _around(material, alignment, value))


def _around(material: Material, alignment: Alignment, value: tuple[int, int]) -> Iterator[str]:
    """The content words beside a value, in its own proposition."""
    first, last = alignment.part.first, alignment.part.last
    for at in (
        *range(max(first, value[0] - _AROUND), value[0]),
        *range(value[1] + 1, min(last, value[1] + 1 + _AROUND)),
    ):
        stem = material.facts.stems[at]
        if stem and not stem[0].isdigit():
            yield stem


def _speaks_of(material: Material, stem: str, sentences: Collection[int]) -> bool:
    where = material.source.where(stem)
    return any(where.get(at, 0.0) >= COMPOUND for at in sentences)
