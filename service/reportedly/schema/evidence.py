"""Who vouches, how firmly, and the label that follows (one pure function, served to rules and models alike)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Self

from pydantic import model_validator

from reportedly.schema.span import Record, Span


class SourceKind(StrEnum):
    """Who vouches for a claim."""

    ARTICLE = "article"
    """The writer's own voice."""
    PARTY = "party"
    """A person or body on the record: about itself, its own work or field; an authority, a study, a court."""
    MEDIA = "media"
    """Another outlet on the affairs of others, named or not."""
    UNNAMED = "unnamed"
    """Insiders, circles, hearsay with no teller."""


class Firmness(StrEnum):
    """How firmly the source puts it."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    """A future act that its doer has announced."""
    DENIED = "denied"
    CONFIRMED = "confirmed"
    EVALUATED = "evaluated"
    """A value judgement: nothing to check."""


class Status(StrEnum):
    """The rumour status: an account of the text, never a verdict on the world."""

    STATED = "stated"
    ATTRIBUTED = "attributed"
    RUMOUR = "rumour"
    SPECULATION = "speculation"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    OPINION = "opinion"


UNSURE: Final = frozenset({Status.RUMOUR, Status.SPECULATION, Status.DENIED})
"""The statuses that a reader must never take for fact."""

_FROM_LEAST_SURE: Final = (
    Status.RUMOUR,
    Status.SPECULATION,
    Status.DENIED,
    Status.ATTRIBUTED,
    Status.OPINION,
    Status.CONFIRMED,
    Status.STATED,
)


def least_sure(statuses: Iterable[Status]) -> Status:
    """The least sure of several; `stated` where there is none."""
    return min(statuses, key=_FROM_LEAST_SURE.index, default=Status.STATED)


_NEEDS_A_PARTY: Final = frozenset({Firmness.DENIED, Firmness.CONFIRMED})


def contradiction(kind: SourceKind, firmness: Firmness) -> str | None:
    """Why the two axes can't stand together, or None where they can."""
    if firmness in _NEEDS_A_PARTY and kind is not SourceKind.PARTY:
        return f"only a party can have {firmness.value} something, not source kind {kind.value!r}"
    return None


def derive_status(kind: SourceKind, firmness: Firmness) -> Status:
    """The label, from the axes; the first line that fits decides.

    Raises ValueError where the axes contradict each other (`contradiction`).
    """
    if why := contradiction(kind, firmness):
        raise ValueError(why)
    if firmness is Firmness.DENIED:
        return Status.DENIED
    if firmness is Firmness.CONFIRMED:
        return Status.CONFIRMED
    if kind in (SourceKind.MEDIA, SourceKind.UNNAMED):
        return Status.RUMOUR
    if firmness in (Firmness.POSSIBLE, Firmness.CONDITIONAL):
        return Status.SPECULATION
    if kind is SourceKind.PARTY:
        return Status.ATTRIBUTED
    if firmness is Firmness.EVALUATED:
        return Status.OPINION
    return Status.STATED


class Attribution(Record):
    """The one who vouches."""

    kind: SourceKind
    """Whose voice it is."""
    name: str | None = None
    """One name per source and article: „Wall Street Journal“ also where the text says „WSJ“; None if unnamed."""
    chain: tuple[str, ...] = ()
    """Every hop from the teller to the origin, where there are at least two: Bloomberg, then insiders."""
    span: Span | None = None
    """The words that name the source; None where they stand in no sentence (the writer) or nobody is named."""

    @model_validator(mode="after")
    def _writer_has_no_source(self) -> Self:
        if self.kind is SourceKind.ARTICLE and (self.name or self.chain or self.span):
            raise ValueError("the writer's own voice (kind 'article') has no named source")
        if len(self.chain) == 1:
            raise ValueError("a chain has at least two hops")
        return self


class Cue(Record):
    """The words that decide the status."""

    span: Span
    """Where they stand."""
    text: str
    """The words as they stand in the text."""
