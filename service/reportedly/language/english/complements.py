"""What follows a reporting verb, and whether the verb reports with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.clauses import Layout, Verbal
from reportedly.language.english.phrases import phrase_from
from reportedly.language.english.words import (
    ADVERB,
    ALLEGATION,
    AS,
    AUXILIARY,
    CAPITAL,
    DETERMINER,
    GERUND,
    MARK,
    NUMBER,
    PARTICIPLE,
    PLAIN,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STUDY,
    SUBORDINATOR,
    THAT,
    THIRD,
    TIME,
    TO,
    WH,
    Verb,
    group,
)
from reportedly.language.lexicon import Word

QUOTES: Final = frozenset((*"\"“”„»«'‘’", "''", "``"))
_NOMINAL: Final = CAPITAL | DETERMINER | PRONOUN | NUMBER | PLURAL | MARK
"""After "to", such a word begins an addressee, any other an infinitive."""
_QUOTES_OTHERS: Final = group("quotes_others")
_NO_FRAME: Final = group("no_frame")
_FRONT: Final = 6
"""An adverbial in front is no longer than this, unless it begins like one ("In a letter to the mayor of Oakton, …")."""
_BEHIND_OBJECT: Final = 9
"""Tokens between an object and the clause that follows it ("told the agency (XY) on Monday that")."""
_SKIP: Final = 10
"""Tokens of time, place and addressee between a reporting verb and what it reports."""
_OBJECT: Final = 7
"""Tokens after a denial in which the thing denied is sought."""
_NOT_DENIED: Final = group("not_denied")
_CLAIM_ONLY: Final = group("denies_claims_only")
_FALSE: Final = group("false")
_COURTS: Final = group("court")
_NEEDS_THAT: Final = group("needs_that")
_PROPOSES: Final = group("proposes")
_NOT_A_CLAIM: Final = group("not_a_claim")
_PARTICLES: Final = group("particles")
_TAKES_AS: Final = frozenset(("explain", "describe", "depict", "quote", "cite"))
_DENIED_THING: Final = group("denied_thing")


def find_content(
    words: Sequence[Word], layout: Layout, quoted: Sequence[int], subject: tuple[int, int], after: int, verb_at: int
) -> tuple[str, bool]:
    """What follows a reporting verb, and whether the verb frames the sentence instead.

    The first is `that`, `wh`, `quote`, `clause`, `loose` (a clause or an object), `to`, `ing`, `object`, `as` or `end`.
    """
    first = min(subject[0], verb_at)
    inverted = subject[0] > verb_at
    before = words[first - 1] if first else None
    opened = before is not None and before.flags & MARK and before.text not in ".("
    framed = bool(opened) and first > 1 and not _only_front(words, layout, first)
    found = _following(words, layout, quoted, after)
    if framed and found == "object" and any(verb.takes == "tell" for verb in words[verb_at].more):
        return "end", True
    if framed and found == "object as" and any(verb.lemma in _QUOTES_OTHERS for verb in words[verb_at].more):
        return found, True
    if found == "end":
        inserted = bool(opened) and first > 1 and after < len(words) and words[after].text == ","
        return "end", framed or inserted or (inverted and first > 1)
    if framed and found in ("object", "ing", "to") and inverted:
        return found, True
    if opened and before is not None and before.text in QUOTES and first > 1:
        return found, True
    return found, False


def _only_front(words: Sequence[Word], layout: Layout, first: int) -> bool:
    """Whether only an adverbial stands before `first`: no finite verb, no quotation ("On Monday, she said")."""
    part = layout.parts[layout.part_of(first)]
    if first - part > _FRONT and not words[part].flags & (
        PREPOSITION | ADVERB | SUBORDINATOR | AS | GERUND | PARTICIPLE
    ):
        return False
    return not any(
        layout.finite[j] is not Verbal.NO or words[j].text in QUOTES
        for j in range(layout.parts[layout.part_of(first)], first - 1)
    )


def _following(words: Sequence[Word], layout: Layout, quoted: Sequence[int], i: int) -> str:
    """What kind of complement stands at `i`, after phrases of time, place and addressee."""
    last = len(words)
    hops = 0
    while i < last and hops < _SKIP:
        word = words[i]
        if word.flags & MARK:
            if word.text in QUOTES or word.text == ":":
                return "quote"
            if word.text == "," and i + 1 < last and (words[i + 1].text in QUOTES or quoted[i + 1]):
                return "quote"
            return "end"
        if quoted[i]:
            return "quote"
        if word.flags & THAT and i + 1 < last and not words[i + 1].flags & (TIME | MARK):
            return "that"
        if word.flags & WH and not word.flags & TIME:
            return "wh"
        if word.flags & TO:
            if i + 1 < last and not words[i + 1].flags & _NOMINAL:
                return "to"
            i = phrase_from(words, i + 1, last)
        elif word.flags & AS:
            return "as"
        elif word.flags & (TIME | ADVERB) and not word.flags & (DETERMINER | PRONOUN):
            i += 1
        elif word.flags & PREPOSITION:
            i = max(phrase_from(words, i + 1, last), i + 1)
        elif word.flags & GERUND and not word.flags & CAPITAL:
            return "ing"
        else:
            return _clause_ahead(words, layout, i) or _object(words, layout, quoted, i)
        hops += 1
    return "end"


def _clause_ahead(words: Sequence[Word], layout: Layout, i: int) -> str:
    """`clause` where a finite verb follows the words at `i` before a mark that ends the phrase, `loose` where it may be
    a plural noun, else nothing."""
    for j in range(i, min(i + 40, len(words))):
        word = words[j]
        if word.flags & MARK and word.text in ":;!?":
            break
        if word.flags & (RELATIVE | THAT | SUBORDINATOR | WH) and j > i and not word.flags & TIME:
            break
        if j > i and layout.finite[j] is not Verbal.NO and not word.flags & CAPITAL:
            noun = word.flags & THIRD and not word.flags & AUXILIARY and not words[j - 1].flags & (PRONOUN | CAPITAL)
            return "loose" if noun else "clause"
        if word.flags & PRONOUN and word.flags & AUXILIARY:
            return "clause"
    return ""


def _object(words: Sequence[Word], layout: Layout, quoted: Sequence[int], i: int) -> str:
    """An object; if a clause or quotation follows it, as after "told reporters", that counts."""
    end = phrase_from(words, i, len(words))
    for j in range(end, min(end + _BEHIND_OBJECT, len(words))):
        word = words[j]
        if word.flags & THAT:
            return "object that"
        if word.flags & TO and j + 1 < len(words) and words[j + 1].flags & PLAIN:
            return "object to"
        if word.text in QUOTES or word.text == ":" or quoted[j]:
            return "object quote"
        if word.flags & AS:
            return "object as"
    return "object"


_CLAUSES: Final = frozenset(("that", "wh", "quote", "clause"))
_TOLD: Final = frozenset(("object that", "object quote", "quote", "clause", "loose", "that", "end"))
_NOT_WITH: Final = {"clause": ("to",), "stance": ("end", "to"), "outlook": ("end", "as", "wh")}
"""By class of verb: the complements with which it does not report."""


def reports_with(
    words: Sequence[Word], verb: Verb, i: int, subject: tuple[int, int], content: str, framing: bool, after: int
) -> bool:
    """Whether a verb with this complement reports."""
    takes = verb.takes
    if takes == "denial":
        return denies(words, verb, i + 1, content, framing)
    if takes == "court":
        return _rules(words, verb, subject, content, framing)
    if takes == "finding":
        study = any(words[j].flags & STUDY for j in range(*subject))
        return study and (framing or content in _CLAUSES or content.startswith(("object", "loose")))
    if verb.firmness is not None:
        return True
    if takes == "that":
        return _says(verb, content, framing)
    if takes == "pledge":
        return content not in ("wh", "ing", "as") and (after >= len(words) or words[after].low != "in")
    if takes == "tell":
        return framing or content in _TOLD or (verb.lemma == "warn" and content.startswith(("object", "wh")))
    if framing:
        return True
    ahead = [words[j].low for j in range(i + 1, min(i + 1 + _OBJECT, len(words)))]
    if takes == "stance" and ahead[:1] and ahead[0] in _PARTICLES:
        return False
    if content == "object" and not _NOT_A_CLAIM.isdisjoint(ahead):
        return False
    return content not in _NOT_WITH[takes] or (verb.lemma == "claim" and content == "to")


def _rules(words: Sequence[Word], verb: Verb, subject: tuple[int, int], content: str, framing: bool) -> bool:
    """A court's finding: "ruled that", "the judge found"."""
    court = any(words[j].low in _COURTS for j in range(*subject))
    if verb.lemma != "rule" and not court:
        return False
    return framing or content in ("that", "quote") or (court and content in ("clause", "end"))


