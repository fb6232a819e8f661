"""F201: a number, its unit and its scale, against the numbers of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import ClassVar, Final

from reportedly.language.quantities import Bound, Likeness, Quantity, compare
from reportedly.schema import Finding, Span
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material
from reportedly.stages.check.placing import out_of_place
from reportedly.stages.check.source import MANY, Source

_SMALL: Final = 12
"""A written number up to this may count what the source lists one by one."""
_ADDENDS: Final = 12
"""Numbers of a passage that are tried as sums and differences; more are a table, not a sentence."""
_COUNTED: Final = frozenset({"", "day", "week", "month"})
"""Units of a small number that a writer may count for himself, from a list or two dates."""
_AND: Final = frozenset({"und", "and", "sowie", "oder", "or", "&"})


class Numbers:
    """Every quantity of the summary must be one of the source's, in other words at most, and of the same holder."""

    codes: ClassVar[tuple[str, ...]] = ("F201",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for alignment in material.alignments:
            for told in material.quantities(alignment.part):
                finding = self._judge(material, alignment, told)
                if finding is not None:
                    yield finding

    def _judge(self, material: Material, alignment: Alignment, told: Quantity) -> Finding | None:
        source = material.source
        found, against = source.like(told)
        if not found and _as_meant(told) is not told:
            found, _ = source.like(_as_meant(told))
        if not found:
            if not told.written and material.facts.tokens[told.first].text in source.digits:
                return None
            rival = against or _rival(material, alignment, told)
            if against is None and not _same_count(told, rival) and _derived(source, alignment.sources, told):
                return None
            if rival is None and told.written and told.low <= _SMALL and told.unit in _COUNTED:
                return None  # a small count by the writer: „zwei weitere Männer“, „gut zwei Wochen“
            return _finding(material, alignment, told, rival)
        if out_of_place(material, alignment, (told.first, told.last), found):
            rival = _rival(material, alignment, told)
            if rival is not None:
                return _finding(material, alignment, told, rival)
        return None


def _like(told: Quantity, source: Quantity) -> bool:
    return compare(told, source) is not Likeness.DIFFERENT


def _derived(source: Source, sentences: Sequence[int], told: Quantity) -> bool:
    """Whether the number follows from the passage: a sum, a difference, a share, a span of years, or a list counted."""
    passage = {at + by for at in sentences for by in (-1, 0, 1)}
    inside = [quantity for _, quantity in source.quantities_in(sorted(passage))]
    if told.low != told.high:
        return _both_ends(source, told)
    near = [q for q in inside if q.low == q.high][:_ADDENDS]
    if any(_elliptic(q, told) for q in near) and any(q.low >= told.low for q in near):
        return True
    if any(_yields(one, other, told) for one, other in combinations(near, 2)):
        return True
    total = sum(q.low for q in near if q.unit == told.unit)
    if len(near) > 2 and abs(total - told.low) <= 1e-6 * max(total, told.low):
        return True
    if told.unit in ("minute", "hour") and any(_on_clock(q, told) for q in inside):
        return True
    if told.unit == "year" and _years_between(source, sentences, told):
        return True
    return not told.unit and told.low <= _SMALL and told.low.is_integer() and _listed(source, sentences, int(told.low))


def _both_ends(source: Source, told: Quantity) -> bool:
    """Whether one sentence gives both numbers of a range or score apart: "36 percent to 51 percent"."""
    places = [{sentence for sentence, _ in source.quantities_between(end, end)} for end in (told.low, told.high)]
    return bool(places[0] & places[1])


def _elliptic(quantity: Quantity, told: Quantity) -> bool:
    """Whether the source leaves the scale to the number before: „von 200 Milliarden 50“."""
    return not quantity.unit and quantity.low > 0 and told.low / quantity.low in (1e3, 1e6, 1e9)


def _yields(one: Quantity, other: Quantity, told: Quantity) -> bool:
    """Whether two numbers of one unit give the told one: as sum, difference, ratio or growth."""
    if (one.unit and other.unit and one.unit != other.unit) or {one.unit, other.unit} & {"rank", "score"}:
        return False
    small, large = sorted((one.low, other.low))
    values: list[float] = [large + small, large - small] if (one.unit or other.unit) == told.unit else []
    if told.unit == "%" and small > 0:
        values += (100 * small / large, 100 * (large - small) / small, 100 * (large - small) / large)
    elif told.unit == "times" and small > 0:
        values.append(large / small)
    told = _as_meant(told)
    return any(
        _like(told, replace(told, low=v, high=v, bound=Bound.EXACT, digits=6, written=False)) for v in values if v
    )


def _as_meant(told: Quantity) -> Quantity:
    """A share or multiple in words is never meant to the digit: „ein Drittel“ for 34 percent."""
    if told.unit in ("%", "times") and told.written and told.bound is Bound.EXACT and told.low == told.high:
        return replace(told, bound=Bound.ABOUT)
    return told


def _on_clock(quantity: Quantity, told: Quantity) -> bool:
    """Whether the source writes a duration like a score: 1:41 for 101 minutes."""
    if quantity.unit not in ("score", "hour", "minute") or quantity.low == quantity.high:
        return False
    factor = 60 if told.unit == "minute" else 1
    return quantity.low * factor + (quantity.high if factor == 60 else quantity.high / 60) == told.low


def _years_between(source: Source, sentences: Sequence[int], told: Quantity) -> bool:
    """Whether two years of the source lie that far apart."""
    near = {at + by for at in sentences for by in (-2, -1, 0, 1, 2)}
    years = {m.year[0] for m in source.moments_in(near) if m.year and m.year[0] == m.year[1]}
    spans = (abs(one - other) for one, other in combinations(sorted(years)[:_ADDENDS], 2))
    return any(_like(told, replace(told, low=float(n), high=float(n), bound=Bound.EXACT, digits=4)) for n in spans if n)


def _listed(source: Source, sentences: Sequence[int], count: int) -> bool:
    """Whether a sentence lists that many things: „Georgien, Katar und Singapur“ for three."""
    for index in sentences:
        first, last = source.bounds[index]
        joints = sum(t.text in (",", ";") or t.low in _AND for t in source.facts.tokens[first:last])
        if joints and count <= joints + 1:
            return True
    return False


def _rival(material: Material, alignment: Alignment, told: Quantity) -> Quantity | None:
    """A number of the same kind in the passage that the summary does not tell: the one that was meant."""
    others = [
        q
        for a in material.of_sentence(alignment.part.sentence)
        for q in material.quantities(a.part)[:MANY]
        if q is not told
    ]
    for _, quantity in material.source.quantities_in(alignment.sources):
        if quantity.unit != told.unit:
            continue
        if not told.unit and told.counted and quantity.counted and told.counted != quantity.counted:
            continue
        if not any(_like(other, quantity) for other in others):
            return quantity
    return None


def _same_count(told: Quantity, rival: Quantity | None) -> bool:
    """Whether the source counts the same things and comes to another number."""
    return rival is not None and bool(told.counted) and told.counted == rival.counted


def _finding(material: Material, alignment: Alignment, told: Quantity, rival: Quantity | None) -> Finding:
    words = material.summary[told.start : told.end]
    text = material.source.article.text
    spans = material.spans(alignment.sources)
    if rival is None:
        message = f"'{words}' is not in the source"
        hint = "take the number from the source, or leave it out"
    else:
        theirs = text[rival.start : rival.end]
        message = f"'{words}' is not what the source says of this: it has '{theirs}'"
        hint = f"compare with '{theirs}'"
        spans = (Span(start=rival.start, end=rival.end), *spans)
    return Finding.of("F201", message, hint=hint, summary=Span(start=told.start, end=told.end), source=spans)
