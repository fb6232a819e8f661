"""Which sentences are shown to a model at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportedly.language.analysis import Analysis
from reportedly.llm.tokens import estimate

WINDOW_TOKENS: Final = 6_000
"""Tokens of article in one request: all but the longest news articles stay whole."""
OVERLAP: Final = 3
"""Sentences of the window before that are shown again, so that a report that runs on is understood."""
_PER_LINE: Final = 5
"""Tokens of a sentence's number and line end."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentence numbers of one request."""

    context: tuple[int, ...]
    """Shown again to be understood, already claimed by the window before."""
    own: tuple[int, ...]
    """To be claimed here."""

    @property
    def shown(self) -> tuple[int, ...]:
        """All of them, in reading order."""
        return (*self.context, *self.own)


def windows_of(analysis: Analysis, tokens: int = WINDOW_TOKENS) -> tuple[Window, ...]:
    """Cuts the article between sentences into windows of about `tokens`; one window wherever it fits.

    The context of a window is the last sentences of the one before and whatever sentence its own ones carry over from.
    """
    groups: list[list[int]] = [[]]
    room = tokens
    for sentence in analysis.sentences:
        cost = estimate(analysis.words(sentence.id)) + _PER_LINE
        if cost > room and groups[-1]:
            groups.append([])
            room = tokens
        groups[-1].append(sentence.id)
        room -= cost
    leaning = {reading.sentence: reading.inherited_from for reading in analysis.readings if reading.inherited_from}
    return tuple(Window(_context(own, leaning), tuple(own)) for own in groups if own)


def _context(own: list[int], leaning: dict[int, int]) -> tuple[int, ...]:
    first = own[0]
    if first == 1:
        return ()
    before = set(range(max(1, first - OVERLAP), first))
    before |= {leaning[number] for number in own if leaning.get(number, first) < first}
    return tuple(sorted(before))
