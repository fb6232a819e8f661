"""English noun phrases: which words name the one who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout, Verbal
from reportedly.language.english.words import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    GERUND,
    MARK,
    NEGATION,
    NUMBER,
    PARTICIPLE,
    PAST,
    PLAIN,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    REPORT,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERB,
    group,
    is_plain_finite,
)
from reportedly.language.evidence import Anaphor
from reportedly.language.lexicon import Word

LONGEST: Final = 26
"""Most tokens of a noun phrase that names a source; longer ones in the news data are lists."""
_BREAKS: Final = frozenset(',;:–—"“”()[]!?…')
_ANAPHORS: Final = {
    "he": Anaphor.HE, "him": Anaphor.HE, "his": Anaphor.HE, "she": Anaphor.SHE, "her": Anaphor.SHE,
    "they": Anaphor.THEY, "them": Anaphor.THEY, "it": Anaphor.IT,
}  # fmt: skip
_BRACKETS: Final = {")": "(", ">": "<", "]": "["}
_GOES_ON: Final = group("goes_on")
"""Words that go on with a noun phrase after its noun."""
_TITLES: Final = group("abbreviated_title")


def anaphor(word: Word) -> Anaphor:
    """What a pronoun refers back to; NONE for any other word."""
    return _ANAPHORS.get(word.low, Anaphor.NONE)


def is_point(words: Sequence[Word], i: int) -> bool:
    """Whether the full stop at `i` belongs to an abbreviation or an initial."""
    before = words[i - 1] if i else None
    after = words[i + 1].text if i + 1 < len(words) else ""
    if before is None:
        return False
    ticker = before.text.isupper() and len(after) == 1 and after.isupper()
    return len(before.text) <= 2 or before.low in _TITLES or ticker


def phrase_from(words: Sequence[Word], i: int, last: int) -> int:
    """One past the last token of the noun phrase that begins at `i`; `i` itself where none does."""
    if i >= last or (words[i].flags & MARK and words[i].text not in "@#'‘“\""):
        return i
    if words[i].flags & PRONOUN and anaphor(words[i]) is not Anaphor.NONE and words[i].low not in ("his", "her"):
        return i + 1
    if words[i].low == "her" and (i + 1 >= last or words[i + 1].flags & MARK):
        return i + 1
    end, stop = i, min(last, i + LONGEST)
    while end < stop:
        word = words[end]
        if word.flags & MARK:
            if (word.text == "." and is_point(words, end)) or word.text in "'’&@/-":
                end += 1
                continue
            break
        if end > i and word.flags & (RELATIVE | SUBORDINATOR | THAT) and word.low not in ("than", "since"):
            break
        if end > i and _is_verb(words, end):
            break
        named = word.flags & CAPITAL and not word.flags & ADVERB
        if word.flags & TIME and end > i and not named and not words[end - 1].flags & (DETERMINER | PREPOSITION):
            break
        if word.flags & PREPOSITION and end > i and word.low not in _GOES_ON:
            break
        if word.flags & ADVERB and end > i and not words[end - 1].flags & PREPOSITION and not word.flags & CAPITAL:
            break
        end += 1
    while end > i and words[end - 1].flags & (PREPOSITION | COORDINATOR | DETERMINER) and end > i + 1:
        end -= 1
    return end


def _is_verb(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.flags & AUXILIARY:
        return True
    if word.flags & CAPITAL or not word.flags & VERB:
        return False
    before = words[i - 1]
    if word.flags & PARTICIPLE:
        follower = words[i + 1].low if i + 1 < len(words) else ""
        return follower not in ("by", "on", "in", "with") and word.low not in ("briefed", "known")
    if word.flags & PLAIN:
        return bool(before.flags & (PRONOUN | PLURAL))
    return not before.flags & (DETERMINER | PREPOSITION) and not word.flags & GERUND


def starts_with_verb(words: Sequence[Word]) -> bool:
    """Whether a stretch begins with a verb and what hangs on it ("speaking at a rally"), so that it names nobody."""
    first = words[0]
    if not first.flags & (GERUND | PAST) or first.flags & (CAPITAL | PLAIN | DETERMINER):
        return bool(first.flags & PREPOSITION)
    return len(words) == 1 or bool(words[1].flags & (PREPOSITION | DETERMINER | ADVERB | TO | CAPITAL | PRONOUN))


def phrase_before(words: Sequence[Word], layout: Layout, verb: int) -> tuple[int, int] | None:
    """The subject that ends right before `verb` (adverbs and auxiliaries already skipped), or None."""
    end = verb
    if words[end - 1].text in _BRACKETS:
        bracket = _BRACKETS[words[end - 1].text]
        end = next((k for k in range(end - 1, 0, -1) if words[k].text == bracket), end)
    i = end - 1
    if i < 0 or (words[i].flags & MARK and words[i].text != "."):
        return None
    if words[i].flags & PRONOUN and anaphor(words[i]) is not Anaphor.NONE:
        return i, end
    start, least = end, layout.parts[layout.part_of(i)]
    while i >= least and end - i <= LONGEST:
        word = words[i]
        if word.flags & MARK:
            if word.text == "." and is_point(words, i):
                i -= 1
                continue
            if word.text in "'’&@/-" or (word.text == "," and _in_title(words, i)):
                i -= 1
                continue
            break
        if word.flags & (SUBORDINATOR | NEGATION) and word.low not in ("no", "since"):
            break
        if word.flags & (THAT | RELATIVE):
            head = _head_before(words, layout, i, end)
            if head is None:
                break
            i = head
            continue
        if word.flags & COORDINATOR and not _joins_names(words, i):
            break
        sure = layout.finite[i] is Verbal.SURE and (is_plain_finite(word) or i < end - 1)
        if sure and (i == 0 or not word.flags & CAPITAL):
            opener = next((k for k in range(i - 1, max(least, i - 4), -1) if words[k].flags & (RELATIVE | THAT)), -1)
            if opener < 0:
                break
            i = opener
            continue
        start = i
        i -= 1
    start = _strip(words, start, end)
    return (start, end) if start < end else None


def _in_title(words: Sequence[Word], i: int) -> bool:
    """A comma inside a name: "D-N.Y., " is left alone; "Carper, Feinstein and Leahy" goes on."""
    return (
        0 < i < len(words) - 1
        and bool(words[i - 1].flags & CAPITAL)
        and bool(words[i + 1].flags & CAPITAL)
        and any(words[j].low == "and" for j in range(i + 1, min(i + 7, len(words))))
        and not any(words[j].flags & MARK and words[j].text != "," for j in range(i + 1, min(i + 5, len(words))))
    )


def _joins_names(words: Sequence[Word], i: int) -> bool:
    """Whether "and" at `i` joins two nouns, not two clauses."""
    if words[i].low not in ("and", "or") or not 0 < i < len(words) - 1:
        return False
    before, after = words[i - 1], words[i + 1]
    return not after.flags & (PRONOUN | REPORT) and not before.flags & (MARK | TIME | ADVERB)


def _head_before(words: Sequence[Word], layout: Layout, i: int, end: int) -> int | None:
    """The noun before a relative clause that opens at `i` and closes before `end`: "groups that defend it said"."""
    if i == 0 or words[i - 1].flags & (MARK | REPORT | AUXILIARY):
        return None
    if any(layout.finite[j] is not Verbal.NO for j in range(i + 1, end)):
        return i - 1
    return None


def _strip(words: Sequence[Word], start: int, end: int) -> int:
    """Drop what stands before the subject in the same stretch: "and", "Meanwhile", "On Monday"."""
    while start < end:
        word = words[start]
        if word.flags & COORDINATOR or (word.flags & ADVERB and not word.flags & (DETERMINER | TIME)):
            start += 1
            continue
        if word.flags & TIME and word.flags & ADVERB:
            start += 1
            continue
        if word.flags & PREPOSITION and start + 1 < end:
            start = _behind_preposition(words, start, end)
            continue
        break
    return start


def _behind_preposition(words: Sequence[Word], start: int, end: int) -> int:
    """Where the subject begins behind "On Monday" or "In a statement"."""
    i = start + 1
    if words[i].flags & (TIME | NUMBER):
        while i < end and words[i].flags & (TIME | NUMBER):
            i += 1
        return i if i < end else start + 1
    for j in range(end - 1, start + 1, -1):
        if words[j].flags & DETERMINER and not words[j - 1].flags & PREPOSITION and j > start + 2:
            return j
    i = start + 1
    while i < end and not (words[i].flags & CAPITAL and not words[i - 1].flags & (PREPOSITION | CAPITAL)):
        i += 1
    return i if i < end else start + 1
