"""Reads a page as a browser would: its tree, its policy, its links."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
from typing import Any

from lxml import html

from reportedly.formats.html import HtmlReport
from reportedly.schema import Failure, Language, Report

Tree = Any


def page_of(*records: Report | Failure, language: Language | None = None) -> str:
    out = io.StringIO()
    page = HtmlReport(out, language)
    for record in records:
        page.write(record)
    page.close()
    return out.getvalue()


def tree_of(page: str) -> Tree:
    return html.document_fromstring(page)


def all_of(tree: Tree, css: str) -> list[Tree]:
    return list(tree.cssselect(css))


def one_of(tree: Tree, css: str) -> Tree:
    (element,) = tree.cssselect(css)
    return element


def said(element: Tree) -> str:
    return " ".join(" ".join(element.itertext()).split())


def unpacked(tree: Tree, number: int) -> Tree:
    """The report of an article of the batch page."""
    packed = one_of(tree, f'script[data-packed="{number}"]').text_content()
    return html.fragment_fromstring(gzip.decompress(base64.b64decode(packed)).decode(), create_parent="main")


def policy_of(tree: Tree) -> dict[str, list[str]]:
    content = one_of(tree, 'meta[http-equiv="Content-Security-Policy"]').get("content")
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


def content_of(page: str, tag: str) -> str:
    """The raw content of the page's only executable `tag`."""
    (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return str(content)


def hash_of(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def article_text(tree: Tree) -> str:
    """What stands in the article's column, without the marks that the report adds."""
    article = html.fromstring(html.tostring(one_of(tree, "article.text"), encoding="unicode"))
    for mark in article.cssselect(".mark, .flag"):
        mark.drop_tree()
    return "\n".join(block.text_content() for block in article.cssselect("article > *"))
