"""What a request and its answer look like; the shapes are those of the command line's formats."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reportedly.api import About
from reportedly.schema import Firmness, Severity, SourceKind, Status
from reportedly.web.configuration import RULES

EXAMPLE: Final = (
    "Werft vor dem Verkauf\n\n"
    "Die Küstenwerft steht nach Angaben der Hafenpost vor einem Verkauf. Die Geschäftsführung bestreitet das. "
    "Der Preis könnte 40 Millionen Euro betragen."
)
PUSH: Final = "Die Küstenwerft wird für 50 Millionen Euro verkauft."

Short = Annotated[str, Field(max_length=500)]
Code = Annotated[str, Field(max_length=8)]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ArticleBody(_Body):
    """An article: its text, its page, or the address of its page. Exactly one of the three."""

    text: str | None = None
    """The text, with the headline on the first line or in `title`."""
    html: str | None = None
    """The page, from which the article is taken."""
    fetch: Annotated[str, Field(max_length=4_000)] | None = None
    """The address of the page; only where the service was started with --allow-fetch."""
    id: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    """The caller's name for it."""
    title: Short | None = None
    """The headline, where it does not stand in the text."""
    lang: Literal["de", "en"] | None = None
    """The language it is read in; told by its words without it."""
    url: Annotated[str, Field(max_length=4_000)] | None = None
    """Where it was published; it is not fetched."""
    published: Short | None = None
    """When it was published; relative dates are read against it."""
    publisher: Short | None = None
    """Who published it: an outlet on itself is a party, not media."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(given is not None for given in (self.text, self.html, self.fetch)) != 1:
            raise ValueError("give exactly one of text, html, fetch")
        return self

    def about(self) -> About:
        """What is known of the article beside its text."""
        return About(
            id=self.id or "text",
            title=self.title,
            lang=self.lang,
            url=self.url,
            published=self.published,
            publisher=self.publisher,
        )


class FlagsBody(ArticleBody):
    """An article whose claims are wanted."""

    engine: Short = RULES
    """`rules`, or one of the models that the service offers."""


class SummaryBody(FlagsBody):
    """An article whose summary is wanted."""

    words: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """At most so many words; about three sentences without it."""
    language: Literal["de", "en"] | None = None
    """The language that a model writes in."""


class CheckBody(FlagsBody):
    """An article and a summary of it that anybody wrote."""

    summary: str
    """The summary."""
    select: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    """Only these finding codes or families: `C`, `F201`."""
    ignore: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    """Not these."""


class BatchWishes(_Body):
    """What is wanted of every article of a batch."""

    engine: Short = RULES
    """`rules`, or one of the models that the service offers."""
    summary: bool = True
    """Whether to summarise; flags alone are cheaper."""
    words: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """At most so many words a summary."""
    lang: Literal["de", "en"] | None = None
    """The language that all articles are read in."""
    language: Literal["de", "en"] | None = None
    """The language that a model writes in."""


class BatchState(StrEnum):
    """Where a batch is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class BatchBody(_Body):
    """A batch."""

    id: str
    """Its name; only the caller who sent it can use it."""
    state: BatchState
    """waiting, running, done, cancelled, failed."""
    reason: str | None
    """Why it failed."""
    hint: str | None
    """What to do about it."""
    created: str
    """When it was accepted."""
    engine: str
    """Who reads."""
    expected: int | None
    """How many articles there are, once that is known."""
    done: int
    """How many have their record."""
    outcomes: dict[str, int]
    """How many ended how: clean, flagged, undetermined, failed."""


class SpanBody(BaseModel):
    """Where words stand, in code points."""

    start: int
    end: int


class CueBody(SpanBody):
    """The words that decide the status."""

    text: str


class ClaimBody(SpanBody):
    """One claim with its rumour status; `start` and `end` are places in the article's text."""

    sentence: int
    text: str
    status: Status
    source: str | None
    source_kind: SourceKind
    chain: list[str]
    firmness: Firmness
    cue: CueBody | None
    inherited_from: int | None


class FindingBody(BaseModel):
    """What an editor should look at."""

    code: str
    severity: Severity
    message: str
    hint: str
    summary: SpanBody | None
    source: list[SpanBody]


class FlagsAnswer(BaseModel):
    """All claims of an article, as `reportedly flag --format jsonl` writes them."""

    id: str
    language: Literal["de", "en", "und"]
    claims: list[ClaimBody]
    findings: list[FindingBody]


class CheckAnswer(BaseModel):
    """Where a summary parts from its source, as `reportedly check --format jsonl` writes it."""

    id: str
    findings: list[FindingBody]
    support: list[float]
    outcome: Literal["clean", "flagged", "undetermined"]
    reason: str | None = None


def examples(**more: Any) -> dict[str, Any]:
    """An example of a request's body, for the documentation."""
    return {"german": {"summary": "A German report", "value": {"text": EXAMPLE, **more}}}
