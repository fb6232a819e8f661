"""Who is meant by the words that name a source: their kind, and what they point back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reportedly.language.english.phrases import anaphor, starts_with_verb
from reportedly.language.english.words import (
    ADVERB,
    CAPITAL,
    DETERMINER,
    FUNCTION,
    GERUND,
    MARK,
    MODAL,
    NUMBER,
    PARTICIPLE,
    PARTY,
    PAST,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STUDY,
    THAT,
    TIME,
    group,
)
from reportedly.language.evidence import Anaphor
from reportedly.language.lexicon import Word
from reportedly.language.roles import Roles, outlets
from reportedly.schema import SourceKind

_VERBAL: Final = PAST | PARTICIPLE | GERUND
_CUTS: Final = PREPOSITION | RELATIVE | THAT
_NEWS: Final = frozenset(("news", "News", "press", "Press"))
_EMPTY: Final = FUNCTION | MARK | TIME | NUMBER | ADVERB
_QUANTITIES: Final = group("plural_subject")
_NOBODY: Final = group("nobody")
_CALL_SIGN: Final = re.compile(r"[KW][A-Z]{3}(?:-?TV|-?FM)?|(?:ABC|NBC|CBS|FOX|Fox|CW|PIX)-?\d{1,2}")
"""American stations: KTLA, WABC-TV, NBC4."""
_REPORTS: Final = group("report_noun")
_BY: Final = group("author")
_FRESH: Final = group("fresh_report")
"""A "new report" by nobody is hearsay."""
_SHORT: Final = 4
"""A phrase with "the", no name and no more words points back to somebody ("the senior police officer")."""
_OUTLET: Final = group("outlet_noun")
_LEARNED: Final = group("learned_paper")
_SAME: Final = group("points_back")
"""With "the", these nouns point back to whoever has the floor."""


def points_back(words: Sequence[Word]) -> Anaphor:
    """What a pronoun, or a noun phrase with "the" and no name, points back to."""
    if len(words) == 1 and (back := anaphor(words[0])) is not Anaphor.NONE:
        return back
    if words[0].low not in ("the", "this", "that") or len(words) > _SHORT:
        return Anaphor.NONE
    if any(word.flags & (CAPITAL | PREPOSITION | POSSESSIVE) for word in words[1:]):
        return Anaphor.NONE
    head = words[-1].low
    if head in _SAME:
        return Anaphor.SAME
    if head in _OUTLET:
        return Anaphor.OUTLET if len(words) == 2 else Anaphor.NONE
    return Anaphor.ROLE


def kind_of(words: Sequence[Word], roles: Roles, publisher: str | None) -> SourceKind:
    """The kind of the source that a noun phrase names: by the last noun before its first preposition.

    A pronoun is taken for a party until it is resolved.
    """
    texts = [word.text for word in words]
    if any(roles.familiar(text) for text in texts):
        return SourceKind.UNNAMED
    if any(_CALL_SIGN.fullmatch(text) for text in texts):
        return SourceKind.MEDIA
    if len(words) > 2 and words[1].low == "of" and words[0].flags & (DETERMINER | NUMBER | PRONOUN):
        return kind_of(words[2:], roles, publisher)  # "two of the insiders"
    found = _by_head(words, texts, roles) or _by_report(words, texts, roles)
    if found is SourceKind.MEDIA and publisher and publisher in " ".join(texts).lower():
        return SourceKind.PARTY
    return found or roles.kind(texts, publisher)


def names_somebody(words: Sequence[Word]) -> bool:
    """Whether the words can name a source: they hold a noun, a pronoun or "many", and don't begin with a verb."""
    if starts_with_verb(words):
        return False
    return any(_is_name(word) for word in words)


def _is_name(word: Word) -> bool:
    if word.flags & (PARTY | STUDY) or word.low in _QUANTITIES or anaphor(word) is not Anaphor.NONE:
        return True
    if word.flags & _EMPTY and not (word.flags & CAPITAL and word.flags & MODAL):
        return False
    return word.low not in _NOBODY and (bool(word.flags & CAPITAL) or not word.flags & _VERBAL)


def likely_outlet(words: Sequence[Word], roles: Roles) -> bool:
    """Whether a name without a role, of which it is said that it "reports", is rather an outlet's than a body's."""
    named = [word for word in words if not word.flags & (MARK | DETERMINER)]
    if not named or any(roles.role(word.text) for word in words):
        return False
    if not all(word.flags & (CAPITAL | NUMBER) for word in named):
        return False
    return not (len(named) == 1 and named[0].text.isupper())


def _by_head(words: Sequence[Word], texts: Sequence[str], roles: Roles) -> SourceKind | None:
    end = next((i for i, word in enumerate(words) if i and word.flags & _CUTS), len(words))
    for word in reversed(words[:end]):
        role = roles.role(word.low)
        if word.flags & CAPITAL and role in ("media", "unnamed") and len(words) > 1:
            continue
        if role == "study" and word.low not in _REPORTS:
            return SourceKind.PARTY
        if word.low == "paper" and _LEARNED.intersection(texts):
            return SourceKind.PARTY
        if role == "media" or (word.low == "agency" and not _NEWS.isdisjoint(texts)):
            return SourceKind.MEDIA
        if role in ("unnamed", "party"):
            return SourceKind(role)
    return None


def _by_report(words: Sequence[Word], texts: Sequence[str], roles: Roles) -> SourceKind | None:
    """Whose a "report" is: an outlet's, a body's, or nobody's."""
    lows = [word.low for word in words]
    at = next((i for i, low in enumerate(lows) if low in _REPORTS), -1)
    if at < 0 or _BY.intersection(lows[at + 1 :]) or outlets().find(texts) is not None:
        return None
    if any(roles.role(low) == "media" for low in lows[:at]):
        return SourceKind.MEDIA
    if any(word.flags & CAPITAL and word.low != "the" for word in words[:at]):
        return SourceKind.PARTY
    return SourceKind.UNNAMED if _FRESH.intersection(lows[:at]) else None
