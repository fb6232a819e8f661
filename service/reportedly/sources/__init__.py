"""Where articles come from: text, Markdown, HTML, JSON Lines; in files, folders, globs and on standard input."""

from reportedly.sources.interface import (
    MAX_BYTES,
    MAX_CHARS,
    Item,
    Limits,
    Loaded,
    Manuscript,
    Reader,
    Rejected,
    Repeated,
)
from reportedly.sources.loading import article_from_text, load

__all__ = [
    "MAX_BYTES",
    "MAX_CHARS",
    "Item",
    "Limits",
    "Loaded",
    "Manuscript",
    "Reader",
    "Rejected",
    "Repeated",
    "article_from_text",
    "load",
]
