"""Which sentences make the extractive summary: central, early, about the headline, and not twice the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from reportedly.language.content import stem, stopwords
from reportedly.language.words import tokens
from reportedly.schema import Language

SENTENCES: Final = 3
"""Length of a summary where no number of words is asked for: what the product promises („about three sentences“)."""

_HEADLINE_WEIGHT: Final = 2.0
"""A word of the headline counts like two mentions in the body: headlines name the topic, not the point."""
_SINGLE: Final = 0.2
"""What a word counts that stands in one sentence only: just enough to choose where nothing recurs."""
_LEAD_BONUS: Final = 2.5
"""Added to the first body sentence, falling with 1/n: news puts the point first. Of 0.8 to 4, this value overlaps most
with 58 summaries that people wrote (bigrams 0.18; the first three sentences 0.17, TextRank 0.08)."""
_LEANING_PENALTY: Final = 0.55
"""Factor for a sentence that leans on another one which is not chosen."""
_REDUNDANCY: Final = 0.7
"""How much overlap with what is already chosen takes away (maximal marginal relevance)."""
_SHORTEST, _LONGEST = 6, 45
"""Words; shorter sentences rarely carry a point, longer ones eat the whole summary."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand in the summary."""

    sentence: int
    """Its number in the article."""
    text: str
    words: int
    """How many words the summary grows by."""
    leans_on: int | None
    """The sentence that has to come along for it to be understood well, if any."""


def choose(
    candidates: Sequence[Candidate], headline: str, language: Language, *, words: int | None = None
) -> tuple[Candidate, ...]:
    """The chosen candidates in reading order: about three, or what fits into `words` (else the shortest)."""
    terms = [_stems(candidate.text, language) for candidate in candidates]
    weight = _weights(terms, _stems(headline, language))
    base = [
        _score(candidate, bag, weight, rank)
        for rank, (candidate, bag) in enumerate(zip(candidates, terms, strict=True))
    ]
    chosen: list[int] = []
    room = words
    while len(chosen) < len(candidates) and (room is not None or len(chosen) < SENTENCES):
        best = _best(candidates, terms, base, chosen, room)
        if best is None:
            break
        chosen.append(best)
        if room is not None:
            room -= candidates[best].words
    if not chosen and candidates:
        chosen = [min(range(len(candidates)), key=lambda i: candidates[i].words)]
    return tuple(candidates[i] for i in sorted(chosen))


def _stems(text: str, language: Language) -> frozenset[str]:
    stop = stopwords(language)
    return frozenset(
        stem(token.low, language) for token in tokens(text) if token.kind == "word" and token.low not in stop
    )


def _weights(terms: Sequence[frozenset[str]], headline: Iterable[str]) -> dict[str, float]:
    """How central each word is: in how many sentences it stands, and whether the headline has it."""
    spread = Counter(word for bag in terms for word in bag)
    topic = frozenset(headline)
    return {
        word: (count if count > 1 else _SINGLE) + (_HEADLINE_WEIGHT if word in topic else 0.0)
        for word, count in spread.items()
    }


def _score(candidate: Candidate, bag: frozenset[str], weight: dict[str, float], rank: int) -> float:
    if not bag:
        return 0.0
    centrality = sum(weight[word] for word in bag) / sqrt(len(bag) + 4)
    fitting = 1.0 if _SHORTEST <= candidate.words <= _LONGEST else 0.5
    return (centrality * (1 + _LEAD_BONUS / (1 + rank))) * fitting


def _best(
    candidates: Sequence[Candidate],
    terms: Sequence[frozenset[str]],
    base: Sequence[float],
    chosen: Sequence[int],
    room: int | None,
) -> int | None:
    taken = {candidates[i].sentence for i in chosen}
    said: frozenset[str] = frozenset().union(*(terms[i] for i in chosen))
    best, top = None, -1.0
    for i, candidate in enumerate(candidates):
        if i in chosen or (room is not None and candidate.words > room):
            continue
        overlap = len(terms[i] & said) / len(terms[i]) if terms[i] else 1.0
        value = base[i] * (1 - _REDUNDANCY * overlap)
        if candidate.leans_on is not None and candidate.leans_on not in taken:
            value *= _LEANING_PENALTY
        if value > top:
            best, top = i, value
    return best
