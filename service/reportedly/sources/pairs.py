"""Pairs of a source and a summary, from JSON Lines, two files, or files that lie beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from reportedly.errors import ArticleRejected, ReportedlyError, UsageError
from reportedly.sources.interface import MAX_BYTES, Limits, Loaded, Rejected, read_capped, too_large
from reportedly.sources.loading import article_from_text, load
from reportedly.text.decoding import decode
from reportedly.text.strict_json import JsonFault, parse_object

MARK: Final = ".summary"
"""What tells a summary's file from its source's: `talks.summary.txt` belongs to `talks.txt`."""
_SOURCES: Final = (".txt", ".md", ".html", ".htm")
_FIELDS: Final = frozenset({"id", "text", "summary", "title", "published", "lang", "publisher", "url"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and one summary of it."""

    id: str
    source: Loaded
    summary: str


def pair_of_files(source: str, summary: str, *, lang: str | None = None) -> Pair | Rejected:
    """The pair of two files; the source may be any format that `load` reads, the summary's file names the pair."""
    items = list(load([source], language=lang))
    if len(items) != 1:
        raise UsageError(f"{source!r} holds {len(items)} articles, and a pair has one source", hint="use --pairs")
    item = items[0]
    if isinstance(item, Rejected):
        return item
    if not isinstance(item, Loaded):
        raise UsageError(f"{source!r} can't be read as one article")
    try:
        text = _read(Path(summary))
    except ArticleRejected as error:
        return Rejected.of(error, id=summary, where=summary)
    return Pair(summary, item, text)


def pairs_beside(summaries: Sequence[str], *, lang: str | None = None) -> Iterator[Pair | Rejected]:
    """For each `name.summary.txt` the pair with `name.txt` (or `.md`, `.html`) beside it."""
    for name in summaries:
        path = Path(name)
        stem = path.name.partition(MARK)[0]
        if MARK not in path.name:
            why = f"{name!r} does not say whose summary it is"
            yield _rejected(name, "no_source", why, f"name it like talks{MARK}.txt beside talks.txt, or give --source")
            continue
        source = next((s for ending in _SOURCES if (s := path.with_name(stem + ending)).is_file()), None)
        if source is None:
            yield _rejected(
                name, "no_source", f"there is no {stem}.txt beside it", f"put the source there ({', '.join(_SOURCES)})"
            )
            continue
        yield pair_of_files(str(source), name, lang=lang)


def pairs_of_lines(stream: BinaryIO, where: str, *, lang: str | None = None) -> Iterator[Pair | Rejected]:
    """Pairs of JSON Lines `{"id", "text", "summary", "title"?, "published"?, "lang"?, "publisher"?, "url"?}`.

    A bad line is rejected with its number and the rest goes on. Lines are split on line feeds only.
    """
    for number, line in enumerate(_lines(stream), 1):
        if not line.strip():
            continue
        try:
            yield _pair(line, f"{where}:{number}", lang)
        except ReportedlyError as error:
            reason = error.reason if isinstance(error, ArticleRejected) else "bad_line"
            yield Rejected(f"{where}:{number}", where, reason, error.message, error.advice, number)


def _lines(stream: BinaryIO) -> Iterable[bytes]:
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _pair(line: bytes, place: str, lang: str | None) -> Pair:
    if len(line) > MAX_BYTES:
        raise too_large(f"more than {MAX_BYTES:,} bytes")
    try:
        row = parse_object(decode(line).text)
    except JsonFault as fault:
        raise ArticleRejected("bad_line", f"no JSON object: {fault}", hint="one object a line", where=place) from fault
    text, summary = _string(row, "text"), _string(row, "summary")
    name = row.get("id")
    name = str(name) if isinstance(name, int) and not isinstance(name, bool) else name
    if not isinstance(name, str) or not name:
        raise ArticleRejected("bad_line", "the field 'id' is missing or no string", hint="give every pair an id")
    about: dict[str, Any] = {key: row[key] for key in ("title", "published", "publisher", "url") if row.get(key)}
    for key, value in about.items():
        if not isinstance(value, str):
            raise ArticleRejected("bad_line", f"the field {key!r} is no string", hint="write it as a string")
    loaded = article_from_text(text, id=name, language=lang or row.get("lang"), **about)
    return Pair(name, loaded, summary)


def _string(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ArticleRejected(
            "bad_line", f"the field {key!r} is missing or no string", hint="id, text, summary are needed"
        )
    if key == "summary" and not value.strip():
        raise ArticleRejected("empty_summary", "the summary is empty", hint="give the summary's text")
    return value


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            text = decode(read_capped(stream, Limits())).text
    except OSError as error:
        raise UsageError(f"{str(path)!r} can't be read: {error.strerror}", hint="check the path") from error
    if not text.strip():
        raise ArticleRejected("empty_summary", f"the summary {str(path)!r} is empty", hint="give the summary's text")
    return text


def _rejected(name: str, reason: str, message: str, hint: str) -> Rejected:
    return Rejected(name, name, reason, message, hint)
