"""Reports written by hand, one German and one English, that hold every status, kind of source and sort of finding."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from reportedly.schema import (
    Article,
    Attribution,
    Claim,
    Cue,
    Finding,
    Firmness,
    Language,
    Origin,
    Provenance,
    Report,
    Sentence,
    SentenceKind,
    SourceKind,
    Span,
    Status,
    Summary,
    SummaryPart,
    Usage,
    derive_status,
    outcome_of,
)


class Line(NamedTuple):
    """A sentence and how it is to be read; without `voice` it bears no claim."""

    text: str
    voice: SourceKind | None = SourceKind.ARTICLE
    firmness: Firmness = Firmness.ASSERTED
    cue: str = ""
    name: str = ""
    named: str = ""
    chain: tuple[str, ...] = ()
    inherited_from: int | None = None
    rule: str = ""
    kind: SentenceKind = SentenceKind.PROSE


ARTICLE, PARTY, MEDIA, UNNAMED = SourceKind
HEADING = SentenceKind.HEADING

GERMAN = (
    (Line("Werft vor der Rettung", None, kind=HEADING),),
    (
        Line("Die Küstenwerft in Nordhafen beschäftigt 1.200 Menschen.", rule="plain"),
        Line(
            "Einem Bericht der Hafenpost zufolge steigt ein Fonds mit 40 Millionen Euro ein.",
            MEDIA,
            cue="zufolge",
            name="Hafenpost",
            named="Hafenpost",
            chain=("Hafenpost", "Aufsichtsrat"),
            rule="source.zufolge",
        ),
        Line(
            "Die Verträge seien fertig.",
            MEDIA,
            name="Hafenpost",
            chain=("Hafenpost", "Aufsichtsrat"),
            inherited_from=3,
            rule="carry.konjunktiv",
        ),
    ),
    (
        Line("Der Verkauf könnte noch im Mai gelingen.", firmness=Firmness.POSSIBLE, cue="könnte", rule="hedge"),
        Line("Es soll einen zweiten Bieter geben.", UNNAMED, cue="soll", rule="hearsay.sollen"),
        Line(
            "Der Betriebsrat dementierte einen Stellenabbau.",
            PARTY,
            Firmness.DENIED,
            cue="dementierte",
            name="Betriebsrat",
            named="Betriebsrat",
            rule="denial",
        ),
        Line(
            "Das Land bestätigte eine Bürgschaft 🚢 über 5 Millionen Euro.",
            PARTY,
            Firmness.CONFIRMED,
            cue="bestätigte",
            name="Land",
            named="Land",
            rule="confirmation",
        ),
        Line(
            "„Wir brauchen Aufträge“, sagte die Werftchefin.",
            PARTY,
            cue="sagte",
            name="Werftchefin",
            named="Werftchefin",
            rule="source.verb",
        ),
        Line("Das ist ein Lehrstück.", firmness=Firmness.EVALUATED, cue="Lehrstück", rule="opinion"),
    ),
)

ENGLISH = (
    (Line("Ferry line to reopen", None, kind=HEADING),),
    (
        Line("The ferry to Skerry Island stopped in March."),
        Line(
            "The Skerry Herald reported that a buyer had been found.",
            MEDIA,
            cue="reported",
            name="Skerry Herald",
            named="Skerry Herald",
        ),
        Line("Service may resume in June.", firmness=Firmness.POSSIBLE, cue="may"),
    ),
)


def _article_text(paragraphs: tuple[tuple[Line, ...], ...]) -> str:
    return "\n\n".join(" ".join(line.text for line in paragraph) for paragraph in paragraphs)


def _read(paragraphs: tuple[tuple[Line, ...], ...]) -> tuple[str, tuple[Sentence, ...], tuple[Claim, ...]]:
    text = _article_text(paragraphs)
    sentences: list[Sentence] = []
    claims: list[Claim] = []
    position = 0
    for index, paragraph in enumerate(paragraphs):
        for line in paragraph:
            start = text.index(line.text, position)
            span = Span(start=start, end=start + len(line.text))
            position = span.end
            number = len(sentences) + 1
            sentences.append(Sentence(id=number, span=span, kind=line.kind, paragraph=index))
            if line.voice is not None:
                claims.append(_claim(line, len(claims) + 1, number, span))
    return text, tuple(sentences), tuple(claims)


def _claim(line: Line, number: int, sentence: int, span: Span) -> Claim:
    def within(words: str) -> Span:
        start = span.start + line.text.index(words)
        return Span(start=start, end=start + len(words))

    assert line.voice is not None
    return Claim(
        id=number,
        sentence=sentence,
        span=span,
        text=line.text,
        status=derive_status(line.voice, line.firmness),
        attribution=Attribution(
            kind=line.voice,
            name=line.name or None,
            chain=line.chain,
            span=within(line.named) if line.named else None,
        ),
        firmness=line.firmness,
        cue=Cue(span=within(line.cue), text=line.cue) if line.cue else None,
        inherited_from=line.inherited_from,
        rule=line.rule,
    )


def german() -> Report:
    """A report by a model, with errors in its summary."""
    text, sentences, claims = _read(GERMAN)
    summary = Summary.of(
        (
            SummaryPart(sentences[1].span.of(text), (2,), Status.STATED, Origin.EXTRACTED),
            SummaryPart(
                "Laut Hafenpost steigt ein Fonds mit 50 Millionen Euro ein.", (3, 4), Status.RUMOUR, Origin.WRITTEN
            ),
            SummaryPart("Es soll einen zweiten Bieter geben.", (6,), Status.RUMOUR, Origin.REPLACED),
        )
    )

    def told(words: str) -> Span:
        start = summary.text.index(words)
        return Span(start=start, end=start + len(words))

    def written(words: str) -> Span:
        start = text.index(words)
        return Span(start=start, end=start + len(words))

    findings = (
        Finding.of(
            "F201",
            "50 in the summary, 40 in sentence 3",
            hint="use the number of the source",
            summary=told("50 Millionen Euro"),
            source=(written("40 Millionen Euro"),),
        ),
        Finding.of("C106", "the heading is surer than the body", source=(sentences[0].span, sentences[4].span)),
        Finding.of("P506", "summary sentence 3 was replaced"),
    )
    return Report(
        article=Article(
            id="werft.txt",
            text=text,
            language=Language.GERMAN,
            url="https://example.org/werft?a=1&b=2",
            published=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
            publisher="Nordhafener Blatt",
        ),
        sentences=sentences,
        summary=summary,
        claims=claims,
        findings=findings,
        outcome=outcome_of(findings),
        provenance=Provenance(
            engine="model",
            version="0.0.0",
            model="some-model",
            model_returned="some-model-1",
            prompt="summarise/v1",
            prompt_digest="ab" * 32,
            schema_digest="cd" * 32,
            usage=Usage(calls=2, attempts=3, input_tokens=1234, output_tokens=321, cost=0.0042),
            seconds=1.5,
            covered=(Span(start=0, end=len(text)),),
        ),
    )


def english() -> Report:
    """A report by rules, without a finding."""
    text, sentences, claims = _read(ENGLISH)
    return Report(
        article=Article(id="ferry.txt", text=text, title="The ferry returns", language=Language.ENGLISH),
        sentences=sentences,
        summary=Summary.of((SummaryPart(sentences[3].span.of(text), (4,), Status.SPECULATION, Origin.EXTRACTED),)),
        claims=claims,
        outcome=outcome_of(()),
        provenance=Provenance(engine="rules", version="0.0.0"),
    )


def with_text(text: str, **fields: str) -> Report:
    """A report on one sentence: `text`, which is a rumour of the source that `fields["name"]` names."""
    name = fields.pop("name", "Hafenpost")
    span = Span(start=0, end=len(text))
    return Report(
        article=Article(id=fields.pop("id", "one"), text=text, **fields),
        sentences=(Sentence(id=1, span=span, kind=SentenceKind.PROSE, paragraph=0),),
        summary=Summary.of((SummaryPart(text, (1,), Status.RUMOUR, Origin.EXTRACTED),)),
        claims=(
            Claim(
                id=1,
                sentence=1,
                span=span,
                text=text,
                status=Status.RUMOUR,
                attribution=Attribution(kind=MEDIA, name=name, chain=(name, name)),
                firmness=Firmness.ASSERTED,
                cue=Cue(span=span, text=text),
                rule=text,
            ),
        ),
        findings=(Finding.of("F201", text, hint=text, summary=span, source=(span,)),),
        outcome=outcome_of((Finding.of("F201", text),)),
        provenance=Provenance(engine="rules", version=text, model=text, prompt=text),
    )
