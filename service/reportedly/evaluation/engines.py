"""The engines that are measured, as the product drives them: the rules, and a model behind any `ChatModel`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportedly.llm import ChatModel
from reportedly.pipeline import Asked, Wanted, adrive, drive, report_by_model, report_by_rules
from reportedly.pipeline.review import read_source, review_by_rules
from reportedly.schema import Article, Finding, Report, Selection
from reportedly.sources import Loaded, article_from_text
from reportedly.stages.check import Source

RULES: Final = "rules"


class ByRules:
    """The embedded engine."""

    async def read(self, article: Article, *, summarise: bool) -> Report:
        """Claims and summary by rules."""
        loaded = as_input(article)
        return drive(report_by_rules(loaded.article, Wanted(summary=summarise), loaded.findings))

    async def check(self, article: Article, summary: str) -> tuple[Finding, ...]:
        """Findings by rules."""
        return check_by_rules(article, summary)


class ByModel:
    """A model: what is recorded, scripted or live is the `ChatModel`'s affair."""

    def __init__(self, model: ChatModel, asked: Asked) -> None:
        self._model, self._asked = model, asked

    async def read(self, article: Article, *, summarise: bool) -> Report:
        """Claims and summary in the model's one request."""
        loaded = as_input(article)
        wanted = Wanted(summary=summarise)
        return await adrive(report_by_model(loaded.article, wanted, self._asked, loaded.findings), self._model)

    async def check(self, article: Article, summary: str) -> tuple[Finding, ...]:
        """Findings by rules: they guard whatever a model writes."""
        return check_by_rules(article, summary)


def as_input(article: Article) -> Loaded:
    """The article as it comes in by the front door: what is hidden in it is found there."""
    return article_from_text(
        article.text,
        id=article.id,
        title=article.title,
        language=article.language,
        url=article.url,
        published=article.published,
        publisher=article.publisher,
    )


def check_by_rules(article: Article, summary: str) -> tuple[Finding, ...]:
    """Where a summary parts from its article; the article is read once for all its summaries."""
    return drive(review_by_rules(article.id, _source(article), summary, Selection())).findings


@lru_cache(maxsize=4)
def _source(article: Article) -> Source:
    return read_source(as_input(article).article)
