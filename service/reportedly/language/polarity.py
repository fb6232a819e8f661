"""Which clauses of a text are negated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from reportedly.language.content import stem
from reportedly.language.facts import Facts
from reportedly.language.tables import table, words
from reportedly.language.words import Token
from reportedly.schema import Language

_PLAIN: Final = frozenset(words("relations", "negation", "plain"))
_OPENERS: Final = frozenset(words("relations", "negation", "clauses"))
_MARKS: Final = frozenset({",", ";", ":", "(", ")", "."})
_PHRASES: Final = tuple(tuple(phrase.split()) for phrase in table("relations")["negation"]["no_negation"])


class Clause(NamedTuple):
    """A stretch of tokens without a comma or a conjunction inside."""

    first: int
    last: int
    """One past its last token."""
    negators: tuple[int, ...]
    """Its tokens that negate by themselves."""
    implied: frozenset[str]
    """Stems in it that deny or refuse by their meaning."""


@cache
def _implied(language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words("relations", "negation", "implied"))


@cache
def denials(language: Language) -> frozenset[str]:
    """The stems of the verbs by which somebody says that something is not so."""
    return frozenset(stem(word, language) for word in words("relations", "negation", "denials"))


@cache
def _denying(language: Language) -> frozenset[tuple[str, ...]]:
    phrases = (phrase.split() for phrase in table("relations")["negation"]["denying"])
    return frozenset((stem(verb, language), after) for verb, after in phrases)


def says_no(facts: Facts, at: int) -> bool:
    """Whether a word says of what follows that it is not so: „bestritt, dass“, "ruled out"."""
    stemmed = facts.stems[at]
    if not stemmed:
        return False
    after = facts.tokens[at + 1].low if at + 1 < len(facts.tokens) else ""
    return stemmed in denials(facts.language) or (stemmed, after) in _denying(facts.language)


@lru_cache(maxsize=1 << 15)
def _denies(low: str, stemmed: str, language: Language) -> bool:
    if stemmed in _implied(language) or low in ("ohne", "weder", "without", "gegen", "against", "statt", "kaum"):
        return True
    if language is Language.ENGLISH:
        return low.endswith("less") and len(low) > 6
    return len(low) > 6 and (
        (low.startswith("un") and not low.startswith(("unter", "unge", "uni", "und"))) or low.endswith("los")
    )


def clauses(facts: Facts, first: int, last: int) -> Iterator[Clause]:
    """The clauses among tokens `first` to `last` (one past), in order."""
    begin = first
    for at in range(first, last + 1):
        if at < last and facts.tokens[at].text not in _MARKS and facts.tokens[at].low not in _OPENERS:
            continue
        if first < at < last and facts.tokens[at].text == "." and facts.tokens[at - 1].kind == "number":
            continue  # „am 14. Juli“
        if at > begin:
            yield _clause(facts, begin, at)
        begin = at + 1 if at < last and facts.tokens[at].text in _MARKS else at
        if at < last and facts.tokens[at].low in _OPENERS:
            begin = at + 1


def _clause(facts: Facts, first: int, last: int) -> Clause:
    negators = tuple(at for at in range(first, last) if negates(facts.tokens, at))
    implied = frozenset(facts.stems[at] or facts.tokens[at].low for at in range(first, last) if denies(facts, at))
    return Clause(first, last, negators, implied)


def denies(facts: Facts, at: int) -> bool:
    """Whether a word denies or refuses by its meaning: „unrechtmäßig“, "refused"."""
    token = facts.tokens[at]
    return token.kind == "word" and _denies(token.low, facts.stems[at], facts.language)


def negates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token turns its clause round: „nicht“, "don't", but not „nicht nur“ or "No. 1"."""
    low = tokens[at].low
    if low not in _PLAIN and not low.endswith("n't"):
        return False
    inside = 0 < at < len(tokens) - 1 and tokens[at - 1].kind == "word" and tokens[at + 1].text[0].isupper()
    if tokens[at].text == "No" and inside:
        return False  # "No Child Left Behind"
    if low == "no" and at + 1 < len(tokens) and (tokens[at + 1].kind == "number" or tokens[at + 1].text in (".", ",")):
        return False
    return not any(_stands(tokens, at, phrase) for phrase in _PHRASES if low in phrase)


def _stands(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    begin = at - phrase.index(tokens[at].low)
    return begin >= 0 and tuple(token.low for token in tokens[begin : begin + len(phrase)]) == phrase
