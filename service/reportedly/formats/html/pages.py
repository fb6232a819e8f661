"""Renders whole pages: one file each, whose content security policy lets in nothing but its own style and script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly._version import __version__
from reportedly.formats.html.batch import Batch
from reportedly.formats.html.phrases import Words
from reportedly.formats.html.view import ArticleView
from reportedly.formats.html.visible import pieces, visible

_STYLES: Final = ("page.css", "article.css", "batch.css")
_SCRIPTS: Final = ("page.js", "article.js", "batch.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A style or script of this package, and its hash for the policy. The only text that is placed unescaped."""

    content: Markup
    policy: str


def article_page(view: ArticleView, words: Words) -> str:
    """A page for one article."""
    return _render("article_page.html", words, view=view, title=view.title)


def article_body(view: ArticleView, words: Words) -> str:
    """What stands inside such a page, to be put into a page that has the style and the script already."""
    return _render("article_body.html", words, view=view)


def batch_page(batch: Batch, words: Words) -> str:
    """A page for many articles and for what failed."""
    articles = len(batch.rows)
    title = words["one_article"] if articles == 1 else words.say("batch_title", articles=articles)
    return _render("batch_page.html", words, batch=batch, title=title)


def content_policy() -> str:
    """The policy that every page carries: its own style and script by their hashes, and nothing else."""
    style, script = _asset(_STYLES).policy, _asset(_SCRIPTS).policy
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _render(template: str, words: Words, **values: Any) -> str:
    return (
        _environment()
        .get_template(template)
        .render(w=words, style=_asset(_STYLES), script=_asset(_SCRIPTS), version=__version__, **values)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportedly.formats.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["pieces"] = pieces
    environment.filters["visible"] = visible
    return environment


@cache
def _asset(names: Sequence[str]) -> Asset:
    folder = files("reportedly.formats.html").joinpath("assets")
    content = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Asset(Markup(content), f"'sha256-{digest}'")  # noqa: S704 a file of this package
