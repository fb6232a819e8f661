"""What was exchanged where a summary otherwise keeps the source's own words: a name, a number, a negation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rapidfuzz.distance import Levenshtein

from reportedly.language.content import opposites
from reportedly.language.facts import Facts
from reportedly.language.known_names import name_forms, places_of
from reportedly.language.polarity import negates
from reportedly.language.quantities import Likeness, Quantity, compare
from reportedly.schema import Finding, Span
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material

KEPT: Final = 0.6
"""Share of a part's words that must be the source's, in order, for single exchanges to mean anything: below it the
sentence is written anew, and other words are to be expected."""
_FLANK: Final = 2
"""Words in a row that must be kept on each side of an exchange, unless the sentence begins or ends there."""
_LONGEST: Final = 4
"""Words of the longest exchange that is looked at; more is a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Words of the summary in the place of words of the source; either side may be empty."""

    sentence: int
    """Index of the source sentence."""
    told: tuple[int, ...]
    """Tokens of the summary."""
    source: tuple[int, ...]
    """Tokens of the source."""
    after: int
    """The summary's token before the exchange, or the part's first."""


class Exchanges:
    """In a sentence that is otherwise the source's own, each exchanged name, number or negation is looked at."""

    codes: ClassVar[tuple[str, ...]] = ("F201", "F203", "F204")

    def findings(self, material: Material) -> Iterator[Finding]:
        for alignment in material.alignments:
            if alignment.aligned:
                for exchange in exchanges(material, alignment):
                    finding = _judge(material, exchange)
                    if finding is not None:
                        yield finding


def _judge(material: Material, exchange: Exchange) -> Finding | None:
    here, there = material.facts, material.source.facts
    told = sum(negates(here.tokens, at) for at in exchange.told)
    theirs = sum(negates(there.tokens, at) for at in exchange.source)
    if (told + theirs) % 2 and not _contrary(here, exchange.told, there, exchange.source):
        message = "the source does not negate this" if told else "the source negates this"
        return _finding(material, exchange, "F204", message, "say it the way round that the source does")
    if not exchange.told or not exchange.source:
        return None
    if _numbers_differ(_quantities(here, exchange.told), _quantities(there, exchange.source)):
        message = f"'{_text(here, exchange.told)}' stands where the source has '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F201", message, "take the number that the source gives here")
    if _names_differ(material, exchange):
        message = f"'{_text(here, exchange.told)}' stands where the source has '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F203", message, "name the one that the source names here")
    return None


def _contrary(here: Facts, told: Sequence[int], there: Facts, source: Sequence[int]) -> bool:
    """Whether a negation was exchanged together with a word for its opposite, so that the sense is kept."""
    theirs = {there.stems[at] for at in source}
    return any(not theirs.isdisjoint(opposites(here.stems[at], here.language)) for at in told if here.stems[at])


def _quantities(facts: Facts, words: Sequence[int]) -> list[Quantity]:
    return [q for q in facts.quantities if any(q.first <= at <= q.last for at in words)]


def _numbers_differ(told: list[Quantity], source: list[Quantity]) -> bool:
    if len(told) != 1 or len(source) != 1:
        return False
    return told[0].unit == source[0].unit and compare(told[0], source[0]) is Likeness.DIFFERENT


def _names_differ(material: Material, exchange: Exchange) -> bool:
    """Whether one name stands in the place of another, and not the same one in another form."""
    here, there = material.facts, material.source.facts
    told = [at for at in exchange.told if here.stems[at]]
    source = [at for at in exchange.source if there.stems[at]]
    if not told or not source or not set(told) <= _sure(here) or not set(source) <= _sure(there):
        return False
    forms = {form for at in source for form in name_forms(there.tokens[at].low)}
    places = {place for at in source for place in places_of(there.tokens[at].low)}
    for at in told:
        low = here.tokens[at].low
        if not forms.isdisjoint(name_forms(low)) or not places.isdisjoint(places_of(low)):
            return False
    return not any(here.tokens[at].text.isupper() for at in told) and not any(
        there.tokens[at].text.isupper() for at in source
    )


def _sure(facts: Facts) -> set[int]:
    return {at for name in facts.names if name.sure for at in name.words}


def _text(facts: Facts, words: Sequence[int]) -> str:
    return " ".join(facts.tokens[at].text for at in words)


def _finding(material: Material, exchange: Exchange, code: str, message: str, hint: str) -> Finding:
    here, there = material.facts.tokens, material.source.facts.tokens
    told = exchange.told or (exchange.after,)
    source = (
        Span(start=there[exchange.source[0]].start, end=there[exchange.source[-1]].end) if exchange.source else None
    )
    return Finding.of(
        code,
        message,
        hint=hint,
        summary=Span(start=here[told[0]].start, end=here[told[-1]].end),
        source=(source,) if source is not None else material.spans((exchange.sentence,)),
    )


def exchanges(material: Material, alignment: Alignment) -> Iterator[Exchange]:
    """Every exchange between words that were kept, in the order of the summary."""
    part = alignment.part
    here = _words(material.facts, part.first, part.last)
    for sentence in alignment.sources[:1]:
        source = material.source
        there = _words(source.facts, *source.bounds[sentence])
        mine, theirs = [material.facts.tokens[at].low for at in here], [source.facts.tokens[at].low for at in there]
        changes = list(Levenshtein.opcodes(mine, theirs))
        kept = sum(c.src_end - c.src_start for c in changes if c.tag == "equal") / max(1, len(here))
        if kept < KEPT:
            continue
        for number, change in enumerate(changes):
            longest = max(change.src_end - change.src_start, change.dest_end - change.dest_start)
            if change.tag == "equal" or longest > _LONGEST:
                continue
            before = changes[number - 1].src_end - changes[number - 1].src_start if number else _FLANK
            after = _FLANK
            if number + 1 < len(changes):
                after = changes[number + 1].src_end - changes[number + 1].src_start
            whole = number in (0, len(changes) - 1)
            if min(before, after) >= _FLANK or (not whole and min(before, after) >= 1 and before + after > 2 * _FLANK):
                yield Exchange(
                    sentence,
                    tuple(here[change.src_start : change.src_end]),
                    tuple(there[change.dest_start : change.dest_end]),
                    here[max(0, change.src_start - 1)],
                )


def _words(facts: Facts, first: int, last: int) -> list[int]:
    return [at for at in range(first, last) if facts.tokens[at].kind != "mark"]
