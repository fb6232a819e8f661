"""`reportedly batch`."""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from reportedly.api import as_language
from reportedly.batch import OUTCOMES, Ended, ExecutorName, Session, Stop, Tally
from reportedly.cli import options
from reportedly.cli.exits import CLEAN, FOUND, complain
from reportedly.cli.exporting import TableName, export, records_path
from reportedly.cli.progress import Watching, duration
from reportedly.cli.report import read_results
from reportedly.errors import UsageError
from reportedly.formats.text import console_for
from reportedly.settings import load_settings
from reportedly.sources import expect, manuscripts
from reportedly.wiring.batches import Workplace, batch_configuration, hands_for

MOST_WORKERS: Final = 8
"""Processes that are started without being asked for; each takes about 150 MB."""

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", help="Results: .jsonl, or a table as .csv or .parquet as well."),
]
Concurrency = Annotated[
    int | None, typer.Option("--concurrency", "-c", min=1, help="At most so many calls of the model at once.")
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that read articles; one a processor without it.")
]
Executor = Annotated[
    ExecutorName,
    typer.Option("--executor", help="Here, by OpenAI's Batch API at half the price, or on a Dask cluster."),
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="tcp://…", help="Dask scheduler; without it a cluster starts here."),
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Do again what ended failed or undetermined, and nothing else.")
]


def batch(
    articles: options.Articles,
    output: Output,
    words: options.Words = None,
    lang: options.LanguageOption = None,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    language: options.SummaryLanguage = None,
    on_unsure: options.OnUnsureOption = None,
    structured: options.StructuredOption = None,
    window: options.Window = None,
    timeout: options.Timeout = None,
    retries: options.Retries = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    cache: options.Cache = None,
    concurrency: Concurrency = None,
    workers: Workers = None,
    executor: Executor = ExecutorName.LOCAL,
    scheduler: Scheduler = None,
    retry_failed: RetryFailed = False,
    table: options.TableOption = None,
) -> None:
    """Summarise thousands of articles; the same command again goes on where it ended.

    \b
    reportedly batch news/ -o results.jsonl
    reportedly batch --model openai:gpt-5-mini --concurrency 64 news.jsonl -o results.jsonl
    reportedly batch --model openai:gpt-5-mini --executor openai-batch news.parquet -o results.jsonl
    reportedly batch news.csv -o claims.parquet --table claims
    """
    settings = load_settings(
        model=model,
        base_url=base_url,
        on_unsure=on_unsure,
        structured=structured,
        window=window,
        timeout=timeout,
        retries=retries,
        max_cost=max_cost,
        max_tokens=max_tokens,
        cache=cache,
        concurrency=concurrency,
    )
    results = records_path(output)
    _refuse_own_output(articles, output, results)
    watching = Watching(Tally())
    place = Workplace(executor, workers or min(MOST_WORKERS, os.cpu_count() or 1), scheduler, watching.tell)
    configuration = batch_configuration(
        settings, words=words, language=as_language(language), read_as=as_language(lang)
    )
    session = Session(
        results,
        configuration,
        partial(hands_for, settings, configuration, place),
        retry_failed=retry_failed,
        tally=watching.tally,
        warn=watching.tell,
    )
    raise typer.Exit(_carry_out(session, articles, watching, output, table))


def _carry_out(session: Session, articles: list[str], watching: Watching, output: Path, table: TableName | None) -> int:
    """Works, sums up, writes the table, and gives the exit code."""
    ended = asyncio.run(_work(session, articles, watching))
    sys.stdout.write(_summary(ended, session.results))
    if output != session.results and ended.complete:
        export(read_results([str(session.results)]), output, table or TableName.ARTICLES)
        sys.stdout.write(f"table in {output}\n")
    return _exit_code(ended)


async def _work(session: Session, articles: list[str], watching: Watching) -> Ended:
    inputs = manuscripts(articles)
    session.tally.expected = await asyncio.to_thread(expect, articles)
    stop = Stop()
    hand_back = stop.listen(watching.tell)
    try:
        async with watching.shown():
            return await session.work(inputs, stop)
    finally:
        hand_back()


def _refuse_own_output(articles: list[str], output: Path, results: Path) -> None:
    """Results that a later run would read as its input are a mistake."""
    targets = {os.path.realpath(output), os.path.realpath(results)}
    for named in articles:
        real = os.path.realpath(named)
        for target in targets:
            if real == target or (os.path.isdir(real) and target.startswith(real + os.sep)):
                raise UsageError(f"the results {str(output)!r} would lie among the articles", hint="choose another -o")


def _summary(ended: Ended, results: Path) -> str:
    """The table at the end; its counts add up to the inputs."""
    tally, totals = ended.tally, ended.totals
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    for outcome in OUTCOMES:
        if tally.outcomes[outcome] or outcome in ("clean", "flagged"):
            table.add_row(outcome, str(tally.outcomes[outcome]))
    if tally.repeated:
        table.add_row("repeated", str(tally.repeated), "the same text under the same id")
    if tally.open:
        table.add_row("not done", str(tally.open), "run the same command again")
    notes = [f"{tally.kept} were done before"] if tally.kept else []
    notes += [f"{tally.twins} share the text of another"] if tally.twins else []
    table.add_row("inputs", str(tally.inputs), ", ".join(notes))
    console = console_for(sys.stdout)
    with console.capture() as captured:
        console.print(table)
    lines = [captured.get(), f"results in {results}, {duration(totals.seconds)} in all"]
    if totals.calls or totals.lost_calls:
        cost = f"${totals.cost:.4f}" + (f" and {totals.unpriced} of unknown price" if totals.unpriced else "")
        tokens = f"{totals.input_tokens:,} tokens in, {totals.output_tokens:,} out"
        lines.append(f"\n{totals.calls} calls, {tokens}, {cost}")
    if totals.lost_calls:
        lines.append(
            f"\n{totals.lost_calls} calls without a record may be billed: at most {totals.lost_tokens:,} tokens"
        )
    if ended.others:
        lines.append(f"\n{ended.others} records of other inputs are in the results as well")
    if not ended.complete:
        lines.append("\nthe run is not complete: not all inputs were read or have their record")
    return "".join(lines) + "\n"


def _exit_code(ended: Ended) -> int:
    if ended.halted is not None:
        complain(ended.halted)
        return FOUND
    if ended.exit_code:
        return ended.exit_code
    return FOUND if ended.tally.bad else CLEAN
