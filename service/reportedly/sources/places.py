"""From what the caller names to streams: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from reportedly.errors import UsageError
from reportedly.sources import from_csv, from_html, from_jsonl, from_markdown, from_parquet, from_text
from reportedly.sources.interface import Reader, Rejected
from reportedly.text.shown import show

STDIN: Final = "-"
STDIN_NAME: Final = "standard input"

READERS: Final[dict[str, Reader]] = {
    ".txt": from_text.read,
    ".text": from_text.read,
    ".md": from_markdown.read,
    ".markdown": from_markdown.read,
    ".html": from_html.read,
    ".htm": from_html.read,
    ".xhtml": from_html.read,
    ".jsonl": from_jsonl.read,
    ".ndjson": from_jsonl.read,
    ".csv": from_csv.read,
    ".tsv": from_csv.read,
    ".parquet": from_parquet.read,
}
"""Who reads which kind of file; a folder gives up only these."""

DOCUMENTATION: Final = frozenset(
    """
    readme sources licence license copying changelog changes contributing notice authors security
    """.split()
)
"""Names of text files in a folder that describe it and are no articles; they are read where they are named."""
_PROSE_SUFFIXES: Final = frozenset({"", ".txt", ".text", ".md", ".markdown"})

_HINT: Final = "give a file, a folder, a glob in quotes, or - for standard input"


@dataclass(frozen=True, slots=True)
class Place:
    """One stream to read, not yet opened."""

    path: str
    """A path as given or found, or `-`."""

    @property
    def name(self) -> str:
        """What messages and ids call it."""
        return STDIN_NAME if self.path == STDIN else shown_name(self.path)

    @property
    def reader(self) -> Reader:
        """By its suffix; what has none that we know is looked at."""
        return READERS.get(PurePath(self.path).suffix.lower(), from_text.read_unnamed)


def find_places(inputs: Sequence[str | os.PathLike[str]]) -> Iterator[Place | Rejected]:
    """Every place that the inputs name, in their order, a folder's files sorted by name.

    Raises UsageError, before anything is read, where not one of them leads to a file.
    """
    if not inputs:
        raise UsageError("no article is given", hint=_HINT)
    places = itertools.chain.from_iterable(_places_of(os.fspath(named)) for named in inputs)
    missed: list[Place | Rejected] = []
    for place in places:
        missed.append(place)
        if isinstance(place, Place):
            return itertools.chain(missed, places)
    first = missed[0]
    assert isinstance(first, Rejected)
    more = f" (and {len(missed) - 1} more)" if len(missed) > 1 else ""
    raise UsageError(f"nothing to read: {first.message}{more}", hint=first.hint)


def _places_of(named: str) -> Iterator[Place | Rejected]:
    if named == STDIN:
        yield Place(STDIN)
        return
    try:
        mode = os.stat(named).st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        yield from _matches(named)
    except OSError as error:
        yield unreadable(named, error)
    else:
        yield from _files_in(named) if stat.S_ISDIR(mode) else (Place(named),)


def _matches(pattern: str) -> Iterator[Place | Rejected]:
    """The files that a glob names; a link and its target count once."""
    seen: set[str] = set()
    for path in sorted(glob.iglob(pattern, recursive=True)) if glob.has_magic(pattern) and "\0" not in pattern else ():
        if os.path.isfile(path) and (real := os.path.realpath(path)) not in seen:
            seen.add(real)
            yield Place(path)
    if not seen:
        what = "no file matches" if glob.has_magic(pattern) else "there is no file or folder"
        name = shown_name(pattern)
        yield Rejected(name, name, "not_found", f"{what} {name!r}", _HINT)


def _files_in(folder: str) -> Iterator[Place | Rejected]:
    """Articles in a folder and below, without recursion; a folder reached twice through links is read once."""
    seen: set[tuple[int, int]] = set()
    waiting, found = [folder], False
    while waiting:
        path = waiting.pop()
        try:
            status = os.stat(path)
            is_folder = stat.S_ISDIR(status.st_mode)
            if is_folder and (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
                waiting.extend(os.path.join(path, name) for name in names)
        except OSError as error:
            if _is_article(path) or not isinstance(error, FileNotFoundError):  # else a link that leads nowhere
                found = True
                yield unreadable(path, error)
            continue
        if stat.S_ISREG(status.st_mode) and _is_article(path):
            found = True
            yield Place(path)
    if not found:
        name, suffixes = shown_name(folder), ", ".join(READERS)
        yield Rejected(name, name, "not_found", f"folder {name!r} holds no article", f"it may hold {suffixes}")


def _is_article(path: str) -> bool:
    name = PurePath(path)
    suffix = name.suffix.lower()
    return suffix in READERS and not (suffix in _PROSE_SUFFIXES and name.stem.lower() in DOCUMENTATION)


def unreadable(path: str, error: OSError) -> Rejected:
    """The record of a file or folder that can't be opened or read."""
    name, why = shown_name(path), error.strerror or type(error).__name__
    return Rejected(name, name, "unreadable", f"can't read {name!r}: {why}", "check the file and its permissions")


def shown_name(path: str) -> str:
    """A path that can be written as text; bytes in it that are none become U+FFFD."""
    return show(path).text
