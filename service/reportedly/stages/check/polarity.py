"""F204: a clause that says the contrary of the source's, by a negation or an opposite word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final

from reportedly.language.content import opposites, senses
from reportedly.language.facts import Facts, within
from reportedly.language.polarity import Clause, clauses, denials, negates, says_no
from reportedly.language.quantities import Bound
from reportedly.language.tables import words
from reportedly.schema import Finding, Language, Span
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import MANY, Source

LIKE: Final = 0.7
"""Share of a clause's words without names that the source's clause must have, for their polarity to be
compared. By hand; with it none of 232 faithful sentences is flagged for this."""
AS_LIKE: Final = 0.85
"""Another clause this near to the best one, and of the same polarity, clears the summary."""
_LEAST: Final = 2
"""Content words without names that two clauses must share."""


_MOSTLY: Final = 0.5
"""Share of a part that one source sentence must cover, for a word and its contrary to be about the same thing.
By hand; with it none of 232 faithful sentences is flagged for this."""
_WELL: Final = 0.8
"""Share of a part that is covered, from which one shared word beside a contrary is enough to compare two clauses:
a short frame as in „Meier bestritt, dass …“. By hand."""
_FEW: Final = 3
"""Places of a word that are looked at; one that stands everywhere is not denied everywhere."""
_AUXILIARIES: Final = frozenset(words("relations", "auxiliaries"))
_REPORTED: Final = frozenset(words("relations", "negation", "reported"))
_ONE: Final = frozenset(words("relations", "negation", "one"))
_NONE: Final = frozenset(words("relations", "negation", "none"))
_HINT: Final = "say it the way round that the source does"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A clause of the summary beside one of the source."""

    told: Clause
    source: Clause
    share: float
    shared: int
    """Words that both have, names and numbers apart; with a contrary in it, names and numbers too."""
    swapped: tuple[tuple[int, int], ...]
    """Tokens (summary, source) that say the contrary of each other."""

    @property
    def contrary(self) -> bool:
        """Whether one says what the other denies."""
        turns = len(self.told.negators) + len(self.source.negators) + len(self.swapped)
        return turns % 2 == 1


class Polarity:
    """A clause of the summary must not turn round what the source's clause like it says."""

    codes: ClassVar[tuple[str, ...]] = ("F204",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for alignment in material.alignments:
            if alignment.aligned:
                found = tuple(islice(clauses(material.facts, alignment.part.first, alignment.part.last), MANY))
                for told in found:
                    finding = _judge(material, alignment, told, found)
                    if finding is not None:
                        yield finding
                if not any(clause.negators or clause.implied for clause in found):
                    yield from _denied(material, alignment, found)
                if not any(clause.negators for clause in found):
                    yield from _turned(material, alignment)
                    if not any(clause.implied for clause in found):
                        yield from _only_denied(material, alignment)


def _judge(material: Material, alignment: Alignment, told: Clause, here: Sequence[Clause]) -> Finding | None:
    source = material.source
    pairs = []
    for sentence in alignment.sources:
        for clause in source.clauses(sentence):
            pair = _pair(material, told, clause)
            least = 1 if pair.swapped and alignment.score >= _WELL else _LEAST
            if pair.shared >= least and pair.share >= LIKE:
                pairs.append(pair)
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: pair.share)
    if not best.contrary or _unclear(material, here, best, alignment.sources):
        return None
    if any(not pair.contrary and pair.share >= AS_LIKE * best.share for pair in pairs):
        return None
    least = 1 if best.swapped else _LEAST
    others = (_pair(material, told, clause) for at in _near(alignment) for clause in source.clauses(at))
    if any(not pair.contrary and pair.shared >= least and pair.share >= best.share for pair in others):
        return None
    return _finding(material, best)


