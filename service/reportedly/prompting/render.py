"""Puts an article into a prompt so that nothing in it can be taken for the prompt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from reportedly.prompting.files import Prompt

_CONTROL_TOKEN: Final = re.compile(r"<\|(?=[\w ])|(?<=[\w ])\|>|\[(?=/?INST\])|<(?=/?s>)|<(?=<SYS>>|</SYS>>)")
"""Marks that some model's chat template would read; the first character is set off by a space."""
_FENCE: Final = re.compile(r"={3,}|`{3,}|~{3,}|-{3,}")
_NONCE_LENGTH: Final = 12
"""Hex digits: 48 bits, unguessable for a text that must contain its own hash."""


def nonce_for(text: str) -> str:
    """A mark that the text can't contain: it is made from a hash of the whole text, so the same text has the same
    request and the reply cache and recordings can find it again."""
    return hashlib.sha256(b"reportedly fence\0" + text.encode("utf-8", "surrogatepass")).hexdigest()[:_NONCE_LENGTH]


def inert(words: str) -> str:
    """One line, with chat tokens broken and runs of fence characters cut to two; same words for a reader."""
    line = " ".join(words.split())
    return _FENCE.sub(lambda run: run[0][:2], _CONTROL_TOKEN.sub(lambda mark: mark[0][0] + " " + mark[0][1:], line))


def numbered(sentences: Iterable[tuple[int, str]]) -> str:
    """The sentences a line each, as `[5] words`."""
    return "\n".join(f"[{number}] {inert(words)}" for number, words in sentences)


def fill(prompt: Prompt, values: Mapping[str, str]) -> str:
    """The user message; values are put in literally, in one pass. Raises KeyError for a value that is missing."""
    parts = re.split(r"\{\{([a-z_]+)\}\}", prompt.user)
    return "".join(values[part] if index % 2 else part for index, part in enumerate(parts))
