"""One article from one row of named values, whatever file the row stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reportedly.errors import ArticleRejected
from reportedly.schema import Finding
from reportedly.sources.interface import Manuscript
from reportedly.text.shown import show

FIELDS: Final = ("id", "text", "title", "lang", "url", "published", "publisher")
"""What a row may hold; `id` and `text` it must. Other names are left alone."""
_OPTIONAL: Final = FIELDS[2:]


def manuscript_of(
    row: Mapping[str, Any], where: str, number: int, *, hint: str, findings: tuple[Finding, ...] = ()
) -> Manuscript:
    """The article of a row. Raises ArticleRejected (`missing_field`, `bad_field`) with the id, if any, as `where`."""
    name = _id(row, hint)
    text = row.get("text")
    if not isinstance(text, str):
        raise _bad_field(name, "text", "is missing" if text is None else "is no string", hint)
    for field in _OPTIONAL:
        if not isinstance(row.get(field), str | None):
            raise _bad_field(name, field, "is no string", hint)
    return Manuscript(
        name,
        where,
        text,
        title=row.get("title"),
        language=row.get("lang"),
        url=row.get("url"),
        published=row.get("published"),
        publisher=row.get("publisher"),
        findings=findings,
        line=number,
    )


def _id(row: Mapping[str, Any], hint: str) -> str:
    name = row.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name:
        raise _bad_field(None, "id", "is missing" if name in (None, "") else "is neither string nor integer", hint)
    if show(name).damaged:
        raise _bad_field(None, "id", "holds characters that can't be written", hint)
    return name


def _bad_field(name: str | None, field: str, fault: str, hint: str) -> ArticleRejected:
    reason = "missing_field" if fault == "is missing" else "bad_field"
    return ArticleRejected(reason, f"{field!r} {fault}", hint=hint, where=name)
