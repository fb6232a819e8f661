"""Reporting verbs that are no active main verbs: "is said to", "was quoted as saying", "…, saying that"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout
from reportedly.language.english.phrases import phrase_before, phrase_from
from reportedly.language.english.report import Report, Role
from reportedly.language.english.subjects import shared_subject
from reportedly.language.english.words import (
    ADVERB,
    ALLEGATION,
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    GERUND,
    HAVE,
    MARK,
    NUMBER,
    PREPOSITION,
    PRONOUN,
    RESPOND,
    STATE,
    TIME,
    UTTERANCE,
    Verb,
    group,
)
from reportedly.language.lexicon import Word

_AGENT: Final = 7
"""Tokens after a participle in which "by" is sought."""
_HEARSAY: Final = group("hearsay_verb")
_GUESS: Final = group("guess_verb")
_HAS_AGENT: Final = group("has_agent")
_NO_TRAILING: Final = group("no_trailing")


def read_passive(words: Sequence[Word], layout: Layout, i: int, j: int, verb: Verb, denied: bool) -> Report | None:
    """ "is said to", "was quoted as saying", "it is believed that", "was announced"."""
    if denied:
        return None
    after = words[i + 1] if i + 1 < len(words) else None
    low = after.low if after is not None else ""
    main = not layout.side[i]
    start = _chain_start(words, j)
    it = words[j].low == "it's" or words[start].low == "it's" or (start > 0 and words[start - 1].low == "it")
    clause = low == "that" or (it and after is not None and bool(after.flags & (PRONOUN | DETERMINER | CAPITAL)))
    lemma = verb.lemma
    if low == "to" or (it and clause):
        if lemma in _HEARSAY and lemma != "tell":
            return Report(i, verb, Role.HEARSAY, main, None)
        if lemma in _GUESS:
            return Report(i, verb, Role.GUESS, main, None)
    if lemma == "report" and after is not None and (after.flags & STATE or low in ("as", "to")):
        return Report(i, verb, Role.HEARSAY, main, None)
    if lemma in ("quote", "cite") and low == "as":
        return Report(i, verb, Role.ACTIVE, main, phrase_before(words, layout, start))
    if lemma in _HAS_AGENT and (agent := _agent(words, i + 1)):
        return Report(i, verb, Role.PASSIVE, main, agent)
    if verb.firmness is not None and verb.takes not in ("denial", "court"):
        return Report(i, verb, Role.PASSIVE, main, _agent(words, i + 1))
    if verb.takes == "denial":
        thing = phrase_before(words, layout, start)
        if thing is not None and any(words[k].flags & ALLEGATION for k in range(*thing)):
            return Report(i, verb, Role.PASSIVE, main, _agent(words, i + 1))
    return None


def _chain_start(words: Sequence[Word], j: int) -> int:
    """The first auxiliary of "has been", given its last."""
    while j > 0 and words[j - 1].flags & (HAVE | BE | ADVERB) and not words[j - 1].flags & (DETERMINER | PRONOUN):
        j -= 1
    return j


def _agent(words: Sequence[Word], i: int) -> tuple[int, int] | None:
    """Who did it, if "by" follows."""
    for j in range(i, min(i + _AGENT, len(words))):
        if words[j].low == "by":
            end = phrase_from(words, j + 1, len(words))
            return (j + 1, end) if end > j + 1 else None
        if words[j].flags & MARK:
            break
    return None


def read_trailing(words: Sequence[Word], layout: Layout, i: int, verb: Verb) -> Report | None:
    """ "…, saying that …": the subject of the clause before it says so."""
    if verb.takes not in ("clause", "that", "tell", "stance") or i < 2 or verb.lemma in _NO_TRAILING:
        return None
    j = i - 1
    while j > 0 and words[j].flags & (ADVERB | TIME | NUMBER | PREPOSITION) and not words[j].flags & DETERMINER:
        j -= 1
    issued = words[j - 1 if words[j].text == "," and j > 0 else j]
    if issued.flags & UTTERANCE and not issued.flags & CAPITAL:
        return Report(i, verb, Role.ACTIVE, True, shared_subject(words, layout, i))
    joined = bool(words[j].flags & COORDINATOR) and any(
        words[k].flags & GERUND and words[k - 1].text == "," for k in range(1, j)
    )
    if words[j].text == "," or joined:
        part = layout.parts[layout.part_of(i)]
        main = any(words[k].flags & RESPOND and not layout.side[k] for k in range(part, j))
        return Report(i, verb, Role.ACTIVE, main, shared_subject(words, layout, i))
    return None
