"""When an article was published, as documents write it."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

_LONGEST: Final = 64
"""Characters of the longest date form; anything longer is none."""
_GERMAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+(?:um\s+)?(\d{1,2})[:.](\d{2})(?:\s*Uhr)?)?")


def parse_date(written: str) -> datetime | None:
    """The moment that a date in ISO 8601, RFC 5322 or the form 3.10.2024, 14:30 names; None for anything else."""
    written = written.strip()
    if not written.isascii() or len(written) > _LONGEST:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    try:
        if match := _GERMAN.fullmatch(written):
            day, month, year, hour, minute = (int(part or 0) for part in match.groups())
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the form has no zone, and none is made up
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
