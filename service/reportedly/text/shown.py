"""The text as it is shown: as long as the input, with every character that no reader can see as one replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportedly.text.characters import (
    BIDI_CONTROLS,
    CONTROLS,
    HIDDEN,
    REPLACEMENT,
    RIGHT_TO_LEFT,
    SOFT_HYPHEN,
    SURROGATES,
    VARIATION_SELECTORS,
    all_plain,
    any_of,
)

MAX_SPANS: Final = 20
"""Places named for each kind of trouble: enough to look at; one text can hold a million."""

_UNREADABLE: Final = any_of(CONTROLS, SURROGATES)
_DAMAGED: Final = any_of(CONTROLS, SURROGATES, REPLACEMENT)
_HIDDEN: Final = any_of(HIDDEN)
_EITHER: Final = any_of(CONTROLS, SURROGATES, REPLACEMENT, HIDDEN)
_MOJIBAKE: Final = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x80-\x9d™œ“”¢¦šž˜]")
"""What the bytes of UTF-8 look like when read as Windows-1252."""
_RIGHT_TO_LEFT: Final = any_of(RIGHT_TO_LEFT)

_FLAG: Final = "\U0001f3f4"
_FLAG_TAGS: Final = re.compile("[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_ONE_SELECTOR: Final = re.compile(f"[{VARIATION_SELECTORS}]")
_DIRECTION_MARKS: Final = re.compile(f"[{BIDI_CONTROLS}]+")
_JOINERS: Final = "\u200c\u200d"
_PICTURE_JOINER: Final = re.compile(f"[{VARIATION_SELECTORS}]?[{_JOINERS}]")


@dataclass(frozen=True, slots=True)
class Places:
    """Runs of characters of one kind. Offsets count code points."""

    count: int = 0
    """How many characters there are in all."""
    spans: tuple[tuple[int, int], ...] = ()
    """The first runs, at most MAX_SPANS."""

    def __bool__(self) -> bool:
        return self.count > 0

    @classmethod
    def of(cls, runs: Iterable[re.Match[str]]) -> Places:
        """Count and name the runs, in order."""
        count, spans = 0, list[tuple[int, int]]()
        for run in runs:
            count += run.end() - run.start()
            if len(spans) < MAX_SPANS:
                spans.append(run.span())
        return cls(count, tuple(spans))


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that can be stored, written and sliced, and what was odd about it."""

    text: str
    """As long as the input, so that offsets into the input stay true."""
    damaged: Places = Places()
    """Control characters, lone surrogates and U+FFFD: all are U+FFFD now."""
    hidden: Places = Places()
    """Characters without width that have no ordinary use where they stand; they are still in the text."""
    misread: Places = Places()
    """Letters that look like UTF-8 read in another encoding; they are still in the text."""


def show(raw: str) -> Shown:
    """Turn any string into a text that can be shown, character for character, in linear time."""
    misread = Places.of(_MOJIBAKE.finditer(raw)) if "Ã" in raw or "â€" in raw or "Â" in raw else Places()
    if all_plain(raw) or not _EITHER.search(raw):
        return Shown(raw, misread=misread)
    damaged = Places.of(_DAMAGED.finditer(raw))
    text = _UNREADABLE.sub(lambda run: REPLACEMENT * len(run.group()), raw) if damaged else raw
    right_to_left = _RIGHT_TO_LEFT.search(text) is not None
    hidden = Places.of(run for run in _HIDDEN.finditer(text) if not _ordinary(run, right_to_left=right_to_left))
    return Shown(text, damaged, hidden, misread)


def _ordinary(run: re.Match[str], *, right_to_left: bool) -> bool:
    """Whether writers use these hidden characters here: soft hyphens, emoji, flags, direction marks, a first BOM."""
    characters, text, start = run.group(), run.string, run.start()
    if start == 0:
        return characters == "\ufeff"
    before, after = text[start - 1], text[run.end() : run.end() + 1]
    if characters == SOFT_HYPHEN or _ONE_SELECTOR.fullmatch(characters):
        return not before.isspace()
    if _PICTURE_JOINER.fullmatch(characters):
        return not (before.isascii() or after.isascii() or before.isspace())
    if before == _FLAG:
        return _FLAG_TAGS.fullmatch(characters) is not None
    return right_to_left and _DIRECTION_MARKS.fullmatch(characters) is not None
