"""German noun phrases: which words name the one who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.evidence import Anaphor
from reportedly.language.german.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FINITE,
    FIRST,
    MARK,
    OBLIQUE,
    PARTICIPLE,
    PREPOSITION,
    PRONOUN,
    TITLE,
    VERB,
)
from reportedly.language.lexicon import Word

LONGEST: Final = 24
"""Most tokens of a noun phrase: longer ones in the news data are lists."""
_ATTRIBUTES: Final = frozenset(("von", "vom", "der", "des", "für", "aus", "bei", "beim"))
"""Words that go on with a noun phrase after its noun."""
_ADVERBIAL: Final = (
    "weise",
    "lich",
    "mäß",
    "haft",
    "sam",
    "bar",
    "los",
    "ig",
    "isch",
    "ell",
    "iv",
    "wärts",
    "maßen",
    "falls",
)
"""What adverbs end in that open a sentence („Sinngemäß hofft er“)."""
NAME: Final = 4
"""Most words after the first of a name in quotation marks („Gazeta z Miasta i Okolic“)."""
_OPENERS: Final = frozenset('„«»"‚“')
_CLOSERS: Final = frozenset('“”»«"‘')
_JOINTS: Final = frozenset(("und", "sowie", "oder"))
_ENDINGS: Final = ("e", "en", "er", "es", "em")
"""What an adjective ends in."""
_GENITIVES: Final = frozenset(("der", "des", "eines", "einer", "dieses", "dieser", "seiner", "ihrer"))
_ANAPHORS: Final = {
    "er": Anaphor.HE, "sie": Anaphor.SHE, "es": Anaphor.IT, "dieser": Anaphor.HE, "diese": Anaphor.SHE,
    "jener": Anaphor.HE, "ihm": Anaphor.HE, "ihr": Anaphor.SHE, "ihnen": Anaphor.THEY,
}  # fmt: skip


def anaphor(word: Word) -> Anaphor:
    """What a pronoun refers back to, NONE for any other word."""
    return _ANAPHORS.get(word.low, Anaphor.NONE)


def skip_adverbs(words: Sequence[Word], i: int, last: int) -> int:
    """The first token from `i` on that is no adverb and no prepositional phrase: where a subject may begin."""
    while i < last:
        word = words[i]
        if word.flags & MARK:
            return i
        if word.flags & PREPOSITION and not word.flags & CAPITAL:
            i += 1
            while i < last and not words[i].flags & (CAPITAL | MARK):
                i += 1
            i = quoted_name(words, i, last)
            while i < last and words[i].flags & CAPITAL:
                i += 1
            while (
                i + 1 < last and words[i].low in _GENITIVES and words[i + 1].flags & CAPITAL and _more(words, i, last)
            ):
                i += 2
            continue
        if word.flags & ADVERB and not word.flags & (DETERMINER | CAPITAL):
            i += 1
            continue
        if word.low in ("sich", "mich", "uns", "ihm", "ihnen", "ihn"):
            i += 1
            continue
        if word.text[0].isdigit():
            return i
        return i
    return i


def _more(words: Sequence[Word], i: int, last: int) -> bool:
    """Whether another noun follows the genitive at `i`, so that it can't be the subject itself."""
    return any(words[j].flags & CAPITAL and words[j - 1].flags & DETERMINER for j in range(i + 2, min(last, i + 8)))


def quoted_name(words: Sequence[Word], i: int, last: int) -> int:
    """One past the closing mark of a name in quotation marks that opens at `i` („Kreisblatt“); `i` where none does."""
    if i >= last or words[i].text not in _OPENERS or i + 2 >= last or not words[i + 1].flags & CAPITAL:
        return i
    for j in range(i + 2, min(last, i + 2 + NAME)):
        if words[j].text in _CLOSERS:
            return j + 1
        if words[j].flags & MARK or (words[j].flags & FINITE and not words[j].flags & CAPITAL):
            return i
    return i


