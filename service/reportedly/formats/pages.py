"""The pages of documentation that each finding code has: docs/findings/CODE.md, carried in the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportedly.errors import UsageError
from reportedly.schema import RULES

_PACKAGED: Final = Path(__file__).resolve().parents[1] / "_findings"
"""Where a built wheel carries docs/findings/."""
_CHECKOUT: Final = Path(__file__).resolve().parents[3] / "docs" / "findings"
"""Where they lie in a checkout."""


def page_of(code: str) -> str:
    """The page of a finding code, as Markdown. Raises UsageError for a code that there is not."""
    known = RULES.get(code.strip().upper())
    if known is None:
        near = [name for name in RULES if name[0] == code.strip().upper()[:1]]
        raise UsageError(f"there is no finding code {code!r}", hint=f"codes are {', '.join(near or RULES)}")
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return (folder / f"{known.code}.md").read_text(encoding="utf-8")
