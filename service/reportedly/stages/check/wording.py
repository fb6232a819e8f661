"""What was exchanged where a summary otherwise keeps the source's own words: a name, a number, a negation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from rapidfuzz.distance import Indel

from reportedly.language.content import opposites, stem
from reportedly.language.dates import Moment
from reportedly.language.dates import compare as compare_dates
from reportedly.language.facts import Facts
from reportedly.language.known_names import name_forms, places_of
from reportedly.language.polarity import denies, negates
from reportedly.language.quantities import Likeness, Quantity, compare
from reportedly.schema import Finding, Span
from reportedly.stages.check.align import Alignment, bracket_of
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import COMPOUND

KEPT: Final = 0.6
"""Share of a part's words that must be the source's, in order, for single exchanges to mean anything: below it the
sentence is written anew, and other words are to be expected.
By hand; with it none of 232 faithful sentences is flagged for this."""
_FLANK: Final = 2
"""Words in a row that must be kept on each side of an exchange, unless the sentence begins or ends there."""
_LONGEST: Final = 4
"""Words of the longest exchange that is looked at; more is a sentence of its own."""

_TAIL: Final = 2
"""Last words of the source's sentence that count as left out, not as another clause: „… verneinte er nicht“."""

_ABBREVIATION: Final = 6
"""Letters of the longest abbreviation in capitals; longer words only shout: „UNICEF“, but „STANDARD“."""

_Change = tuple[int, int, int, int, bool]
"""First and one past the last word of a stretch, in the summary and in the source, and whether it was kept."""


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
    denied: bool = False
    """Whether a word exchanged elsewhere denies by its meaning: „mahnt, nicht …“ for „warnt davor, …“."""


class Exchanges:
    """In a sentence that is otherwise the source's own, each exchanged name, number or negation is looked at."""

    codes: ClassVar[tuple[str, ...]] = ("F201", "F202", "F203", "F204")

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
    if (told + theirs) % 2 and not _kept_otherwise(here, exchange.told, there, exchange.source) and not exchange.denied:
        message = "the source does not negate this" if told else "the source negates this"
        return _finding(material, exchange, "F204", message, "say it the way round that the source does")
    if not exchange.told or not exchange.source:
        return None
    if _contrary(here, exchange.told, there, exchange.source):
        message = f"'{_text(here, exchange.told)}' says the contrary of the source's '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F204", message, "say it the way round that the source does")
    if _numbers_differ(_among(here.quantities, exchange.told), _among(there.quantities, exchange.source)):
        message = f"'{_text(here, exchange.told)}' stands where the source has '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F201", message, "take the number that the source gives here")
    if _dates_differ(_among(here.dates, exchange.told), _among(there.dates, exchange.source)):
        message = f"'{_text(here, exchange.told)}' stands where the source has '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F202", message, "take the date that the source gives here")
    if _names_differ(material, exchange):
        message = f"'{_text(here, exchange.told)}' stands where the source has '{_text(there, exchange.source)}'"
        return _finding(material, exchange, "F203", message, "name the one that the source names here")
    return None


def _kept_otherwise(here: Facts, told: Sequence[int], there: Facts, source: Sequence[int]) -> bool:
    """Whether other words were exchanged with the negation, which may keep the sense: „unrechtmäßig“ for „nicht …“."""
    mine = {here.stems[at] for at in told if here.stems[at] and not negates(here.tokens, at)}
    theirs = {there.stems[at] for at in source if there.stems[at] and not negates(there.tokens, at)}
    return mine != theirs or any(denies(here, at) for at in told) or any(denies(there, at) for at in source)


def _contrary(here: Facts, told: Sequence[int], there: Facts, source: Sequence[int]) -> bool:
    """Whether one word stands in the place of its contrary, small words too: „4 Prozent weniger“ for „mehr“."""
    if len(told) != 1 or len(source) != 1:
        return False
    mine, theirs = (stem(facts.tokens[at].low, facts.language) for facts, (at,) in ((here, told), (there, source)))
    return theirs in opposites(mine, here.language)


T = TypeVar("T", Quantity, Moment)


def _among(found: Sequence[T], words: Sequence[int]) -> list[T]:
    """The quantities or dates that have one of these tokens."""
    at = bisect_left(found, words[0], key=lambda one: one.last)
    there = []
    while at < len(found) and found[at].first <= words[-1]:
        there.append(found[at])
        at += 1
    return there


def _numbers_differ(told: list[Quantity], source: list[Quantity]) -> bool:
    if len(told) != 1 or len(source) != 1:
        return False
    one, other = told[0], source[0]
    if one.unit != other.unit:
        return False
    if one.bound is other.bound:
        # in the source's own words a number that is only near is another number
        return (one.low, one.high) != (other.low, other.high)
    return compare(one, other) is Likeness.DIFFERENT


def _dates_differ(told: list[Moment], source: list[Moment]) -> bool:
    return len(told) == len(source) == 1 and compare_dates(told[0], source[0]) is Likeness.DIFFERENT


