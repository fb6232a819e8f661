"""`reportedly flag`."""

from __future__ import annotations

import sys

import typer

from reportedly import api
from reportedly.cli.options import Articles, LanguageOption, OutputFormat
from reportedly.cli.run import run
from reportedly.formats import FOR_FLAGS, FormatName
from reportedly.sources import load


def flag(
    articles: Articles,
    output_format: OutputFormat = FormatName.TEXT,
    language: LanguageOption = None,
) -> None:
    """Flag every claim with its rumour status, its source and the words that say so.

    \b
    reportedly flag article.txt
    reportedly flag --format jsonl articles.jsonl > flags.jsonl
    """
    code = run(load(articles, language=language), api.flag, FOR_FLAGS[output_format](sys.stdout))
    raise typer.Exit(code)