def noun_phrase(words: Sequence[Word], i: int, last: int) -> int:
    """One past the last token of the noun phrase that begins at `i`; `i` itself where none does."""
    if i >= last or (words[i].flags & MARK and quoted_name(words, i, last) == i):
        return i
    if words[i].flags & PRONOUN and not words[i].flags & DETERMINER:
        return i + 1
    end, noun = i, False
    stop = min(last, i + LONGEST)
    inner = DETERMINER | PREPOSITION
    nested = bool(words[i].flags & DETERMINER) and i + 1 < last and bool(words[i + 1].flags & inner)
    while end < stop:
        word = words[end]
        flags = word.flags
        if flags & MARK:
            close = _over_mark(words, i, end, stop)
            if close == end:
                break
            end, noun = close, noun or words[close - 1].text in _CLOSERS
            continue
        if flags & CAPITAL or word.text[0].isdigit():
            if noun and not flags & CAPITAL and end + 1 < stop and words[end + 1].flags & CAPITAL:
                break  # „nach Angaben der Bahn 34 Prozent“: another phrase begins
            noun = noun or bool(flags & CAPITAL)
        elif not noun:
            if _no_attribute(words, i, end):
                break
            # „dem am Mittwoch vorgestellten Bericht“: its noun comes after another one
            nested = nested or bool(flags & PREPOSITION and end > i and not flags & DETERMINER)
        elif nested and word.low.endswith(_ENDINGS) and end + 1 < stop and words[end + 1].flags & CAPITAL:
            nested = False
        elif (word.low in _ATTRIBUTES or word.low in _JOINTS) and _noun_soon(words, end + 1, stop):
            noun = False
        else:
            break
        end += 1
    while end > i and not _ends(words[end - 1]):
        end -= 1
    return end


def _ends(word: Word) -> bool:
    """Whether a noun phrase can end in this word."""
    return bool(word.flags & CAPITAL) or word.text[0].isdigit() or word.text in _CLOSERS


def _no_attribute(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether the word at `end` can't stand before the noun of the phrase that begins at `i`."""
    flags = words[end].flags
    if flags & PREPOSITION and end > i and not flags & DETERMINER:
        return not words[i].flags & DETERMINER
    adverb = flags & (ADVERB | COORDINATOR) and not flags & DETERMINER and end == i
    return bool(adverb) or words[end].low in ("wie", "als")


def _over_mark(words: Sequence[Word], i: int, end: int, stop: int) -> int:
    """Past a mark inside the noun phrase that begins at `i`: a name in quotation marks, the full stop of a title."""
    if words[end].text == "." and end > i and words[end - 1].flags & TITLE:
        return end + 1
    return quoted_name(words, end, stop)


def _noun_soon(words: Sequence[Word], i: int, last: int) -> bool:
    for j in range(i, min(i + 4, last)):
        flags = words[j].flags
        if flags & CAPITAL:
            return True
        if flags & (MARK | FINITE) and not flags & DETERMINER:
            return False
    return False


def subject_after(words: Sequence[Word], i: int, last: int) -> tuple[int, int] | None:
    """The subject that follows a finite verb at `i - 1`."""
    start = skip_adverbs(words, i, last)
    named = quoted_name(words, start, last) > start
    if start >= last or (words[start].flags & (MARK | FIRST) and not words[start].flags & CAPITAL and not named):
        return None
    if words[start].flags & OBLIQUE and not words[start].flags & CAPITAL and words[start].low not in ("eines",):
        after = noun_phrase(words, start, last)
        start = skip_adverbs(words, after, last)
    end = noun_phrase(words, start, last)
    return (start, end) if end > start else None


def _manner(word: Word) -> bool:
    """Whether a sentence's first word, alone before the verb, is an adverb or a participle and no name."""
    return bool(word.flags & PARTICIPLE) or word.low.endswith(_ADVERBIAL)


def subject_before(words: Sequence[Word], first: int, verb: int) -> tuple[int, int] | None:
    """The subject that fills the place before the finite verb, if what stands there is one."""
    while first < verb and words[first].flags & (MARK | COORDINATOR) and quoted_name(words, first, verb) == first:
        first += 1
    if first + 2 < verb and words[first].low == "unter" and words[first + 1].low in ("anderem", "anderen"):
        first += 2
    while (
        first < verb - 1
        and words[first].flags & ADVERB
        and not words[first].flags & DETERMINER
        and words[first].low
        in ("auch", "selbst", "sogar", "nur", "allerdings", "vor", "allem", "insbesondere", "besonders", "etwa")
    ):
        first += 1
    if first >= verb:
        return None
    flags = words[first].flags
    if first + 1 == verb and words[first].low in ("das", "dies", "was"):
        return None
    if flags & PREPOSITION and not flags & DETERMINER:
        return None
    if flags & (ADVERB | VERB) and not flags & (DETERMINER | PRONOUN | CAPITAL):
        return None
    if first + 1 == verb and (flags & ADVERB or (first == 0 and _manner(words[first]))):
        return None
    if flags & OBLIQUE and not flags & CAPITAL and words[first].low not in ("des",):
        return None
    if words[first].low in ("als", "dem", "den", "einem", "einen", "des", "ihm", "ihn", "ihnen"):
        return None
    return first, verb
