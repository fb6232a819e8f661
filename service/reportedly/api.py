"""The library: summarise one article or many, flag, check, and what is asynchronous of them."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from pydantic import ValidationError

from reportedly.errors import ArticleRejected, UsageError
from reportedly.pipeline import Wanted, read_source
from reportedly.schema import Article, Failure, Language, Report, Review, Selection
from reportedly.settings import Settings, load_settings
from reportedly.sources import Loaded, article_from_text
from reportedly.stages.check import Source
from reportedly.text.shown import show
from reportedly.wiring import AnyModel, Engine, RuleEngine, engine_for

if TYPE_CHECKING:
    from reportedly.batch.many import Many


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
    return _engine(model, language, settings).report(loaded(text, about), Wanted(words=words))


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
    return await _engine(model, language, settings).areport(loaded(text, about), Wanted(words=words))


def summarise_many(
    articles: Iterable[str | Article | Loaded],
    *,
    model: AnyModel | None = None,
    words: int | None = None,
    language: str | None = None,
    concurrency: int | None = None,
    ordered: bool = False,
    settings: Settings | None = None,
) -> Iterator[Report | Failure]:
    """`summarise` for many articles, lazily: one result an article, a `Failure` for what is none.

    Results come as they are ready, with `ordered` in the order of the articles; a text without an id has its number,
    from 1. `concurrency` is how many calls of the model are in flight (16 without it), or how many processes the rule
    engine reads in (this one without it). Never more articles are held than that. Raises, from the iteration, what
    would meet every article: wrong key, no credit, the limit of the settings. For files and resuming: `reportedly
    batch`.
    """
    return _many(model, words, language, concurrency, ordered, settings).results(articles)


def asummarise_many(
    articles: Iterable[str | Article | Loaded] | AsyncIterable[str | Article | Loaded],
    *,
    model: AnyModel | None = None,
    words: int | None = None,
    language: str | None = None,
    concurrency: int | None = None,
    ordered: bool = False,
    settings: Settings | None = None,
) -> AsyncIterator[Report | Failure]:
    """`summarise_many` on the caller's event loop; the articles may come asynchronously as well."""
    return _many(model, words, language, concurrency, ordered, settings).aresults(articles)


def flag(
    text: str | Article | Loaded,
    *,
    model: AnyModel | None = None,
    settings: Settings | None = None,
    **about: Unpack[About],
) -> Report:
    """Flag every claim of an article with its rumour status, without a summary. Arguments as for `summarise`."""
    return _engine(model, None, settings).report(loaded(text, about), Wanted(summary=False))


def check(
    source: str | Article | Loaded,
    summary: str,
    *,
    name: str | None = None,
    model: AnyModel | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    settings: Settings | None = None,
    **about: Unpack[About],
) -> Review:
    """Say where a summary that anybody wrote parts from its source: certainty, attribution, numbers, dates, names.

    `source` is the article that is summed up, `about` what is known of it. `select` and `ignore` take finding codes or
    their beginnings („C“, "F201"). A `model` is asked about every clause in one request and confirms or disputes what
    the rules found. Spans in the findings count code points of `review.summary` and
    `review.article.text`. Raises ArticleRejected where the source is no article or the summary is empty.
    """
    article = loaded(source, about).article
    engine = _engine(model, None, settings)
    wanted = selection(select, ignore)
    return review(read_source(article), summary, name or article.id, wanted, engine=engine)


def review(source: Source, summary: str, name: str, wanted: Selection, *, engine: Engine | None = None) -> Review:
    """`check` against a source that is read already: for many summaries of one article."""
    shown = show(summary).text
    if not shown.strip():
        raise ArticleRejected("empty_summary", "the summary is empty", hint="give the summary's text", where=name)
    return (engine or RuleEngine()).review(name, source, shown, wanted)


def selection(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Selection:
    """The finding codes that are wanted. Raises UsageError for one that there is not."""
    try:
        return Selection(select=tuple(select), ignore=tuple(ignore))
    except ValidationError as error:
        message = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        raise UsageError(message, hint="'reportedly rule' lists the codes") from None


def _many(
    model: AnyModel | None,
    words: int | None,
    language: str | None,
    concurrency: int | None,
    ordered: bool,
    settings: Settings | None,
) -> Many[str | Article | Loaded]:
    from reportedly.batch.many import Many
    from reportedly.wiring.batches import work_for_many

    if concurrency is not None and concurrency < 1:
        raise UsageError(f"concurrency is 1 or more, not {concurrency}")
    told = settings or load_settings()
    told = told.model_copy(update={"concurrency": concurrency or told.concurrency})
    work, close, most = work_for_many(told, model, Wanted(words=words), as_language(language), concurrency or 1)
    return Many(_loaded_nth, work, close, most, ordered)


def _loaded_nth(text: str | Article | Loaded, number: int) -> Loaded:
    return loaded(text, About(id=str(number)))


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


def loaded(text: str | Article | Loaded, about: About) -> Loaded:
    """The article of what a caller handed over. Raises ArticleRejected where it is none."""
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
