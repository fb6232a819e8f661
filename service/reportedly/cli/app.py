"""The command `reportedly`: its subcommands, and the last line of defence against tracebacks."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from reportedly._version import __version__
from reportedly.cli import evals, evals_own, flag, models, report, schema, serve_model, summarise
from reportedly.cli.exits import INTERRUPTED, SETUP, complain, exit_code_of
from reportedly.errors import ReportedlyError

app = typer.Typer(
    name="reportedly",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
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


app.command("summarise")(summarise.summarise)
app.command("summarize", hidden=True)(summarise.summarise)
app.command("flag")(flag.flag)
app.command("report")(report.report)
app.command("models")(models.models)
app.command("schema")(schema.schema)
evals.app.command("import")(evals_own.import_data)
evals.app.command("label")(evals_own.label)
app.add_typer(evals.app, name="eval")
app.command("serve-model")(serve_model.serve_model)


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
