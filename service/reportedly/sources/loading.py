"""One item for every input: opens each place, reads it, checks each article, and keeps ids unique."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import BinaryIO, Final

from reportedly.errors import ArticleRejected, UsageError
from reportedly.schema import Language
from reportedly.sources.admit import admit, as_language
from reportedly.sources.interface import (
    MAX_BYTES,
    MAX_CHARS,
    Item,
    Limits,
    Loaded,
    Manuscript,
    Rejected,
    Repeated,
)
from reportedly.sources.places import STDIN, Place, find_places, unreadable
from reportedly.text.shown import show

TEXT_ID: Final = "text"
"""Id of a text that is handed over without one."""


def load(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    stdin: BinaryIO | None = None,
    language: Language | str | None = None,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Item]:
    """Read articles one by one: exactly one item for each, in the order of the inputs.

    `inputs` are files, folders, globs and `-`. `language` overrides what the articles declare. An article's id is the
    one of its JSON line, else its path as given. The same text under the same id once more is `Repeated`; another text
    under that id is rejected (`conflicting_id`).

    Raises UsageError at once where nothing is there to read; what can't be read beside others is `Rejected`.
    """
    if isinstance(inputs, str | os.PathLike):
        inputs = [inputs]
    places = find_places(inputs)
    return _load(places, stdin, _asked(language), Limits(max_chars, max_bytes))


def article_from_text(
    text: str,
    *,
    id: str = TEXT_ID,  # noqa: A002 - the field's own name
    title: str | None = None,
    language: Language | str | None = None,
    url: str | None = None,
    published: datetime | str | None = None,
    publisher: str | None = None,
) -> Loaded:
    """The article of a text that is already at hand.

    Raises ArticleRejected where it is none (`empty_article`, `headline_only`, `too_large`, `not_text`).
    """
    if not isinstance(text, str):
        raise UsageError(f"the text of an article is a str, not {type(text).__name__}", hint="decode bytes first")
    name = show(id).text or TEXT_ID
    manuscript = Manuscript(name, name, text, title, url=url, published=published, publisher=publisher)
    return admit(manuscript, Limits(), language=_asked(language))


def _asked(language: Language | str | None) -> Language | None:
    asked = as_language(language)
    if asked is Language.UNKNOWN and language != Language.UNKNOWN:
        raise UsageError(f"no language {str(language)!r}", hint="de and en are read; leave it out to tell by the text")
    return None if asked is Language.UNKNOWN else asked


def manuscripts(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    stdin: BinaryIO | None = None,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Manuscript | Rejected | Repeated]:
    """Read what `load` reads, but leave the checks of each article (`admitted`) to the caller.

    For a caller that knows many of the articles already: reading a line costs a tenth of checking it.
    """
    return _manuscripts(find_places(inputs), stdin, Limits(max_chars, max_bytes))


def admitted(record: Manuscript, *, language: Language | str | None = None, max_chars: int = MAX_CHARS) -> Item:
    """The article of a manuscript, or why it is none."""
    return _admitted(record, Limits(chars=max_chars), _asked(language))


def _load(
    places: Iterator[Place | Rejected], stdin: BinaryIO | None, language: Language | None, limits: Limits
) -> Iterator[Item]:
    for record in _manuscripts(places, stdin, limits):
        yield _admitted(record, limits, language) if isinstance(record, Manuscript) else record


def _admitted(record: Manuscript, limits: Limits, language: Language | None) -> Item:
    try:
        return admit(record, limits, language=language)
    except ArticleRejected as error:
        return Rejected.of(error, id=record.id, where=record.where, line=record.line)


def _manuscripts(
    places: Iterator[Place | Rejected], stdin: BinaryIO | None, limits: Limits
) -> Iterator[Manuscript | Rejected | Repeated]:
    """Ids are promised to be unique; 16 bytes of digest an article keep memory flat."""
    texts: dict[str, bytes] = {}
    for record in _records(places, stdin, limits):
        if isinstance(record, Rejected):
            yield record
            continue
        digest = blake2b(record.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = texts.setdefault(record.id, digest)
        if known is digest:
            yield record
        elif known == digest:
            yield Repeated(record.id, record.where, record.line)
        else:
            yield Rejected.of(_conflict(record.id), id=record.id, where=record.where, line=record.line)


def _conflict(name: str) -> ArticleRejected:
    message = f"the id {name!r} was given to another text before"
    return ArticleRejected("conflicting_id", message, hint="give each text its own id")


def _records(
    places: Iterator[Place | Rejected], stdin: BinaryIO | None, limits: Limits
) -> Iterator[Manuscript | Rejected]:
    for place in places:
        if isinstance(place, Rejected):
            yield place
            continue
        name = place.name
        try:
            if place.path == STDIN:
                yield from place.reader(stdin or sys.stdin.buffer, name, limits)
            else:
                with open(place.path, "rb") as stream:
                    yield from place.reader(stream, name, limits)
        except OSError as error:
            yield unreadable(name, error)
        except ArticleRejected as error:
            yield Rejected.of(error, id=name, where=name)
