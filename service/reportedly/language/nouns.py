"""What tells a common noun from a name in German, and which words a name follows."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportedly.language.tables import table, words

_MEMO: Final = 1 << 15
_HEADS: Final = frozenset(words("nouns", "heads"))
_ALONE: Final = frozenset(words("nouns", "alone"))
_ROLES: Final = frozenset(words("nouns", "roles"))
_ROLE_HEADS: Final = words("nouns", "around", "role_heads")
_ENDINGS: Final = tuple(table("nouns")["noun_endings"])
_LONGEST: Final = 60
"""Letters of the longest German word worth taking apart."""
_INFLECTION: Final = ("", "s", "n", "en", "e", "es", "er", "ern", "in", "innen")


@lru_cache(maxsize=_MEMO)
def is_role(low: str) -> bool:
    """Whether a name may follow this word, compounds included: „Kanzler“, „Konzernchef“, "Mr"."""
    return low in _ROLES or low.endswith(_ROLE_HEADS)


@lru_cache(maxsize=_MEMO)
def is_common_noun(low: str) -> bool:
    """Whether a German word in capitals is a common noun by its ending or its head."""
    if len(low) > _LONGEST:
        return False
    for ending in _INFLECTION:
        base = low.removesuffix(ending) if ending else low
        if (base == low and ending) or len(base) < 2:
            continue
        if (
            base in _HEADS
            or (base in _ALONE and "r" not in ending)
            or any(base[at:] in _HEADS for at in range(2, len(base) - 3))
        ):
            return True
    return len(low) > 5 and low.endswith(_ENDINGS)