def _denied(material: Material, alignment: Alignment, here: Sequence[Clause]) -> Iterator[Finding]:
    """Clauses that the source has only as what somebody denies, told as they stand."""
    source = material.source
    for told in here:
        pairs = [
            pair
            for sentence in {*alignment.sources, *_near(alignment)}
            for clause in source.clauses(sentence)
            if (pair := _pair(material, told, clause)).shared >= _LEAST and pair.share >= LIKE and not pair.swapped
        ]
        if pairs and all(_is_denied(source, pair.source) for pair in pairs):
            best = max(pairs, key=lambda pair: pair.share)
            tokens, theirs = material.facts.tokens, source.facts.tokens
            yield Finding.of(
                "F204",
                "the source has this only as what somebody denies",
                hint="say that it is denied, or leave it out",
                summary=Span(start=tokens[told.first].start, end=tokens[told.last - 1].end),
                source=(Span(start=theirs[best.source.first].start, end=theirs[best.source.last - 1].end),),
            )
            return


def _near(alignment: Alignment) -> list[int]:
    """The sentences that share much with a part, aligned or not."""
    least = _MOSTLY * max(alignment.shares)
    return [at for at, share in alignment.touched.items() if share >= least]


def _is_denied(source: Source, clause: Clause) -> bool:
    """Whether somebody denies a clause, in it or in the one right before it, and nothing turns that round."""
    before: list[Clause] = []
    for one in source.clauses(source.sentence_at[clause.first]):
        if one.first >= clause.first:
            break
        before = [one]
    depends = clause.first and {source.facts.tokens[at].low for at in (clause.first - 1, clause.first)} & _REPORTED
    for one in (clause, *(before if depends else ())):
        deniers = {source.facts.stems[at] for at in range(one.first, one.last) if says_no(source.facts, at)}
        if deniers:
            return not one.negators and one.implied <= deniers
    return False


def _turned(material: Material, alignment: Alignment) -> Iterator[Finding]:
    """Words that the source does not have, while the sentence told of has the contrary and most of the rest."""
    source, sentence = material.source, alignment.sources[0]
    first, last = source.bounds[sentence]
    touched = alignment.touched.get(sentence, 0)  # a sentence may be cited and share nothing
    if touched < _MOSTLY or any(negates(source.facts.tokens, at) for at in range(first, last)):
        return
    for at in range(alignment.part.first, alignment.part.last):
        stem = material.facts.stems[at]
        if not stem or stem in source.places:
            continue
        contrary = opposites(stem, material.facts.language)
        there = next((at for other in contrary for at in _inside(source, other, sentence)), None)
        if there is not None and source.support(stem) == 0.0 and not _both_ways(source, there, alignment.sources):
            token, theirs = material.facts.tokens[at], source.facts.tokens[there]
            yield Finding.of(
                "F204",
                f"'{token.text}' says the contrary of the source's '{theirs.text}'",
                hint=_HINT,
                summary=Span(start=token.start, end=token.end),
                source=(Span(start=theirs.start, end=theirs.end),),
            )


def _inside(source: Source, stem: str, sentence: int) -> Sequence[int]:
    """Where a stem stands in one sentence."""
    places = source.places.get(stem, ())
    first, last = source.bounds[sentence]
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _only_denied(material: Material, alignment: Alignment) -> Iterator[Finding]:
    """Words that the source has only right after a negation, told without one: "will not appeal" as "will appeal"."""
    source = material.source
    for at in range(alignment.part.first, alignment.part.last):
        stem = material.facts.stems[at]
        places = source.places.get(stem, ()) if stem and at not in material.named else ()
        if not places or len(places) > _FEW or not all(_right_after_negation(source.facts, place) for place in places):
            continue
        if _is_verb(material.facts, at) or _is_thing(material.facts, at, source.facts, places):
            token, theirs = material.facts.tokens[at], source.facts.tokens[places[0]]
            yield Finding.of(
                "F204",
                f"the source has '{theirs.text}' only in the negative",
                hint=_HINT,
                summary=Span(start=token.start, end=token.end),
                source=(Span(start=theirs.start, end=theirs.end),),
            )


def _is_verb(facts: Facts, at: int) -> bool:
    """Whether a word is used as a verb: after an auxiliary in English, in small letters before a mark in German."""
    if facts.language is Language.ENGLISH:
        return at > 0 and facts.tokens[at - 1].low in _AUXILIARIES
    ends = at + 1 == len(facts.tokens) or facts.tokens[at + 1].kind == "mark"
    return facts.tokens[at].text.islower() and ends


