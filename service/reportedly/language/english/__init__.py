"""The English grammar: reads one sentence and says what cues it holds."""

from __future__ import annotations

from typing import Final

from reportedly.language.english import clauses, reports
from reportedly.language.english.phrases import anaphor, phrase_from
from reportedly.language.english.report import Report, Role
from reportedly.language.english.words import (
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    IMPERATIVE,
    MARK,
    MODAL,
    NEGATION,
    PAST,
    PLAIN,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    REPORT,
    THAT,
    TO,
    EnglishLexicon,
    group,
)
from reportedly.language.evidence import Anaphor, Evidence, Mention, Observation, Part
from reportedly.language.grammar import View
from reportedly.language.lexicon import Hit, Use, Word
from reportedly.language.roles import Roles, outlets
from reportedly.language.tokens import Tokens
from reportedly.schema import Firmness, Language, SentenceKind, SourceKind

_STEM: Final = 6
"""Letters of a content word that inflection leaves alone, for comparing headings with the body."""
_MARKS: Final = frozenset(('"', "“", "”", "''"))
WHOLE: Final = 0.8
"""As `reader.WHOLE`: from this share on the core takes the sentence for quoted."""
_SPEECH: Final = 0.5
"""Share of a sentence inside quotation marks from which on a sentence without a frame is speech itself."""
_BARE: Final = 5
"""A heading with no known verb and no more tokens tells nothing ("The long way home")."""
_SHORTEST: Final = 14
"""A sentence with no known verb and no more tokens tells nothing; a longer one may have a verb that is not listed."""
_FRAME: Final = 9
"""Tokens of a frame: "a spokesman for the city council told reporters:"."""
_NAME: Final = 8
"""Most tokens before the colon of a heading "Name: words"."""
_NO_SOURCE: Final = group("no_source")
"""What follows "according to" and vouches for nothing."""
_REPORTS: Final = group("report_noun")
_BY: Final = group("author")
_FRESH: Final = group("fresh_report")
"""A "new report" by nobody is hearsay."""
_PAST: Final = frozenset(("was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't", "would", "could"))
_SHORT: Final = 4
"""A phrase with "the", no name and no more words points back to somebody ("the senior police officer")."""
_OUTLET: Final = group("outlet_noun")
_SAME: Final = group("points_back")
"""With "the", these nouns point back to whoever has the floor."""


class English:
    """`Grammar` for English."""

    language = Language.ENGLISH

    def __init__(self) -> None:
        self.lexicon = EnglishLexicon()
        self.roles = Roles(self.lexicon.data["roles"], compounds=False)

    def observe(self, view: View) -> Observation:
        """Every cue of one sentence."""
        look = self.lexicon.word
        words = [look(word) for word in view.tokens.words[view.first : view.last]]
        return _Sentence(self, view, words).observe()

    def keys(self, tokens: Tokens, first: int, last: int) -> frozenset[str]:
        """Content words, cut to the letters that inflection leaves alone."""
        look = self.lexicon.word
        return frozenset(
            word.lower()[:_STEM]
            for word in tokens.words[first:last]
            if len(word) > 2 and word[0].isalnum() and not look(word).flags & ~(CAPITAL | PLAIN | MARK) & _FUNCTION
        )


_FUNCTION: Final = (1 << 19) - 1
"""The bits of all closed classes."""


