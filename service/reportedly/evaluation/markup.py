"""One line of an authored case: words with `[source]` and `{cue}` marked, then ` || ` and what is right about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, TypeVar

from reportedly.evaluation.gold import LABELS
from reportedly.schema import RULES, Firmness, SourceKind

T = TypeVar("T")

TAIL: Final = " || "
CLAUSE: Final = " // "
ELLIPSIS: Final = " … "
"""Stands for the words between, where the text is in a file of its own."""
MARKS: Final = {"[": ("]", "source"), "{": ("}", "cue")}
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|(.))")
_TOKEN: Final = re.compile(r'([a-z]+)=(?:"([^"]*)"|(\S+))|(\S+)')
_KINDS: Final = {kind.value: kind for kind in SourceKind}
_FIRMNESSES: Final = {firmness.value: firmness for firmness in Firmness}
_WORDS: Final = frozenset({"flat", "key", "none", "silent"})
_FIELDS: Final = frozenset({"source", "cue", "name", "chain", "alt", "of", "after", "instead", "label"})


class MarkupError(ValueError):
    """A line does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words without their marks; offsets count from the first of them."""

    text: str
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None


@dataclass(slots=True)
class Tail:
    """What stands behind ` || `, for one clause."""

    kind: SourceKind | None = None
    firmness: Firmness | None = None
    carries: str | None = None
    """`""` carries over from the nearest source before; else the name of a sentence."""
    name: str | None = None
    """The sentence's own name, for others to refer to."""
    words: set[str] = field(default_factory=set)
    codes: tuple[str, ...] | None = None
    """Finding codes; `()` for `ok`."""
    tests: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def alt(self) -> tuple[str, ...]:
        """The labels of `alt=`."""
        labels = tuple(self.fields.get("alt", "").replace(",", " ").split())
        if unknown := [label for label in labels if label not in LABELS]:
            raise MarkupError(f"alt: there is no label {unknown[0]!r}; there are {', '.join(LABELS)}")
        return labels


def read_marked(raw: str) -> Marked:
    """The words of one clause, and where its source and its cue stand. Raises MarkupError."""
    out: list[str] = []
    length, opened = 0, None
    found: dict[str, tuple[int, int]] = {}
    at = 0
    while at < len(raw):
        char, step = raw[at], 1
        if escape := _ESCAPE.match(raw, at):
            char, step = chr(int(escape[1], 16)) if escape[1] else escape[2], len(escape[0])
        elif char in MARKS and opened is None:
            opened, char = (char, length), ""
        elif opened and char == MARKS[opened[0]][0]:
            what = MARKS[opened[0]][1]
            if what in found:
                raise MarkupError(f"two {what}s are marked in one clause; split the clauses by {CLAUSE.strip()!r}")
            found[what] = (opened[1], length)
            opened, char = None, ""
        out.append(char)
        length += len(char)
        at += step
    if opened:
        raise MarkupError(f"{opened[0]!r} is never closed; write \\{opened[0]} for the sign itself")
    if empty := [what for what, (start, end) in found.items() if start == end]:
        raise MarkupError(f"an empty {empty[0]} is marked")
    return Marked("".join(out), found.get("source"), found.get("cue"))


def read_tail(raw: str) -> Tail:
    """What stands behind ` || ` for one clause. Raises MarkupError."""
    tail = Tail()
    for match in _TOKEN.finditer(raw):
        key, quoted, plain, word = match.groups()
        if key:
            _put_field(tail, key, quoted if quoted is not None else plain)
        else:
            _put_word(tail, word)
    return tail


def _put_field(tail: Tail, key: str, value: str) -> None:
    if key not in _FIELDS:
        raise MarkupError(f"there is no field {key!r}; there are {', '.join(sorted(_FIELDS))}")
    if key in tail.fields:
        raise MarkupError(f"{key}= is given twice")
    tail.fields[key] = value


def _put_word(tail: Tail, word: str) -> None:
    if word in _KINDS:
        tail.kind = _once(tail.kind, _KINDS[word])
    elif word in _FIRMNESSES:
        tail.firmness = _once(tail.firmness, _FIRMNESSES[word])
    elif word in _WORDS:
        tail.words.add(word)
    elif word.startswith("^"):
        tail.carries = _once(tail.carries, word[1:])
    elif word.startswith("#") and len(word) > 1:
        tail.name = _once(tail.name, word[1:])
    elif word.startswith("@") and len(word) > 1:
        tail.tests = (*tail.tests, word[1:])
    elif word == "ok":
        tail.codes = _once(tail.codes, ())
    elif all(code in RULES for code in word.split("|")):
        tail.codes = _once(tail.codes, tuple(word.split("|")))
    else:
        raise MarkupError(f"{word!r} is no kind, firmness, finding code or mark; see evals/README.md")


def _once(have: T | None, new: T) -> T:
    if have is not None:
        raise MarkupError(f"{have!r} and {new!r} can't both stand")
    return new
