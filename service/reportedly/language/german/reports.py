"""German reporting verbs in their clauses: who says, and whether what is said is the sentence's main proposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.language.german import verbs
from reportedly.language.german.clauses import Clause, Kind, Syntax, Unit
from reportedly.language.german.phrases import noun_phrase, skip_adverbs, subject_after, subject_before
from reportedly.language.german.said import Said
from reportedly.language.german.words import (
    AUXILIARY,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FINITE,
    FIRST,
    MARK,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    REPORT,
    REPORTIVE,
    SUBORDINATOR,
    UNREAL,
    GermanLexicon,
    Use,
)
from reportedly.language.lexicon import Word
from reportedly.language.roles import Roles
from reportedly.schema import SourceKind

PARTICLE_REACH: Final = 60
"""Tokens after its verb in which a particle is looked for: twice the longest main clause of the news data."""
_PASSIVE: Final = frozenset(("wird", "werden", "wurde", "wurden", "werde", "würde", "würden", "worden"))
_PERFECT: Final = frozenset(("hat", "haben", "hatte", "hatten", "habe", "hätte", "hätten"))
_BEING: Final = frozenset(("ist", "sind", "war", "waren", "sei", "seien"))
_NOBODY: Final = frozenset(("das", "dies", "es", "was", "man", "wer"))
"""Subjects that don't report."""
_NOMINATIVE: Final = frozenset(("er", "man", "wir", "ich"))
"""Pronouns that are the subject wherever they stand after the verb."""
_SOME: Final = frozenset(("einer", "eine", "viele", "manche", "einige", "beide", "alle", "andere", "mehrere", "wenige"))
_THEREIN: Final = frozenset(("darin", "daraus", "drin", "dort"))
"""Words for a document spoken of before: „darin steht“; without them and without a document „steht“ is an idiom."""
_OWN: Final = frozenset(("möchte", "möchten"))
"""Konjunktiv II that is nobody else's word."""
_NO_ONE: Final = frozenset(("jemand", "niemand", "keiner"))
_FUSED: Final = {"von": "vom", "in": "im", "bei": "beim", "zu": "zum"}
"""Prepositions with the article in them."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb that reports."""

    at: int
    """Its token."""
    use: Use
    clause: int
    main: bool
    """Whether it bears on the main proposition."""
    passive: bool
    subject: tuple[int, int] | None
    """First token and one past the last of the one who says it."""
    negated: bool = False
    """Whether the verb is one that „nicht“ turns („schließt nicht aus“), and is turned."""


