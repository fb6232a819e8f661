"""What is done for one request: an article in, bytes out. Runs in a process of its own for the rules."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from enum import StrEnum

from reportedly import api
from reportedly.errors import ArticleRejected
from reportedly.formats import flag_record, html_report
from reportedly.formats.reviews import review_record
from reportedly.pipeline import Wanted, read_source
from reportedly.schema import Language, Report, Review
from reportedly.sources import Loaded, Rejected, load
from reportedly.web.review_page import review_page
from reportedly.wiring import Engine, RuleEngine


class Kind(StrEnum):
    """What is wanted of an article."""

    SUMMARY = "summary"
    FLAGS = "flags"
    CHECK = "check"
    SUMMARY_PAGE = "summary_page"
    CHECK_PAGE = "check_page"


@dataclass(frozen=True, slots=True)
class Task:
    """One request, as it goes to whoever does it."""

    kind: Kind
    text: str | None = None
    """The article's text, or None where `document` has it."""
    document: bytes | None = None
    """A file as it was sent or fetched: text, HTML, Markdown."""
    summary: str = ""
    """The summary that is checked."""
    about: api.About = field(default_factory=api.About)
    words: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    speaks: Language = Language.ENGLISH
    """The language of a page's own words."""


@dataclass(frozen=True, slots=True)
class Turned:
    """An article that was not accepted; an error's own class does not survive the way between processes."""

    reason: str
    message: str
    hint: str

    def error(self) -> ArticleRejected:
        """As an exception again."""
        return ArticleRejected(self.reason, self.message, hint=self.hint)


def perform(task: Task, engine: Engine | None = None) -> bytes | Turned:
    """Do it, by rules without an engine. What would meet every article is raised."""
    try:
        loaded = _loaded(task)
        if task.kind in (Kind.CHECK, Kind.CHECK_PAGE):
            return _checked(task, loaded, engine)
        wanted = Wanted(summary=task.kind is not Kind.FLAGS, words=task.words)
        return _written(task, (engine or RuleEngine()).report(loaded, wanted))
    except ArticleRejected as error:
        return Turned(error.reason, error.message, error.advice)


def _loaded(task: Task) -> Loaded:
    if task.document is None:
        return api.loaded(task.text or "", task.about)
    first = next(load(["-"], stdin=io.BytesIO(task.document), language=task.about.get("lang")), None)
    if isinstance(first, Rejected):
        raise ArticleRejected(first.reason, first.message, hint=first.hint)
    if not isinstance(first, Loaded):
        raise ArticleRejected("empty_article", "there is no text in it", hint="check the file or the extraction")
    known = {"id": task.about.get("id") or "document", "url": task.about.get("url") or first.article.url}
    return Loaded(first.article.model_copy(update=known), first.findings, first.where)


def _checked(task: Task, loaded: Loaded, engine: Engine | None) -> bytes:
    wanted = api.selection(task.select, task.ignore)
    review = api.review(read_source(loaded.article), task.summary, loaded.article.id, wanted, engine=engine)
    return review_page(review, task.speaks).encode() if task.kind is Kind.CHECK_PAGE else _json(review)


def _written(task: Task, report: Report) -> bytes:
    if task.kind is Kind.SUMMARY:
        return report.model_dump_json().encode()
    if task.kind is Kind.FLAGS:
        return json.dumps(flag_record(report), ensure_ascii=False, separators=(",", ":")).encode()
    out = io.StringIO()
    page = html_report(out, task.speaks)
    page.write(report)
    page.close()
    return out.getvalue().encode()


def _json(review: Review) -> bytes:
    return json.dumps(review_record(review), ensure_ascii=False, separators=(",", ":")).encode()
