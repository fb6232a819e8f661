"""The article's side of a check, read once and used for every summary of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise
from math import log
from operator import itemgetter
from typing import Final, NamedTuple

from reportedly.language.content import opposites, senses
from reportedly.language.dates import Moment, Range, compare, covers
from reportedly.language.facts import Facts, read_facts
from reportedly.language.known_names import KnownNames, name_forms
from reportedly.language.murmurs import Murmur, murmurs
from reportedly.language.polarity import Clause, clauses
from reportedly.language.quantities import Bound, Likeness, Quantity
from reportedly.language.quantities import compare as compare_quantities
from reportedly.language.voices import Voice, listen
from reportedly.schema import Article, Sentence

SYNONYM: Final = 0.8
COMPOUND: Final = 0.75
OPPOSITE: Final = 0.6
"""What a match is worth beside the same word: near-synonym, part of a compound, its contrary (which is on the topic,
and what the polarity check looks for). By hand: an order, not a measure."""
_SHORTEST_PART: Final = 4
"""Letters of the shortest stem that counts as part of a compound („Bank“ in „Notenbank“)."""
_LONGEST_PART: Final = 60
"""Letters of the longest stem that is taken apart; longer ones are no words."""
MANY: Final = 40
"""Quantities, dates or clauses of one sentence that are looked at; a sentence with more is a table."""
_COMMON: Final = 32
"""A stem in more sentences than this says nothing about which is meant; it keeps aligning linear in the text."""


_REACH: Final = 0.85
"""Relative distance within which two numbers can still be the same, rounded or bounded („mehr als 100“ for 150)."""
_PIECES: Final = re.compile("[/:]")
"""What joins two numbers in one: 24/7, 5:4."""


def number_key(quantity: Quantity) -> str:
    """The key under which equal numbers meet, however they are written."""
    return f"#{quantity.low:g}"


class Fit(NamedTuple):
    """Where the article has a date."""

    whole: frozenset[int]
    """Sentences whose date knows every part of it."""
    any: frozenset[int]
    """Sentences with a date that does not contradict it."""
    pieced: bool
    """Whether those know every part of it together."""


class Source:
    """An article with its sentences, facts and an index of which sentence tells of what.

    Sentences are meant by their index (from 0) in `sentences`.
    """

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self.article = article
        self.sentences = tuple(sentences)
        published = article.published.date() if article.published else None
        self.facts: Facts = read_facts(article.text, article.language, published)
        starts = [token.start for token in self.facts.tokens]
        self.bounds = [(bisect_left(starts, s.span.start), bisect_left(starts, s.span.end)) for s in self.sentences]
        """First token and one past the last, a sentence."""
        self.title = read_facts(article.title, article.language, published) if article.title else None
        self._by_id = {s.id: index for index, s in enumerate(self.sentences)}
        self._index = self._build()
        self._like: dict[Hashable, tuple[frozenset[int], Quantity | None]] = {}
        self._fitting: dict[tuple[Range | None, ...], Fit] = {}
        self._clauses: dict[int, tuple[Clause, ...]] = {}
        self._murmurs: dict[int, tuple[Murmur, ...]] = {}

    def _build(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        stems, language = self.facts.stems, self.article.language
        numbers: dict[int, str] = {q.first: number_key(q) for q in self.facts.quantities}
        for number, (first, last) in enumerate(self.bounds):
            seen = {stem for stem in stems[first:last] if stem}
            seen.update(f"~{sense}" for stem in tuple(seen) for sense in senses(stem, language))
            seen.update(numbers[at] for at in range(first, last) if at in numbers)
            for key in seen:
                index[key].append(number)
        return index

    @cached_property
    def sentence_at(self) -> list[int]:
        """For each token the sentence that it stands in, or the next one where it stands between two."""
        found: list[int] = []
        for number, (_, last) in enumerate(self.bounds):
            found.extend([number] * (last - len(found)))
        found.extend([max(0, len(self.bounds) - 1)] * (len(self.facts.tokens) - len(found)))
        return found

    @cached_property
    def quantities(self) -> list[tuple[float, int, Quantity]]:
        """All quantities by size, with the sentence of each; those of the title have sentence -1."""
        ours = [(q.low, self.sentence_at[q.first], q) for q in self.facts.quantities]
        ours += [(q.high, self.sentence_at[q.first], q) for q in self.facts.quantities if q.high != q.low]
        title = [(q.low, -1, q) for q in self.title.quantities] if self.title else []
        return sorted(ours + title, key=itemgetter(0))

    def quantities_between(self, low: float, high: float) -> Iterator[tuple[int, Quantity]]:
        """The quantities of that size, with the sentence of each; those of the title have sentence -1."""
        ordered = self.quantities
        at = bisect_left(ordered, low, key=itemgetter(0))
        while at < len(ordered) and ordered[at][0] <= high:
            yield ordered[at][1:]
            at += 1

    def quantities_in(self, sentences: Iterable[int]) -> Iterator[tuple[int, Quantity]]:
        """The quantities of these sentences, with the sentence of each; of a table only the first."""
        for sentence in sentences:
            for quantity in self._told[0].get(sentence, ())[:MANY]:
                yield sentence, quantity

    def moments_in(self, sentences: Iterable[int]) -> Iterator[Moment]:
        """The dates of these sentences; of a table only the first."""
        for sentence in sentences:
            yield from self._told[1].get(sentence, ())[:MANY]

    @cached_property
    def _told(self) -> tuple[dict[int, list[Quantity]], dict[int, list[Moment]]]:
        """Quantities and dates by sentence."""
        quantities: dict[int, list[Quantity]] = defaultdict(list)
        moments: dict[int, list[Moment]] = defaultdict(list)
        for quantity in self.facts.quantities:
            quantities[self.sentence_at[quantity.first]].append(quantity)
        for moment in self.facts.dates:
            moments[self.sentence_at[moment.first]].append(moment)
        return quantities, moments

    def like(self, told: Quantity) -> tuple[frozenset[int], Quantity | None]:
        """The sentences with a told quantity, and one that says the contrary of the same number, if any.

        One search a different quantity.
        """
        key = (told.low, told.high, told.unit, told.bound, told.digits, told.written)
        found = self._like.get(key)
        if found is None:
            found = self._like[key] = self._search(told)
        return found

    def _search(self, told: Quantity) -> tuple[frozenset[int], Quantity | None]:
        reach = _REACH if told.bound is not Bound.ABOUT or told.low == told.high else 0.99
        found: set[int] = set()
        against = None
        for sentence, quantity in self.quantities_between(told.low * (1 - reach), told.high * (1 + reach)):
            if compare_quantities(told, quantity) is not Likeness.DIFFERENT:
                found.add(sentence)
            elif (quantity.low, quantity.high, quantity.unit) == (told.low, told.high, told.unit):
                against = quantity
        # „Hunderte“ may stand far from the number told
        wide = self.open_numbers if not found else ()
        found.update(s for s, q in wide if compare_quantities(told, q) is not Likeness.DIFFERENT)
        return frozenset(found), against

    def fitting(self, told: Moment) -> Fit:
        """Where the article has a told date. One scan a different date."""
        found = self._fitting.get(told.known)
        if found is None:
            same = (Likeness.EQUAL, Likeness.COMPATIBLE)
            fitting = [(s, m) for s, m in self.moments if compare(told, m) in same]
            whole = frozenset(s for s, m in fitting if covers(told, [m]))
            pieced = covers(told, [m for _, m in fitting])
            found = self._fitting[told.known] = Fit(whole, frozenset(s for s, _ in fitting), pieced)
        return found

    def clauses(self, sentence: int) -> tuple[Clause, ...]:
        """The clauses of a sentence; of a table or a heap of marks only the first."""
        found = self._clauses.get(sentence)
        if found is None:
            found = self._clauses[sentence] = tuple(islice(clauses(self.facts, *self.bounds[sentence]), MANY))
        return found

    @cached_property
    def open_numbers(self) -> list[tuple[int, Quantity]]:
        """The quantities that leave the number open („Hunderte“), with the sentence of each."""
        return [(s, q) for _, s, q in self.quantities if q.bound is Bound.ABOUT and q.low != q.high]

    @cached_property
    def moments(self) -> list[tuple[int, Moment]]:
        """All dates with the sentence of each; those of the title have sentence -1."""
        ours = [(self.sentence_at[m.first], m) for m in self.facts.dates]
        return ours + ([(-1, m) for m in self.title.dates] if self.title else [])

    @cached_property
    def digits(self) -> frozenset[str]:
        """Numbers in digits that are no quantity by themselves: inside names, scores, 24/7."""
        facts = self.facts
        free = (t.text for at, t in enumerate(facts.tokens) if t.kind == "number" and at not in facts.measured)
        joined = (t.text for t in facts.tokens if t.kind == "number" and _PIECES.search(t.text))
        return frozenset((*free, *(piece for text in joined for piece in _PIECES.split(text))))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Whose voices each sentence lets through."""
        return listen(self.article.text, self.sentences, self.article.language, publisher=self.article.publisher)

    def murmurs_of(self, index: int) -> tuple[Murmur, ...]:
        """Whatever in a sentence keeps a speaker, a doubt or an intent alive; read when first asked for."""
        found = self._murmurs.get(index)
        if found is None:
            start = self.sentences[index].span.start
            text = self.sentences[index].span.of(self.article.text)
            found = tuple(
                m._replace(start=m.start + start, end=m.end + start) for m in murmurs(text, self.article.language)
            )
            self._murmurs[index] = found
        return found

    @cached_property
    def known(self) -> KnownNames:
        """Every word of text and title in the forms in which a name may come back."""
        title = self.title.tokens if self.title else ()
        return KnownNames((*self.facts.tokens, *title))

    @cached_property
    def named(self) -> frozenset[int]:
        """The article's tokens that belong to names."""
        return frozenset(at for name in self.facts.names for at in name.words)

    @cached_property
    def sure_names(self) -> dict[str, str]:
        """The words of names that are names without a doubt, as they stand, with the form to compare by."""
        tokens = self.facts.tokens
        words = {tokens[at].text for name in self.facts.names if name.sure for at in name.words}
        return {word: name_forms(word.lower())[0] for word in sorted(words)}

    @cached_property
    def sure(self) -> frozenset[int]:
        """The article's tokens that belong to names without a doubt."""
        return frozenset(at for name in self.facts.names if name.sure for at in name.words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two words that follow each other, marks passed over."""
        words = [token.low for token in self.facts.tokens if token.kind != "mark"]
        return frozenset(pairwise(words))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands, as indices of tokens."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, stem in enumerate(self.facts.stems):
            if stem:
                found[stem].append(at)
        return found

    @cached_property
    def _stems(self) -> tuple[list[str], list[str]]:
        """All stems in order, and all reversed in order: for words that begin or end alike."""
        plain = [key for key in self._index if key[0] not in "~#"]
        if self.title:
            plain.extend(stem for stem in self.title.stems if stem)
        return sorted(plain), sorted(stem[::-1] for stem in plain)

    def sentence_of(self, number: int) -> int | None:
        """The index of the sentence with the id `number`, or None where there is none."""
        return self._by_id.get(number)

    def weight(self, key: str) -> float:
        """How telling a key is, 0.5 to 1: rare ones more."""
        found = self._index.get(key)
        if not found:
            return 1.0
        total = len(self.sentences)
        return 0.5 + 0.5 * log(1 + total / len(found)) / log(1 + total)

    def where(self, stem: str) -> dict[int, float]:
        """The sentences that tell of a stem, and how good the match is (1 for the word itself)."""
        found: dict[int, float] = {}
        language = self.article.language
        self._add(found, stem, 1.0)
        for sense in senses(stem, language):
            self._add(found, f"~{sense}", SYNONYM)
        for part in self.compounds(stem):
            self._add(found, part, COMPOUND)
        for contrary in opposites(stem, language):
            self._add(found, contrary, OPPOSITE)
        return found

    def _add(self, found: dict[int, float], key: str, worth: float) -> None:
        sentences = self._index.get(key, ())
        if len(sentences) <= _COMMON:
            for number in sentences:
                if found.get(number, 0.0) < worth:
                    found[number] = worth

    def support(self, stem: str) -> float:
        """How well the article as a whole vouches for a stem, 0 to 1; contraries do not vouch."""
        if stem in self._index or (self.title and stem in self.title.stems):
            return 1.0
        if any(f"~{sense}" in self._index for sense in senses(stem, self.article.language)):
            return SYNONYM
        return COMPOUND if self.compounds(stem) else 0.0

    def compounds(self, stem: str) -> list[str]:
        """Stems of the article that begin or end with this one, or that begin or end it: „Notenbank“ and „Bank“."""
        if not _SHORTEST_PART <= len(stem) <= _LONGEST_PART or stem[0].isdigit():
            return []
        forward, backward = self._stems
        found = _longer(forward, stem)
        reverse = stem[::-1]
        found += [other[::-1] for other in _longer(backward, reverse)]
        for length in range(_SHORTEST_PART, len(stem)):
            for part in (stem[:length], stem[-length:]):
                if part in self._index:
                    found.append(part)
        return found


def _longer(ordered: list[str], start: str) -> list[str]:
    """The words of an ordered list that begin with `start` and go on."""
    at = bisect_left(ordered, start)
    found: list[str] = []
    while at < len(ordered) and ordered[at].startswith(start) and len(found) < _COMMON:
        if ordered[at] != start:
            found.append(ordered[at])
        at += 1
    return found
