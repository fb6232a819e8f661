"""What leaves the house."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from reportedly.schema.article import Article, Sentence
from reportedly.schema.claim import Claim
from reportedly.schema.evidence import Status
from reportedly.schema.finding import Finding, Severity
from reportedly.schema.span import Record, Span

SCHEMA_VERSION: Final = "1"


class Origin(StrEnum):
    """How a summary sentence came about."""

    EXTRACTED = "extracted"
    """Taken from the article word for word, but for a restored source in brackets."""
    WRITTEN = "written"
    """Worded by a model."""
    REPLACED = "replaced"
    """Extracted in place of a sentence that a model had written and that stayed unsure."""


class SummarySentence(Record):
    """One sentence of the summary and what it rests on."""

    text: str
    """The sentence."""
    span: Span
    """Where it stands in the summary's text."""
    sentences: tuple[int, ...]
    """Numbers of the article's sentences that it rests on."""
    status: Status
    """The least sure status among what it tells."""
    origin: Origin
    """How it came about."""


class SummaryPart(NamedTuple):
    """A summary sentence before it has its place."""

    text: str
    sentences: tuple[int, ...]
    status: Status
    origin: Origin


class Summary(Record):
    """A summary that is no surer than its source."""

    text: str
    """All sentences, joined by one space."""
    sentences: tuple[SummarySentence, ...]
    """The sentences in order."""

    @model_validator(mode="after")
    def _spans_slice(self) -> Self:
        for sentence in self.sentences:
            if sentence.span.of(self.text) != sentence.text:
                raise ValueError(f"summary span {sentence.span} does not slice its sentence")
        return self

    @classmethod
    def of(cls, parts: Iterable[SummaryPart]) -> Summary:
        """A summary of the given sentences, with their spans."""
        sentences: list[SummarySentence] = []
        start = 0
        for text, rests_on, status, origin in parts:
            span = Span(start=start, end=start + len(text))
            sentences.append(
                SummarySentence(text=text, span=span, sentences=tuple(rests_on), status=status, origin=origin)
            )
            start = span.end + 1
        return cls(text=" ".join(sentence.text for sentence in sentences), sentences=tuple(sentences))


class Outcome(StrEnum):
    """How the work on one article ended."""

    CLEAN = "clean"
    """Nothing above a note was found."""
    FLAGGED = "flagged"
    """An editor should look at the findings."""
    UNDETERMINED = "undetermined"
    """The tool failed: says nothing about the article."""


class Usage(Record):
    """What the model calls used; all zero for the rule engine."""

    calls: int = 0
    """Requests sent, repairs included, retries not."""
    attempts: int = 0
    """Requests sent, retries included."""
    cached: int = 0
    """Requests answered from the reply cache."""
    input_tokens: int = 0
    """Tokens sent, as the provider counted them."""
    cached_tokens: int = 0
    """Of these, read from the provider's prompt cache."""
    output_tokens: int = 0
    """Tokens received, reasoning included."""
    reasoning_tokens: int = 0
    """Of these, spent on reasoning."""
    estimated: bool = False
    """Whether a provider left out its count and ours stands in."""
    cost: float | None = 0.0
    """US dollars; None where a price is unknown."""


class Provenance(Record):
    """What produced the report."""

    engine: str
    """`rules` or `model`."""
    version: str
    """Version of this package."""
    model: str | None = None
    """The model as asked for."""
    model_returned: str | None = None
    """The model as the provider named it in its reply."""
    prompt: str | None = None
    """Name and version of the prompt."""
    prompt_digest: str | None = None
    """SHA-256 of the prompt's files."""
    schema_digest: str | None = None
    """SHA-256 of the reply schema."""
    usage: Usage = Usage()
    """Calls, tokens, cost."""
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """Wall time."""
    covered: tuple[Span, ...] = ()
    """Which parts of the text were read; the whole text unless said otherwise."""


class Report(Record):
    """Everything known about one article: the only thing that leaves the house."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    """Version of this format; a consumer checks it first."""
    article: Article
    """What was read."""
    sentences: tuple[Sentence, ...]
    """Its numbered sentences."""
    summary: Summary | None = None
    """The summary; None where none was asked for or none could be made."""
    claims: tuple[Claim, ...] = ()
    """Every checkable proposition, in reading order."""
    findings: tuple[Finding, ...] = ()
    """What an editor should look at."""
    outcome: Outcome
    """How the work ended."""
    reason: str | None = None
    """Why, where the outcome is `undetermined`."""
    provenance: Provenance
    """What produced it."""

    @model_validator(mode="after")
    def _reason_for_undetermined(self) -> Self:
        if (self.outcome is Outcome.UNDETERMINED) != (self.reason is not None):
            raise ValueError("a reason is given exactly where the outcome is 'undetermined'")
        return self


class Failure(Record):
    """An input that ended without a report: the tool's or the input's fault, never a statement about an article."""

    id: str
    """The input's name, as far as it is known."""
    reason: str
    """Stable snake_case word, for example `empty_article`."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What to do about it."""
    where: str | None = None
    """File and line, where it has them."""


def outcome_of(findings: tuple[Finding, ...]) -> Outcome:
    """`flagged` where any finding is above a note, else `clean`."""
    return Outcome.FLAGGED if any(f.severity is not Severity.NOTE for f in findings) else Outcome.CLEAN
