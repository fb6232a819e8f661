"""What is found of one reporting verb."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reportedly.language.english.words import (
    Verb,
)


class Role(Enum):
    """How a verb reports."""

    ACTIVE = "active"
    HEARSAY = "hearsay"
    """ "is said to": nobody is named."""
    GUESS = "guess"
    """ "is believed to": nobody is named, and nobody is sure."""
    PASSIVE = "passive"
    """ "was announced": the doer may follow with "by"."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb that reports."""

    at: int
    verb: Verb
    role: Role
    main: bool
    subject: tuple[int, int] | None
    framing: bool = False
    """Whether it is put into or behind what it reports ("…, he said"): then it governs the whole sentence."""
