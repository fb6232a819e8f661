"""`reportedly rule`."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.formats.pages import page_of
from reportedly.schema import RULES


def rule(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="All are listed without one.")] = None,
) -> None:
    """Explain a finding code: what it means, an example of each side, what to do.

    \b
    reportedly rule C101
    """
    if code is not None:
        typer.echo(page_of(code).rstrip())
        return
    for known in RULES.values():
        typer.echo(f"{known.code}  {known.severity.value:7}  {known.title}")
