"""What a format is: it takes each terminal record as it comes and writes it down."""

from __future__ import annotations

from typing import Protocol

from reportedly.schema import Failure, Report


class Format(Protocol):
    """Writes terminal records, one an input, to the stream that it was made for."""

    def write(self, record: Report | Failure) -> None:
        """Takes one record; streams it where the format allows."""
        ...

    def close(self) -> None:
        """Writes what can only stand at the end."""
        ...
