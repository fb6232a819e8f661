"""Where articles come from: text, Markdown, HTML, JSON Lines, CSV, Parquet; files, folders, globs, standard input."""

from reportedly.sources.counting import expect
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
from reportedly.sources.loading import admitted, article_from_text, load, manuscripts

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
    "admitted",
    "article_from_text",
    "expect",
    "load",
    "manuscripts",
]