def _names_differ(material: Material, exchange: Exchange) -> bool:
    """Whether one name stands in the place of another, and not the same one in another form."""
    here, there = material.facts, material.source.facts
    told = [at for at in exchange.told if here.stems[at]]
    source = [at for at in exchange.source if there.stems[at]]
    speaker = bool(told and source) and _speaks(here, told[-1]) and _speaks(there, source[-1])
    if not told or not source or not (speaker or set(source) <= material.source.named):
        return False
    # of who speaks before a colon, part of another word vouches for nothing
    most = COMPOUND if speaker else 0.0
    strange = all(material.source.support(here.stems[at]) <= most for at in told)
    instead = strange and (speaker or set(source) <= material.source.sure)
    # the first word of a sentence is capitalised anyway; where it took the place of a sure name it is taken for one
    opening = instead and told == [exchange.after] and here.tokens[told[0]].text[0].isupper()
    if not opening and not set(told) <= material.named:
        return False
    if not set(told) <= material.sure and not instead:
        return False
    forms = {form for at in source for form in name_forms(there.tokens[at].low)}
    places = {place for at in source for place in places_of(there.tokens[at].low)}
    for at in told:
        low = here.tokens[at].low
        if not forms.isdisjoint(name_forms(low)) or not places.isdisjoint(places_of(low)):
            return False
    return not _short_for(here, told, there, source) and not _short_for(there, source, here, told)


def _speaks(facts: Facts, at: int) -> bool:
    """Whether a colon follows a capital, as after who speaks."""
    tokens = facts.tokens
    return tokens[at].text[0].isupper() and at + 1 < len(tokens) and tokens[at + 1].text == ":"


def _short_for(short: Facts, words: Sequence[int], long: Facts, others: Sequence[int]) -> bool:
    """Whether an abbreviation may stand for the words of the other side: it begins as they do."""
    initials = {long.tokens[at].low[0] for at in others}
    brief = [short.tokens[at] for at in words if len(short.tokens[at].text) <= _ABBREVIATION]
    return any(token.text.isupper() and token.low[0] in initials for token in brief)


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
    here = _words(material.facts, part.first, bracket_of(part, material.facts) or part.last)
    for sentence in alignment.sources[:1]:
        source = material.source
        there = _words(source.facts, *source.bounds[sentence])
        mine, theirs = [material.facts.tokens[at].low for at in here], [source.facts.tokens[at].low for at in there]
        changes = _changes(mine, theirs)
        if sum(end - start for start, end, _, _, kept in changes if kept) < KEPT * len(here):
            continue
        changes = _trimmed(changes)
        denied = _deniers(material, here, there, changes)
        for number, (start, end, begin, until, kept) in enumerate(changes):
            if kept or max(end - start, until - begin) > _LONGEST:
                continue
            before = changes[number - 1][1] - changes[number - 1][0] if number else _FLANK
            after = changes[number + 1][1] - changes[number + 1][0] if number + 1 < len(changes) else _FLANK
            if min(before, after) >= _FLANK or (min(before, after) >= 1 and before + after > 2 * _FLANK):
                told, source_words = tuple(here[start:end]), tuple(there[begin:until])
                yield Exchange(sentence, told, source_words, here[max(0, start - 1)], bool(denied - {number}))


def _deniers(material: Material, here: list[int], there: list[int], changes: list[_Change]) -> set[int]:
    """The exchanged stretches in which a word denies by its meaning."""
    mine, theirs = material.facts, material.source.facts
    return {
        number
        for number, (start, end, begin, until, kept) in enumerate(changes)
        if not kept
        and (any(denies(mine, at) for at in here[start:end]) or any(denies(theirs, at) for at in there[begin:until]))
    }


def _changes(mine: list[str], theirs: list[str]) -> list[_Change]:
    """The stretches of two lists of words that are kept or exchanged, in order."""
    found: list[_Change] = []
    for code in Indel.opcodes(mine, theirs):
        kept = code.tag == "equal"
        start, begin = code.src_start, code.dest_start
        if found and found[-1][4] is kept:
            start, _, begin, _, _ = found.pop()
        found.append((start, code.src_end, begin, code.dest_end, kept))
    return found


def _trimmed(changes: list[_Change]) -> list[_Change]:
    """The same without what only the source says before and after: a clause may be a part of its sentence."""
    if changes and not changes[0][4]:
        start, end, begin, until, kept = changes[0]
        changes[0] = (start, end, max(begin, until - (end - start)), until, kept)
    if changes and not changes[-1][4]:
        start, end, begin, until, kept = changes[-1]
        if until - begin - (end - start) > _TAIL:
            until = begin + end - start
        changes[-1] = (start, end, begin, until, kept)
    return changes


def _words(facts: Facts, first: int, last: int) -> list[int]:
    return [at for at in range(first, last) if facts.tokens[at].kind != "mark"]
