"""What quotation marks, colons and the shape of a sentence tell: speech, questions, commands, named headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.words import (
    BE,
    CAPITAL,
    IMPERATIVE,
    MARK,
)
from reportedly.language.lexicon import Word
from reportedly.language.roles import Roles

_MARKS: Final = frozenset(('"', "“", "”", "''"))
_WHOLE: Final = 0.8
"""As `reader.WHOLE`: from this share on the core takes the sentence for quoted."""
_SPEECH: Final = 0.5
"""Share of a sentence inside quotation marks from which on a sentence without a frame is speech itself."""
FRAME: Final = 9
"""Tokens of a frame: "a spokesman for the city council told reporters:"."""
_NAME: Final = 8
"""Most tokens of the name in a heading "Name: words" or "words: name"."""
_WORDS: Final = 3
"""Least tokens of the words themselves."""
_OWN_NAME: Final = 4
"""Most tokens of a name without a role ("Ann Lee")."""


def is_question(words: Sequence[Word]) -> bool:
    """Whether a sentence asks, or is a quoted question and its frame: "“Is it safe?” Lee asked."."""
    if any(word.text == "?" for word in words[-2:]):
        return True
    for i in range(1, len(words)):
        if words[i].text in _MARKS and words[i - 1].text == "?":
            return len(words) - i <= FRAME and not any(word.text in _MARKS for word in words[i + 1 :])
    return False


def is_command(words: Sequence[Word], quoted: Sequence[int]) -> bool:
    """Whether the reader is told to do something: "Watch the video"."""
    if len(words) < 2 or quoted[0]:
        return False
    return bool(words[0].flags & IMPERATIVE) and not words[1].flags & (MARK | BE)


def is_speech(words: Sequence[Word], quoted: Sequence[int]) -> bool:
    """Whether a sentence with no frame is somebody's words, where the core does not see it by itself."""
    inside = sum(quoted)
    if words[0].text in _MARKS and any(word.text in _MARKS for word in words[-2:]):
        inside = len(words)
    if not inside or (quoted[0] and inside >= _WHOLE * len(words)):
        return False
    opens = words[0].text in _MARKS or quoted[0] or _introduced(words, quoted)
    return bool(opens) and (inside >= _SPEECH * len(words) or bool(quoted[0] and quoted[-1]))


def _introduced(words: Sequence[Word], quoted: Sequence[int]) -> bool:
    """Whether a quotation comes after a colon or comma: "She made her case: “…”"."""
    at = next((i for i, depth in enumerate(quoted) if depth), 0)
    return at > 0 and words[at - 1].text in ":,"


def named_by_colon(words: Sequence[Word], roles: Roles) -> tuple[int, int, int] | None:
    """The colon of a heading that names its source, and the first and past-the-last token of the name."""
    colons = [i for i, word in enumerate(words) if word.text == ":"]
    if not colons:
        return None
    at = colons[0]
    if 0 < at <= _NAME and _names(words[:at], roles) and len(words) - at > _WORDS:
        return at, 0, at
    at = colons[-1]
    end = next((i for i in range(at + 1, len(words)) if words[i].text in ".-–—"), len(words))
    if 0 < end - at - 1 <= _NAME and _names(words[at + 1 : end], roles):
        return at, at + 1, end
    return None


def _names(words: Sequence[Word], roles: Roles) -> bool:
    """Whether the words are a name, or hold a role that can speak."""
    if any(roles.role(word.text) for word in words):
        return True
    return len(words) <= _OWN_NAME and all(word.flags & (CAPITAL | MARK) for word in words)
