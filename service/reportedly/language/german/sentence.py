"""One German sentence with its words, clauses and reports: what the rules of the grammar look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from reportedly.language.evidence import Anaphor, Mention, Place
from reportedly.language.evidence import Clause as Stretch
from reportedly.language.german.clauses import Clause, Kind, Syntax
from reportedly.language.german.phrases import anaphor, quoted_name
from reportedly.language.german.reports import Report
from reportedly.language.german.words import (
    ADVERB,
    CAPITAL,
    CONTENT,
    COORDINATOR,
    DETERMINER,
    MARK,
    PREPOSITION,
    REPORTIVE,
    UNREAL,
    GermanLexicon,
)
from reportedly.language.grammar import View
from reportedly.language.lexicon import Word
from reportedly.language.roles import Roles
from reportedly.schema import SourceKind

_PLACES: Final = {
    Kind.MAIN: Place.MAIN,
    Kind.FRAGMENT: Place.MAIN,
    Kind.CONTENT: Place.TOLD,
    Kind.INFINITIVE: Place.TOLD,
    Kind.AS: Place.FRAME,
    Kind.CONDITION: Place.SIDE,
    Kind.SIDE: Place.SIDE,
    Kind.RELATIVE: Place.RELATIVE,
    Kind.ASIDE: Place.ASIDE,
}
_LONGEST_NAME: Final = 5
"""Most words of a name in apposition, office and title included („Nationalrätin Mag. Anna Moser-Berg“)."""
_ARTICLES: Final = frozenset(("der", "dem", "den", "einer", "einem"))


class Knowledge(NamedTuple):
    """What the grammar knows of words."""

    lexicon: GermanLexicon
    roles: Roles


class Reading:
    """A sentence while it is read."""

    def __init__(
        self, view: View, words: list[Word], syntax: Syntax, reports: list[Report], knowledge: Knowledge
    ) -> None:
        self.view = view
        self.words = words
        self.syntax = syntax
        self.reports = reports
        self.lexicon, self.roles = knowledge
        self.content = self._content()

    def _content(self) -> frozenset[int]:
        """The clauses that hold the sentence's main proposition: what is reported where somebody reports, else the
        main clauses with the fragments before their verbs."""
        clauses = self.syntax.clauses
        reporting = {r.clause for r in self.reports if r.main and clauses[r.clause].kind is Kind.MAIN}
        found: set[int] = set()
        told = {clauses[n].unit for n in reporting}
        for n, clause in enumerate(clauses):
            reported = clause.unit in told and (
                clause.kind is Kind.INFINITIVE or (clause.kind is Kind.CONTENT and self._is_said(n, reporting))
            )
            if reported or (clause.kind is Kind.MAIN and n not in reporting):
                found.add(n)
            elif clause.kind is Kind.FRAGMENT and clause.unit not in told:
                unit = self.syntax.units[clause.unit]
                if unit.finite < 0 or clause.last <= unit.finite:
                    found.add(n)
        return frozenset(found or reporting)

    def stretches(self) -> list[Stretch]:
        """The clauses of the sentence, for whoever asks what a cue governs."""
        return [
            Stretch(
                *self.span(clause.first, clause.last),
                _PLACES[clause.kind],
                clause.unit,
                clause.finite >= 0 and bool(self.words[clause.finite].flags & (REPORTIVE | UNREAL)),
            )
            for clause in self.syntax.clauses
        ]

    def _is_said(self, number: int, reporting: set[int]) -> bool:
        """Whether a clause with „dass“, or with a question word beside the verb of saying, is what is said: in „sagte,
        er bleibe, was den Kurs stützt“ the last one is not."""
        first = self.syntax.clauses[number].first
        while self.words[first].flags & (MARK | COORDINATOR):
            first += 1
        return bool(self.words[first].flags & CONTENT) or number - 1 in reporting or number + 1 in reporting

    def clause(self, token: int) -> Clause:
        """The clause that a token stands in."""
        return self.syntax.clauses[self.syntax.of[token]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points from token `first` up to, not including, token `last`."""
        tokens, base = self.view.tokens, self.view.first
        return tokens.starts[base + first], tokens.ends[base + last - 1]

    def quoted(self, token: int) -> bool:
        """Whether a token stands in a quotation."""
        return bool(self.view.quotes.depth[self.view.first + token])

    def mention(self, span: tuple[int, int] | None, kind: SourceKind | None = None) -> Mention:
        """The source that the tokens of `span` name; nobody (whoever has the floor) for None."""
        if span is None:
            return Mention(0, 0, kind or SourceKind.UNNAMED, Anaphor.SAME)
        first, last = self._trimmed(*span)
        for i in range(first + 2, last):
            if self.words[i].low in _ARTICLES and self._is_name(i - 1):
                last = i  # „sagte Karl Moser der Zeitung“
                break
        if (named := self._apposed(first, last)) is not None:
            first, last = named
        span = self.span(first, last)
        texts = [word.text for word in self.words[first:last]]
        if self.words[first].flags & MARK:  # the name without its quotation marks
            first += 1
            while last - 1 > first and self.words[last - 1].flags & MARK:
                last -= 1
            span = self.span(first, last)
        words = self.words[first:last]
        if last - first == 1 and (back := anaphor(words[0])) is not Anaphor.NONE:
            return Mention(*self.span(first, last), kind or SourceKind.PARTY, back)
        found = kind or self.roles.kind(texts, self.view.publisher)
        back = Anaphor.NONE
        after = self.words[last].low if last < len(self.words) else ""
        if found is SourceKind.MEDIA and "selbst" in (self.words[last - 1].low, after):
            found = SourceKind.PARTY  # on its own affairs
        if found is SourceKind.MEDIA and self._bare(words):
            report = self.roles.role(words[1].text) == "report"
            found, back = (SourceKind.PARTY, Anaphor.SAME) if report else (found, Anaphor.OUTLET)
        return Mention(
            *span,
            found,
            back,
            authority=self.roles.authority(texts),
            study=self.roles.findings(texts),
        )

    def _apposed(self, first: int, last: int) -> tuple[int, int] | None:
        """The name that follows an office after a comma: „die Chefin der Umweltliste, Anna Moser, ...“."""
        words = self.words
        if last + 2 >= len(words) or words[last].text != "," or not words[first].flags & DETERMINER:
            return None
        end = last + 1
        while end < len(words) and words[end].flags & CAPITAL:
            end += 1
        office = any(self.roles.role(word.text) == "party" for word in words[first:last] if word.flags & CAPITAL)
        named = 2 <= end - last - 1 <= _LONGEST_NAME and end < len(words) and words[end].flags & MARK
        return (last + 1, end) if office and named else None

    def _is_name(self, i: int) -> bool:
        """Whether a word is part of a name that has a word before it: no role, and what has attributes."""
        word, before = self.words[i], self.words[i - 1]
        return bool(word.flags & before.flags & CAPITAL) and not self.roles.role(word.text)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without marks, conjunctions and adverbs at its ends."""
        words = self.words
        while first < last - 1 and words[first].flags & (MARK | COORDINATOR | ADVERB):
            if self.words[first].flags & DETERMINER or quoted_name(words, first, last) > first:
                break
            first += 1
        if first + 2 < last and words[first].flags & DETERMINER and words[first + 1].flags & (DETERMINER | PREPOSITION):
            # „einer der Zeitung vorliegenden Studie“: the noun comes after another one
            for i in range(first + 2, last - 1):
                if words[i].low.endswith(("en", "er", "e", "es", "em")) and not words[i].flags & (CAPITAL | DETERMINER):
                    first = i
                    break
        while last - 1 > first and words[last - 1].flags & MARK and not self._closes(first, last - 1):
            last -= 1
        return first, last

    def _closes(self, first: int, mark: int) -> bool:
        """Whether a mark closes a name in quotation marks that opens after token `first`."""
        return any(quoted_name(self.words, i, mark + 1) == mark + 1 for i in range(max(first, mark - 6), mark))

    def _bare(self, words: Sequence[Word]) -> bool:
        """Whether a noun phrase is only a role with a definite article: „die Zeitung“."""
        return (
            len(words) == 2
            and words[0].low in ("der", "die", "das", "dem", "den")
            and bool(words[1].flags & CAPITAL and self.roles.role(words[1].text))
        )
