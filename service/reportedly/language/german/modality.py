"""German mood and modality: hedges and how far they reach, sollen and wollen, Konjunktiv I and II, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mention, Mood, Part
from reportedly.language.german.clauses import Clause, Kind, Unit
from reportedly.language.german.phrases import subject_after, subject_before
from reportedly.language.german.sentence import Reading
from reportedly.language.german.words import (
    AUXILIARY,
    CAPITAL,
    DETERMINER,
    FINITE,
    INFINITIVE,
    PARTICIPLE,
    PAST,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    REPORTIVE,
    UNREAL,
)
from reportedly.language.lexicon import Hit
from reportedly.schema import Firmness, SourceKind

_SOLLEN: Final = frozenset(("soll", "sollen"))
_WOLLEN: Final = frozenset(("will", "wollen"))
SOLLEN_WOLLEN: Final = _SOLLEN | _WOLLEN
_MODALS: Final = frozenset(("könnte", "könnten", "dürfte", "dürften", "müsste", "müssten"))
_NO_HYPOTHESIS: Final = frozenset(("möchte", "möchten"))


def hedge(reading: Reading, hit: Hit) -> Evidence:
    """A word that makes its clause possible; it counts if the clause is the main proposition."""
    number = reading.syntax.of[hit.first]
    clause = reading.syntax.clauses[number]
    main = number in reading.content
    if main and hit.first == hit.last and reading.words[hit.first].low in _MODALS:
        main = clause.finite == hit.first
    if main and hit.first == hit.last and attributive(reading, hit.first):
        main = False
    start, end = reading.span(hit.first, hit.last + 1)
    return Evidence(
        hit.cue.rule,
        start,
        end,
        None,
        hit.cue.firmness,
        None,
        reading.span(clause.first, clause.last),
        main,
        yields=hit.cue.rule == "hedge-must",
        told_only=hit.cue.rule == "denial-phrase",
    )


def attributive(reading: Reading, i: int) -> bool:
    """Whether an adverb belongs to the adjective of a noun: „mit offenbar gestohlenen Papieren“."""
    words = reading.words
    if not 0 < i < len(words) - 2 or not words[i - 1].flags & (DETERMINER | PREPOSITION):
        return False
    return not words[i - 1].flags & PRONOUN and words[i + 1].low.endswith(("e", "en", "er", "es", "em"))


def sollen(reading: Reading) -> Iterator[Evidence]:
    """Evidential or deontic sollen, self-claiming wollen."""
    words = reading.words
    for number, clause in enumerate(reading.syntax.clauses):
        finite = clause.finite
        if finite < 0 or words[finite].low not in SOLLEN_WOLLEN:
            continue
        start, end = reading.span(finite, finite + 1)
        reach = reading.span(clause.first, clause.last)
        main = number in reading.content and clause.kind in (Kind.MAIN, Kind.CONTENT)
        last = _infinitive(reading, clause)
        hearsay = _perfect(reading, clause, last)
        if words[finite].low in _WOLLEN:
            subject = subject_before(words, clause.first, finite) or subject_after(words, finite + 1, clause.last)
            mention = reading.mention(subject) if subject else Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
            if mention.kind is SourceKind.MEDIA and last >= 0 and words[last].low in ("wissen", "kennen"):
                yield Evidence("self-claim", start, end, mention.kind, None, mention, reach, main)
            if hearsay:
                mention = replace(mention, kind=SourceKind.PARTY)
                yield Evidence("self-claim", start, end, SourceKind.PARTY, None, mention, reach, main, holds=False)
            continue
        if hearsay or (last >= 0 and _state(reading, clause, last)):
            mention = Mention(0, 0, SourceKind.UNNAMED, Anaphor.SAME)
            yield Evidence(
                "hearsay-sollen",
                start,
                end,
                SourceKind.UNNAMED,
                None,
                mention,
                reach,
                main,
                weight=0,
                authority_only=True,
            )
        else:
            yield Evidence("plan-sollen", start, end, None, Firmness.PLANNED, None, reach, main)


def _infinitive(reading: Reading, clause: Clause) -> int:
    """The last infinitive of the clause, or -1."""
    words = reading.words
    for i in range(clause.last - 1, clause.first - 1, -1):
        if i != clause.finite and words[i].flags & INFINITIVE:
            return i
    return -1


def _perfect(reading: Reading, clause: Clause, last: int) -> bool:
    """Whether the clause ends in a perfect infinitive: „gewesen sein“, „gesagt haben“."""
    words = reading.words
    if last < 1 or words[last].low not in ("haben", "sein"):
        return False
    before = words[last - 1]
    if not before.flags & PARTICIPLE:
        return False
    if words[last].low == "sein" and before.low not in ("worden", "gewesen", "geworden", "geblieben"):
        return not any(words[i].low in reading.lexicon.lists["terms"] for i in range(clause.first, clause.last))
    return True


def _state(reading: Reading, clause: Clause, last: int) -> bool:
    """Whether the infinitive is a state that is told to hold now."""
    words = reading.words
    low = words[last].low
    if low == "sein":
        return words[last - 1].low in reading.lexicon.lists["conditions"] and not any(
            words[i].low in reading.lexicon.lists["terms"] or words[i].text[0].isdigit()
            for i in range(clause.first, clause.last)
        )
    already = any(words[i].low in reading.lexicon.lists["already"] for i in range(clause.first, clause.last))
    return low in reading.lexicon.lists["states"] or (already and low not in ("werden", "können"))


def tense(reading: Reading, part: Part) -> None:
    """Sets whether the part tells of the past, and whether it is speech without marks."""
    words, syntax = reading.words, reading.syntax
    for number in sorted(reading.content):
        clause = syntax.clauses[number]
        if clause.kind is not Kind.MAIN or clause.finite < 0:
            continue
        word = words[clause.finite]
        perfect = word.low in ("hat", "haben", "ist", "sind", "hatte", "hatten") and any(
            words[i].flags & PARTICIPLE for i in range(clause.finite + 1, clause.last)
        )
        part.past = (
            bool(word.flags & PAST and not word.flags & UNREAL)
            or perfect
            or word.low in reading.lexicon.lists["preterites"]
        )
        if not word.flags & (REPORTIVE | UNREAL):
            later = [r for r in reading.reports if r.main and r.at > clause.finite and r.subject is not None]
            part.direct = bool(later) and syntax.clauses[later[0].clause].first > clause.first
        return
    said = [r for r in reading.reports if r.main and r.subject is not None]
    part.direct = bool(said) and syntax.clauses[0].kind is Kind.FRAGMENT and said[0].at > syntax.clauses[0].last - 1


def mood(reading: Reading, part: Part) -> Evidence | None:
    """Sets the part's mood; gives the cue of a hypothesis in Konjunktiv II, which yields to a source."""
    words, syntax = reading.words, reading.syntax
    for unit in syntax.units:
        clause = next((c for c in unit.clauses if c.kind is Kind.MAIN), None)
        if clause is None or unit.finite < 0:
            continue
        number = syntax.clauses.index(clause)
        if number not in reading.content or any(r.clause == number and r.main for r in reading.reports):
            continue
        if not part.start <= reading.span(clause.first, clause.first + 1)[0] < part.end:
            continue
        flags, low = words[unit.finite].flags, words[unit.finite].low
        at = reading.span(unit.finite, unit.finite + 1)
        near = words[max(0, unit.finite - 1) : unit.finite + 2]
        if flags & REPORTIVE and flags & FINITE and not any(word.low == "ich" for word in near):
            part.mood, part.mood_at = Mood.REPORTIVE, at
            return None
        if low in ("sollte", "sollten") and unit.finite == unit.front and number == 0 and words[-1].text != "?":
            return Evidence("condition", *at, None, Firmness.CONDITIONAL, None, at)
        if flags & UNREAL and low not in _NO_HYPOTHESIS:
            if low not in ("könnte", "dürfte", "dürften"):
                part.mood, part.mood_at = Mood.DOUBTFUL, at
            if _reported_later(reading, number):
                part.mood, part.mood_at = Mood.REPORTIVE, at
            condition = any(c.kind is Kind.CONDITION for c in unit.clauses) or _verb_first(reading, unit)
            rule = "condition" if condition else "konjunktiv-2"
            if low in _MODALS and not condition:
                return None
            substitute = flags & PLURAL and low != "wären"  # stands for a Konjunktiv I that is no indicative
            return Evidence(rule, *at, None, Firmness.CONDITIONAL, None, at, yields=not condition or bool(substitute))
        return None
    return None


