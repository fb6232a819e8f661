"""The German grammar: reads one sentence and says what cues it holds."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import attrgetter, or_
from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mention, Mood, Observation, Part
from reportedly.language.german import clauses, frames, modality
from reportedly.language.german.clauses import Clause, Kind, Syntax
from reportedly.language.german.judgements import COPULAS, judgement
from reportedly.language.german.parting import parted
from reportedly.language.german.phrases import anaphor, subject_before
from reportedly.language.german.reports import Report, Reports
from reportedly.language.german.said import reported_by_mood
from reportedly.language.german.sentence import Knowledge, Reading
from reportedly.language.german.words import CAPITAL, FIRST, REPORT, GermanLexicon
from reportedly.language.german.words import Use as ReportingUse
from reportedly.language.grammar import View
from reportedly.language.lexicon import Hit, Use
from reportedly.language.roles import Roles
from reportedly.language.tokens import Tokens
from reportedly.schema import Firmness, Language, SourceKind

SAID: Final = 3
"""Weight of a verb of saying that follows what is said: more than a frame („sagte Huber der Zeitung zufolge“)."""
HOLDING: Final = frozenset(("hearsay-noun", "unnamed-source"))
"""Hearsay that goes on: what stands in Konjunktiv after „Gerüchte“ is still rumour."""
_PLAIN: Final = frozenset(("clause", "object", "predicate", "als"))
"""What a verb can take without a preposition."""
_FLAGS: Final = attrgetter("flags")
_LOW: Final = attrgetter("low")
_STEM: Final = 6
"""Letters of a content word that inflection leaves alone, for comparing headings with the body."""


def _speaks(use: ReportingUse, lows: set[str]) -> bool:
    """Whether a form stands with what makes a verb that reports of it: its particle, one of its prepositions."""
    if use.parted and use.verb.particle not in lows:
        return False
    governed = use.verb.takes - _PLAIN
    return not governed or not governed.isdisjoint(lows)


class German:
    """`Grammar` for German."""

    language = Language.GERMAN

    def __init__(self) -> None:
        self.lexicon = GermanLexicon()
        self.roles = Roles(self.lexicon.data["roles"], compounds=True)

    def observe(self, view: View) -> Observation:
        """Every cue of one sentence."""
        words = self.lexicon.words(view.tokens.words[view.first : view.last])
        flags = reduce(or_, map(_FLAGS, words))
        lows = frozenset(map(_LOW, words))
        syntax = clauses.parse(words)
        found = Reports(self.lexicon, self.roles, words, syntax).find() if flags & REPORT else []
        reading = Reading(view, words, syntax, found, Knowledge(self.lexicon, self.roles))
        seen = Observation([Part(view.start, view.end)], clauses=reading.stretches)
        seen.asks = any(word.text == "?" for word in words[-2:])
        seen.verbless = not any(unit.finite >= 0 for unit in syntax.units)
        seen.evidence.extend(e for r in found if (e := self._report(reading, r)) is not None)
        hits = self.lexicon.scan(words, lows)
        for hit in hits:
            self._cue(reading, hit, seen)
        self._frames(reading, seen, lows)
        if len(syntax.units) > 1:
            seen.parts, seen.evidence = parted(reading, seen.evidence)
        for number, part in enumerate(seen.parts):
            if (guess := modality.mood(reading, part)) is not None:
                seen.evidence.append(replace(guess, part=number))
        if any(hit.cue.use in (Use.FIXED, Use.OPINION) and self._covers(hit, syntax) for hit in hits):
            seen.parts[0].mood = Mood.INDICATIVE
        condition = modality.unfulfilled(reading)
        if condition is not None and not any(e.start == condition.start for e in seen.evidence):
            seen.evidence.append(condition)  # „Geht es nach Huber, ...“ is none
        modality.tense(reading, seen.parts[0])
        if view.quotes.spans and not any(e.kind is not None and e.main for e in seen.evidence):
            seen.evidence.extend(e for e in (frames.quotation(reading),) if e is not None)
        if not any(e.kind is not None and e.main for e in seen.evidence):
            self._by_mood(reading, seen)
        if flags & FIRST:
            self._first_person(reading, seen)
        unit = syntax.units[0] if syntax.units else None
        if unit is not None and unit.finite > 0:
            seen.parts[0].subject = anaphor(words[unit.finite - 1])
        return seen

    def _frames(self, reading: Reading, seen: Observation, lows: frozenset[str]) -> None:
        """What names a source or judges without a reporting verb; each is looked for where its words are (`lows`)."""
        if "nach" in lows:
            seen.evidence.extend(frames.informed(reading))
        if "so" in lows:
            seen.evidence.extend(frames.so(reading))
        if ":" in lows and (spoken := frames.label(reading)) is not None:
            seen.evidence.append(spoken)
        if "für" in lows and (thought := frames.opinion_of(reading)) is not None:
            seen.evidence.append(thought)
        if not lows.isdisjoint(COPULAS) and (judged := judgement(reading)) is not None:
            seen.evidence.append(judged)
        if not lows.isdisjoint(modality.SOLLEN_WOLLEN):
            seen.evidence.extend(modality.sollen(reading))

    def speaking(self, tokens: Tokens) -> list[int]:
        """The tokens that can be forms of verbs that report, whether or not they report here."""
        words = [self.lexicon.word(word) for word in tokens.words]
        lows = {word.low for word in words}
        return [
            i
            for i, word in enumerate(words)
            if i
            and word.flags & REPORT
            and not word.flags & CAPITAL
            and any(use.traits and _speaks(use, lows) for use in word.more)
        ]

    def keys(self, tokens: Tokens, first: int, last: int) -> frozenset[str]:
        """Nouns, names and numbers, cut to the letters that inflection leaves alone."""
        return frozenset(
            word.lower()[:_STEM] for word in tokens.words[first:last] if word[:1].isupper() or word[:1].isdigit()
        )

    def _report(self, reading: Reading, report: Report) -> Evidence | None:
        """The evidence of a reporting verb."""
        verb = report.use.verb
        clause = reading.syntax.clauses[report.clause]
        reach = reading.span(clause.first, clause.last)
        at = reading.span(report.at, report.at + 1)
        if report.passive and report.subject is None:
            if verb.passive == "none":
                return None
            if verb.passive == "possible":
                return Evidence(verb.rule, *at, None, Firmness.POSSIBLE, None, reach, report.main)
            kind = SourceKind(verb.passive) if verb.firmness is None else SourceKind.PARTY
            mention = Mention(0, 0, kind, Anaphor.SAME)
        else:
            quoted = SourceKind.PARTY if verb.rule == "quoting" else None  # whoever hands the quotation on
            mention = reading.mention(report.subject, quoted)
            if report.subject is None:
                mention = Mention(0, 0, SourceKind.PARTY)
        rule, act = verb.rule, verb.negated if report.negated else verb.firmness
        if rule == "naming" and self._called_untrue(reading, clause):
            rule, act = "denial", "denied"
        firmness = Firmness(act) if act else None
        if (
            (verb.passive == "possible" or verb.lemma == "rechnen")
            and report.subject is not None
            and self._anybody(reading, report.subject)
        ):
            return Evidence(rule, *at, None, Firmness.POSSIBLE, None, reach, report.main)
        said = report.subject is not None and clause.first and report.at <= clause.first + 1
        weight = SAID if said and verb.rule == "speech" else 1
        if rule == "denial" and not report.main and report.subject is None and clause.kind is Kind.MAIN:
            return Evidence("denial-told", *at, None, firmness, None, reach, True, told_only=True)  # „er bestreite das“
        return Evidence(rule, *at, mention.kind, firmness, mention, reach, report.main, weight=weight)

    def _anybody(self, reading: Reading, subject: tuple[int, int]) -> bool:
        """Whether the subject is nobody in particular: „erwartet kaum jemand“."""
        return any(reading.words[i].low in ("jemand", "niemand", "keiner") for i in range(*subject))

    def _called_untrue(self, reading: Reading, clause: Clause) -> bool:
        """Whether a report is called untrue („nannte die Berichte falsch“)."""
        unit, lists = reading.syntax.units[clause.unit], self.lexicon.lists
        lows = {word.low for word in reading.words[unit.first : unit.last]}
        return not lows.isdisjoint(lists["untrue"]) or not (
            lows.isdisjoint(lists["wrong"]) or lows.isdisjoint(lists["told"])
        )

    def _cue(self, reading: Reading, hit: Hit, seen: Observation) -> None:
        """The evidence of a word or phrase of the data file."""
        cue = hit.cue
        start, end = reading.span(hit.first, hit.last + 1)
        found: Evidence | None = None
        if cue.use in (Use.BEFORE, Use.VIA):
            found = frames.before(reading, hit)
            if found is not None and cue.use is Use.VIA:
                found = frames.handed_on(found, seen.evidence)
        elif cue.use is Use.AFTER:
            found = frames.after(reading, hit)
        elif cue.use is Use.ECHO:
            found = frames.echo(reading, hit)
        elif cue.use is Use.HEDGE:
            found = modality.hedge(reading, hit)
        elif cue.use is Use.LINK:
            seen.link = seen.link or Evidence(cue.rule, start, end)
        elif cue.use is Use.WRITER:
            seen.writer = True
        elif cue.use in (Use.HEARSAY, Use.OPINION):
            clause = reading.clause(hit.first)
            main = reading.syntax.of[hit.first] in reading.content or clause.kind in (Kind.MAIN, Kind.AS)
            if hit.first == hit.last and cue.use is Use.HEARSAY and modality.attributive(reading, hit.first):
                main = False
            reach = reading.span(clause.first, clause.last)
            kind = cue.kind
            if cue.rule == "unnamed-source":
                main, kind = True, None if self._unnamed(seen) else kind
            found = Evidence(cue.rule, start, end, kind, cue.firmness, None, reach, main, holds=cue.rule in HOLDING)
        if found is not None:
            seen.evidence.append(found)

    def _unnamed(self, seen: Observation) -> bool:
        """Takes the name from the party that speaks: „ein Händler, der nicht genannt werden will“."""
        for n, cue in enumerate(seen.evidence):
            if cue.main and cue.kind is SourceKind.PARTY and cue.mention is not None:
                mention = replace(cue.mention, kind=SourceKind.UNNAMED)
                seen.evidence[n] = replace(cue, kind=SourceKind.UNNAMED, mention=mention)
                return True
        return False

    def _covers(self, hit: Hit, syntax: Syntax) -> bool:
        """Whether a fixed expression holds a finite verb („es sei denn“)."""
        return any(hit.first <= unit.finite <= hit.last for unit in syntax.units)

    def _by_mood(self, reading: Reading, seen: Observation) -> None:
        """A main clause that no list knows, with content in Konjunktiv I: its subject reports."""
        found = reported_by_mood(reading.words, reading.syntax)
        if found is None:
            return
        main, verb = found
        subject = subject_before(reading.words, main.first, main.finite)
        mention = reading.mention(subject, None if subject else SourceKind.PARTY)
        reach = reading.span(main.first, main.last)
        seen.evidence.append(
            Evidence("reportive-content", *reading.span(verb, verb + 1), mention.kind, None, mention, reach)
        )

    def _first_person(self, reading: Reading, seen: Observation) -> None:
        """A first person outside quotation marks."""
        for i, word in enumerate(reading.words):
            if word.flags & FIRST and not reading.quoted(i) and (not word.flags & CAPITAL or i == 0):
                seen.we = Evidence("first-person", *reading.span(i, i + 1))
                break
