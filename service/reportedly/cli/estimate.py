"""What a run with a model would use: the table behind --dry-run."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.table import Table

from reportedly.cli.exits import CLEAN, FOUND
from reportedly.errors import UsageError
from reportedly.formats.text import console_for
from reportedly.llm.interface import ModelIdentity, Tokens
from reportedly.llm.pricing import price
from reportedly.llm.providers import parse_model
from reportedly.pipeline import Asked, Wanted, estimate_report
from reportedly.settings import Settings
from reportedly.sources import Item, Loaded, Rejected
from reportedly.text.terminal import one_line


def print_estimate(inputs: Iterable[Item], settings: Settings, *, words: int | None = None) -> int:
    """Prints requests, tokens and cost an article and in all; nothing is sent. Returns the exit code."""
    if settings.model is None:
        raise UsageError("--dry-run estimates what a model would cost", hint="name one by --model")
    name = parse_model(settings.model)
    identity = ModelIdentity(provider=name.provider, model=name.model)
    asked = Asked(model=settings.model, window_tokens=settings.window, structured=settings.structured)
    table = Table("article", "requests", "tokens in", "tokens out", "cost", "at most", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    sums, most, requests, code = Tokens(), Tokens(), 0, CLEAN
    for item in inputs:
        if isinstance(item, Rejected):
            sys.stderr.write(f"rejected: {one_line(item.where)}: {one_line(item.message)}\n")
            code = FOUND
        if not isinstance(item, Loaded):
            continue
        estimate = estimate_report(item.article, Wanted(words=words), asked)
        table.add_row(
            *_row(one_line(item.article.id), estimate.requests, estimate.expected, estimate.at_most, identity)
        )
        sums, most, requests = _sum(sums, estimate.expected), _sum(most, estimate.at_most), requests + estimate.requests
    table.add_row(*_row("all", requests, sums, most, identity), style="bold")
    console_for(sys.stdout).print(table)
    return code


def _row(name: str, requests: int, expected: Tokens, most: Tokens, identity: ModelIdentity) -> tuple[str, ...]:
    return (
        name,
        f"{requests:,}",
        f"{expected.input:,}",
        f"{expected.output:,}",
        _money(price(identity, expected)),
        _money(price(identity, most)),
    )


def _money(cost: float | None) -> str:
    return "unknown" if cost is None else f"${cost:.4f}"


def _sum(one: Tokens, other: Tokens) -> Tokens:
    return Tokens(input=one.input + other.input, output=one.output + other.output, estimated=True)