class _Sentence:
    """One sentence on its way to an observation."""

    def __init__(self, english: English, view: View, words: list[Word]) -> None:
        self._english = english
        self._view = view
        self._words = words
        self._quoted = view.quotes.depth[view.first : view.last]
        self._layout = clauses.parse(words)
        self._evidence: list[Evidence] = []

    def observe(self) -> Observation:
        words, view = self._words, self._view
        seen = Observation([Part(view.start, view.end)], self._evidence)
        tail = [word.text for word in words[-2:]]
        seen.asks = "?" in tail or self._commands()
        hits = self._english.lexicon.scan(words)
        titled = view.kind is SentenceKind.HEADING
        for report in reports.find(words, self._layout, self._quoted, titled=titled):
            self._report(report)
        self._colon()
        for hit in sorted(hits, key=lambda hit: hit.cue.firmness is Firmness.DENIED):
            self._cue(hit, seen)
        self._would()
        self._speech()
        seen.opens = words[-1].text == ":"
        seen.frame = seen.opens and len(words) <= _FRAME and self._told()
        seen.asks = seen.asks or self._quotes_question()
        seen.parts[0].past = self._narrates()
        verbless = not any(kind is not clauses.Verbal.NO for kind in self._layout.finite)
        if view.kind is SentenceKind.HEADING:
            seen.verbless = verbless and len(words) <= _BARE
        else:
            seen.verbless = verbless
            short = len(words) <= _SHORTEST or words[-1].text == ":"
            seen.asks = seen.asks or (verbless and short and not self._evidence and not self._quoted[0])
        return seen

    def _quotes_question(self) -> bool:
        """Whether a quoted question and its frame are all there is: "“Is it safe?” Lee asked."."""
        words = self._words
        for i in range(1, len(words)):
            if words[i].text in _MARKS and words[i - 1].text == "?":
                return len(words) - i <= _FRAME and not any(word.text in _MARKS for word in words[i + 1 :])
        return False

    def _narrates(self) -> bool:
        """Whether the first main verb is in the past tense."""
        for i, word in enumerate(self._words):
            if self._layout.finite[i] is not clauses.Verbal.NO and not self._layout.side[i]:
                return bool(word.flags & PAST) or word.low in _PAST
        return False

    def _commands(self) -> bool:
        words = self._words
        return (
            len(words) > 1
            and bool(words[0].flags & IMPERATIVE)
            and not words[1].flags & (MARK | BE)
            and not self._quoted[0]
        )

    def _span(self, first: int, last: int) -> tuple[int, int]:
        tokens, base = self._view.tokens, self._view.first
        return tokens.starts[base + first], tokens.ends[base + last - 1]

    def _part(self, i: int) -> int:
        return 0 if self._layout.part_of(i) == 0 else 1

    def _mention(self, span: tuple[int, int] | None, kind: SourceKind | None = None) -> Mention:
        if span is None:
            return Mention(0, 0, kind or SourceKind.PARTY, Anaphor.SAME)
        first, last = span
        words = self._words[first:last]
        if last - first == 1 and (back := anaphor(words[0])) is not Anaphor.NONE:
            return Mention(*self._span(first, last), SourceKind.PARTY, back)
        found = kind or self._kind(words)
        back = self._definite(words)
        return Mention(*self._span(first, last), found, back)

    def _definite(self, words: list[Word]) -> Anaphor:
        """What a noun phrase with "the" and no name points back to."""
        if words[0].low not in ("the", "this", "that") or len(words) > _SHORT:
            return Anaphor.NONE
        if any(word.flags & (CAPITAL | PREPOSITION | POSSESSIVE) for word in words[1:]):
            return Anaphor.NONE
        head = words[-1].low
        if head in _SAME:
            return Anaphor.SAME
        return Anaphor.OUTLET if head in _OUTLET else Anaphor.ROLE

    def _kind(self, words: list[Word]) -> SourceKind:
        """The kind of the source that a noun phrase names: by the last noun before its first preposition."""
        roles = self._english.roles
        texts = [word.text for word in words]
        if any(roles.familiar(text) for text in texts):
            return SourceKind.UNNAMED
        end = next((i for i, word in enumerate(words) if i and word.flags & PREPOSITION), len(words))
        for word in reversed(words[:end]):
            role = roles.role(word.low)
            if word.flags & CAPITAL and role in ("media", "unnamed") and len(words) > 1:
                continue
            if role in ("unnamed", "party"):
                return SourceKind(role)
            if role == "media":
                break
        lows = [word.low for word in words]
        for i, low in enumerate(lows):
            if low in _REPORTS:
                if _BY.intersection(lows[i + 1 :]):
                    break
                if outlets().find(texts) is not None:
                    break
                if any(word.flags & CAPITAL and word.low != "the" for word in words[:i]):
                    outlet = outlets().find([word.text for word in words[:i]])
                    return SourceKind.PARTY if outlet is None else SourceKind.MEDIA
                if _FRESH.intersection(lows[:i]):
                    return SourceKind.UNNAMED
                break
        return roles.kind(texts, self._view.publisher)

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
        nobody = report.role is Role.PASSIVE and report.subject is None
        mention = None if nobody else self._mention(report.subject)
        kind = mention.kind if mention is not None else SourceKind.PARTY
        if kind is SourceKind.MEDIA and self._about_itself(report.at):
            kind = SourceKind.PARTY
            mention = self._mention(report.subject, kind)
        if firmness is not None and kind is not SourceKind.PARTY:
            firmness = None
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

    def _about_itself(self, i: int) -> bool:
        """Whether an outlet speaks of itself: "CNN said it could not …"."""
        follow = [word.low for word in self._words[i + 1 : i + 3]]
        return follow[:1] in (["it"], ["its"]) or follow in (["that", "it"], ["that", "its"])

    def _add(self, evidence: Evidence) -> None:
        self._evidence.append(evidence)

    def _cue(self, hit: Hit, seen: Observation) -> None:
        words, cue = self._words, hit.cue
        first = hit.first
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
            strong = cue.rule == "unnamed-source"
            speaker = self._speaker() if strong else None
            self._add(
                Evidence(
                    cue.rule,
                    *span,
                    kind=cue.kind,
                    mention=speaker,
                    main=main or strong,
                    part=-1 if strong else part,
                    weight=3 if strong else 1,
                    holds=strong,
                )
            )
        elif cue.use is Use.HEDGE:
            if words[first].text == "May" and first > 0:
                return
            if first and words[first - 1].flags & TO and cue.rule in ("seems", "hedge-predicate"):
                return
            if cue.firmness is Firmness.DENIED:
                if not self._told() and not self._quoted[first]:
                    return
            elif self._embedded(first, part):
                return
            if words[first].low == "may" and self._conceded(first):
                return
            self._add(Evidence(cue.rule, *span, None, cue.firmness, main=main, part=part))
        elif cue.use is Use.OPINION and not self._quoted[first]:
            self._add(Evidence(cue.rule, *span, None, cue.firmness, main=main, part=part))

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

    def _according(self, hit: Hit, span: tuple[int, int]) -> None:
        words = self._words
        first = hit.last + 1
        last = phrase_from(words, first, len(words))
        if last <= first or words[last - 1].low in _NO_SOURCE:
            return
        mention = self._mention((first, last))
        self._add(Evidence(hit.cue.rule, *span, mention.kind, None, mention, main=True, part=-1, weight=2))

    def _colon(self) -> None:
        """A heading that names its source: "Mayor: Bridge is safe", "Seven killed: police"."""
        words = self._words
        if self._view.kind is not SentenceKind.HEADING:
            return
        colons = [i for i, word in enumerate(words) if word.text == ":"]
        if not colons or any(e.mention is not None for e in self._evidence):
            return
        at = colons[0]
        if 0 < at <= _NAME and self._names(0, at) and len(words) - at > 3:
            span = (0, at)
        else:
            at = colons[-1]
            end = len(words)
            for i in range(at + 1, end):
                if words[i].text in ".-–—":
                    end = i
                    break
            if not (0 < end - at - 1 <= _NAME and self._names(at + 1, end)):
                return
            span = (at + 1, end)
        mention = self._mention(span)
        self._add(Evidence("colon", *self._span(at, at + 1), mention.kind, None, mention, part=-1, weight=2))

    def _names(self, first: int, last: int) -> bool:
        """Whether the words are a name or a role that can speak."""
        words = self._words[first:last]
        if any(self._english.roles.role(word.text) for word in words):
            return True
        return all(word.flags & (CAPITAL | MARK) for word in words) and len(words) <= 4

    def _would(self) -> None:
        """A condition: "would" in the writer's own voice, or an "if" clause over the sentence."""
        words, layout = self._words, self._layout
        told = self._told()
        for i, word in enumerate(words):
            told = told or bool(word.flags & REPORT and not word.flags & CAPITAL)
            if word.low == "should" and self._inverted_condition(i):
                self._add(Evidence("condition", *self._span(i, i + 1), None, Firmness.CONDITIONAL, part=self._part(i)))
                return
            if not word.flags & MODAL or layout.side[i] or self._quoted[i]:
                continue
            would = word.low in ("would", "wouldn't")
            conditional = layout.condition >= 0 and not self._quoted[layout.condition]
            if would and (conditional or not told) and not self._refuses(i):
                self._add(Evidence("condition", *self._span(i, i + 1), None, Firmness.CONDITIONAL, part=self._part(i)))
                return
        if layout.condition == 0 and not told and not self._quoted[0]:
            self._add(Evidence("condition", *self._span(0, 1), None, Firmness.CONDITIONAL))

    def _inverted_condition(self, i: int) -> bool:
        """ "Should the deal fail, …"."""
        words = self._words
        if i + 2 >= len(words) or (i and not words[i - 1].flags & (MARK | THAT | COORDINATOR)):
            return False
        return bool(words[i + 1].flags & (DETERMINER | CAPITAL | PRONOUN)) and any(
            word.flags & PLAIN and not word.flags & CAPITAL for word in words[i + 2 : i + 8]
        )

    def _refuses(self, i: int) -> bool:
        follower = self._words[i + 1] if i + 1 < len(self._words) else None
        return follower is not None and (
            bool(follower.flags & NEGATION) or follower.low in ("later", "go", "eventually")
        )

    def _speech(self) -> None:
        """A sentence that is speech and names no speaker: whoever has the floor."""
        if any(e.kind is not None and e.main and e.mention is not None for e in self._evidence):
            return
        inside = sum(self._quoted)
        ends = [word.text for word in self._words[-2:]]
        if self._words[0].text in _MARKS and _MARKS.intersection(ends):
            inside = len(self._words)
        if inside >= WHOLE * len(self._words) and self._quoted[0]:
            return  # the machine looks for the speaker, ahead as well
        if inside and (inside >= _SPEECH * len(self._words) or (self._quoted[0] and self._quoted[-1])):
            mention = Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
            self._add(Evidence("quotation", *self._span(0, 1), SourceKind.PARTY, None, mention, part=-1))
