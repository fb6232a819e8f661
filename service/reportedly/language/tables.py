"""Reads the word lists of this folder's data/*.toml, once each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed data file `name`.toml; callers must not change it."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def groups(lines: list[str]) -> Iterator[list[str]]:
    """The words of each line; `_` stands for a space inside one."""
    for line in lines:
        yield [word.replace("_", " ") for word in line.split()]


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """The words of one entry of a data file, in the order given there: `words("nouns", "around", "particles")`."""
    entry: Any = table(name)
    for key in path:
        entry = entry[key]
    return tuple(entry.split())
