"""The rule engine's conversation: it asks nobody."""

from __future__ import annotations

from reportedly._version import __version__
from reportedly.language.analysis import analyse
from reportedly.pipeline.interface import Conversation, Wanted
from reportedly.schema import Article, Finding, Provenance, Report, Span, Summary, outcome_of
from reportedly.stages.draft import draft_by_rules
from reportedly.stages.screen import screen

ENGINE = "rules"


def report_by_rules(article: Article, wanted: Wanted, findings: tuple[Finding, ...] = ()) -> Conversation:
    """Reads the article by rules; `findings` are those of the input (hidden characters, boilerplate)."""
    analysis = analyse(article)
    draft = draft_by_rules(analysis, summary=wanted.summary, words=wanted.words)
    found = (*findings, *screen(analysis), *draft.findings)
    return Report(
        article=article,
        sentences=analysis.sentences,
        summary=Summary.of(draft.summary) if wanted.summary else None,
        claims=draft.claims,
        findings=found,
        outcome=outcome_of(found),
        provenance=Provenance(engine=ENGINE, version=__version__, covered=(Span(start=0, end=len(article.text)),)),
    )
    yield
