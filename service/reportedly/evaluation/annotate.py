"""From a placed line to a gold sentence: marks become spans, axes become labels, carry-over is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportedly.evaluation.gold import Block, GoldClaim, GoldSentence
from reportedly.evaluation.markup import Marked, MarkupError, Tail
from reportedly.schema import Firmness, SourceKind, Span, contradiction, derive_status

ARROW: Final = ">"
"""Parts the hops of `chain="Bloomberg > insiders"`."""


@dataclass(slots=True)
class Clause:
    """One proposition of a line; `start` and `end` are set when the text is put together."""

    marked: Marked
    tail: Tail
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Line:
    """One sentence of an authored case."""

    number: int
    """Line in the file, for complaints."""
    id: int
    block: Block
    paragraph: int
    clauses: list[Clause]

    @property
    def tail(self) -> Tail:
        """What is said of the sentence as a whole stands with its first clause."""
        return self.clauses[0].tail


def annotate(line: Line, lines: list[Line], before: list[GoldSentence], text: str) -> GoldSentence:
    """The gold of one line; `before` are the sentences that are done. Raises MarkupError."""
    tail = line.tail
    none = "none" in tail.words
    tests = tuple(dict.fromkeys(test for clause in line.clauses for test in clause.tail.tests))
    if none and (tail.kind or tail.firmness or len(line.clauses) > 1):
        raise MarkupError("'none' is a sentence without a claim: no kind, no firmness, no second clause")
    claims: list[GoldClaim] = []
    if not none:
        for clause in line.clauses:
            claims.append(_claim(clause, _origin(clause.tail, lines, before, claims), text))
    return GoldSentence(
        id=line.id,
        span=Span(start=line.clauses[0].start, end=line.clauses[-1].end),
        block=line.block,
        paragraph=line.paragraph,
        claims=tuple(claims),
        flat=any("flat" in clause.tail.words for clause in line.clauses),
        key=any("key" in clause.tail.words for clause in line.clauses),
        instead_of_none=tail.alt if none else (),
        tests=tests,
    )


def _claim(clause: Clause, carried: tuple[GoldClaim | None, int | None], text: str) -> GoldClaim:
    tail = clause.tail
    origin, origin_id = carried
    kind = tail.kind or (origin.kind if origin else SourceKind.ARTICLE)
    firmness = tail.firmness or Firmness.ASSERTED
    if why := contradiction(kind, firmness):
        raise MarkupError(why)
    source_span = _words(clause, "source", clause.marked.source, text)
    name = tail.fields.get("name") or (source_span.of(text) if source_span else None)
    chain = tuple(hop.strip() for hop in tail.fields.get("chain", "").split(ARROW) if hop.strip())
    if origin:
        source_span, name = source_span or origin.source_span, name or origin.source
        chain = chain or origin.chain
    if kind is SourceKind.ARTICLE and (name or chain):
        raise MarkupError("a source is named, but the kind is 'article'; say party, media or unnamed")
    return GoldClaim(
        span=Span(start=clause.start, end=clause.end),
        kind=kind,
        firmness=firmness,
        status=derive_status(kind, firmness),
        alt=tail.alt,
        source=name,
        source_span=source_span,
        chain=chain,
        cue=_words(clause, "cue", clause.marked.cue, text),
        inherited_from=origin_id,
    )


def _origin(
    tail: Tail, lines: list[Line], before: list[GoldSentence], earlier: list[GoldClaim]
) -> tuple[GoldClaim | None, int | None]:
    """The claim whose source carries over, and the sentence that names it; None where that is the same sentence."""
    if tail.carries is None:
        return None, None
    candidates = [(claim, claim.inherited_from) for claim in earlier]
    for sentence in _reach(tail.carries, lines, before):
        candidates[:0] = [(claim, claim.inherited_from or sentence.id) for claim in sentence.claims]
    for claim, sentence_id in reversed(candidates):
        if claim.kind is not SourceKind.ARTICLE:
            return claim, sentence_id
    raise MarkupError("'^' carries over a source, but nothing before has any")


def _reach(name: str, lines: list[Line], before: list[GoldSentence]) -> list[GoldSentence]:
    """The sentences that a `^` may carry over from, the nearest first."""
    if not name:
        return before[::-1]
    named = {line.tail.name: line.id for line in lines if line.tail.name}
    if named.get(name, len(before) + 1) > len(before):
        raise MarkupError(f"no sentence before this one is named #{name}")
    return [before[named[name] - 1]]


def _words(clause: Clause, what: str, marked: tuple[int, int] | None, text: str) -> Span | None:
    """Where the words stand that were marked, or given as `source="…"` or `cue="…"`."""
    given = clause.tail.fields.get(what)
    if given is None:
        return Span(start=clause.start + marked[0], end=clause.start + marked[1]) if marked else None
    if marked:
        raise MarkupError(f"the {what} is both marked and given as {what}=")
    at = text.find(given, clause.start, clause.end)
    if at < 0:
        raise MarkupError(f"{what}={given!r} does not stand in this clause")
    return Span(start=at, end=at + len(given))
