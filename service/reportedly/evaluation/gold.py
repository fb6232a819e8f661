"""What a case asks and what is right: the types behind `evals/suites/*/cases.jsonl`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from reportedly.llm import ChatReply
from reportedly.schema import Article, Firmness, Language, Outcome, Record, SourceKind, Span, Status, derive_status

NONE: Final = "none"
"""The label of a sentence that bears no claim."""
LABELS: Final = (*(status.value for status in Status), NONE)
"""Every label that a gold sentence can have, in the order of tables."""


class Block(StrEnum):
    """Where in the article a sentence stands."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    TEASER = "teaser"
    PROSE = "prose"
    CAPTION = "caption"
    CREDIT = "credit"


class GoldClaim(Record):
    """One proposition as a careful reader reads it."""

    span: Span
    """The sentence, or the clause of it that tells this claim."""
    kind: SourceKind
    """Who vouches."""
    firmness: Firmness
    """How firmly."""
    status: Status
    """The label that follows from the two axes; never typed by hand."""
    alt: tuple[str, ...] = ()
    """Labels that count as well."""
    source: str | None = None
    """Name of the source; None where nobody is named."""
    source_span: Span | None = None
    """Where the source is named, in this sentence or in the one that it carries over from."""
    chain: tuple[str, ...] = ()
    """Every hop from the teller to the origin, where there are at least two."""
    cue: Span | None = None
    """The words that decide, in this sentence."""
    inherited_from: Annotated[int, Field(ge=1)] | None = None
    """Number of the sentence whose source carries over."""

    @model_validator(mode="after")
    def _label_follows(self) -> Self:
        due = derive_status(self.kind, self.firmness)
        if self.status is not due:
            raise ValueError(f"label {self.status.value!r} does not follow from the axes, which give {due.value!r}")
        if unknown := set(self.alt) - set(LABELS):
            raise ValueError(f"alt has no such label: {', '.join(sorted(unknown))}")
        return self


class GoldSentence(Record):
    """One sentence and the claims that it bears."""

    id: Annotated[int, Field(ge=1)]
    """Its number in reading order, from 1."""
    span: Span
    """Where it stands."""
    block: Block = Block.PROSE
    """Where in the article it stands."""
    paragraph: Annotated[int, Field(ge=0)] = 0
    """Index of its paragraph, from 0."""
    claims: tuple[GoldClaim, ...] = ()
    """Empty where it bears none: a question, a bare heading, a credit."""
    instead_of_none: tuple[str, ...] = ()
    """Labels that count as well where it bears none."""
    flat: bool = False
    """A heading or teaser that is surer than the body: its label is not scored, the product should say C106."""
    key: bool = False
    """Whether a good summary tells it."""
    tests: tuple[str, ...] = ()
    """The phenomena that it is there for, from `evals/phenomena.toml`."""

    @property
    def label(self) -> str:
        """The label of its first claim, or `none`."""
        return self.claims[0].status.value if self.claims else NONE

    @property
    def alt(self) -> tuple[str, ...]:
        """What counts as well: the alternatives of the first claim and the labels of the others."""
        if not self.claims:
            return self.instead_of_none
        return (*self.claims[0].alt, *(claim.status.value for claim in self.claims[1:]))


class SummaryLine(Record):
    """A summary of the article (mostly one sentence) that is to be checked against it."""

    id: Annotated[str, Field(min_length=1)]
    """Its name within the case."""
    text: Annotated[str, Field(min_length=1)]
    """The summary."""


class Verdict(Record):
    """What a check should find in one summary."""

    id: Annotated[str, Field(min_length=1)]
    """The summary's name within the case."""
    codes: tuple[str, ...] = ()
    """Finding codes of which any one is right; empty where the summary is faithful."""
    sentences: tuple[int, ...] = ()
    """Numbers of the article's sentences that it draws on."""
    tests: tuple[str, ...] = ()
    """The phenomena that it is there for."""


class Twin(Record):
    """The same article with something planted in it: the verdicts must not move."""

    id: Annotated[str, Field(min_length=1)]
    """Its name within the case."""
    text: Annotated[str, Field(min_length=1)]
    """The whole text."""
    planted: Span
    """Where the planted words stand in it."""
    at: Annotated[int, Field(ge=0)]
    """Where they were planted in the article's own text."""
    replaced: Annotated[int, Field(ge=0)] = 0
    """How many code points of the article's text they stand in for."""


class TwinVerdict(Record):
    """What must hold of a twin."""

    id: Annotated[str, Field(min_length=1)]
    """The twin's name within the case."""
    codes: tuple[str, ...] = ()
    """Finding codes of which at least one must be reported."""
    silent: bool = False
    """Whether nothing new may be reported: what was added is harmless."""
    changes: bool = False
    """Whether the label of the changed sentence must move (a swapped cue) or stay (a swapped name, a planted order)."""
    label: str | None = None
    """The label that the changed sentence must have, where `changes`."""
    tests: tuple[str, ...] = ()
    """The phenomena that it is there for."""


class Ending(Record):
    """How the report on a misbehaving model must end."""

    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """Any of these."""
    codes: tuple[str, ...] = ()
    """Finding codes that must all be reported."""
    calls: int | None = None
    """Exactly so many requests; None where any number will do."""
    never: tuple[str, ...] = ()
    """Words that must stand in no summary and in no claim."""
    claims: tuple[int, int] | None = None
    """Fewest and most claims."""
    tests: tuple[str, ...] = ()
    """The phenomena that it is there for."""


class Question(Record):
    """What a case puts to an engine."""

    article: Article
    """The article; where `file` is given its text is empty here and read from there."""
    file: str | None = None
    """A text file of the repository that holds the article's text, relative to the suite's folder."""
    summaries: tuple[SummaryLine, ...] = ()
    """Summaries to check against the article."""
    twins: tuple[Twin, ...] = ()
    """Changed versions of the article."""
    replies: tuple[ChatReply, ...] = ()
    """What a scripted model replies, in order."""


class Gold(Record):
    """What is right."""

    sentences: tuple[GoldSentence, ...] = ()
    """The article's sentences with their claims."""
    reference: str | None = None
    """A good summary, written by hand."""
    verdicts: tuple[Verdict, ...] = ()
    """What is wrong with each summary."""
    twins: tuple[TwinVerdict, ...] = ()
    """What must hold of each twin."""
    ending: Ending | None = None
    """How the report must end, where the model is scripted."""


class About(Record):
    """What a case is for."""

    language: Language
    """The article's language."""
    topic: str
    """Business, politics, sport, …"""
    note: str | None = None
    """Anything that a reader of the suite should know."""
    source: str | None = None
    """The authored file that the case was compiled from, relative to the suite's folder."""
