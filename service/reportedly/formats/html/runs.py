"""Cuts a text into runs that share their claims, cues, sources and findings, so that marks can overlap freely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from reportedly.formats.html.visible import Piece, pieces
from reportedly.schema import Report, SentenceKind, Span

CUE: Final = "!"
SOURCE: Final = "@"


class Layer(NamedTuple):
    """A stretch of text and its token: `s4` is sentence 4, `c2` claim 2, `f1` finding 1; or a cue or a source."""

    start: int
    end: int
    token: str


class Run(NamedTuple):
    """Text whose every character carries the same tokens, in the order in which they begin."""

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run as it is shown."""

    pieces: tuple[Piece, ...]
    claims: tuple[int, ...] = ()
    """Claims that it belongs to, the innermost last."""
    findings: tuple[int, ...] = ()
    """Numbers of the findings that point at it."""
    cue: bool = False
    source: bool = False
    ends: tuple[int, ...] = ()
    """Claims whose last character is here: their mark follows."""
    flags: tuple[int, ...] = ()
    """Findings of which a place ends here."""


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A numbered sentence, or (number 0) text between sentences."""

    number: int
    kind: SentenceKind
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or credit."""

    kind: SentenceKind
    sentences: tuple[ShownSentence, ...]


def cut(length: int, layers: Iterable[Layer]) -> list[Run]:
    """The runs of a text of `length` code points; together they hold every character once. Layers are clipped."""
    clipped = [layer for layer in (_clip(layer, length) for layer in layers) if layer.start < layer.end]
    clipped.sort(key=lambda layer: (layer.start, -layer.end))
    edges = sorted({0, length, *(edge for layer in clipped for edge in layer[:2])})
    runs: list[Run] = []
    active: list[Layer] = []
    upcoming = 0
    for start, end in pairwise(edges):
        active = [layer for layer in active if layer.end > start]
        while upcoming < len(clipped) and clipped[upcoming].start <= start:
            active.append(clipped[upcoming])
            upcoming += 1
        runs.append(Run(start, end, tuple(layer.token for layer in active)))
    return runs


def blocks(report: Report) -> tuple[Block, ...]:
    """The whole article as it is shown: not a character of it is left out but the line ends between blocks."""
    text = report.article.text
    layers = list(_layers(report))
    ends = _ends(layers, len(text))
    places = {f"s{sentence.id}": (sentence.paragraph, sentence.kind) for sentence in report.sentences}
    shown: list[tuple[int, ShownSentence]] = []
    paragraph = 0
    for token, group in groupby(cut(len(text), layers), key=_sentence_token):
        stretches = tuple(_stretch(text, run, ends) for run in group)
        if token:
            paragraph, kind = places[token]
            shown.append((paragraph, ShownSentence(int(token[1:]), kind, stretches)))
        elif any(piece.text.strip() for stretch in stretches for piece in stretch.pieces):
            shown.append((paragraph, ShownSentence(0, SentenceKind.PROSE, stretches)))
        elif shown:
            shown.append((paragraph, ShownSentence(0, shown[-1][1].kind, (Stretch((Piece(" "),)),))))
    return tuple(
        Block(_kind_of(sentences), sentences)
        for _, group_of in groupby(shown, key=lambda item: item[0])
        if (sentences := _without_edges(tuple(sentence for _, sentence in group_of)))
    )


def findings_in_summary(report: Report) -> tuple[tuple[Stretch, ...], ...]:
    """Every sentence of the summary in stretches that know the findings that point at them."""
    if report.summary is None:
        return ()
    text = report.summary.text
    layers = [
        Layer(finding.summary.start, finding.summary.end, f"f{number}")
        for number, finding in enumerate(report.findings, start=1)
        if finding.summary
    ]
    sentences = [
        Layer(sentence.span.start, sentence.span.end, f"s{number}")
        for number, sentence in enumerate(report.summary.sentences)
    ]
    found: list[list[Stretch]] = [[] for _ in sentences]
    ends = _ends(layers, len(text))
    for run in cut(len(text), [*sentences, *layers]):
        if token := _sentence_token(run):
            found[int(token[1:])].append(_stretch(text, run, ends))
    return tuple(map(tuple, found))


def _layers(report: Report) -> Iterator[Layer]:
    for sentence in report.sentences:
        yield _layer(sentence.span, f"s{sentence.id}")
    for claim in report.claims:
        yield _layer(claim.span, f"c{claim.id}")
        if claim.cue:
            yield _layer(claim.cue.span, CUE)
        if claim.attribution.span:
            yield _layer(claim.attribution.span, SOURCE)
    for number, finding in enumerate(report.findings, start=1):
        for span in finding.source:
            yield _layer(span, f"f{number}")


def _layer(span: Span, token: str) -> Layer:
    return Layer(span.start, span.end, token)


def _clip(layer: Layer, length: int) -> Layer:
    return Layer(min(layer.start, length), min(layer.end, length), layer.token)


def _sentence_token(run: Run) -> str:
    """The sentence that it belongs to; where two overlap, the one that begins first."""
    return next((token for token in run.tokens if token[0] == "s"), "")


def _numbers(run: Run, letter: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(token[1:]) for token in run.tokens if token[0] == letter))


def _ends(layers: Iterable[Layer], length: int) -> frozenset[tuple[str, int]]:
    """Where each layer ends."""
    return frozenset((layer.token, min(layer.end, length)) for layer in layers)


def _stretch(text: str, run: Run, ends: frozenset[tuple[str, int]]) -> Stretch:
    claims, findings = _numbers(run, "c"), _numbers(run, "f")
    return Stretch(
        pieces=pieces(text[run.start : run.end]),
        claims=claims,
        findings=findings,
        cue=CUE in run.tokens,
        source=SOURCE in run.tokens,
        ends=tuple(claim for claim in claims if (f"c{claim}", run.end) in ends),
        flags=tuple(number for number in findings if (f"f{number}", run.end) in ends),
    )


def _kind_of(sentences: tuple[ShownSentence, ...]) -> SentenceKind:
    kinds = {sentence.kind for sentence in sentences if sentence.number}
    return kinds.pop() if len(kinds) == 1 else SentenceKind.PROSE


def _without_edges(sentences: tuple[ShownSentence, ...]) -> tuple[ShownSentence, ...]:
    """Without the white space between this block and the next."""
    end = len(sentences)
    while end and not sentences[end - 1].number and _blank(sentences[end - 1]):
        end -= 1
    return sentences[:end]


def _blank(sentence: ShownSentence) -> bool:
    return not any(piece.text.strip() for stretch in sentence.stretches for piece in stretch.pieces)
