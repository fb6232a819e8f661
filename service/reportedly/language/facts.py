"""Everything in a text that can be checked against another: words, numbers, dates, names, negations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, TypeVar

from reportedly.language.content import is_related, stem, stopwords
from reportedly.language.date_reader import read_dates
from reportedly.language.dates import Moment
from reportedly.language.names import Name, read_names
from reportedly.language.numerals import word_value
from reportedly.language.quantities import Quantity
from reportedly.language.quantity_reader import read_quantities
from reportedly.language.tables import words as words_of_table
from reportedly.language.words import Token, tokens
from reportedly.schema import Language

_CLAUSE_MARKS: Final = frozenset(",;:.!?")
_PREFIXES: Final = frozenset(words_of_table("relations", "separable"))
_AFTER_PREFIX: Final = frozenset((*_CLAUSE_MARKS, "und", "oder", '"', ")"))


@dataclass(frozen=True)
class Facts:
    """What stands in a text, in order. Offsets are code points into it."""

    language: Language
    tokens: Sequence[Token]
    stems: Sequence[str]
    """One a token: the stem of a content word, a number's digits, or empty for words that carry no content."""
    quantities: Sequence[Quantity]
    dates: Sequence[Moment]
    measured: frozenset[int]
    """The tokens that belong to dates and quantities."""

    @cached_property
    def names(self) -> Sequence[Name]:
        """Read when first asked for: of most articles only the words are needed."""
        return read_names(self.tokens, self.language, self.measured)


@lru_cache(maxsize=1 << 16)
def _content(low: str, language: Language) -> str:
    """The stem of a word, or nothing where it carries no content of its own."""
    if low in stopwords(language) or word_value(low, language) is not None:
        return ""
    return stem(low, language)


T = TypeVar("T", Quantity, Moment, Name)


def within(found: Sequence[T], first: int, last: int) -> Sequence[T]:
    """Of quantities, dates or names in order those that begin at the tokens `first` to `last` (one past)."""
    begin = bisect_left(found, first, key=lambda one: one.first)
    return found[begin : bisect_left(found, last, lo=begin, key=lambda one: one.first)]


def read_facts(text: str, language: Language, published: date | None = None) -> Facts:
    """Reads a text once; relative dates are resolved where `published` is given. Linear in the text's length."""
    words = tokens(text)
    dates = read_dates(words, language, published)
    taken = {at for moment in dates for at in range(moment.first, moment.last + 1)}
    quantities = read_quantities(words, language, taken)
    taken.update(at for quantity in quantities for at in range(quantity.first, quantity.last + 1))
    stems = [_content(w.low, language) if w.kind == "word" else w.text if w.kind == "number" else "" for w in words]
    if language is not Language.ENGLISH:
        _join_verbs(words, stems, language)
    return Facts(language, words, stems, quantities, dates, frozenset(taken))


def _join_verbs(words: Sequence[Token], stems: list[str], language: Language) -> None:
    """Puts a German verb together with the prefix that ends its clause: „lehnte … ab“ is read as „ablehnen“."""
    begin = 0
    for at, word in enumerate(words):
        if word.kind == "mark" and word.text in _CLAUSE_MARKS:
            begin = at + 1
        elif word.low in _PREFIXES and (at + 1 == len(words) or words[at + 1].low in _AFTER_PREFIX):
            for verb in range(begin, at):
                joined = (
                    stem(word.low + words[verb].low, language) if words[verb].text.islower() and stems[verb] else ""
                )
                if joined and is_related(joined, language):
                    stems[verb], stems[at] = joined, ""
                    break
