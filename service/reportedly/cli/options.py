"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.exporting import TableName
from reportedly.formats import FormatName
from reportedly.llm.interface import Structured
from reportedly.pipeline import OnUnsure

Articles = Annotated[
    list[str],
    typer.Argument(metavar="ARTICLE...", help="Files, folders, globs or - for standard input.", show_default=False),
]
OutputFormat = Annotated[FormatName, typer.Option("--format", "-f", help="How to write the result.")]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="de|en", help="Language of the articles; guessed without it.")
]
Words = Annotated[
    int | None,
    typer.Option("--words", min=1, help="At most so many words of summary; about three sentences without it."),
]

Model = Annotated[
    str | None,
    typer.Option("--model", "-m", metavar="PROVIDER:NAME", help="Ask this model; without it the rule engine reads."),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
]
SummaryLanguage = Annotated[
    str | None, typer.Option("--language", metavar="de|en", help="Language that a model writes in; the article's own.")
]
PageLanguage = Annotated[
    str | None, typer.Option("--language", metavar="de|en", help="Language of the page's own words; the article's.")
]
OnUnsureOption = Annotated[
    OnUnsure | None,
    typer.Option("--on-unsure", help="What a rejected summary sentence meets; repair, then the article's own words."),
]
StructuredOption = Annotated[
    Structured | None,
    typer.Option("--structured", help="How the reply's schema is enforced; the strictest that works."),
]
Window = Annotated[int | None, typer.Option("--window", min=500, help="Tokens of article in one request.")]
Timeout = Annotated[float | None, typer.Option("--timeout", min=1, help="Seconds for one attempt of a request.")]
Retries = Annotated[int | None, typer.Option("--retries", min=0, help="Attempts after the first.")]
MaxCost = Annotated[float | None, typer.Option("--max-cost", help="Halt before more than so many US dollars.")]
MaxTokens = Annotated[int | None, typer.Option("--max-tokens", min=1, help="Halt before more than so many tokens.")]
Cache = Annotated[Path | None, typer.Option("--cache", metavar="FILE", help="Keep replies here, pay each once.")]
TableOption = Annotated[
    TableName | None, typer.Option("--table", help="Rows of a .csv or .parquet: an article or a claim.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Estimate tokens and cost, send nothing.")]
