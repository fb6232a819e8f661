"""F205: content that nothing in the source vouches for, and how well it vouches for each sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, Final

from rapidfuzz.distance import LCSseq

from reportedly.language.content import stopwords
from reportedly.language.facts import Facts
from reportedly.schema import Finding, Language, Severity, Span
from reportedly.stages.check.align import Alignment, Part
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import COMPOUND

FOUND, TOGETHER, FOLLOWING, KEPT = 0.25, 0.35, 0.15, 0.25
"""What makes up the support of a sentence: its content words are the source's; those that stand side by side do so
there too; its words follow each other as there; in all it keeps a sentence of the source. Tried on the BUMP pairs, of
which 0.85 are ranked right; leaving one out costs 0.01 to 0.06."""
FAULT: Final = 0.1
"""What each error found takes off the support, a warning half of it."""
UNSUPPORTED: Final = 0.3
"""Share of its content that the source must have in some form, where a sentence aligns with nothing.
Sentences of other articles are at 0.1 (German) and 0.2 (English) in the middle."""
_LEAST: Final = 4
"""Content words that a sentence must have to be called unsupported; „Warum das wichtig ist“ tells nothing."""
_LISTED: Final = 3
"""Things that make a list: where the source has all others, one that it does not have was put in."""
_AND: Final = frozenset({"und", "and", "sowie", "oder", "or"})
_NEAR: Final = 6
"""Tokens within which two words stand together."""


class Support:
    """A part of the summary must be made of what the source tells."""

    codes: ClassVar[tuple[str, ...]] = ("F205",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for number, span in enumerate(material.sentences):
            alignments = material.of_sentence(number)
            worths = dict(pair for alignment in alignments for pair in _worths(material, alignment))
            loose = not any(a.aligned for a in alignments) and len(worths) >= _LEAST
            if loose and sum(worths.values()) / len(worths) < UNSUPPORTED:
                yield _finding(span, "nothing in the source says this", ())
                continue
            for alignment in alignments:
                for at in _put_in(material, alignment, worths):
                    token = material.facts.tokens[at]
                    place = Span(start=token.start, end=token.end)
                    message = f"the source lists the others, not '{token.text}'"
                    yield _finding(place, message, material.spans(alignment.sources))


def _finding(span: Span, message: str, source: tuple[Span, ...]) -> Finding:
    hint = "leave it out, or name the sentence that it rests on"
    return Finding.of("F205", message, hint=hint, summary=span, source=source)


def _put_in(material: Material, alignment: Alignment, worths: dict[int, float]) -> Iterator[int]:
    """The one thing of a list that the source does not have while it has all others: „Spielzeug, Honig und Keramik“."""
    tokens, part = material.facts.tokens, alignment.part
    for at in range(part.first + 1, part.last - 1):
        if tokens[at].low not in _AND:
            continue
        items = _items(material, part, at)
        if material.facts.language is not Language.ENGLISH and not all(
            tokens[item].text[0].isupper() for item in items
        ):
            continue
        known = [worths.get(item) for item in items]
        if len(items) >= _LISTED and known.count(0.0) == 1 and all(k is not None and k != COMPOUND for k in known):
            yield items[known.index(0.0)]


def _items(material: Material, part: Part, joint: int) -> list[int]:
    """The nouns that „und“ at token `joint` puts in a row: „dem Krankenhaus, der Messe und dem Stadion“."""
    tokens, stops = material.facts.tokens, stopwords(material.facts.language)
    after = joint + 1
    if tokens[after].low in stops and after + 1 < part.last:
        after += 1
    items, at = [after], joint
    while at > part.first:
        items.append(at - 1)
        at -= 2
        if at > part.first and tokens[at].low in stops:
            at -= 1
        if at <= part.first or tokens[at].text != ",":
            break
    return items


def _worths(material: Material, alignment: Alignment) -> list[tuple[int, float]]:
    """Each content word of a part (as its token) with how well the source as a whole vouches for it."""
    facts, source = material.facts, material.source
    found = []
    for at in range(alignment.part.first, alignment.part.last):
        stem = facts.stems[at]
        if stem:
            known = at in material.named and source.known.knows(facts.tokens[at].low)
            found.append((at, 1.0 if known or stem[0].isdigit() else source.support(stem)))
    return found


def support_of(material: Material, findings: Sequence[Finding] = ()) -> list[float]:
    """How well the source vouches for each summary sentence, 0 to 1; what was found in it counts against it."""
    scores, by_sentence = [], _by_sentence(material, findings)
    for number in range(len(material.sentences)):
        alignments = material.of_sentence(number)
        worths = [pair for alignment in alignments for pair in _worths(material, alignment)]
        if not worths:
            scores.append(1.0)
            continue
        found = sum(worth for _, worth in worths) / len(worths)
        score = FOUND * found + TOGETHER * _together(material, [at for at, _ in worths])
        score += FOLLOWING * _following(material, alignments) + KEPT * _kept(material, alignments)
        score -= sum(_FAULTS[f.severity] for f in by_sentence.get(number, ()))
        scores.append(max(0.0, min(1.0, score)))
    return scores


_FAULTS: Final = {Severity.ERROR: FAULT, Severity.WARNING: FAULT / 2, Severity.NOTE: 0.0}


def _by_sentence(material: Material, findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    """The findings about facts by the summary sentence that they stand in."""
    starts = [span.start for span in material.sentences]
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.summary is not None and finding.code.startswith("F"):
            found.setdefault(bisect_right(starts, finding.summary.start) - 1, []).append(finding)
    return found


def _together(material: Material, words: list[int]) -> float:
    """Share of the content words one or two apart that stand near each other in the source, and in that order."""
    stems, places = material.facts.stems, material.source.places
    pairs = [*pairwise(words), *zip(words, words[2:], strict=False)]
    near = (_nearness(places.get(stems[one], ()), places.get(stems[other], ())) for one, other in pairs)
    return sum(near) / len(pairs) if pairs else 1.0


def _kept(material: Material, alignments: Sequence[Alignment]) -> float:
    """Share of the words that the most telling source sentence has in the same order; the mean of the parts."""
    source, total = material.source, 0.0
    for alignment in alignments:
        told = _lows(material.facts, alignment.part.first, alignment.part.last)
        theirs = (_lows(source.facts, *source.bounds[sentence]) for sentence in alignment.sources[:2])
        total += max((LCSseq.similarity(told, words) for words in theirs), default=0.0) / max(1, len(told))
    return total / len(alignments)


def _lows(facts: Facts, first: int, last: int) -> list[str]:
    return [token.low for token in facts.tokens[first:last] if token.kind != "mark"]


def _following(material: Material, alignments: Sequence[Alignment]) -> float:
    """Share of the words' pairs, function words included, that the source has too."""
    known = material.source.pairs
    words = [low for a in alignments for low in _lows(material.facts, a.part.first, a.part.last)]
    return sum(pair in known for pair in pairwise(words)) / (len(words) - 1) if len(words) > 1 else 1.0


def _nearness(ones: Sequence[int], others: Sequence[int]) -> float:
    """1 where two words stand together in the summary's order, less the farther apart, 0.1 for both somewhere."""
    best = 0.1 if ones and others else 0.0
    for one in ones[:64]:
        at = bisect_left(others, one)
        if at < len(others) and others[at] - one <= 4 * _NEAR:
            best = max(best, 1.0 if others[at] - one <= _NEAR else 0.5)
        if at and one - others[at - 1] <= 4 * _NEAR:
            best = max(best, 0.7 if one - others[at - 1] <= _NEAR else 0.4)
    return best