def _is_thing(here: Facts, at: int, there: Facts, places: Sequence[int]) -> bool:
    """Whether the source says of a thing only that there is none, and the summary that there is one: „ein Leck“."""
    return (
        at > 0
        and here.tokens[at - 1].low in _ONE
        and all(place and there.tokens[place - 1].low in _NONE for place in places)
    )


def _right_after_negation(facts: Facts, at: int) -> bool:
    """Whether the word before, small words apart, negates."""
    before = at - 1
    while before >= 0 and facts.tokens[before].kind == "word" and not facts.stems[before]:
        if negates(facts.tokens, before):
            return True
        before -= 1
    return False


def _unclear(material: Material, here: Sequence[Clause], pair: _Pair, sentences: Sequence[int]) -> bool:
    """Whether counting negations says nothing: the other side denies in other words, or a number is bounded."""
    told = pair.told
    if any(q.bound is not Bound.EXACT for q in within(material.facts.quantities, told.first, told.last)):
        return True
    source = material.source
    there = source.clauses(source.sentence_at[pair.source.first])
    if any(_both_ways(source, other, sentences) for _, other in pair.swapped):
        return True
    if pair.swapped:
        return _turns(here) != _turns(there) and any(c.negators for c in (*here, *there))
    if pair.told.negators:
        return any(c.negators or c.implied for c in there)
    return any(c.negators or c.implied for c in here)


def _both_ways(source: Source, at: int, sentences: Sequence[int]) -> bool:
    """Whether these sentences have a saying and its contrary, of two things then: „räumte … ein, bestritt aber …“."""
    facts = source.facts
    contrary = opposites(facts.stems[at], facts.language)
    if not says_no(facts, at) and contrary.isdisjoint(denials(facts.language)):
        return False
    return any(not contrary.isdisjoint(facts.stems[slice(*source.bounds[one])]) for one in sentences)


def _turns(found: Sequence[Clause]) -> bool:
    return sum(len(clause.negators) for clause in found) % 2 == 1


def _pair(material: Material, told: Clause, clause: Clause) -> _Pair:
    """How much of a clause of the summary a clause of the source has, names and numbers apart."""
    facts, theirs, language = material.facts, material.source.facts, material.facts.language
    have = {theirs.stems[at]: at for at in range(clause.first, clause.last) if theirs.stems[at]}
    groups = {sense for stem in have for sense in senses(stem, language)}
    total, shared, swapped = 0, 0, []
    others, known = 0, 0
    for at in range(told.first, told.last):
        stem = facts.stems[at]
        if not stem:
            continue
        if stem[0].isdigit() or at in material.named:
            others, known = others + 1, known + (stem in have)
            continue
        total += 1
        contrary = next((have[other] for other in opposites(stem, language) if other in have), None)
        if stem in have:
            shared += 1
        elif contrary is not None:
            swapped.append((at, contrary))
        elif not groups.isdisjoint(senses(stem, language)):
            shared += 1
    share = (shared + len(swapped)) / total if total else 0.0
    if swapped:  # then names and numbers too tell whether the two speak of the same
        share, shared = max(share, (shared + known + len(swapped)) / (total + others)), shared + known
    return _Pair(told, clause, share, shared, tuple(swapped))


def _finding(material: Material, pair: _Pair) -> Finding:
    facts, source = material.facts, material.source
    here, there = facts.tokens, source.facts.tokens
    if pair.swapped:
        at, other = pair.swapped[0]
        message = f"'{here[at].text}' says the contrary of the source's '{there[other].text}'"
    elif pair.told.negators:
        at, message = pair.told.negators[0], "the source does not negate this"
    else:
        at, message = pair.told.first, "the source negates this"
    summary = Span(start=here[at].start, end=here[at if pair.swapped or pair.told.negators else pair.told.last - 1].end)
    span = Span(start=there[pair.source.first].start, end=there[pair.source.last - 1].end)
    return Finding.of("F204", message, hint=_HINT, summary=summary, source=(span,))