def unfulfilled(reading: Reading) -> Evidence | None:
    """„Scheitern die Gespräche, droht ein Streik“: a condition without „wenn“, its verb in first place and another
    verb in first place after it."""
    words, units = reading.words, reading.syntax.units
    if len(units) < 2 or words[-1].text == "?" or not _verb_first(reading, units[0]):
        return None
    first = units[0].finite
    if (
        words[units[1].first - 1].text != ","
        or words[first].flags & (PAST | REPORTIVE)
        or not words[first].flags & CAPITAL
    ):
        return None
    at = reading.span(first, first + 1)
    return Evidence("condition", *at, None, Firmness.CONDITIONAL, None, at)


def _reported_later(reading: Reading, number: int) -> bool:
    """Whether a later main clause stands in Konjunktiv I, which shows that the first is reported as well."""
    clauses = reading.syntax.clauses
    return any(
        n > number and clauses[n].kind is Kind.MAIN and clauses[n].finite >= 0
        and reading.words[clauses[n].finite].flags & REPORTIVE
        for n in reading.content
    )  # fmt: skip


def _verb_first(reading: Reading, unit: Unit) -> bool:
    """Whether the unit opens with its finite verb and another main clause follows: „Sollte X kommen, würde Y gehen“."""
    if unit.finite != unit.front or unit.finite > 1:
        return False
    units = reading.syntax.units
    return len(units) > 1 and units[0] is unit and units[1].finite == units[1].front


def _auxiliary(reading: Reading, token: int) -> bool:
    return bool(reading.words[token].flags & AUXILIARY)
