"""Light normal forms of content words: what makes two sentences tell of the same thing in other words."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from reportedly.language.tables import groups, table
from reportedly.schema import Language

_MEMO: Final = 1 << 16
"""Word forms remembered; a newspaper's running vocabulary is of this order."""

_UMLAUTS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
SHORTEST_PART: Final = 4
"""Letters of the shortest word that counts as part of a compound („Bank“ in „Notenbank“)."""


def code(language: Language) -> str:
    """The key of a language in the data files; German stands in for an unknown one (its rules are the superset)."""
    return "en" if language is Language.ENGLISH else "de"


@cache
def stopwords(language: Language) -> frozenset[str]:
    """Words that carry no content of their own."""
    return frozenset(table("forms")["stopwords"][code(language)].split())


@cache
def _lemmas(language: Language) -> dict[str, str]:
    """Irregular forms and the lemma that they are read as, prefixed verbs included."""
    data = table("forms")[code(language)]
    plain = {form: line[0] for line in groups(data["verbs"]) for form in line}
    prefixed = {p + form: p + lemma for p in data["prefixes"] for form, lemma in plain.items()}
    return prefixed | plain


def plain(word: str) -> str:
    """A word in lower case without umlauts, ß and accents."""
    low = word.lower().translate(_UMLAUTS)
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))


@lru_cache(maxsize=_MEMO)
def stem(low: str, language: Language) -> str:
    """The stem of a word in lower case: „Zahlungen“ and „zahlt“ meet, "rising" and "rose" meet."""
    if low.endswith(("'s", "s'")):
        low = low[:-2] if low[-1] == "s" else low[:-1]
    lemma = _lemmas(language).get(low, low)
    return _english(lemma) if language is Language.ENGLISH else _german(plain(lemma))


def _german(word: str) -> str:
    """After CISTEM (Weissweiler & Fraser 2017), case-insensitive."""
    if len(word) > 6 and word.startswith("ge"):
        word = word[2:]
    while len(word) > 3:
        if len(word) > 5 and word.endswith(("em", "er", "nd")):
            word = word[:-2]
        elif word[-1] in "tesn":
            word = word[:-1]
        else:
            break
    return word


def _english(word: str) -> str:
    """Inflection and the commonest derivations only."""
    word = word.replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly", "ment", "ness"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 5 and word.endswith(("ion", "ive", "ory")):
        word = word[:-3]
    elif len(word) > 4 and word.endswith(("er", "or", "al")):
        word = word[:-2]
    return word.rstrip("e").replace("y", "i") if len(word) > 3 else word


@cache
def _synonyms(language: Language) -> dict[str, tuple[int, ...]]:
    """Stem → the groups of near-synonyms that it belongs to."""
    members: dict[str, list[int]] = {}
    for number, line in enumerate(groups(table("relations")["synonyms"][code(language)])):
        for word in line:
            members.setdefault(stem(word, language), []).append(number)
    return {word: tuple(numbers) for word, numbers in members.items()}


@cache
def _opposites(language: Language) -> dict[str, frozenset[str]]:
    """Stem → the stems that say the contrary."""
    pairs: dict[str, set[str]] = {}
    for line in table("relations")["opposites"][code(language)]:
        left, right = ([stem(w, language) for w in side.split()] for side in line.split("|"))
        for here, there in ((left, right), (right, left)):
            for word in here:
                pairs.setdefault(word, set()).update(there)
    return {word: frozenset(others - {word}) for word, others in pairs.items()}


def senses(stemmed: str, language: Language) -> tuple[int, ...]:
    """The groups of near-synonyms of a stem; empty for most."""
    return _synonyms(language).get(stemmed, ())


def opposites(stemmed: str, language: Language) -> frozenset[str]:
    """The stems that say the contrary of a stem; empty for most."""
    return _opposites(language).get(stemmed, frozenset())


def is_related(stemmed: str, language: Language) -> bool:
    """Whether a stem has near-synonyms or opposites in the tables."""
    return stemmed in _synonyms(language) or stemmed in _opposites(language)
