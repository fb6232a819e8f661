"""`reportedly explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text

from reportedly.cli.options import LanguageOption
from reportedly.errors import UsageError
from reportedly.formats.text import Page
from reportedly.language.explanation import Explanation, FoundCue
from reportedly.language.explanation import explain as explain_sentence
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.sources import Loaded, Rejected, load
from reportedly.text.view import clean


def explain(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="One file, or - for standard input.")],
    sentence: Annotated[int, typer.Option("--sentence", "-s", min=1, help="Number of the sentence.")],
    lang: LanguageOption = None,
) -> None:
    """Show how one sentence got its status: cues, axes, rule, inheritance.

    \b
    reportedly explain article.txt --sentence 14
    """
    source = _only_article(article, lang).article
    text = clean(source.text).text
    sentences = segment(text, source.language)
    if sentence > len(sentences):
        raise UsageError(f"the article has {len(sentences)} sentences, not {sentence}", hint="count as 'flag' does")
    try:
        explained = explain_sentence(text, sentences, source.language, sentence, publisher=source.publisher)
    except KeyError:
        raise UsageError("there is no grammar for the language of this text", hint="--lang de or --lang en") from None
    page = Page(sys.stdout)
    page.block(Text(sentences[sentence - 1].span.of(text)), indent=5, mark=f"{sentence:>3}")
    page.line(f"     {sentences[sentence - 1].kind.value}, {explained.mood.value} mood", "dim")
    _show_cues(page, text, explained)
    _show_readings(page, text, explained)


def _only_article(name: str, lang: str | None) -> Loaded:
    items = list(load([name], language=lang))
    if len(items) == 1 and isinstance(items[0], Rejected):
        raise UsageError(f"{items[0].where}: {items[0].message}", hint=items[0].hint)
    if len(items) != 1 or not isinstance(items[0], Loaded):
        raise UsageError(f"{name!r} holds {len(items)} articles; one can be explained at a time", hint="name one file")
    return items[0]


def _show_cues(page: Page, text: str, explained: Explanation) -> None:
    page.heading("Cues")
    if not explained.cues and explained.link is None:
        page.line("  none: the writer's own voice", "dim")
    if explained.link is not None:
        page.line(f"  “{text[slice(*explained.link)]}” ties it to the report before", "")
    for cue in explained.cues:
        page.block(Text(_cue_line(cue, text)), indent=2)


def _cue_line(cue: FoundCue, text: str) -> str:
    axes = [
        f"source kind {cue.kind.value}" if cue.kind else "",
        f"firmness {cue.firmness.value}" if cue.firmness else "",
    ]
    named = f", names “{text[slice(*cue.source)]}”" if cue.source else ""
    scope = "" if cue.counts else "; stands in a side clause and decides nothing"
    says = " and ".join(axis for axis in axes if axis) or "nothing by itself"
    return f"“{text[cue.start : cue.end]}”: rule {cue.rule}, {says}{named}{scope}"


def _show_readings(page: Page, text: str, explained: Explanation) -> None:
    page.heading("Result")
    if not explained.readings:
        page.line("  no claim: a question, credit, heading or fragment", "dim")
    for reading in explained.readings:
        page.block(Text(_reading_line(reading, text)), indent=2)


def _reading_line(reading: Reading, text: str) -> str:
    parts = [f"{reading.status.value}: source kind {reading.kind.value}, firmness {reading.firmness.value}"]
    if reading.source:
        parts.append(f"source {' < '.join(reading.chain) or reading.source}")
    parts.append(f"rule {reading.rule or 'plain'}")
    if reading.cue_at:
        parts.append(f"cue “{text[slice(*reading.cue_at)]}”")
    if reading.inherited_from:
        parts.append(f"carried over from sentence {reading.inherited_from}")
    if reading.surer_than:
        parts.append(f"surer than sentence {reading.surer_than} of the body, whose status it takes")
    return "; ".join(parts)
