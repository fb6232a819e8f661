"""Words of a text with their exact places, folded so that typography does not count."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_SAME_LENGTH: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′ʼ", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n", " "
        ),
    }
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")

_TOKEN: Final = re.compile(
    r"(?P<number>\d{1,3}(?: \d{3})+(?![\d.,:]\d)(?!\d)|\d+(?::\d+)+|\d+(?:[.,/']\d+)*)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)*\d*)"
    r"|(?P<mark>[^\w\s\u0300-\u036f])"
)


class Token(NamedTuple):
    """A word, a number or a mark. Offsets are code points into the text as given; `text` is folded."""

    start: int
    end: int
    text: str
    kind: str
    """`word`, `number` or `mark`."""
    low: str
    """Folded and in lower case."""


def fold(text: str) -> tuple[str, list[int] | None]:
    """The text with plain quotes, hyphens and spaces, composed, without invisible characters, and the way back.

    The second value gives for each place in the folded text (and its end) the place in `text`;
    None where the two have the same length and places.
    """
    folded = text.translate(_SAME_LENGTH)
    if unicodedata.is_normalized("NFC", folded) and not _INVISIBLE.search(folded):
        return folded, None
    pieces: list[str] = []
    back: list[int] = []
    at, length = 0, len(folded)
    while at < length:
        end = at + 1
        while end < length and unicodedata.combining(folded[end]):
            end += 1
        composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", folded[at:end]))
        pieces.append(composed)
        back.extend([at] * len(composed))
        at = end
    back.append(length)
    return "".join(pieces), back


def tokens(text: str) -> list[Token]:
    """All words, numbers and marks of a text, in order."""
    folded, back = fold(text)
    found = [
        Token(match.start(), match.end(), word := match.group(), match.lastgroup or "mark", word.lower())
        for match in _TOKEN.finditer(folded)
    ]
    if back is not None:
        # the last character's own end, so that a combining mark after it belongs to the word
        return [token._replace(start=back[token.start], end=_end_of(back, token.end)) for token in found]
    return found


def _end_of(back: list[int], end: int) -> int:
    place = back[end]
    return place if end == 0 or place > back[end - 1] else back[end - 1] + 1
