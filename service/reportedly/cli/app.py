"""The command `reportedly`: its subcommands, and the last line of defence against tracebacks."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from reportedly._version import __version__
from reportedly.cli.exits import INTERRUPTED, SETUP, complain, exit_code_of
from reportedly.errors import ReportedlyError

COMMANDS: Final = {
    "summarise": "summarise:summarise",
    "flag": "flag:flag",
    "check": "check:check",
    "explain": "explain:explain",
    "rule": "rule:rule",
    "batch": "batch:batch",
    "report": "report:report",
    "eval": "evals_own:app",
    "models": "models:models",
    "schema": "schema:schema",
    "serve": "serve:serve",
    "mcp": "mcp:mcp",
    "serve-model": "serve_model:serve_model",
}
"""Each command and where it stands below `reportedly.cli`; it is loaded when it is called, so that each starts fast."""
SPELLINGS: Final = {"summarize": "summarise"}
"""Other spellings that are taken and not listed."""


class Commands(TyperGroup):
    """Loads a command when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, for the help and for completion."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        place = COMMANDS.get(SPELLINGS.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, _, name = place.partition(":")
        found = getattr(import_module(f"reportedly.cli.{module}"), name)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(**_STYLE)
            single.command(cmd_name)(found)
            found = single
        command = get_command(found)
        command.name = cmd_name
        return command


_STYLE: Final[dict[str, Any]] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}

app = typer.Typer(
    **{**_STYLE, "add_completion": True},
    name="reportedly",
    cls=Commands,
    no_args_is_help=True,
    help="Summaries that stay as unsure as their source: every claim with its rumour status, who vouches for it, "
    "and the exact words that say so.",
    epilog="Exit codes: 0 clean, 1 findings or failed inputs, 2 usage or set-up error.",
)

_debug = False


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    global _debug
    _debug = debug


def main() -> None:
    """Runs the command line and exits."""
    try:
        app()
    except ReportedlyError as error:
        if _debug:
            raise
        complain(error)
        sys.exit(exit_code_of(error))
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (head, less): leave as any filter does, without a second complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
    except Exception as error:
        if _debug:
            raise
        sys.stderr.write(f"error: this is a fault of reportedly ({type(error).__name__})\n")
        sys.stderr.write("  hint: run the command again with --debug and report what it prints\n")
        sys.exit(SETUP)
