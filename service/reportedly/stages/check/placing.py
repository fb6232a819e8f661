"""A value that the article has, told in the place of another: right number, wrong holder."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from reportedly.stages.check.align import Alignment

ELSEWHERE: Final = 0.55
"""A value is out of place where its own sentence covers less than this share of what the best sentence covers."""
_NEIGHBOUR: Final = 1
"""Sentences on each side that still belong to the passage: a number often stands one sentence on."""


def out_of_place(alignment: Alignment, sentences: Collection[int]) -> bool:
    """Whether a value that stands only in `sentences` (indices) belongs to another passage than the one told of."""
    if not alignment.sources or -1 in sentences:
        return False
    passage = {at + by for at in alignment.sources for by in range(-_NEIGHBOUR, _NEIGHBOUR + 1)}
    if any(at in passage for at in sentences):
        return False
    best = max(alignment.shares)
    return all(alignment.touched.get(at, 0.0) < ELSEWHERE * best for at in sentences)
