"""Everything in a text that can be checked against another: words, numbers, dates, names, negations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from reportedly.language.content import stem, stopwords
from reportedly.language.date_reader import read_dates
from reportedly.language.dates import Moment
from reportedly.language.names import Name, read_names
from reportedly.language.numerals import word_value
from reportedly.language.quantities import Quantity
from reportedly.language.quantity_reader import read_quantities
from reportedly.language.words import Token, tokens
from reportedly.schema import Language


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


def read_facts(text: str, language: Language, published: date | None = None) -> Facts:
    """Reads a text once; relative dates are resolved where `published` is given. Linear in the text's length."""
    words = tokens(text)
    dates = read_dates(words, language, published)
    taken = {at for moment in dates for at in range(moment.first, moment.last + 1)}
    quantities = read_quantities(words, language, taken)
    taken.update(at for quantity in quantities for at in range(quantity.first, quantity.last + 1))
    stems = [_content(w.low, language) if w.kind == "word" else w.text if w.kind == "number" else "" for w in words]
    return Facts(language, words, stems, quantities, dates, frozenset(taken))
