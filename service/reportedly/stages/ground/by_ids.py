"""Grounds a model's reply: numbers become spans, words are looked up in the sentence cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from reportedly.language.analysis import Analysis
from reportedly.schema import (
    Attribution,
    Claim,
    Cue,
    Finding,
    Firmness,
    SourceKind,
    Span,
    SummaryPart,
    contradiction,
    derive_status,
)
from reportedly.schema.evidence import Status
from reportedly.schema.report import Origin
from reportedly.stages.ground.locate import locate

_QUOTED: Final = 60
"""Characters of a reply's words that a message repeats: enough to recognise them, too few to flood a report."""


class Cited(Protocol):
    """One claim as a model reports it (the reply schema's, in `stages.draft`)."""

    @property
    def sentence(self) -> int: ...
    @property
    def claim(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def carried_from(self) -> int | None: ...
    @property
    def firmness(self) -> str: ...
    @property
    def cue(self) -> str | None: ...


class Told(Protocol):
    """One summary sentence as a model writes it."""

    @property
    def text(self) -> str: ...
    @property
    def sentences(self) -> tuple[int, ...]: ...


class Problem(NamedTuple):
    """Something wrong with a reply: what a person is told, and what the model is."""

    finding: Finding
    ask: str


@dataclass(slots=True)
class Grounded:
    """What of a reply stands, and what is wrong with it."""

    claims: list[Claim] = field(default_factory=list)
    summary: list[SummaryPart] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Ground:
    """Grounds the claims and summary sentences of one reply; `shown` are the numbers that the model was shown."""

    def __init__(self, analysis: Analysis, shown: frozenset[int]) -> None:
        self._analysis = analysis
        self._text = analysis.article.text
        self._shown = shown
        self._out = Grounded()

    def run(self, claims: Sequence[Cited], summary: Sequence[Told]) -> Grounded:
        """All that stands; claims in reading order, renumbered from 1."""
        grounded = [claim for number, cited in enumerate(claims, 1) if (claim := self._claim(number, cited))]
        grounded.sort(key=lambda claim: (claim.sentence, claim.id))
        self._out.claims = [claim.model_copy(update={"id": number}) for number, claim in enumerate(grounded, 1)]
        for number, told in enumerate(summary, 1):
            self._told(number, told)
        return self._out

    def _told(self, number: int, told: Told) -> None:
        text = " ".join(told.text.split())
        where = f"summary sentence {number}"
        if not text:
            return
        stray = [cited for cited in told.sentences if cited not in self._shown]
        if stray or not told.sentences:
            what = f"cites sentence {stray[0]}, which does not exist" if stray else "cites no sentence"
            self._problem("G301", f"{where} {what}", f"{where}: cite the numbers of the sentences that it rests on")
        cited = tuple(dict.fromkeys(cited for cited in told.sentences if cited in self._shown))
        self._out.summary.append(SummaryPart(text, cited, Status.STATED, Origin.WRITTEN))

    def _claim(self, number: int, cited: Cited) -> Claim | None:
        where = f"claim {number}"
        if cited.sentence not in self._shown:
            self._problem(
                "G301",
                f"{where} (“{_short(cited.claim or '')}”) cites sentence {cited.sentence}, which does not exist",
                f"{where}: there is no sentence {cited.sentence}",
            )
            return None
        span = self._analysis.sentences[cited.sentence - 1].span
        axes = self._axes(where, cited, span)
        if axes is None:
            return None
        kind, firmness = axes
        carried = self._carried(where, cited, span)
        cue = self._found("G302", f"{where}: cue", cited.cue, cited.sentence, span)
        return Claim(
            id=number,
            sentence=cited.sentence,
            span=span,
            text=" ".join((cited.claim or span.of(self._text)).split()),
            status=derive_status(kind, firmness),
            attribution=self._attribution(where, cited, kind, carried or cited.sentence),
            firmness=firmness,
            cue=Cue(span=cue, text=cue.of(self._text)) if cue else None,
            inherited_from=carried,
        )

    def _axes(self, where: str, cited: Cited, span: Span) -> tuple[SourceKind, Firmness] | None:
        try:
            kind, firmness = SourceKind(cited.kind), Firmness(cited.firmness)
        except ValueError:
            odd = f"{where}: kind “{_short(cited.kind)}”, firmness “{_short(cited.firmness)}”"
            self._problem(
                "P504", f"{odd} is not in the schema", f"{where}: kind or firmness is not one of the words given", span
            )
            return None
        if kind is SourceKind.ARTICLE and (cited.source or cited.origin):
            self._problem(
                "P504",
                f"{where} names a source and says that the writer vouches; read as the named source's",
                f"{where}: kind 'article' has no source; either the kind or the source is wrong",
                span,
            )
            kind = SourceKind.PARTY
        if why := contradiction(kind, firmness):
            self._problem("P504", f"{where}: {why}; read as asserted", f"{where}: {why}", span)
            firmness = Firmness.ASSERTED
        return kind, firmness

    def _carried(self, where: str, cited: Cited, span: Span) -> int | None:
        if cited.carried_from is None or cited.carried_from == cited.sentence:
            return None
        if cited.carried_from not in self._shown:
            self._problem(
                "G301",
                f"{where} carries over from sentence {cited.carried_from}, which does not exist",
                f"{where}: there is no sentence {cited.carried_from} to carry over from",
                span,
            )
            return None
        return cited.carried_from

    def _attribution(self, where: str, cited: Cited, kind: SourceKind, named_in: int) -> Attribution:
        if kind is SourceKind.ARTICLE or not cited.source:
            return Attribution(kind=kind)
        span = self._analysis.sentences[named_in - 1].span
        source = self._found("G303", f"{where}: source", cited.source, named_in, span)
        origin = self._found("G303", f"{where}: origin", cited.origin, named_in, span)
        name = source.of(self._text) if source else _short(cited.source)
        chain = (name, origin.of(self._text)) if origin else ()
        return Attribution(kind=kind, name=name, chain=chain, span=source)

    def _found(self, code: str, what: str, words: str | None, sentence: int, span: Span) -> Span | None:
        if not words or not words.strip():
            return None
        found = locate(words, self._text, span)
        if found is None:
            short = _short(words)
            self._problem(
                code,
                f"{what} “{short}” does not stand in sentence {sentence}",
                f"{what} “{short}” does not stand in sentence {sentence}; copy its exact words or give null",
                span,
            )
        return found

    def _problem(self, code: str, message: str, ask: str, span: Span | None = None) -> None:
        self._out.problems.append(Problem(Finding.of(code, message, source=(span,) if span else ()), ask))


def ground(analysis: Analysis, claims: Sequence[Cited], summary: Sequence[Told], shown: frozenset[int]) -> Grounded:
    """Grounds a reply against the sentences whose numbers the model was shown."""
    return Ground(analysis, shown).run(claims, summary)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"
