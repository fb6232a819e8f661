"""The page of a checked summary: its sentences with the findings in them, and the article's words beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.formats.html.phrases import words_for
from reportedly.formats.html.runs import Layer, cut
from reportedly.schema import Finding, Language, Review, Span
from reportedly.web.site import phrases, render


@dataclass(frozen=True, slots=True)
class Marked:
    """Text, and the numbers of the findings that point at it."""

    text: str
    findings: tuple[int, ...]
    ends: tuple[int, ...]
    """Findings whose words end here: their code follows."""
    severity: dict[int, str]
    codes: dict[int, str]


def review_page(review: Review, language: Language) -> str:
    """The whole page."""
    words, report_words = phrases(language), words_for(language)
    count = len(review.findings)
    headline = (
        words["review_clean"] if not count else words["review_found_one"] if count == 1 else words["review_found"]
    )
    in_summary = [(n, f.summary) for n, f in enumerate(review.findings, start=1) if f.summary]
    in_source = [(n, span) for n, f in enumerate(review.findings, start=1) for span in f.source]
    return render(
        "review.html",
        language,
        here="/check",
        headline=headline.format(n=count),
        summary=list(_marked(review.summary, in_summary, review.findings)),
        source=list(_marked(review.article.text, in_source, review.findings)),
        support=[(s.of(review.summary), share) for s, share in zip(review.sentences, review.support, strict=False)],
        findings=review.findings,
        article=review.article,
        severity=report_words["severity"],
        codes={finding.code: report_words.code(finding.code) for finding in review.findings},
    )


def _marked(text: str, places: list[tuple[int, Span]], findings: tuple[Finding, ...]) -> Iterator[Marked]:
    severity = {n: finding.severity.value for n, finding in enumerate(findings, start=1)}
    codes = {n: finding.code for n, finding in enumerate(findings, start=1)}
    ends = {(n, span.end) for n, span in places}
    for run in cut(len(text), [Layer(span.start, span.end, str(n)) for n, span in places]):
        numbers = tuple(dict.fromkeys(int(token) for token in run.tokens))
        closing = tuple(n for n in numbers if (n, run.end) in ends)
        yield Marked(text[run.start : run.end], numbers, closing, severity, codes)
