"""What the page shows of one report, worked out beforehand so that the templates only place it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

from reportedly.formats.addresses import host_of, web_address
from reportedly.formats.html.runs import Block, Stretch, blocks, findings_in_summary
from reportedly.formats.html.visible import visible
from reportedly.formats.wording import MEANING, headline
from reportedly.schema import Claim, Finding, Language, Report, SourceKind, Span, Status, SummarySentence

QUOTE_LENGTH: Final = 160
"""Code points of a quotation beside a finding: about two lines."""


@dataclass(frozen=True, slots=True)
class Note:
    """A claim with why it has its status."""

    claim: Claim
    mark: str
    """Number of its sentence, with a letter where the sentence has several claims."""
    words: str | None
    """What it says, where that is not the slice that stands in the article."""
    quote: str
    source: str
    """Key of its source."""
    codes: tuple[str, ...]
    """Codes of the findings that point at it."""
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who vouches, and for which claims."""

    key: str
    kind: SourceKind
    name: str | None
    chain: tuple[str, ...]
    notes: tuple[Note, ...]
    statuses: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A sentence of the summary and what it rests on."""

    sentence: SummarySentence
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Words that a finding points at, and the sentence to jump to (0 where there is none)."""

    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding with its places."""

    number: int
    finding: Finding
    in_article: tuple[Place, ...]
    in_summary: str | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Everything that the page of one article shows."""

    report: Report
    title: str
    title_in_text: bool
    """Whether the title is the first heading of the text, and not given beside it."""
    url: str | None
    host: str | None
    lang: str | None
    """For the attribute `lang`; None where the language is unknown."""
    blocks: tuple[Block, ...]
    summary: tuple[SummaryLine, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    flags: tuple[Flag, ...]
    counts: tuple[tuple[Status, int], ...]
    """Every status that occurs, the least sure first."""
    unsure: int
    partly: bool

    @property
    def note_of(self) -> dict[int, Note]:
        """The notes by the id of their claim."""
        return {note.claim.id: note for note in self.notes}

    @property
    def most(self) -> int:
        """Claims of the source that has the most: the length of a full bar."""
        return max((len(source.notes) for source in self.sources), default=1)

    @property
    def codes(self) -> list[str]:
        """The codes of the findings that point at claims, in order."""
        return sorted({code for note in self.notes for code in note.codes})


def view_of(report: Report) -> ArticleView:
    """Works out what the page shows."""
    article = report.article
    notes = _notes(report)
    counted = Counter(claim.status for claim in report.claims)
    return ArticleView(
        report=report,
        title=visible(headline(report)),
        title_in_text=article.title is None,
        url=web_address(article.url),
        host=host_of(article.url),
        lang=None if article.language is Language.UNKNOWN else article.language.value,
        blocks=blocks(report),
        summary=_summary(report),
        notes=notes,
        sources=_sources(notes),
        flags=_flags(report, notes),
        counts=tuple((status, counted[status]) for status in MEANING if counted[status]),
        unsure=sum(claim.unsure for claim in report.claims),
        partly=_partly(report),
    )


def _summary(report: Report) -> tuple[SummaryLine, ...]:
    sentences = report.summary.sentences if report.summary else ()
    return tuple(map(SummaryLine, sentences, findings_in_summary(report)))


def _notes(report: Report) -> tuple[Note, ...]:
    in_sentence = Counter(claim.sentence for claim in report.claims)
    seen: Counter[int] = Counter()
    keys: dict[tuple[SourceKind, str | None, tuple[str, ...]], str] = {}
    notes = []
    for claim in report.claims:
        letter = ""
        if in_sentence[claim.sentence] > 1:
            index = seen[claim.sentence]
            seen[claim.sentence] += 1
            letter = ascii_lowercase[index] if index < len(ascii_lowercase) else f".{index + 1}"
        touching = [
            (number, finding.code)
            for number, finding in enumerate(report.findings, start=1)
            if finding.touches(claim.span)
        ]
        quote = claim.span.of(report.article.text)
        voice = claim.attribution
        key = keys.setdefault((voice.kind, voice.name, voice.chain), f"q{len(keys) + 1}")
        notes.append(
            Note(
                claim=claim,
                mark=f"{claim.sentence}{letter}",
                words=claim.text if " ".join(claim.text.split()) != " ".join(quote.split()) else None,
                quote=quote,
                source=key,
                codes=tuple(dict.fromkeys(code for _, code in touching)),
                findings=tuple(number for number, _ in touching),
            )
        )
    return tuple(notes)


def _sources(notes: Sequence[Note]) -> tuple[Source, ...]:
    grouped: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        grouped[note.source].append(note)
    sources = []
    for group in grouped.values():
        attribution = group[0].claim.attribution
        counted = Counter(note.claim.status for note in group)
        sources.append(
            Source(
                key=group[0].source,
                kind=attribution.kind,
                name=attribution.name,
                chain=attribution.chain,
                notes=tuple(group),
                statuses=tuple((status, counted[status]) for status in MEANING if counted[status]),
            )
        )
    sources.sort(key=lambda source: (source.kind is SourceKind.ARTICLE, -len(source.notes)))
    return tuple(sources)


def _flags(report: Report, notes: Iterable[Note]) -> tuple[Flag, ...]:
    summary = report.summary.text if report.summary else ""
    return tuple(
        Flag(
            number=number,
            finding=finding,
            in_article=tuple(_place(report, span) for span in finding.source),
            in_summary=_shortened(finding.summary.of(summary)) if finding.summary and summary else None,
            notes=tuple(note for note in notes if number in note.findings),
        )
        for number, finding in enumerate(report.findings, start=1)
    )


def _place(report: Report, span: Span) -> Place:
    sentence = next((sentence.id for sentence in report.sentences if sentence.span.overlaps(span)), 0)
    return Place(_shortened(span.of(report.article.text)), sentence)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 1].rstrip() + "…"


def _partly(report: Report) -> bool:
    """Whether some words of the text were not read."""
    covered = report.provenance.covered
    if not covered:
        return False
    position = 0
    text = report.article.text
    for span in sorted(covered, key=lambda span: span.start):
        if text[position : span.start].strip():
            return True
        position = max(position, span.end)
    return bool(text[position:].strip())