def _says(verb: Verb, content: str, framing: bool) -> bool:
    """A verb that reports only a clause, a quotation, or what it is put into."""
    if framing and content == "end":
        return verb.lemma not in _NO_FRAME
    if verb.lemma in _NEEDS_THAT and content == "clause":
        return framing
    if content in ("as", "object as"):
        return verb.lemma in _TAKES_AS
    if content == "ing" and verb.lemma in _PROPOSES:
        return True
    return framing or content in _CLAUSES or content in ("object that", "object quote")


def denies(words: Sequence[Word], verb: Verb, i: int, content: str, framing: bool) -> bool:
    """Whether a verb of denying denies a claim, and does not refuse a demand."""
    if framing:
        return True
    ahead = [words[j] for j in range(i, min(i + _OBJECT, len(words)))]
    if verb.lemma not in _CLAIM_ONLY:
        return content not in ("end", "to")
    if any(word.low in _NOT_DENIED for word in ahead):
        return False
    if verb.lemma in ("deny", "dispute") and content in ("that", "ing", "clause", "quote"):
        return True
    first = ahead[0] if ahead else None
    if verb.lemma == "deny" and first is not None and not first.flags & (DETERMINER | PRONOUN | CAPITAL | MARK | TO):
        return True
    for word in ahead:
        if word.flags & ALLEGATION or (verb.lemma == "deny" and word.low in _DENIED_THING):
            return True
        if word.flags & MARK and word.text in ",;.":
            break
    window = [words[j].low for j in range(i, min(i + 2 * _OBJECT, len(words)))]
    if "as" in window:
        return any(low in _FALSE for low in window[window.index("as") :])
    return False
