"""F202: a date or time against those of the source."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar, Final

from reportedly.language.dates import Moment, compare
from reportedly.language.facts import Facts
from reportedly.language.quantities import Likeness
from reportedly.language.quantities import compare as compare_quantities
from reportedly.schema import Finding, Span
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material
from reportedly.stages.check.placing import out_of_place
from reportedly.stages.check.source import MANY


class Dates:
    """Every date of the summary must fit one of the source's, and one of the same passage."""

    codes: ClassVar[tuple[str, ...]] = ("F202",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for alignment in material.alignments:
            for told in material.dates(alignment.part):
                finding = self._judge(material, alignment, told) if any(told.known) else None
                if finding is not None:
                    yield finding

    def _judge(self, material: Material, alignment: Alignment, told: Moment) -> Finding | None:
        source = material.source
        fit = source.fitting(told)
        if not fit.whole and not fit.pieced:
            if any(m.relative for m in source.moments_in(alignment.sources)) or _in_digits(material, told):
                return None
            return _finding(material, alignment, told, _rival(material, alignment, told, alignment.sources))
        where = fit.whole or fit.any
        rival = None
        if out_of_place(material, alignment, (told.first, told.last), where):
            rival = _rival(material, alignment, told, alignment.sources)
        rival = rival or _beside_number(material, alignment, told, where)
        return None if rival is None else _finding(material, alignment, told, rival)


_SMALL: Final = 12
"""Numbers up to this are too common to tie a date to a sentence."""


def _in_digits(material: Material, told: Moment) -> bool:
    """Whether the source has the same year in digits that were read as something else."""
    return told.year is not None and told.month is None and str(told.year[0]) in material.source.digits


def _rival(material: Material, alignment: Alignment, told: Moment, sentences: Collection[int]) -> Moment | None:
    """A date as fine as the told one in these sentences, which the summary does not tell."""
    others = [
        m for a in material.of_sentence(alignment.part.sentence) for m in material.dates(a.part)[:MANY] if m is not told
    ]
    for moment in material.source.moments_in(sentences):
        if compare(told, moment) is not Likeness.DIFFERENT:
            continue
        if not any(compare(other, moment) in (Likeness.EQUAL, Likeness.COMPATIBLE) for other in others):
            return moment
    return None


def _beside_number(material: Material, alignment: Alignment, told: Moment, where: Collection[int]) -> Moment | None:
    """Another date that the source puts, with the same word before it, beside a number told with this one."""
    before = _word_before(material.facts, told)
    for quantity in material.quantities(alignment.part):
        if quantity.low <= _SMALL:
            continue
        same = material.source.quantities_between(quantity.low, quantity.low)
        sentences = {s for s, q in same if compare_quantities(quantity, q) is Likeness.EQUAL}
        if sentences and sentences.isdisjoint(where) and before:
            rival = _rival(material, alignment, told, sentences)
            if rival is not None and _word_before(material.source.facts, rival) == before:
                return rival
    return None


def _word_before(facts: Facts, moment: Moment) -> str:
    return facts.tokens[moment.first - 1].low if moment.first else ""


def _finding(material: Material, alignment: Alignment, told: Moment, rival: Moment | None) -> Finding:
    words = material.summary[told.start : told.end]
    spans = material.spans(alignment.sources)
    if rival is None:
        message = f"'{words}' is not a time that the source gives"
        hint = "take the date from the source, or leave it out"
    else:
        theirs = material.source.article.text[rival.start : rival.end]
        message, hint = f"'{words}' is not when the source has it: '{theirs}'", f"compare with '{theirs}'"
        spans = (Span(start=rival.start, end=rival.end), *spans)
    return Finding.of("F202", message, hint=hint, summary=Span(start=told.start, end=told.end), source=spans)
