"""The checks that every article passes, whatever it came in: from a manuscript to an Article with findings."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from reportedly.errors import ArticleRejected
from reportedly.language.segment import detect_language
from reportedly.schema import Article, Finding, Language, Severity
from reportedly.sources.dates import parse_date
from reportedly.sources.interface import Limits, Loaded, Manuscript, place_name, too_large
from reportedly.sources.oddities import of_characters
from reportedly.sources.suspicions import suspect
from reportedly.text.decoding import reject_unreadable
from reportedly.text.shown import show
from reportedly.text.view import clean

HEADLINE_CHARS: Final = 200
"""Characters below which a text without a sentence is a headline; the longest of 500 headlines measured has 140."""
_SENTENCE_END: Final = re.compile(
    r"""(?:[^\W\d_]{2}|[\d%€$)\]”“"»’'])[.!…]["”“»«’')\]]*[ \t\r]*(?:\n|\Z)"""  # at the end of a line
    r"""|(?:[^\W\d_]{4}|[%€$)\]”“"»’'])[.!…]["”“»«’')\]]*\s"""  # inside a line, where Dr. and Inc. stand as well
    r"""|[。！？।؟։።]"""
)
"""A full stop that ends a sentence; the stops of other scripts do so anywhere."""

_NAMES: Final = {Language.GERMAN: "German", Language.ENGLISH: "English"}


def admit(manuscript: Manuscript, limits: Limits, *, language: Language | None = None) -> Loaded:
    """The article, with what was odd about it.

    Raises ArticleRejected: `too_large`, `not_text`, `empty_article`, `headline_only`. The language is the one asked
    for, else the one declared for the text, else the one its words tell, else that of its page.
    """
    if len(manuscript.text) > limits.chars:
        raise too_large(f"{len(manuscript.text):,} characters, at most {limits.chars:,}")
    reject_unreadable(manuscript.text)
    shown = show(manuscript.text)
    read = clean(shown.text).text
    _reject_without_sentence(read)
    detected = detect_language(read)
    asked = language or as_language(manuscript.language)
    published, undated = _published(manuscript.published)
    article = Article(
        id=manuscript.id,
        text=shown.text,
        title=_line(manuscript.title),
        language=asked or (detected if detected is not Language.UNKNOWN else None) or _page_language(manuscript),
        url=_line(manuscript.url),
        published=published,
        publisher=_line(manuscript.publisher),
    )
    findings = (
        *manuscript.findings,
        *of_characters(shown),
        *undated,
        *_other_language(asked, detected),
        *suspect(read),
    )
    return Loaded(article, findings, place_name(manuscript.where, manuscript.line))


def as_language(tag: str | None) -> Language | None:
    """The language of a tag such as `de`, `de-AT` or `en_US`; UNKNOWN for another one, None for none."""
    if not tag or not tag.strip():
        return None
    primary = re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]
    primary = {"deu": "de", "ger": "de", "german": "de", "deutsch": "de", "eng": "en", "english": "en"}.get(
        primary, primary
    )
    return Language(primary) if primary in (Language.GERMAN, Language.ENGLISH) else Language.UNKNOWN


def _page_language(manuscript: Manuscript) -> Language:
    return as_language(manuscript.page_language) or Language.UNKNOWN


def _reject_without_sentence(text: str) -> None:
    if not any(map(str.isalnum, text)):
        raise ArticleRejected("empty_article", "there is no text in it", hint="check the file or the extraction")
    if len(text) < HEADLINE_CHARS and not _SENTENCE_END.search(text):
        raise ArticleRejected(
            "headline_only", "a headline without an article: no complete sentence", hint="give the article's text"
        )


def _line(value: str | None) -> str | None:
    """A value of one line that can be stored and written; None for an empty one."""
    return (" ".join(show(value).text.split()) or None) if value else None


def _published(written: datetime | str | None) -> tuple[datetime | None, tuple[Finding, ...]]:
    if written is None or isinstance(written, datetime):
        return written, ()
    moment = parse_date(written)
    if moment is not None or not written.strip():
        return moment, ()
    message = "the date of publication can't be read, so it is left out"
    return None, (Finding.of("X404", message, hint="write it as 2025-01-31T09:30:00+01:00", severity=Severity.NOTE),)


def _other_language(asked: Language | None, detected: Language) -> tuple[Finding, ...]:
    if asked is None or Language.UNKNOWN in (asked, detected) or asked is detected:
        return ()
    message = f"the text looks {_NAMES[detected]} and is read as {_NAMES[asked]}, as told"
    return (Finding.of("X405", message, hint="leave out the language or correct it"),)