class Reports:
    """Finds the reports of one sentence."""

    def __init__(self, lexicon: GermanLexicon, roles: Roles, words: Sequence[Word], syntax: Syntax) -> None:
        self._lexicon = lexicon
        self._roles = roles
        self._words = words
        self._syntax = syntax
        self._said = Said(words, syntax)

    def find(self) -> list[Report]:
        """Every reporting verb of the sentence that has something to report."""
        found: list[Report] = []
        for i, word in enumerate(self._words):
            if not word.flags & REPORT:
                continue
            clause = self._syntax.clauses[self._syntax.of[i]]
            for use in word.more:
                if use.traits and word.flags & CAPITAL and i != clause.finite:
                    continue
                report = self._report(i, use, clause)
                if report is not None:
                    found.append(report)
                    break
        return found

    def _report(self, i: int, use: Use, clause: Clause) -> Report | None:
        words, number, unit = self._words, self._syntax.of[i], self._syntax.units[clause.unit]
        passive = self._voice(i, use, clause, unit)
        if passive and use.verb.subject == "media":
            return None  # „wird als vermisst gemeldet“
        if passive is None or (use.traits and not passive and self._reflexive(clause) is not use.verb.reflexive):
            return None
        if clause.kind is Kind.AS:
            return self._as(i, use, number, passive)
        told = words[clause.finite].flags & (REPORTIVE | UNREAL) and words[clause.finite].low not in _OWN
        if clause.kind is not Kind.MAIN or told:
            return Report(i, use, number, False, passive, None)  # „er fordere mehr“ is itself reported
        turned = bool(use.traits and use.verb.firmness) and self._said.negated(clause)
        if (turned and not use.verb.negated) or not (turned or self._said.has_content(clause, unit, use)):
            return None
        if use.verb.source:
            subject = self._after_preposition(clause, use.verb.source)
            back = any(words[j].low in _THEREIN for j in range(clause.first, clause.last)) or (
                use.verb.source == "aus" and any(c.kind is Kind.CONTENT for c in unit.clauses)
            )
            return Report(i, use, number, True, False, subject) if back or self._is_study(subject) else None
        if (
            passive
            and "clause" in use.verb.takes
            and "object" not in use.verb.takes
            and use.verb.rule == "speech-about"
        ):
            return None
        if use.verb.rule == "quoting":
            return Report(i, use, number, True, False, self._quoted(clause, unit, passive=passive))
        subject = self._agent(clause, unit) if passive else self._subject(clause, unit, clause.finite)
        if subject is None and not passive and (use.verb.subject != "anyone" or clause.finite == 0):
            return None
        if subject is not None and not self._speaks(use, subject):
            subject = subject_after(words, clause.finite + 1, clause.last) if use.verb.firmness else None
            if subject is None or not self._has_role(subject):
                return None  # else „Ein Attentat schließt die Polizei aus“
        return Report(i, use, number, True, passive and subject is None, subject, turned)

    def _agent(self, clause: Clause, unit: Unit) -> tuple[int, int] | None:
        """The one by whom something is said, in the passive."""
        for part in unit.clauses:
            if part.kind is Kind.MAIN and part.finite == clause.finite:
                found = self._after_preposition(part, "von")
                if found is not None and self._alive(self._words[found[0] : found[1]]):
                    return found
        return None

    def _quoted(self, clause: Clause, unit: Unit, *, passive: bool) -> tuple[int, int] | None:
        """Who is quoted: the subject of the passive, the object of the active."""
        if passive:
            return self._subject(clause, unit, clause.finite)
        subject = self._subject(clause, unit, clause.finite)
        if subject is None or subject[0] < clause.finite:
            start = skip_adverbs(self._words, clause.finite + 1, clause.last)
        else:
            start = subject[1]
        end = noun_phrase(self._words, start, clause.last)
        return (start, end) if end > start and not self._words[start].flags & PREPOSITION else subject

    def _voice(self, i: int, use: Use, clause: Clause, unit: Unit) -> bool | None:
        """Whether the form at `i` is the passive predicate of its clause (True) or the active one (False); None if it
        is no predicate, or that of another verb."""
        words, finite = self._words, clause.finite
        if not use.traits:
            return False if self._supported(use, clause, i) else None
        if use.traits & verbs.FINITE and finite == i:
            parted = self._parted(unit, i, use.verb.particle) if use.parted else not self._other_particle(clause, i)
            return False if parted else None
        if not use.traits & verbs.PARTICIPLE or finite < 0 or finite == i or not words[finite].flags & AUXILIARY:
            return None
        if use.parted and words[i - 1].low != use.verb.particle:
            return None
        low = words[finite].low
        if low in _PASSIVE or (low in _BEING and i + 1 < len(words) and words[i + 1].low == "worden"):
            return True
        return False if low in _PERFECT else None

    def _as(self, i: int, use: Use, number: int, passive: bool) -> Report | None:
        """„wie X sagte“, „wie aus dem Bericht hervorgeht“: a report in a side clause."""
        clauses = self._syntax.clauses
        clause = clauses[number]
        if use.verb.rule == "naming":
            return None
        if use.verb.source:
            subject = self._after_preposition(clause, use.verb.source)
        else:
            first = next((n for n in range(number, max(-1, number - 4), -1) if self._opens_as(clauses[n])), number)
            subject = self._as_subject(clauses[first], min(clause.finite, i))
        if subject is None and not passive:
            return None
        if subject is not None and not use.verb.source and not self._speaks(use, subject):
            return None
        embedded = 0 < number < len(clauses) - 1 and clauses[number - 1].kind is clauses[number + 1].kind
        main = not (embedded and clauses[number - 1].kind in (Kind.SIDE, Kind.RELATIVE, Kind.CONDITION))
        return Report(i, use, number, main, subject is None, subject)

    def _opens_as(self, clause: Clause) -> bool:
        """Whether a clause begins with „wie“, rather than going on after an insertion."""
        return clause.kind is Kind.AS and any(
            self._words[j].low == "wie" for j in range(clause.first, min(clause.first + 3, clause.last))
        )

    def _after_preposition(self, clause: Clause, preposition: str) -> tuple[int, int] | None:
        """The noun phrase after a preposition of the clause; „wonach“ words and pronouns count as nobody."""
        words = self._words
        for j in range(clause.first, clause.last - 1):
            if words[j].low == preposition or words[j].low == _FUSED.get(preposition):
                end = noun_phrase(words, j + 1, clause.last)
                if end > j + 1:
                    return j + 1, end
        return None

    def _is_study(self, subject: tuple[int, int] | None) -> bool:
        """Whether a noun phrase names something that results come out of."""
        if subject is None:
            return False
        roles = [self._roles.role(word.text) for word in self._words[subject[0] : subject[1]]]
        return any(role in ("study", "report", "media") for role in roles)

    def _supported(self, use: Use, clause: Clause, i: int) -> bool:
        """Whether the word of a [[support]] stands with one of its verbs."""
        finite = clause.finite
        if finite < 0 or finite == i:
            return False
        words = self._words
        lemmas = self._lexicon.lemmas(words[finite].low)
        if lemmas & use.verb.with_verbs:
            return (
                not ("zeigen" in lemmas or "geben" in lemmas) or use.verb.rule != "attitude" or self._reflexive(clause)
            )
        if words[finite].low in _PERFECT:
            ends = [words[j].low for j in range(i + 1, min(clause.last, i + 4))]
            return any(self._lexicon.lemmas(low) & use.verb.with_verbs for low in ends)
        return False

    def _reflexive(self, clause: Clause) -> bool:
        return any(self._words[j].low == "sich" for j in range(clause.first, clause.last))

    def _parted(self, unit: Unit, i: int, particle: str) -> bool:
        """Whether the particle of the verb at `i` stands at the end of a clause of its unit."""
        words = self._words
        if i and words[i - 1].low == particle:
            return True
        for j in range(i + 1, min(unit.last, i + PARTICLE_REACH)):
            if words[j].low == particle:
                after = words[j + 1] if j + 1 < len(words) else None
                if after is None or j + 1 >= unit.last or after.flags & (MARK | COORDINATOR | SUBORDINATOR):
                    return True
        return False

    def _other_particle(self, clause: Clause, i: int) -> bool:
        """Whether the clause, or the rest of it after an insertion, ends in a particle, so that its verb is another
        one: „fand statt“."""
        clauses = self._syntax.units[clause.unit].clauses
        for part in (clause, clauses[-1]):
            last = part.last - 1
            while last > i and self._words[last].flags & MARK:
                last -= 1
            word = self._words[last]
            main = part.kind in (Kind.MAIN, Kind.FRAGMENT)
            if main and last > i and word.flags & PARTICLE and not word.flags & (CAPITAL | FINITE):
                return True
        return False

    def _speaks(self, use: Use, subject: tuple[int, int]) -> bool:
        """Whether such a subject can report with this verb."""
        first, last = subject
        words = self._words[first:last]
        if words[0].low in _NO_ONE and use.verb.passive != "possible" and use.verb.lemma != "rechnen":
            return False
        if use.verb.subject in ("study", "authority"):
            return any(self._roles.role(word.text) == use.verb.subject for word in words)
        if use.verb.subject == "media":
            texts = [word.text for word in words]
            return self._roles.kind(texts) is SourceKind.MEDIA and not any(
                self._roles.role(text) == "report" for text in texts
            )
        if use.verb.subject == "known" and words[0].flags & DETERMINER:
            return any(self._roles.role(word.text) for word in words)
        if last - first == 1 and (
            words[0].low in _NOBODY or words[0].flags & FIRST or (first and words[0].text == "Sie")
        ):
            return False
        if not any(word.flags & (CAPITAL | PRONOUN) or word.low in _SOME for word in words):
            return False
        return use.verb.subject != "person" or self._alive(words)

    def _alive(self, words: Sequence[Word]) -> bool:
        """Whether a noun phrase can mean somebody: a role, a name, a pronoun; no „aufwendige Konstrukte“."""
        if any(self._roles.role(word.text) for word in words if word.flags & CAPITAL):
            return True
        if len(words) == 1:
            return True
        head = next((word for word in words if word.flags & CAPITAL and not word.flags & DETERMINER), None)
        if head is None:
            return True
        described = any(not word.flags & (CAPITAL | DETERMINER | MARK) for word in words[: words.index(head)])
        return not described and not (words[0].flags & DETERMINER and head.low.endswith(self._lexicon.things))

    def _as_subject(self, clause: Clause, end: int) -> tuple[int, int] | None:
        """The subject of „wie X sagte“."""
        first = clause.first
        while first < clause.last - 1 and self._words[first].low != "wie":
            first += 1
        if first + 1 < end and self._words[first + 1].low == "es":
            first += 1  # „wie es die Behörde nennt“
        return subject_after(self._words, first + 1, end)

    def _subject(self, clause: Clause, unit: Unit, finite: int) -> tuple[int, int] | None:
        """The subject of a main clause: before its verb, in a fragment that a side clause parts from it, or after."""
        words = self._words
        beside = words[finite + 1] if finite + 1 < len(words) else None
        if beside is not None and (beside.low in _NOMINATIVE or beside.text == "Sie"):
            return finite + 1, finite + 2
        before = subject_before(words, clause.first, finite)
        if before is not None:
            return self._rather(before, subject_after(words, finite + 1, clause.last))
        if clause.unit and words[clause.first].flags & COORDINATOR and finite == clause.first + 1:
            return self._shared_subject(clause.unit - 1)
        head = unit.clauses[0]
        if finite == unit.front and head is not clause and head.kind is Kind.FRAGMENT:
            end = head.last
            while end > head.first and words[end - 1].flags & MARK:
                end -= 1
            before = subject_before(words, head.first, end)
            if before is not None:
                return self._rather(before, subject_after(words, finite + 1, clause.last))
        after = subject_after(words, finite + 1, clause.last)
        if after is None and words[clause.last - 1].text == "," and clause.first < finite:
            # „kritisierte, so wie der Minister, ...“: the subject stands behind the insertion
            return None
        if after is None and clause.unit and finite == clause.first and words[finite - 1].text == ",":
            return self._shared_subject(clause.unit - 1)  # „räumte Fehler ein, sprach aber von Einzelfällen“
        return after

    def _rather(self, before: tuple[int, int], after: tuple[int, int] | None) -> tuple[int, int]:
        """Who speaks of two noun phrases around a verb: the one after it where the first is what somebody says („Die
        Vorwürfe wies der Verein zurück“)."""
        if after is None:
            return before
        first, last = before
        phrase = (word for word in self._words[first:last] if not word.flags & DETERMINER)
        head = next((word for word in phrase if word.flags & CAPITAL), None)
        if head is None or not (head.low in self._lexicon.lists["told"] or head.low.endswith(self._lexicon.things)):
            return before
        speaks = self._roles.kind([word.text for word in self._words[after[0] : after[1]]])
        pronoun = self._words[after[0]].flags & PRONOUN and after[1] == after[0] + 1
        return after if pronoun or self._has_role(after) or speaks is SourceKind.MEDIA else before

    def _has_role(self, span: tuple[int, int]) -> bool:
        """Whether a noun phrase names somebody who speaks by trade."""
        return any(self._roles.role(word.text) in ("party", "authority") for word in self._words[span[0] : span[1]])

    def _shared_subject(self, number: int) -> tuple[int, int] | None:
        """The subject of the main clause before: „Moser kam und sagte, ...“."""
        unit = self._syntax.units[number]
        main = next((c for c in unit.clauses if c.kind is Kind.MAIN), None)
        if main is None or main.finite < 0:
            return None
        before = subject_before(self._words, main.first, main.finite)
        return before or subject_after(self._words, main.finite + 1, main.last)
