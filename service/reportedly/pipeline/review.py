"""The second door's conversation: a summary that somebody else wrote is held against its source."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias

from reportedly._version import __version__
from reportedly.language.analysis import sentences_of
from reportedly.language.segment import segment
from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.pipeline.by_rules import ENGINE
from reportedly.schema import Article, Finding, Provenance, Review, Selection, outcome_of
from reportedly.stages.check import CHECKS, Material, Source, run, support_of

ReviewConversation: TypeAlias = Generator[ChatRequest, ChatReply, Review]
"""Yields requests, is sent replies, returns a review."""


def read_source(article: Article) -> Source:
    """The source's side of a check, to be read once and used for every summary of it."""
    return Source(article, sentences_of(article))


def review_by_rules(
    name: str, source: Source, summary: str, selection: Selection, findings: tuple[Finding, ...] = ()
) -> ReviewConversation:
    """Checks by rules; `findings` are those of the inputs. Only selected codes come out."""
    sentences = tuple(sentence.span for sentence in segment(summary, source.article.language))
    material = Material(source, summary, sentences)
    checked = run(material, CHECKS)
    found = tuple(finding for finding in (*findings, *checked) if selection.keeps(finding.code))
    return Review(
        id=name,
        article=source.article,
        summary=summary,
        sentences=sentences,
        findings=found,
        support=tuple(round(value, 4) for value in support_of(material, checked)),
        outcome=outcome_of(found),
        provenance=Provenance(engine=ENGINE, version=__version__),
    )
    yield
