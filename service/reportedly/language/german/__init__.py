"""The German grammar: reads one sentence and says what cues it holds."""

from __future__ import annotations

from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mention, Mood, Observation, Part
from reportedly.language.german import clauses, reports
from reportedly.language.german.clauses import Kind, Syntax
from reportedly.language.german.phrases import anaphor, noun_phrase
from reportedly.language.german.words import (
    CAPITAL,
    FINITE,
    FIRST,
    REPORTIVE,
    UNREAL,
    GermanLexicon,
)
from reportedly.language.grammar import View
from reportedly.language.lexicon import Hit, Use, Word
from reportedly.language.roles import Roles
from reportedly.language.tokens import Tokens
from reportedly.schema import Firmness, Language, SourceKind

_STEM: Final = 6
"""Letters of a content word that inflection leaves alone, for comparing headings with the body."""


class German:
    """`Grammar` for German."""

    language = Language.GERMAN

    def __init__(self) -> None:
        self.lexicon = GermanLexicon()
        self.roles = Roles(self.lexicon.data["roles"], compounds=True)

    def observe(self, view: View) -> Observation:
        """Every cue of one sentence."""
        look = self.lexicon.word
        words = [look(word) for word in view.tokens.words[view.first : view.last]]
        syntax = clauses.parse(words)
        return _Sentence(self, view, words, syntax).observe()

    def keys(self, tokens: Tokens, first: int, last: int) -> frozenset[str]:
        """Nouns, names and numbers, cut to the letters that inflection leaves alone."""
        return frozenset(
            word.lower()[:_STEM] for word in tokens.words[first:last] if word[:1].isupper() or word[:1].isdigit()
        )


class _Sentence:
    """One sentence on its way to an observation."""

    def __init__(self, german: German, view: View, words: list[Word], syntax: Syntax) -> None:
        self._german = german
        self._view = view
        self._words = words
        self._syntax = syntax
        self._evidence: list[Evidence] = []

    def observe(self) -> Observation:
        words, view = self._words, self._view
        seen = Observation([Part(view.start, view.end)], self._evidence)
        seen.asks = bool(words) and any(word.text == "?" for word in words[-2:])
        hits = self._german.lexicon.scan(words)
        self._reports()
        for hit in hits:
            self._cue(hit, seen)
        self._mood(seen.parts[0])
        seen.verbless = not any(unit.finite >= 0 for unit in self._syntax.units)
        for i, word in enumerate(words):
            if word.flags & FIRST and not view.quotes.depth[view.first + i]:
                seen.we = Evidence("first-person", *self._span(i, i + 1))
                break
        return seen

    def _span(self, first: int, last: int) -> tuple[int, int]:
        tokens, base = self._view.tokens, self._view.first
        return tokens.starts[base + first], tokens.ends[base + last - 1]

    def _mention(self, span: tuple[int, int] | None, kind: SourceKind | None = None) -> Mention:
        if span is None:
            return Mention(0, 0, kind or SourceKind.UNNAMED, Anaphor.SAME)
        first, last = span
        words = self._words[first:last]
        if last - first == 1 and (back := anaphor(words[0])) is not Anaphor.NONE:
            return Mention(*self._span(first, last), SourceKind.PARTY, back)
        found = kind or self._german.roles.kind([word.text for word in words], self._view.publisher)
        return Mention(*self._span(first, last), found)

    def _reports(self) -> None:
        for report in reports.find(self._words, self._syntax):
            clause = self._syntax.clauses[report.clause]
            kind = SourceKind.UNNAMED if report.passive else None
            mention = self._mention(report.subject if not report.passive else None, kind)
            self._evidence.append(
                Evidence(
                    report.use.verb.rule,
                    *self._span(report.at, report.at + 1),
                    kind=mention.kind,
                    mention=mention,
                    firmness=Firmness(report.use.verb.firmness) if report.use.verb.firmness else None,
                    reach=self._span(clause.first, clause.last),
                    main=report.main,
                )
            )

    def _cue(self, hit: Hit, seen: Observation) -> None:
        words, cue = self._words, hit.cue
        start, end = self._span(hit.first, hit.last + 1)
        clause = self._syntax.clauses[self._syntax.of[hit.first]]
        main = clause.kind in (Kind.MAIN, Kind.FRAGMENT)
        reach = self._span(clause.first, clause.last)
        if cue.use is Use.LINK:
            seen.link = Evidence(cue.rule, start, end)
        elif cue.use is Use.WRITER:
            seen.writer = True
        elif cue.use is Use.BEFORE:
            first = hit.last + 1
            last = noun_phrase(words, first, clause.last)
            mention = self._mention((first, last)) if last > first else None
            if mention is not None:
                self._evidence.append(
                    Evidence(cue.rule, start, end, mention.kind, cue.firmness, mention, reach, main, weight=2)
                )
        elif cue.use is Use.AFTER:
            first = skip_back(words, hit.first, clause.first)
            mention = self._mention((first, hit.first))
            self._evidence.append(
                Evidence(cue.rule, start, end, mention.kind, cue.firmness, mention, reach, main, weight=2)
            )
        elif cue.use is Use.HEARSAY:
            self._evidence.append(Evidence(cue.rule, start, end, cue.kind, cue.firmness, None, reach, main))
        elif cue.use is Use.HEDGE:
            content = clause.kind is Kind.CONTENT
            self._evidence.append(Evidence(cue.rule, start, end, None, cue.firmness, None, reach, main or content))

    def _mood(self, part: Part) -> None:
        reporting = {e.reach for e in self._evidence if e.mention is not None and e.main}
        for unit in self._syntax.units:
            if unit.finite < 0:
                continue
            clause = next(c for c in unit.clauses if c.kind is Kind.MAIN)
            if self._span(clause.first, clause.last) in reporting:
                continue
            flags = self._words[unit.finite].flags
            if flags & REPORTIVE and flags & FINITE:
                part.mood, part.mood_at = Mood.REPORTIVE, self._span(unit.finite, unit.finite + 1)
            elif flags & UNREAL:
                part.mood, part.mood_at = Mood.DOUBTFUL, self._span(unit.finite, unit.finite + 1)
            return


def skip_back(words: list[Word], end: int, first: int) -> int:
    """Where the noun phrase that ends before token `end` begins."""
    i = end
    while i > first and (words[i - 1].flags & CAPITAL or words[i - 1].low[0].isalpha()):
        i -= 1
    return max(i, first)
