"""`reportedly models`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from reportedly.cli import options
from reportedly.cli.exits import CLEAN, FOUND
from reportedly.formats.text import console_for
from reportedly.llm.interface import close
from reportedly.llm.loop import run_sync
from reportedly.llm.probing import Probe, probe
from reportedly.llm.providers import PROVIDERS, Route
from reportedly.settings import Settings, load_settings
from reportedly.text.terminal import one_line
from reportedly.wiring import model_named

ProbeOption = Annotated[
    bool,
    typer.Option("--probe", help="Ask --model, or an example of each provider that is set up, a few tokens' worth."),
]


def models(
    probing: ProbeOption = False,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
) -> None:
    """List providers of models, whether they are installed, and the key that each needs.

    \b
    reportedly models
    reportedly models --probe
    reportedly models --probe --model openai:my-model --base-url http://localhost:8000/v1
    """
    if probing:
        settings = load_settings(model=model, base_url=base_url)
        names = [settings.model] if settings.model else _ready()
        raise typer.Exit(_print_probes(names, settings))
    table = Table("provider", "installed", "key", "example", box=None, padding=(0, 2, 0, 0))
    for provider in PROVIDERS:
        installed = "yes" if provider.installed else f"reportedly[{provider.extra}]"
        key = " or ".join(provider.key_variables) or "none"
        state = "" if not provider.key_variables else (" (set)" if provider.has_key(os.environ) else " (not set)")
        table.add_row(Text(provider.title), installed, Text(key + state), f"{provider.prefix}:{provider.example}")
    console_for(sys.stdout).print(table)


def _ready() -> list[str]:
    """An example of each provider that could be asked just now."""
    return [
        f"{provider.prefix}:{provider.example}"
        for provider in PROVIDERS
        if provider.route is not Route.SCRIPT and provider.installed and provider.has_key(os.environ)
    ]


def _print_probes(names: list[str], settings: Settings) -> int:
    table = Table("model", "works", "seconds", "requests", "what it said", box=None, padding=(0, 2, 0, 0))
    found = [run_sync(_probe_one(name, settings)) for name in names]
    for one in found:
        said = one_line(one.said + (f"; {one.advice}" if one.advice else ""))
        table.add_row(
            Text(one.model), "yes" if one.works else "no", f"{one.seconds:.1f}", str(one.requests), Text(said)
        )
    console_for(sys.stdout).print(table)
    return CLEAN if found and all(one.works for one in found) else FOUND


async def _probe_one(name: str, settings: Settings) -> Probe:
    model = model_named(name, settings)
    try:
        return await probe(model)
    finally:
        await close(model)
