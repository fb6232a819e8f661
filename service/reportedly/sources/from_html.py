"""HTML: the visible article of a page, by trafilatura; read flat where the markup defeats it. Says what was lost."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from reportedly.errors import ArticleRejected
from reportedly.schema import Finding
from reportedly.sources.interface import Limits, Manuscript, read_capped
from reportedly.sources.metadata import Metadata, metadata_of
from reportedly.sources.oddities import hidden, of_encoding
from reportedly.sources.page import Page, PageReader, hides
from reportedly.sources.suspicions import paid_rest, several_reports
from reportedly.text.decoding import Decoded, decode
from reportedly.text.shown import show

MOST_TAGS: Final = 20_000
"""Tags from which on a page is read flat: trafilatura takes 0.5 s for 15,000 and 6 s for 60,000. News pages have
1,000 to 5,000."""
DEEPEST: Final = 200
"""Nesting from which on a page is read flat: below 256 libxml2 drops what it can't build, without a word."""
LEAST_KEPT: Final = 0.5
"""Share of a page's running text that an extraction keeps at least; below, readers' texts or other articles stand on
the page, or something was lost, and an editor should look."""
LEAST_MISSED: Final = 1_000
"""Characters of running text left out from which on it is worth a finding: two or three paragraphs."""
PAID_CHARS: Final = 1_500
"""Characters below which the text of a page that calls its article not free is its beginning only."""

_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN: Final = 2048
"""Bytes in which a page declares its encoding; browsers look at 1,024."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards, we report ourselves


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript]:
    """The article of one page."""
    data = read_capped(stream, limits)
    yield manuscript(decode(data, declared=declared_encoding(data)), where)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's own beginning names."""
    match = _CHARSET.search(data[:_DECLARED_WITHIN])
    return match[1].decode("ascii") if match else None


def manuscript(decoded: Decoded, where: str) -> Manuscript:
    """The article of a page. Raises ArticleRejected (`empty_article`) where it shows nothing."""
    shown = show(decoded.text)
    page = _look(shown.text)
    if not page.blocks:
        raise ArticleRejected("empty_article", "the page shows no text", hint="get the page as a browser renders it")
    about = metadata_of(page)
    text, findings = _text_of(page, shown.text)
    seen = show(" ".join(block for _, block in page.blocks))
    if seen.hidden:
        findings.append(hidden(seen.hidden))
    return Manuscript(
        where,
        where,
        text,
        title=about.title,
        page_language=about.language,
        url=about.url,
        published=about.published,
        publisher=about.publisher,
        findings=(*of_encoding(decoded), *findings, *_of_kind(about, text)),
    )


def _look(markup: str) -> Page:
    from lxml import etree

    parser = etree.HTMLParser(target=PageReader(), huge_tree=True)
    parser.feed(markup)
    page: Page = parser.close()
    return page


def _text_of(page: Page, markup: str) -> tuple[str, list[Finding]]:
    if page.depth > DEEPEST or page.tags > MOST_TAGS:
        size = f"nests {page.depth:,} levels deep" if page.depth > DEEPEST else f"has {page.tags:,} tags"
        message = f"the page {size}, so it was read without its structure; other boxes may have come in"
        return page.flat_text(), [Finding.of("X404", message, hint="compare with the page")]
    text, prose = _extract(markup), page.prose()
    if not text:
        return page.flat_text(), []
    if len(text) < LEAST_KEPT * prose and prose - len(text) > LEAST_MISSED:
        message = f"the page shows {prose:,} characters of running text, and {len(text):,} were taken as its article"
        return text, [Finding.of("X404", message, hint="compare with the page")]
    return text, []


def _extract(markup: str) -> str:
    """The article by trafilatura, from a tree without its hidden elements; empty where that fails."""
    import trafilatura
    from lxml import html

    try:
        tree = html.document_fromstring(markup, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
        _drop_hidden(tree)
        text: str | None = trafilatura.extract(tree, include_comments=False, include_images=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - whatever a third party raises on hostile markup, the flat reading stands
        return ""
    return text or ""


def _drop_hidden(tree: Any) -> None:
    body = tree.find("body")
    for element in list(body.iter()) if body is not None else ():
        if element is not body and isinstance(element.tag, str) and hides(element.tag, element.attrib):
            element.drop_tree()


def _of_kind(about: Metadata, text: str) -> list[Finding]:
    findings = [several_reports()] if about.live_blog else []
    if not about.free and len(text) < PAID_CHARS:
        findings.append(paid_rest())
    return findings
