"""The library: summarise, flag, and their asynchronous twins."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from reportedly.errors import UsageError
from reportedly.pipeline import Wanted
from reportedly.schema import Article, Language, Report
from reportedly.settings import Settings, load_settings
from reportedly.sources import Loaded, article_from_text
from reportedly.wiring import AnyModel, Engine, engine_for


class About(TypedDict, total=False):
    """What may be told of a text that is handed over as a string."""

    id: str
    """The caller's name for it."""
    title: str | None
    """The headline, where it does not stand in the text."""
    lang: str | None
    """`de` or `en`; guessed without it."""
    url: str | None
    published: datetime | str | None
    """When it was published; relative dates are read against it."""
    publisher: str | None
    """Who published it: an outlet on itself is a party, not media."""


def summarise(
    text: str | Article | Loaded,
    *,
    model: AnyModel | None = None,
    words: int | None = None,
    language: str | None = None,
    settings: Settings | None = None,
    **about: Unpack[About],
) -> Report:
    """Summarise an article and flag every claim.

    Without a `model` the embedded rule engine does it: no key, no network. `model` is a name such as
    `openai:gpt-5-mini`, a `ChatModel`, or a langchain chat model. `words` bounds the summary (about three sentences
    without it), `language` (`de`, `en`) is the one that a model writes in. Offsets in the report count code points of
    `report.article.text`. Raises ArticleRejected where there is no article in the text, SetupError where the call
    can't work, and the ModelErrors that would meet every article (wrong key, no credit, no such model).
    """
    return _engine(model, language, settings).report(_loaded(text, about), Wanted(words=words))


async def asummarise(
    text: str | Article | Loaded,
    *,
    model: AnyModel | None = None,
    words: int | None = None,
    language: str | None = None,
    settings: Settings | None = None,
    **about: Unpack[About],
) -> Report:
    """`summarise` on the caller's event loop."""
    return await _engine(model, language, settings).areport(_loaded(text, about), Wanted(words=words))


def flag(
    text: str | Article | Loaded,
    *,
    model: AnyModel | None = None,
    settings: Settings | None = None,
    **about: Unpack[About],
) -> Report:
    """Flag every claim of an article with its rumour status, without a summary. Arguments as for `summarise`."""
    return _engine(model, None, settings).report(_loaded(text, about), Wanted(summary=False))


def _engine(model: AnyModel | None, language: str | None, settings: Settings | None) -> Engine:
    return engine_for(settings or load_settings(), model, language=as_language(language))


def as_language(code: str | None) -> Language | None:
    """The language of a code. Raises UsageError for one that is neither `de` nor `en`."""
    if code is None:
        return None
    try:
        return Language(code.lower())
    except ValueError:
        raise UsageError(f"no language {code!r}", hint="de and en are known") from None


def _loaded(text: str | Article | Loaded, about: About) -> Loaded:
    if isinstance(text, Loaded):
        return text
    if isinstance(text, Article):
        return Loaded(article=text)
    return article_from_text(
        text,
        id=about.get("id") or "text",
        title=about.get("title"),
        language=about.get("lang"),
        url=about.get("url"),
        published=about.get("published"),
        publisher=about.get("publisher"),
    )
