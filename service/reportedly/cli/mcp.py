"""`reportedly mcp`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import options
from reportedly.errors import MissingExtraError
from reportedly.settings import load_settings


def mcp(
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", metavar="PROVIDER:NAME", help="Offer this model beside the rules; repeatable."),
    ] = None,
    base_url: options.BaseUrl = None,
    max_cost: options.MaxCost = None,
    max_body: Annotated[int, typer.Option("--max-body", min=1_000, help="Bytes of one call.")] = 1_000_000,
) -> None:
    """Serve the tools summarise, flag and check to an assistant, over standard input and output.

    \b
    {"mcpServers": {"reportedly": {"command": "reportedly", "args": ["mcp"]}}}
    """
    if find_spec("mcp") is None or find_spec("fastapi") is None:
        raise MissingExtraError("the server of tools", "mcp")
    from reportedly.web.configuration import Limits, Serving
    from reportedly.web.tools import tool_server

    serving = Serving(
        settings=load_settings(base_url=base_url, max_cost=max_cost),
        data=Path(),
        models=tuple(model or ()),
        workers=1,
        limits=Limits(body=max_body),
    )
    tool_server(serving).run("stdio")
