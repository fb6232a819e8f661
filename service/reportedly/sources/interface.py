"""What comes in: a loaded article, a rejected input, or a repeated one. Every input ends as exactly one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import BinaryIO, Final

from reportedly.errors import ArticleRejected
from reportedly.schema import Article, Failure, Finding

MAX_CHARS: Final = 2_000_000
"""Characters of one article; a long novel has half of them. Longer text is rejected before anything reads it."""
MAX_BYTES: Final = 20_000_000
"""Bytes of one document, or of one line of JSON Lines, before decoding; the cap that trafilatura sets for a page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large one article may be."""

    chars: int = MAX_CHARS
    bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article as one reader made it out, before the checks that are the same for every format."""

    id: str
    where: str
    """The file, for messages."""
    text: str
    title: str | None = None
    language: str | None = None
    """The language tag that vouches for this very text, for example `de-AT`."""
    page_language: str | None = None
    """The language tag of the page around it, which only counts where the text does not tell."""
    url: str | None = None
    published: datetime | str | None = None
    publisher: str | None = None
    findings: tuple[Finding, ...] = ()
    """What the reader noticed."""
    line: int | None = None
    """Its line in a file that holds one article a line, from 1."""

    def digest(self) -> bytes:
        """16 bytes over everything that a reading depends on: not the id, the address and the place."""
        published = self.published.isoformat() if isinstance(self.published, datetime) else self.published
        read = (self.text, self.title, self.language, self.page_language, published, self.publisher)
        noticed = [finding.code for finding in self.findings]
        return blake2b(json.dumps([*read, noticed]).encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article that can be read, and what was odd about the input."""

    article: Article
    findings: tuple[Finding, ...] = ()
    """X402 to X404; they belong into the article's report."""
    where: str = ""
    """The file it came from, with its line if the file holds many."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no article; the others go on."""

    id: str
    """Its id where one is known, else where it stands."""
    where: str
    """The file, or `standard input`."""
    reason: str
    """Stable snake_case word, for example `empty_article`."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What to do about it."""
    line: int | None = None
    """The line of a file that holds one article a line, from 1."""

    @classmethod
    def of(cls, error: ArticleRejected, *, id: str, where: str, line: int | None = None) -> Rejected:  # noqa: A002
        """The record of a rejection that was raised."""
        return cls(id, where, error.reason, error.message, error.advice, line)

    def failure(self) -> Failure:
        """The terminal record that goes out in place of a report."""
        where = place_name(self.where, self.line)
        return Failure(id=self.id, reason=self.reason, message=self.message, hint=self.hint, where=where)


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same text under the same id once more: it is processed once and counted here."""

    id: str
    where: str
    line: int | None = None


Item = Loaded | Rejected | Repeated

Reader = Callable[[BinaryIO, str, Limits], Iterator[Manuscript | Rejected]]
"""Reads one stream whose name is given; lazily, a record at a time. May raise ArticleRejected for the whole."""


def place_name(where: str, line: int | None) -> str:
    """The file, and the line if there is one, as editors and compilers write it."""
    return where if line is None else f"{where}:{line}"


def read_capped(stream: BinaryIO, limits: Limits) -> bytes:
    """All bytes of the stream. Raises ArticleRejected (`too_large`) once they are more than the limit."""
    data = stream.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise too_large(f"more than {limits.bytes:,} bytes")
    return data


def too_large(size: str) -> ArticleRejected:
    """The rejection of a text over a limit."""
    return ArticleRejected("too_large", f"too large for one article: {size}", hint="split it into its articles")
