"""`reportedly summarise`."""

from __future__ import annotations

import sys

import typer

from reportedly import api
from reportedly.cli import options
from reportedly.cli.estimate import print_estimate
from reportedly.cli.run import run
from reportedly.formats import FOR_REPORTS, FormatName
from reportedly.settings import load_settings
from reportedly.sources import load


def summarise(
    articles: options.Articles,
    output_format: options.OutputFormat = FormatName.TEXT,
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
    dry_run: options.DryRun = False,
) -> None:
    """Summarise articles and flag every claim.

    \b
    reportedly summarise article.txt
    reportedly summarise --words 60 page.html
    reportedly summarise --format markdown news/ > report.md
    reportedly summarise --model openai:gpt-5-mini article.txt
    cat article.txt | reportedly summarise -
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
    )
    inputs = load(articles, language=lang)
    if dry_run:
        raise typer.Exit(print_estimate(inputs, settings, words=words))
    code = run(
        inputs,
        lambda loaded: api.summarise(loaded, words=words, language=language, settings=settings),
        FOR_REPORTS[output_format](sys.stdout),
    )
    raise typer.Exit(code)
