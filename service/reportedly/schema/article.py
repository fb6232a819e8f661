"""What goes in: an article and its numbered sentences."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from reportedly.schema.span import Record, Span


class Language(StrEnum):
    """Languages that the evidential reader knows; `und` is any other."""

    GERMAN = "de"
    ENGLISH = "en"
    UNKNOWN = "und"


class Article(Record):
    """One text as it is shown. All offsets in a report count code points of `text`."""

    id: Annotated[str, Field(min_length=1)]
    """The caller's name for it, kept as given."""
    text: str
    """The shown text. No NUL, no other control character but tab and line ends, no lone surrogate: each was replaced
    one for one by U+FFFD, so that offsets into the input stay true."""
    title: str | None = None
    """Headline given beside the text, if any; a headline inside `text` stays there."""
    language: Language = Language.UNKNOWN
    """The language it is read in."""
    url: str | None = None
    """Where it was published."""
    published: datetime | None = None
    """When it was published; relative dates are read against it."""
    publisher: str | None = None
    """Who published it: an outlet on itself is a party, not media."""


class SentenceKind(StrEnum):
    """What a segment is in the article; only some kinds can bear a claim."""

    PROSE = "prose"
    HEADING = "heading"
    """A headline or subheading, with or without a verb."""
    TEASER = "teaser"
    """The lines between the headline and the body."""
    CAPTION = "caption"
    QUESTION = "question"
    CREDIT = "credit"
    """Byline, agency mark, photo credit, correction note."""
    FRAGMENT = "fragment"
    """No proposition: list marks, greetings, tables of contents, boilerplate."""


class Sentence(Record):
    """A numbered segment of the text; models cite `id`, never words."""

    id: Annotated[int, Field(ge=1)]
    """Its number in reading order, from 1."""
    span: Span
    """Where it stands, without surrounding white space."""
    kind: SentenceKind
    """What it is."""
    paragraph: Annotated[int, Field(ge=0)]
    """Index of the paragraph it belongs to, from 0."""
