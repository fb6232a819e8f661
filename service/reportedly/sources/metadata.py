"""What a page says of itself: headline, date, publisher, language, address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from reportedly.sources.dates import parse_date
from reportedly.sources.page import Page

_ARTICLES: Final = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting
    LiveBlogPosting SocialMediaPosting TechArticle WebPage
    """.split()
)
"""Types of schema.org that stand for what the page is about; `WebPage` only where nothing else does."""
MOST_NODES: Final = 20_000
"""Values of a page's JSON-LD that are looked at; the most seen on a news site are 2,000."""

_DATES: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    live_blog: bool = False
    """Whether the page calls itself one."""
    free: bool = True
    """False where the page says that its article is not accessible for free."""


def metadata_of(page: Page) -> Metadata:
    """The best that the page offers for each field: JSON-LD before OpenGraph before the rest."""
    note = _article_note(page.notes)
    meta = page.meta
    dates = (_text(note.get("datePublished")), *(meta.get(name) for name in _DATES), page.time)
    return Metadata(
        title=_text(note.get("headline")) or meta.get("og:title") or meta.get("twitter:title") or page.title or None,
        published=next((date for date in dates if date and parse_date(date)), None) or next(filter(None, dates), None),
        publisher=_name(note.get("publisher")) or meta.get("og:site_name") or meta.get("dc.publisher"),
        language=_text(note.get("inLanguage"))
        or page.language
        or meta.get("og:locale")
        or meta.get("content-language")
        or meta.get("dc.language"),
        url=_text(note.get("url")) or page.canonical or meta.get("og:url"),
        live_blog="LiveBlogPosting" in _types(note),
        free=str(note.get("isAccessibleForFree", True)).strip().lower() not in ("false", "http://schema.org/false"),
    )


def _article_note(scripts: list[str]) -> dict[str, Any]:
    """The first JSON-LD object of an article type, an empty one where there is none."""
    fallback: dict[str, Any] = {}
    for script in scripts:
        try:
            value = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _objects(value):
            types = _types(node) & _ARTICLES
            if types - {"WebPage"}:
                return node
            if types and not fallback:
                fallback = node
    return fallback


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, outer ones first, without recursion."""
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        level, waiting = waiting, []
        for node in level:
            seen += 1
            if isinstance(node, dict):
                yield node
                waiting.extend(part for part in node.values() if isinstance(part, dict | list))
            elif isinstance(node, list):
                waiting.extend(part for part in node if isinstance(part, dict | list))


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)}


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("alternateName")
    return value.strip() or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
