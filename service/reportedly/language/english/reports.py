"""English reporting verbs: who says, whether it is said at all, and whether it bears on the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout, Verbal
from reportedly.language.english.complements import find_content, reports_with
from reportedly.language.english.passives import read_passive, read_trailing
from reportedly.language.english.report import Report, Role
from reportedly.language.english.subjects import find_subject
from reportedly.language.english.words import (
    ADVERB,
    ALLEGATION,
    AS,
    AUXILIARY,
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    DO,
    FIRST,
    GERUND,
    HAVE,
    MARK,
    MODAL,
    NEGATION,
    NUMBER,
    PARTICIPLE,
    PARTY,
    PAST,
    PLAIN,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    REPORT,
    THAT,
    THIRD,
    TIME,
    TO,
    Verb,
    group,
)
from reportedly.language.lexicon import Word

_MINDS: Final = group("mind_verb")
_TAKE_CLAUSE: Final = group("takes_clause")
_HANGS: Final = group("hangs_on_noun")
_PLURAL_SUBJECT: Final = group("plural_subject")
_HOMOGRAPHS: Final = group("noun_homograph")
_GO_ON: Final = group("go_on")
_BOTH: Final = frozenset(("both", "all", "each"))
_NOMINAL: Final = DETERMINER | PREPOSITION
"""After such a word stands a noun, not a verb."""


def find(words: Sequence[Word], layout: Layout, quoted: Sequence[int], *, titled: bool) -> list[Report]:
    """Every reporting verb of a sentence that has something to report; `quoted` marks tokens inside speech, `titled`
    says that verbs may have capitals as in a headline."""
    found: list[Report] = []
    for i, word in enumerate(words):
        if not word.flags & REPORT or quoted[i] or (word.flags & CAPITAL and i and not titled):
            continue
        for verb in word.more:
            report = _report(words, layout, quoted, i, verb)
            if report is not None:
                found.append(report)
                break
    return found


def _report(words: Sequence[Word], layout: Layout, quoted: Sequence[int], i: int, verb: Verb) -> Report | None:
    flags = words[i].flags
    j, denied = _before(words, i)
    helper = words[j] if j >= 0 else None
    if helper is not None and helper.flags & TO:
        if j >= 1 and words[j - 1].low in ("on",) and j >= 2 and words[j - 2].low in _GO_ON:
            return _active(words, layout, quoted, i, j - 2, verb)
        return None
    if helper is not None and helper.flags & MODAL and not (helper.flags & CAPITAL and j > 0):
        return None
    if helper is not None and helper.flags & DO and not helper.flags & FIRST:
        return None if denied and verb.lemma not in _MINDS else _active(words, layout, quoted, i, j, verb)
    if helper is not None and helper.flags & HAVE:
        if denied or not flags & PARTICIPLE:
            return None
        return _active(words, layout, quoted, i, j, verb)
    if helper is not None and helper.flags & BE:
        if helper.low == "be":
            return None
        if flags & GERUND:
            return None if denied else _active(words, layout, quoted, i, j, verb)
        return read_passive(words, layout, i, j, verb, denied) if flags & PARTICIPLE else None
    if flags & GERUND and not flags & (PLAIN | PAST):
        return read_trailing(words, layout, i, verb)
    if denied and verb.lemma not in _MINDS:
        return None
    return _active(words, layout, quoted, i, i, verb) if _can_be_finite(words, i) else None


def _before(words: Sequence[Word], i: int) -> tuple[int, bool]:
    """The token before a verb and its adverbs, and whether a negation stands between."""
    j, denied = i - 1, False
    while j >= 0 and words[j].flags & (ADVERB | NEGATION) and not words[j].flags & AUXILIARY:
        if words[j].flags & DETERMINER and words[j].low not in _BOTH:
            break
        denied = denied or bool(words[j].flags & NEGATION)
        j -= 1
    if j >= 0 and words[j].flags & NEGATION and words[j].flags & AUXILIARY:
        denied = True
    return j, denied


def _can_be_finite(words: Sequence[Word], i: int) -> bool:
    """Whether a verb form without an auxiliary is no noun and no participle that hangs on a noun."""
    word = words[i]
    before = words[i - 1] if i else None
    if before is not None and before.low in _PLURAL_SUBJECT and word.flags & PLAIN:
        return True
    after = words[i + 1] if i + 1 < len(words) else None
    if before is not None and before.flags & _NOMINAL and not before.flags & (PRONOUN | TIME | ADVERB):
        return False
    if word.flags & PAST:
        if after is not None and after.low == "by" and word.flags & PARTICIPLE:
            return False
        if _verb_follows(words, i + 1):
            return False
        return not (after is not None and after.flags & TO and word.flags & PARTICIPLE and word.low in _HANGS)
    if word.flags & PARTICIPLE:
        return False
    if word.flags & THIRD:
        if before is None or (
            after is not None
            and (after.low == "of" or (after.flags & (BE | HAVE | MODAL) and not after.flags & PRONOUN))
        ):
            return False
        return after is None or not (after.flags & REPORT and after.flags & (PLAIN | PAST))
    if word.flags & PLAIN:
        if before is None:
            return False
        return (
            bool(before.flags & (PLURAL | PRONOUN | ADVERB | COORDINATOR))
            or (word.low not in _HOMOGRAPHS and any(verb.takes == "clause" for verb in word.more))
            or before.low in _PLURAL_SUBJECT
        )
    return False


def _active(
    words: Sequence[Word], layout: Layout, quoted: Sequence[int], i: int, head: int, verb: Verb
) -> Report | None:
    """A verb with a subject; `head` is its first auxiliary, or the verb itself."""
    end = _skip_time(words, head)
    while end > 0 and _is_between(words[end - 1]):
        end -= 1
    subject, inverted, aside = find_subject(words, layout, i, end)
    if subject is None:
        return None
    if words[subject[0]].flags & FIRST and subject[1] - subject[0] == 1:
        return None
    after = subject[1] if inverted else i + 1
    content, framing = find_content(words, layout, quoted, subject, after, i)
    framing = framing or (_as_before(words, subject[0]) and content == "end")
    if not framing and content != "end" and _clause_has_verb(words, layout, subject[0], i):
        return None
    if words[i].low in _HOMOGRAPHS and not _surely_verb(words, i, content, framing):
        return None
    if not reports_with(words, verb, i, subject, content, framing, after):
        return None
    speech = content == "quote" and sum(quoted[i:]) * 2 > len(words) - i
    if subject[0] > 0 and words[subject[0] - 1].flags & ALLEGATION and words[subject[0]].flags & PRONOUN:
        aside = True  # "a claim he denies"
    side = bool(layout.side[i]) and not framing and not speech and not _as_before(words, subject[0])
    return Report(
        i, verb, Role.ACTIVE, not side and not aside, subject, framing or inverted or _as_before(words, subject[0])
    )


def _verb_follows(words: Sequence[Word], i: int) -> bool:
    """Whether a verb of speech stands right behind: then what stands before it is a noun ("the forecast also said")."""
    while i < len(words) and words[i].flags & ADVERB and not words[i].flags & DETERMINER:
        i += 1
    return i < len(words) and bool(words[i].flags & REPORT) and any(verb.takes == "clause" for verb in words[i].more)


def _surely_verb(words: Sequence[Word], i: int, content: str, framing: bool) -> bool:
    """Whether a form that may be a plural noun ("claims", "states") is a verb by what stands around it."""
    before = words[i - 1]
    after = words[i + 1].low if i + 1 < len(words) else ""
    if content in ("that", "quote", "wh") or after == "out" or (words[i].flags & PLAIN and before.flags & PLURAL):
        return True
    if framing and content == "end":
        return bool(before.flags & (CAPITAL | PRONOUN | PLURAL | MARK | PARTY))
    if before.flags & PRONOUN and content in ("to", "object", "object to", "loose"):
        return True
    if content != "clause" or not before.flags & (PRONOUN | CAPITAL | MARK):
        return False
    return not before.flags & CAPITAL or not words[i + 1].flags & CAPITAL


def _is_between(word: Word) -> bool:
    """Whether a word may stand between subject and verb: "also", "never", "both"."""
    if word.low in _BOTH:
        return True
    return bool(word.flags & (ADVERB | NEGATION)) and not word.flags & (DETERMINER | AUXILIARY | PRONOUN)


def _skip_time(words: Sequence[Word], end: int) -> int:
    """Step back over "on Friday" and the like between subject and verb."""
    i = end
    while i > 0 and words[i - 1].flags & (TIME | NUMBER):
        i -= 1
    if i < end and i > 1 and words[i - 1].flags & PREPOSITION:
        return i - 1
    return end


def _clause_has_verb(words: Sequence[Word], layout: Layout, start: int, i: int) -> bool:
    """Whether the clause of the verb at `i` has its finite verb before the subject: then `i` is a participle or noun.

    "The story comes from a site called X". A verb that takes a clause ("It seems Lee said") does not count.
    """
    if layout.side[i]:
        return False
    for j in range(start - 1, layout.parts[layout.part_of(i)] - 1, -1):
        word = words[j]
        if word.flags & (MARK | COORDINATOR | THAT) and word.text not in ".'’":
            return False
        past = layout.finite[j] is Verbal.WEAK and bool(word.flags & PAST)
        if (past or layout.finite[j] is Verbal.SURE) and not layout.side[j]:
            return not word.flags & REPORT and word.low not in _TAKE_CLAUSE
    return False


def _as_before(words: Sequence[Word], i: int) -> bool:
    return i > 0 and bool(words[i - 1].flags & AS)
