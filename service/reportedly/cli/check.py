"""`reportedly check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Annotated, BinaryIO

import typer

from reportedly import api
from reportedly.cli import options
from reportedly.cli.exits import CLEAN, FOUND
from reportedly.cli.options import LanguageOption
from reportedly.errors import ArticleRejected, UsageError
from reportedly.formats.reviews import FOR_REVIEWS, ReviewFormat, ReviewFormatName
from reportedly.pipeline import read_source
from reportedly.schema import Failure, Outcome, Review, Selection
from reportedly.settings import load_check_settings, load_settings
from reportedly.sources import Rejected
from reportedly.sources.pairs import Pair, pair_of_files, pairs_beside, pairs_of_lines
from reportedly.wiring import engine_for

_Summaries = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SUMMARY...]", help="Files name.summary.txt whose source name.txt lies beside them."),
]


def check(
    summaries: _Summaries = None,
    source: Annotated[str | None, typer.Option("--source", metavar="FILE", help="The article.")] = None,
    summary: Annotated[str | None, typer.Option("--summary", metavar="FILE", help="What was made of it.")] = None,
    pairs: Annotated[
        str | None, typer.Option("--pairs", metavar="FILE", help="JSON Lines of id, text, summary; - for stdin.")
    ] = None,
    output_format: Annotated[
        ReviewFormatName, typer.Option("--format", "-f", help="How to write the findings.")
    ] = ReviewFormatName.TEXT,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help="Only these codes or families: C,F201.")
    ] = None,
    ignore: Annotated[str | None, typer.Option("--ignore", metavar="CODES", help="Not these.")] = None,
    lang: LanguageOption = None,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    cache: options.Cache = None,
) -> None:
    """Check a summary that anybody wrote against its source.

    \b
    reportedly check --source article.txt --summary push.txt
    reportedly check --pairs pairs.jsonl --format jsonl
    reportedly check texts/*.summary.txt
    reportedly check --model openai:gpt-5-mini --source article.txt --summary push.txt
    reportedly check --select C --source article.html --summary push.txt
    """
    wanted = _selection(select, ignore)
    settings = load_settings(model=model, base_url=base_url, max_cost=max_cost, max_tokens=max_tokens, cache=cache)
    reviewer = partial(api.review, wanted=wanted, engine=engine_for(settings))
    with _pairs(summaries or [], source, summary, pairs, lang) as found:
        raise typer.Exit(_run(found, reviewer, FOR_REVIEWS[output_format](sys.stdout)))


def _selection(select: str | None, ignore: str | None) -> Selection:
    """The command line's codes, else those of [tool.reportedly] in pyproject.toml."""
    settings = load_check_settings()
    chosen = settings.select if select is None else _codes(select)
    return api.selection(chosen, settings.ignore if ignore is None else _codes(ignore))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def _pairs(
    summaries: list[str], source: str | None, summary: str | None, pairs: str | None, lang: str | None
) -> AbstractContextManager[Iterable[Pair | Rejected]]:
    ways = [bool(summaries), bool(source or summary), bool(pairs)]
    if sum(ways) != 1 or bool(source) != bool(summary):
        raise UsageError(
            "give --source with --summary, or --pairs, or files name.summary.txt",
            hint="see 'reportedly check --help'",
        )
    if pairs:
        return _Lines(pairs, lang)
    if summaries:
        return nullcontext(pairs_beside(summaries, lang=lang))
    assert source is not None
    assert summary is not None
    return nullcontext([pair_of_files(source, summary, lang=lang)])


class _Lines:
    """The pairs of an open file or of standard input."""

    def __init__(self, name: str, lang: str | None) -> None:
        self._name, self._lang = name, lang
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Iterator[Pair | Rejected]:
        if self._name == "-":
            return pairs_of_lines(sys.stdin.buffer, "standard input", lang=self._lang)
        try:
            self._stream = open(self._name, "rb")
        except OSError as error:
            raise UsageError(f"{self._name!r} can't be read: {error.strerror}", hint="check the path") from error
        return pairs_of_lines(self._stream, self._name, lang=self._lang)

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()


def _run(pairs: Iterable[Pair | Rejected], reviewer: Callable[..., Review], out: ReviewFormat) -> int:
    code = CLEAN
    for pair in pairs:
        record = pair.failure() if isinstance(pair, Rejected) else _reviewed(pair, reviewer)
        out.write(record)
        if isinstance(record, Failure) or record.outcome is not Outcome.CLEAN:
            code = FOUND
    out.close()
    return code


def _reviewed(pair: Pair, reviewer: Callable[..., Review]) -> Review | Failure:
    try:
        return reviewer(read_source(pair.source.article), pair.summary, pair.id)
    except ArticleRejected as error:
        return Rejected.of(error, id=pair.id, where=pair.id).failure()
