"""The text of a re-ask: a bounded list, whatever the number of problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MAX_REPAIRS: Final = 2
"""Re-asks an article; each costs a whole request, and public reports of repair loops show none mended by a third."""
_LISTED: Final = 12
"""Problems named in one re-ask; the first ones, since later ones often follow from them."""
_LONGEST: Final = 240
"""Characters of one problem."""


def problem_list(problems: Sequence[str]) -> str:
    """The problems a line each, at most twelve, each cut to a bounded length."""
    lines = [f"- {_cut(problem)}" for problem in dict.fromkeys(problems)]
    left = len(lines) - _LISTED
    if left > 0:
        lines = [*lines[:_LISTED], f"- and {left} more of the same kinds"]
    return "\n".join(lines)


def _cut(problem: str) -> str:
    line = " ".join(problem.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
