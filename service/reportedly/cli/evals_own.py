"""`reportedly eval import` and `eval label`: a newsroom's own data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli.evals import HERE, Evals, app
from reportedly.errors import UsageError
from reportedly.text.terminal import printable

NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,60}$")


def import_data(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.jsonl...", help="Labelled articles, pairs, or both.")],
    name: Annotated[str, typer.Option("--name", metavar="SUITE", help="Name of the new suite.")],
    evals: Evals = HERE,
) -> None:
    """Make a suite of own data: articles with labelled sentences, or summaries with a verdict.

    \b
    reportedly eval import labelled.jsonl --name our-desk
    reportedly eval run our-desk
    """
    from reportedly.evaluation.importing import import_rows, write_suite

    if not NAME.match(name):
        raise UsageError(f"{name!r} is no name for a suite", hint="small letters, digits and hyphens")
    for file in files:
        if not file.is_file():
            raise UsageError(f"there is no file {str(file)!r}")
    manifest, cases = import_rows(files, name)
    write_suite(evals / "suites" / name, manifest, cases)
    typer.echo(f"{name}: {len(cases)} cases, {', '.join(manifest.tasks)}")


def label(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE.txt", help="A text file.")],
    suite: Annotated[str, typer.Option("--suite", metavar="SUITE", help="Suite to put the case in.")],
    topic: Annotated[str, typer.Option("--topic", help="Business, politics, sport, …")] = "business",
    evals: Evals = HERE,
) -> None:
    """Label an article sentence by sentence; the engine's reading stays hidden until asked for.

    \b
    reportedly eval label article.txt --suite our-desk
    """
    from reportedly.evaluation.labelling import label_article, to_gold

    if not article.is_file():
        raise UsageError(f"there is no file {str(article)!r}")
    folder = evals / "suites" / suite / "cases"
    gold, text = folder / f"{article.stem}.gold", folder / f"{article.stem}.txt"
    if gold.exists():
        raise UsageError(f"{str(gold)!r} is there already", hint="move it away to label the article again")
    report = api.flag(article.read_text(encoding="utf-8"), id=article.stem)
    labels = label_article(report.article, report.sentences, lambda: report.claims, _Terminal())
    if not labels:
        raise UsageError("nothing was labelled, nothing is written")
    folder.mkdir(parents=True, exist_ok=True)
    text.write_text(report.article.text, encoding="utf-8")
    gold.write_text(to_gold(report.article, report.sentences, labels, topic, f"cases/{text.name}"), encoding="utf-8")
    typer.echo(f"{gold}: {len(labels)} of {len(report.sentences)} sentences; next: reportedly eval compile {suite}")


class _Terminal:
    """The person sits at this terminal."""

    def show(self, text: str) -> None:
        typer.echo(printable(text))

    def ask(self, question: str) -> str:
        try:
            return str(typer.prompt(question.rstrip(), default="", show_default=False, prompt_suffix=" "))
        except typer.Abort:
            return "q"


app.command("import")(import_data)
app.command("label")(label)
