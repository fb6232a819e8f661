"""The pages of the service: templates, words in German and English, style and script."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportedly.formats.html.visible import pieces, visible
from reportedly.schema import Language

_OWN: Final = "reportedly.web.site"
_REPORT: Final = "reportedly.formats.html"
ASSETS: Final = {
    "page.css": (_REPORT, "text/css"),
    "page.js": (_REPORT, "text/javascript"),
    "site.css": (_OWN, "text/css"),
    "site.js": (_OWN, "text/javascript"),
    "batches.js": (_OWN, "text/javascript"),
    "icon.svg": (_OWN, "image/svg+xml"),
}
"""Every file that is served, where it stands, and its type. The report's own style and theme are used again."""


def asset(name: str) -> tuple[bytes, str] | None:
    """A file and its media type."""
    found = ASSETS.get(name)
    return (_asset(name), found[1]) if found else None


@cache
def _asset(name: str) -> bytes:
    return files(ASSETS[name][0]).joinpath("assets", name).read_bytes()


def render(template: str, language: Language, **values: Any) -> str:
    """A page in a language."""
    return _environment().get_template(template).render(w=phrases(language), **values)


@cache
def phrases(language: Language) -> dict[str, str]:
    """The words of the pages."""
    spoken = language if language is Language.GERMAN else Language.ENGLISH
    return tomllib.loads(files(_OWN).joinpath("words", f"{spoken.value}.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_OWN), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters["pieces"] = pieces
    environment.filters["visible"] = visible
    environment.filters["tojson_plain"] = lambda value: json.dumps(value, ensure_ascii=False, indent=2)
    return environment
