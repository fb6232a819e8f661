"""Who a reporting verb has for its subject: before it, behind it, apposed, or shared with the verb before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout, Verbal
from reportedly.language.english.phrases import is_point, phrase_before, phrase_from, starts_with_verb
from reportedly.language.english.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FIRST,
    GERUND,
    MARK,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SUBORDINATOR,
    THAT,
    TO,
    WH,
    is_plain_finite,
)
from reportedly.language.lexicon import Word

_QUOTES: Final = frozenset((*"\"“”„»«'‘’", "''", "``"))


def find_subject(words: Sequence[Word], layout: Layout, i: int, end: int) -> tuple[tuple[int, int] | None, bool, bool]:
    """The subject of the verb at `i`, whether it follows the verb, and whether the verb is in a relative clause."""
    before = words[end - 1] if end else None
    if before is not None and not (before.flags & MARK and not (before.text == "." and is_point(words, end - 1))):
        if before.flags & RELATIVE or before.flags & THAT:
            return ((end - 1, end), False, True) if end > 1 else (None, False, True)
        if before.flags & COORDINATOR:
            found = shared_subject(words, layout, end - 1)
            return found, False, bool(layout.side[i])
        return phrase_before(words, layout, end), False, False
    told = any(verb.takes == "tell" for verb in words[i].more)
    if end == i and not told and _inverts(words, layout, i):
        first = i + 1
        stop = phrase_from(words, first, len(words))
        inserted = stop < len(words) and words[stop].text == ","
        if not inserted and not _has_content_before(words, layout, i):
            stop = first
        if stop > first and not (
            words[first].flags & PRONOUN and words[first].flags & (FIRST | PRONOUN) and stop == first + 1
        ):
            return (first, stop), True, False
    if before is not None and before.text in ">]":
        return phrase_before(words, layout, end), False, False
    if before is not None and before.text in ",)–—-":
        return _apposed(words, layout, end), False, False
    return None, False, False


def _has_content_before(words: Sequence[Word], layout: Layout, i: int) -> bool:
    """Whether something that can be said stands before `i`: a quotation, or a main clause with its verb."""
    part = layout.parts[layout.part_of(i)]
    for j in range(part, i):
        if words[j].text in _QUOTES or (layout.finite[j] is not Verbal.NO and not layout.side[j]):
            return True
    return part == i


def _inverts(words: Sequence[Word], layout: Layout, i: int) -> bool:
    """Whether the subject follows the verb at `i`: no finite verb comes before the next mark."""
    if i + 1 >= len(words) or words[i + 1].flags & (THAT | WH | TO | PREPOSITION):
        return False
    for j in range(i + 1, len(words)):
        word = words[j]
        if word.flags & MARK and word.text != "." and word.text not in _QUOTES:
            break
        if word.flags & (RELATIVE | THAT | SUBORDINATOR):
            break
        if layout.finite[j] is Verbal.SURE and not word.flags & CAPITAL:
            return False
    return True


def shared_subject(words: Sequence[Word], layout: Layout, i: int) -> tuple[int, int] | None:
    """The subject of the clause that "and" at `i` goes on with: "Lee thanked them and said"."""
    part = layout.parts[layout.part_of(i)]
    for j in range(part, i):
        if layout.finite[j] is not Verbal.NO and not layout.side[j]:
            end = j
            while end > part and words[end - 1].flags & ADVERB and not words[end - 1].flags & DETERMINER:
                end -= 1
            if end > part and words[end - 1].text == ",":
                return _apposed(words, layout, end)
            return phrase_before(words, layout, end)
    return None


def _has_verb(words: Sequence[Word], layout: Layout, k: int) -> bool:
    return layout.finite[k] is Verbal.SURE and not layout.side[k] and is_plain_finite(words[k])


def _apposed(words: Sequence[Word], layout: Layout, end: int) -> tuple[int, int] | None:
    """The subject before an insertion between commas that ends at `end`: "Lee, the mayor, said"."""
    part = layout.parts[layout.part_of(max(end - 1, 0))]
    closer = words[end - 1].text
    opener = "(" if closer == ")" else closer
    for j in range(end - 2, part, -1):
        if words[j].text == opener:
            found = phrase_before(words, layout, j)
            if found is None or starts_with_verb(words[slice(*found)]):
                continue
            loose = words[j + 1].flags & (GERUND | RELATIVE | ADVERB | PREPOSITION)
            if (
                opener == ","
                and not loose
                and any(
                    layout.finite[k] is Verbal.SURE and not layout.side[k] and is_plain_finite(words[k])
                    for k in range(j + 1, end)
                )
            ):
                return None
            return found
    return None
