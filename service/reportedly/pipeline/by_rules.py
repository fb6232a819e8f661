"""The rule engine's conversation: it asks nobody."""

from __future__ import annotations

from typing import Final

from reportedly._version import __version__
from reportedly.language.analysis import Analysis, analyse
from reportedly.language.reader import grammar_for
from reportedly.pipeline.checking import Checker
from reportedly.pipeline.interface import Conversation, Wanted
from reportedly.pipeline.settling import Settled, settle
from reportedly.schema import Article, Claim, Finding, Outcome, Provenance, Report, Span, Summary, outcome_of
from reportedly.stages.draft import Extracts, claims_of, surer_headings
from reportedly.stages.screen import screen

ENGINE: Final = "rules"
_CHOICES: Final = 4
"""Choices that are tried; a sentence of the article's own fails the checks once in some hundred articles."""


def report_by_rules(article: Article, wanted: Wanted, findings: tuple[Finding, ...] = ()) -> Conversation:
    """Reads the article by rules; `findings` are those of the input (hidden characters, boilerplate)."""
    analysis = analyse(article)
    found = (*findings, *screen(analysis))
    if grammar_for(article.language) is None:
        return _unread(analysis, found)
    claims = claims_of(analysis)
    checker = Checker(analysis)
    found += (*surer_headings(analysis), *checker.title())
    summary = None
    if wanted.summary:
        settled = _summarise(analysis, checker, claims, wanted.words)
        summary = Summary.of(settled.summary)
        found += settled.findings
    return Report(
        article=article,
        sentences=analysis.sentences,
        summary=summary,
        claims=claims,
        findings=found,
        outcome=outcome_of(found),
        provenance=Provenance(engine=ENGINE, version=__version__, covered=(Span(start=0, end=len(article.text)),)),
    )
    yield


def _unread(analysis: Analysis, findings: tuple[Finding, ...]) -> Report:
    """A language without a grammar: nothing was read, which says nothing about the article."""
    failed = Finding.of(
        "P510",
        "there is no grammar for the language of this text, so that it was not read",
        hint="the rules read German and English: say which it is with --lang, or ask a model with --model",
    )
    return Report(
        article=analysis.article,
        sentences=analysis.sentences,
        findings=(*findings, failed),
        outcome=Outcome.UNDETERMINED,
        reason=f"{failed.code}: {failed.message}",
        provenance=Provenance(engine=ENGINE, version=__version__),
    )


def _summarise(analysis: Analysis, checker: Checker, claims: tuple[Claim, ...], words: int | None) -> Settled:
    """Chooses sentences until a choice passes the checks that every summary has to pass."""
    extracts = Extracts(analysis, claims)
    planted = screen(analysis)
    avoided = {s.id for s in analysis.sentences if any(finding.touches(s.span) for finding in planted)}
    room = words
    for _ in range(_CHOICES):
        settled = settle(checker, extracts.choose(words=room, without=avoided), extracts.at)
        over = 0 if words is None else sum(len(part.text.split()) for part in settled.summary) - words
        if not settled.dropped and over <= 0:
            break
        avoided.update(number for part in settled.dropped for number in part.sentences)
        if room is not None:
            room = max(1, room - max(over, 0))
    return settled
