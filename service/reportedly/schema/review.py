"""What comes out of the second door: where a summary that somebody wrote parts from its source."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportedly.schema.article import Article
from reportedly.schema.finding import Finding
from reportedly.schema.report import SCHEMA_VERSION, Outcome, Provenance
from reportedly.schema.span import Record, Span


class Review(Record):
    """One source and one summary of it, checked."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    """Version of this format; a consumer checks it first."""
    id: Annotated[str, Field(min_length=1)]
    """The pair's name."""
    article: Article
    """The source; the findings' `source` spans slice its text."""
    summary: str
    """The summary; the findings' `summary` spans slice it."""
    sentences: tuple[Span, ...]
    """The summary's sentences."""
    findings: tuple[Finding, ...] = ()
    """Where it parts from its source, in the order of the summary."""
    support: tuple[float, ...] = ()
    """How well the source vouches for each summary sentence, 0 to 1."""
    outcome: Outcome
    """`clean`, `flagged`, or `undetermined` where the tool failed."""
    reason: str | None = None
    """Why, where the outcome is `undetermined`."""
    provenance: Provenance
    """What checked it."""

    @model_validator(mode="after")
    def _one_support_a_sentence(self) -> Self:
        if self.outcome is not Outcome.UNDETERMINED and len(self.support) != len(self.sentences):
            raise ValueError(f"{len(self.support)} supports for {len(self.sentences)} sentences")
        return self
