"""One English sentence on its way to an observation."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from reportedly.language.english import clauses, reports
from reportedly.language.english.conditions import find_condition, find_duty
from reportedly.language.english.mentions import kind_of, likely_outlet, names_somebody, points_back
from reportedly.language.english.phrases import anaphor, phrase_from
from reportedly.language.english.report import Report, Role
from reportedly.language.english.speech import FRAME, is_command, is_question, is_speech, named_by_colon
from reportedly.language.english.words import (
    CAPITAL,
    PARTY,
    PAST,
    PLAIN,
    STUDY,
    THIRD,
    TO,
    EnglishLexicon,
    group,
)
from reportedly.language.evidence import Anaphor, Evidence, Mention, Observation, Part
from reportedly.language.grammar import View
from reportedly.language.lexicon import Hit, Use
from reportedly.language.roles import Roles
from reportedly.schema import Firmness, SentenceKind, SourceKind

LONGEST: Final = 400
"""Tokens of a sentence that are read: four times the longest in the news data. Longer ones are lists or no prose, and
looks back inside a sentence would cost more than linear time."""
_BARE: Final = 5
"""A heading with no known verb and no more tokens tells nothing ("The long way home")."""
_SHORTEST: Final = 14
"""A sentence with no known verb and no more tokens tells nothing; a longer one may have a verb that is not listed."""
_NO_SOURCE: Final = group("no_source")
"""What follows "according to" and vouches for nothing."""
_PUBLISHES: Final = group("publishes")
_SUGGESTS: Final = group("suggests")
_SHY: Final = group("shy_role")
_CITING: Final = group("citing")
_HOMOGRAPHS: Final = group("noun_homograph")
_FORMS: Final = THIRD | PLAIN
"""Forms of a verb that may be its finite verb, where the clauses did not show it."""
_PERSONS: Final = frozenset((Anaphor.HE, Anaphor.SHE, Anaphor.THEY))
_PAST: Final = frozenset(("was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't", "would", "could"))


class SentenceReader:
    """One sentence on its way to an observation."""

    def __init__(self, lexicon: EnglishLexicon, roles: Roles, view: View) -> None:
        words = [lexicon.word(word) for word in view.tokens.words[view.first : min(view.last, view.first + LONGEST)]]
        self._lexicon = lexicon
        self._roles = roles
        self._view = view
        self._words = words
        self._quoted = view.quotes.depth[view.first : view.first + len(words)]
        self._layout = clauses.parse(words)
        self._evidence: list[Evidence] = []

    def observe(self) -> Observation:
        words, view = self._words, self._view
        cuts = [view.start, *(self._span(i, i + 1)[0] for i in self._layout.parts[1:]), view.end]
        stretches = partial(clauses.stretches, words, self._layout, self._span)
        seen = Observation([Part(a, b) for a, b in pairwise(cuts)], self._evidence, stretches)
        seen.asks = is_question(words) or is_command(words, self._quoted)
        hits = self._lexicon.scan(words)
        titled = view.kind is SentenceKind.HEADING
        for report in reports.find(words, self._layout, self._quoted, titled=titled):
            self._report(report)
        self._heading()
        for hit in sorted(hits, key=lambda hit: hit.cue.firmness is Firmness.DENIED):
            self._cue(hit, seen)
        if not self._told() and (at := find_duty(words, self._layout, self._quoted)) is not None:
            self._add(Evidence("duty", *self._span(at, at + 1), firmness=Firmness.EVALUATED, part=self._part(at)))
        self._chain()
        at = find_condition(words, self._layout, self._quoted, told=self._told())
        if at is not None:
            span = self._span(at, at + 1)
            self._add(Evidence("condition", *span, firmness=Firmness.CONDITIONAL, part=self._part(at)))
        self._speech()
        seen.opens = words[-1].text == ":"
        seen.frame = seen.opens and len(words) <= FRAME and self._told()
        seen.parts[0].past = self._narrates()
        verbless = not any(kind is not clauses.Verbal.NO for kind in self._layout.finite)
        verbless = verbless and not any(word.flags & _FORMS and not word.flags & CAPITAL for word in words[1:])
        if view.kind is SentenceKind.HEADING:
            seen.verbless = verbless and len(words) <= _BARE
        else:
            seen.verbless = verbless
            short = len(words) <= _SHORTEST or words[-1].text == ":"
            seen.asks = seen.asks or (verbless and short and not self._evidence and not self._quoted[0])
        return seen

    def _narrates(self) -> bool:
        """Whether the first main verb is in the past tense."""
        for i, word in enumerate(self._words):
            if self._layout.finite[i] is not clauses.Verbal.NO and not self._layout.side[i]:
                return bool(word.flags & PAST) or word.low in _PAST
        return False

    def _span(self, first: int, last: int) -> tuple[int, int]:
        tokens, base = self._view.tokens, self._view.first
        return tokens.starts[base + first], tokens.ends[base + last - 1]

    def _part(self, i: int) -> int:
        return self._layout.part_of(i)

    def _mention(self, span: tuple[int, int] | None, kind: SourceKind | None = None) -> Mention:
        if span is None:
            return Mention(0, 0, kind or SourceKind.PARTY, Anaphor.SAME)
        first, last = span
        words = self._words[first:last]
        found = kind or kind_of(words, self._roles, self._view.publisher)
        shy = words[-1].low in _SHY
        return Mention(*self._span(first, last), found, points_back(words), guessed=shy)

    def _report(self, report: Report) -> None:
        rule, firmness = report.verb.rule, report.verb.firmness
        if report.role is Role.HEARSAY:
            self._add(Evidence("hearsay", *self._span(report.at, report.at + 1), SourceKind.UNNAMED, main=report.main,
                               part=self._part(report.at), holds=False))  # fmt: skip
            return
        if report.role is Role.GUESS:
            self._add(Evidence("expected-to", *self._span(report.at, report.at + 1), firmness=Firmness.POSSIBLE,
                               main=report.main, part=self._part(report.at)))  # fmt: skip
            return
        if report.verb.lemma in _SUGGESTS and report.subject is not None and self._impersonal(report.subject):
            self._add(Evidence("suggests", *self._span(report.at, report.at + 1), firmness=Firmness.POSSIBLE,
                               main=report.main, part=self._part(report.at)))  # fmt: skip
            return
        nobody = report.role is Role.PASSIVE and report.subject is None
        if report.subject is not None and not names_somebody(self._words[slice(*report.subject)]):
            if not report.framing or self._words[report.at].low in _HOMOGRAPHS:
                return
            nobody = True
        mention = None if nobody else self._mention(report.subject)
        kind = mention.kind if mention is not None else SourceKind.PARTY
        if kind is SourceKind.MEDIA and self._about_itself(report.at):
            kind = SourceKind.PARTY
            mention = self._mention(report.subject, kind)
        if firmness is not None and kind is not SourceKind.PARTY:
            firmness = None
        if kind is SourceKind.PARTY and mention is not None and self._publishes(report):
            kind = SourceKind.MEDIA
            mention = replace(self._mention(report.subject, kind), guessed=True)
        self._add(
            Evidence(
                rule,
                *self._span(report.at, report.at + 1),
                kind=kind,
                firmness=firmness,
                mention=mention,
                main=report.main,
                part=-1 if report.framing else self._part(report.at),
                weight=2 if report.framing else 1,
            )
        )

    def _publishes(self, report: Report) -> bool:
        """Whether "X reports" makes an outlet of a name that is not known."""
        if report.verb.lemma not in _PUBLISHES or report.subject is None or self._about_itself(report.at):
            return False
        return likely_outlet(self._words[slice(*report.subject)], self._roles)

    def _impersonal(self, subject: tuple[int, int]) -> bool:
        """Whether something suggests, not somebody: "This suggests that …"."""
        words = self._words[slice(*subject)]
        return not any(word.flags & (PARTY | STUDY | CAPITAL) or anaphor(word) in _PERSONS for word in words) or words[
            -1
        ].low in ("this", "that", "it", "which")

    def _about_itself(self, i: int) -> bool:
        """Whether an outlet speaks of itself: "CNN said it could not …"."""
        follow = [word.low for word in self._words[i + 1 : i + 3]]
        return follow[:1] in (["it"], ["its"]) or follow in (["that", "it"], ["that", "its"])

    def _add(self, evidence: Evidence) -> None:
        self._evidence.append(evidence)

    def _cue(self, hit: Hit, seen: Observation) -> None:
        cue, first = hit.cue, hit.first
        if cue.use is Use.FIXED:
            return
        span = self._span(first, hit.last + 1)
        main = not self._layout.side[first]
        part = self._part(first)
        if cue.use is Use.LINK:
            seen.link = Evidence(cue.rule, *span)
        elif cue.use is Use.WRITER:
            seen.writer = True
        elif cue.use is Use.BEFORE:
            self._according(hit, span)
        elif cue.use is Use.HEARSAY:
            self._hearsay(hit, span, main=main)
        elif cue.use is Use.HEDGE:
            if self._hedges(hit, part):
                self._add(Evidence(cue.rule, *span, None, cue.firmness, main=main, part=part))
        elif cue.use is Use.OPINION and not self._quoted[first]:
            self._add(Evidence(cue.rule, *span, None, cue.firmness, main=main, part=part))

    def _hearsay(self, hit: Hit, span: tuple[int, int], *, main: bool) -> None:
        cue = hit.cue
        if cue.rule != "unnamed-source":
            self._add(Evidence(cue.rule, *span, cue.kind, main=main, part=self._part(hit.first), holds=False))
            return
        speaker = self._speaker()
        if speaker is None and not self._quoted[hit.first]:
            return  # the writer tells how informants behaved: no report
        self._add(Evidence(cue.rule, *span, cue.kind, mention=speaker, part=-1, weight=3))

    def _hedges(self, hit: Hit, part: int) -> bool:
        """Whether a cue of firmness counts where it stands."""
        words, first, cue = self._words, hit.first, hit.cue
        if words[first].text == "May" and first > 0:
            return False
        if first and words[first - 1].flags & TO and cue.rule in ("seems", "hedge-predicate"):
            return False
        if cue.firmness is Firmness.DENIED:
            return self._told() or bool(self._quoted[first])
        if words[first].low == "may" and self._conceded(first):
            return False
        return not self._embedded(first, part)

    def _speaker(self) -> Mention | None:
        """Whoever speaks in this sentence, as somebody who is not named."""
        for evidence in self._evidence:
            if evidence.mention is not None and evidence.mention.start < evidence.mention.end:
                return Mention(evidence.mention.start, evidence.mention.end, SourceKind.UNNAMED)
        return None

    def _told(self) -> bool:
        return any(e.kind is not None and e.main for e in self._evidence)

    def _embedded(self, i: int, part: int) -> bool:
        """Whether a hedge at `i` stands in what somebody doubts, thinks or says inside what somebody says."""
        at = self._span(i, i + 1)[0]
        return (
            sum(e.mention is not None and e.end <= at and e.weight == 1 and e.part == part for e in self._evidence) > 1
        )

    def _conceded(self, i: int) -> bool:
        """ "It may be small, but …" grants a fact."""
        return any(start > i and self._words[start].low == "but" for start in self._layout.parts)

    def _heading(self) -> None:
        """A heading that names its source: "Mayor: Bridge is safe", "Seven killed: police"."""
        heads = self._view.first == 0 or self._view.kind in (SentenceKind.HEADING, SentenceKind.TEASER)
        if not heads or any(e.mention is not None for e in self._evidence):
            return
        named = named_by_colon(self._words, self._roles)
        if named is not None:
            at, first, last = named
            mention = self._mention((first, last))
            self._add(Evidence("colon", *self._span(at, at + 1), mention.kind, None, mention, part=-1, weight=2))

    def _chain(self) -> None:
        """The next hop of the strongest source: "The Herald reported, citing insiders"."""
        words = self._words
        at = next((i for i, word in enumerate(words) if word.low in _CITING and i and not self._quoted[i]), None)
        if at is None:
            return
        last = phrase_from(words, at + 1, len(words))
        if last == at + 1 or not names_somebody(words[at + 1 : last]):
            return
        hop = self._mention((at + 1, last))
        told = [e for e in self._evidence if e.main and e.mention is not None and e.mention.start < e.mention.end]
        best = max(told, key=lambda e: e.weight, default=None)
        if best is None or best.mention is None or best.mention.start == hop.start:
            return
        self._evidence[self._evidence.index(best)] = replace(best, mention=replace(best.mention, via=(hop,)))

    def _according(self, hit: Hit, span: tuple[int, int]) -> None:
        words = self._words
        first = hit.last + 1
        last = phrase_from(words, first, len(words))
        if last <= first or words[last - 1].low in _NO_SOURCE:
            return
        mention = self._mention((first, last))
        self._add(Evidence(hit.cue.rule, *span, mention.kind, None, mention, main=True, part=-1, weight=2))

    def _speech(self) -> None:
        """A sentence that is speech and names no speaker: whoever has the floor."""
        if any(e.kind is not None and e.main and e.mention is not None for e in self._evidence):
            return
        if is_speech(self._words, self._quoted):
            mention = Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
            self._add(Evidence("quotation", *self._span(0, 1), SourceKind.PARTY, None, mention, part=-1))
