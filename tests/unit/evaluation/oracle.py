"""An engine that answers with the gold, and ways to spoil its answers: metrics are proven on known mistakes."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.suite import CaseLine, Suite
from reportedly.schema import (
    Article,
    Attribution,
    Claim,
    Cue,
    Finding,
    Origin,
    Outcome,
    Provenance,
    Report,
    Sentence,
    SentenceKind,
    SourceKind,
    Span,
    Summary,
    SummarySentence,
)

Spoil = Callable[[str, GoldSentence, tuple[Claim, ...]], tuple[Claim, ...]]


def keep(_name: str, _sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return claims


class Oracle:
    """Knows the gold of a suite; `spoil` changes the claims of a sentence, `crash` names cases that raise."""

    def __init__(self, suite: Suite, spoil: Spoil = keep, crash: frozenset[str] = frozenset()) -> None:
        self._cases = {case.inputs.article.id: case for case in suite.cases}
        self._spoil, self._crash = spoil, crash

    async def read(self, article: Article, *, summarise: bool) -> Report:
        if article.id in self._crash:
            raise RuntimeError("crashed on purpose")
        case = self._cases[article.id.split("/")[0]]
        claims: list[Claim] = []
        gold = case.expected_output.sentences
        for sentence in (moved(one, case, article) for one in gold):
            own = self._spoil(case.name, sentence, claims_of(sentence, article.text))
            claims += [claim.model_copy(update={"id": len(claims) + n}) for n, claim in enumerate(own, 1)]
        sentences = tuple(
            Sentence(id=one.id, span=one.span, kind=SentenceKind.PROSE, paragraph=one.paragraph)
            for one in case.expected_output.sentences
        )
        return Report(
            article=article,
            sentences=sentences,
            summary=summary_of(case) if summarise else None,
            claims=tuple(claims),
            findings=tuple(
                Finding.of("C106", "surer than the body", source=(one.span,))
                for one in case.expected_output.sentences
                if one.flat
            ),
            outcome=Outcome.CLEAN,
            provenance=Provenance(engine="oracle", version="0"),
        )

    async def check(self, article: Article, summary: str) -> tuple[Finding, ...]:
        case = self._cases[article.id]
        asked = next(line.id for line in case.inputs.summaries if line.text == summary)
        verdict = next(verdict for verdict in case.expected_output.verdicts if verdict.id == asked)
        return tuple(Finding.of(code, "as the gold says") for code in verdict.codes[:1])


def moved(sentence: GoldSentence, case: CaseLine, article: Article) -> GoldSentence:
    """The sentence as it stands in a twin: what is planted shifts all that comes after it."""
    twin = next((twin for twin in case.inputs.twins if twin.text == article.text), None)
    if twin is None or sentence.span.end <= twin.at:
        return sentence
    by = len(twin.planted) - twin.replaced

    def shift(span: Span | None) -> Span | None:
        return span and Span(start=span.start + by * (span.start > twin.at), end=span.end + by)

    claims = tuple(
        claim.model_copy(update={name: shift(getattr(claim, name)) for name in ("span", "cue", "source_span")})
        for claim in sentence.claims
    )
    return sentence.model_copy(update={"span": shift(sentence.span), "claims": claims})


def claims_of(sentence: GoldSentence, text: str) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            id=number,
            sentence=sentence.id,
            span=gold.span,
            text=gold.span.of(text),
            status=gold.status,
            attribution=Attribution(
                kind=gold.kind,
                name=gold.source if gold.kind is not SourceKind.ARTICLE else None,
                chain=gold.chain,
                span=gold.source_span if gold.kind is not SourceKind.ARTICLE else None,
            ),
            firmness=gold.firmness,
            cue=Cue(span=gold.cue, text=gold.cue.of(text)) if gold.cue else None,
            inherited_from=gold.inherited_from,
        )
        for number, gold in enumerate(sentence.claims, 1)
    )


def summary_of(case: CaseLine) -> Summary:
    """All key sentences, word for word."""
    text, parts = "", []
    for sentence in case.expected_output.sentences:
        if sentence.key and sentence.claims:
            words = sentence.span.of(case.inputs.article.text)
            start = len(text) + bool(text)
            text = f"{text} {words}".strip()
            parts.append(
                SummarySentence(
                    text=words,
                    span=Span(start=start, end=len(text)),
                    sentences=(sentence.id,),
                    status=sentence.claims[0].status,
                    origin=Origin.EXTRACTED,
                )
            )
    return Summary(text=text, sentences=tuple(parts))
