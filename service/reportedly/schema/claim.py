"""A claim: one checkable proposition that the article conveys."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from reportedly.schema.evidence import UNSURE, Attribution, Cue, Firmness, Status, derive_status
from reportedly.schema.span import Record, Span


class Claim(Record):
    """One proposition with its rumour status."""

    id: Annotated[int, Field(ge=1)]
    """Its number in reading order, from 1."""
    sentence: Annotated[int, Field(ge=1)]
    """The sentence it stands in."""
    span: Span
    """Where it stands: the sentence, or a clause of it."""
    text: str
    """The claim in words: a slice of the text from the rule engine, its own wording from a model."""
    status: Status
    """Follows from `attribution.kind` and `firmness`; no other value can be built."""
    attribution: Attribution
    """Who vouches."""
    firmness: Firmness
    """How firmly."""
    cue: Cue | None = None
    """The words that decide; None in the writer's plain voice or where all is inherited."""
    inherited_from: Annotated[int, Field(ge=1)] | None = None
    """The sentence whose source carries over to this one."""
    rule: str = ""
    """Name of the rule that read it, for `reportedly explain`; empty from a model."""

    @model_validator(mode="after")
    def _status_follows(self) -> Self:
        due = derive_status(self.attribution.kind, self.firmness)
        if self.status is not due:
            raise ValueError(f"status {self.status.value!r} does not follow from the axes, which give {due.value!r}")
        return self

    @property
    def unsure(self) -> bool:
        """Whether a reader must not take it for fact."""
        return self.status in UNSURE
