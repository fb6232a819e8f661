"""`reportedly eval`: how good it is, and that it never gets worse."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import options
from reportedly.cli.exits import CLEAN, FOUND
from reportedly.errors import MissingExtraError, UsageError
from reportedly.settings import load_settings
from reportedly.wiring import Playing, engine_to_measure

if TYPE_CHECKING:
    from reportedly.evaluation.gate import Breach
    from reportedly.evaluation.running import Run
    from reportedly.evaluation.suite import Suite

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Measure an engine or a model on suites of news: run, compare, and fail where a floor breaks.",
)


class CardFormat(StrEnum):
    """How a run is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    HTML = "html"


Evals = Annotated[Path, typer.Option("--evals", metavar="DIR", help="Folder with suites/ and floors.toml.")]
Suites = Annotated[
    list[str] | None, typer.Argument(metavar="SUITE...", help="Names of suites; all without one.", show_default=False)
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
Card = Annotated[CardFormat, typer.Option("--format", "-f", help="How to write the scorecard.")]
HERE = Path("evals")


@app.callback()
def _needs_the_extra() -> None:
    for package in ("pydantic_evals", "sacrebleu"):
        if importlib.util.find_spec(package) is None:
            raise MissingExtraError("reportedly eval", "evals")


@app.command("run")
def run(
    suites: Suites = None,
    model: options.Model = None,
    record: Annotated[bool, typer.Option("--record", help="Ask the model for what is not recorded yet.")] = False,
    live: Annotated[bool, typer.Option("--live", help="Ask the model for everything, keep nothing.")] = False,
    output_format: Card = CardFormat.TEXT,
    output: Output = None,
    before: Annotated[
        Path | None, typer.Option("--before", metavar="RUN.json", help="An earlier run to compare with.")
    ] = None,
    also: Annotated[
        list[Path] | None, typer.Option("--also", metavar="RUN.json", help="Other runs, for the page's cost chart.")
    ] = None,
    base_url: options.BaseUrl = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; for suites of many hundred cases.")] = 1,
    evals: Evals = HERE,
) -> None:
    """Run suites on the rule engine, or on a model from its recordings.

    \b
    reportedly eval run rumour-de
    reportedly eval run rumour-de --format html -o card.html
    reportedly eval run rumour-de --model openai:gpt-5-mini --record
    """
    if record and live:
        raise UsageError("--record keeps what --live throws away", hint="give one of the two")
    if jobs > 1 and (record or live):
        raise UsageError("a model that is asked is not asked faster by --jobs", hint="leave --jobs out")
    playing = Playing.RECORD if record else Playing.LIVE if live else Playing.REPLAY
    cards = []
    chosen = _suites(evals, suites)
    others = [_read_run(path) for path in also or ()]
    if output_format is CardFormat.JSON and len(chosen) > 1:
        raise UsageError("a JSON run is of one suite", hint="name one suite")
    for suite in chosen:
        done = _measure(suite, model, playing, base_url, jobs)
        cards.append(_card(done, suite, output_format, _read_run(before) if before else None, others))
    _write("\n".join(cards), output)


@app.command("compare")
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="A run written by --format json.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="Another run of the same suite.")],
) -> None:
    """Compare two runs of a suite: every metric with its interval, and what flipped.

    \b
    reportedly eval compare before.json after.json
    """
    from reportedly.evaluation.comparing import compare as compared
    from reportedly.evaluation.scorecard import comparison_text

    _write(comparison_text(compared(_read_run(old), _read_run(new))), None)


@app.command("gate")
def gate(
    suites: Suites = None,
    model: options.Model = None,
    pin: Annotated[bool, typer.Option("--pin", help="Make what is reached now the floor.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="With --pin: lower a floor, too.")
    ] = False,
    output_format: Card = CardFormat.TEXT,
    output: Output = None,
    evals: Evals = HERE,
) -> None:
    """Fail where a suite falls below its floor; exit code 1 names suite, metric and phenomenon.

    \b
    reportedly eval gate
    reportedly eval gate rumour-de --pin
    """
    from reportedly.evaluation.gate import engines_with_floors
    from reportedly.evaluation.gate import pin as pin_floor

    code, parts = CLEAN, []
    for suite in _suites(evals, suites):
        for engine in (model,) if model else engines_with_floors(evals, suite.name):
            if pin:
                done = _measure(suite, _model(engine), Playing.REPLAY)
                floor = pin_floor(done, evals, allow_regression=allow_regression)
                parts.append(f"pinned: {suite.name} ({floor.digest}) on {done.ran.engine}\n")
                continue
            broken, part = _held(suite, engine, evals, output_format)
            code = FOUND if broken else code
            parts.append(part)
    _write("".join(parts), output)
    raise typer.Exit(code)


def _model(engine: str) -> str | None:
    """The model to ask; None for the rules."""
    from reportedly.evaluation.engines import RULES

    return None if engine == RULES else engine


def _held(suite: Suite, engine: str, evals: Path, output_format: CardFormat) -> tuple[bool, str]:
    """Whether a floor broke, and how that is written."""
    from reportedly.evaluation.gate import hold, stale_recording
    from reportedly.evaluation.recordings import RecordingMissing
    from reportedly.evaluation.scorecard import breach_to_junit, to_junit, to_markdown

    try:
        done = _measure(suite, _model(engine), Playing.REPLAY)
    except RecordingMissing as missing:
        breach = stale_recording(suite.name, engine, missing)
        junit = output_format is CardFormat.JUNIT
        return True, breach_to_junit(breach) if junit else _breaches(suite.name, engine, (breach,))
    breaches = hold(done, evals)
    if output_format is CardFormat.JUNIT:
        return bool(breaches), to_junit(done, breaches)
    if output_format is CardFormat.MARKDOWN:
        return bool(breaches), to_markdown(done, breaches=breaches)
    return bool(breaches), _breaches(suite.name, engine, breaches)


@app.command("validate")
def validate(suites: Suites = None, evals: Evals = HERE) -> None:
    """Prove the gold of suites: spans slice, labels follow, nothing twice, every need met.

    \b
    reportedly eval validate
    """
    from reportedly.evaluation.proving import prove, read_phenomena

    code, phenomena = CLEAN, read_phenomena(evals)
    for suite in _suites(evals, suites):
        wrong = prove(suite, phenomena)
        code = FOUND if wrong else code
        typer.echo(f"{suite.name} ({suite.digest}): {len(suite.cases)} cases, {len(wrong) or 'nothing'} wrong")
        for line in wrong:
            typer.echo(f"  {line}")
    raise typer.Exit(code)


@app.command("compile")
def compile_suites(suites: Annotated[list[str], typer.Argument(metavar="SUITE...")], evals: Evals = HERE) -> None:
    """Write cases.jsonl from the authored cases of suites; names file and line of every mistake.

    \b
    reportedly eval compile rumour-de
    """
    from reportedly.evaluation.suite import write_cases

    for name in suites:
        typer.echo(f"{name}: {write_cases(_folder(evals, name))} cases")


def _suites(evals: Path, names: Sequence[str] | None) -> list[Suite]:
    from reportedly.evaluation.suite import read_suite

    found = sorted(path.parent.name for path in evals.glob("suites/*/suite.toml"))
    if not found:
        raise UsageError(f"no suites in {str(evals / 'suites')!r}", hint="give the folder by --evals")
    return [read_suite(_folder(evals, name)) for name in names or found]


def _folder(evals: Path, name: str) -> Path:
    folder = evals / "suites" / name
    if not (folder / "suite.toml").exists():
        known = ", ".join(sorted(path.parent.name for path in evals.glob("suites/*/suite.toml")))
        raise UsageError(f"no suite {name!r}", hint=f"there are {known}")
    return folder


def _measure(suite: Suite, model: str | None, playing: Playing, base_url: str | None = None, jobs: int = 1) -> Run:
    from reportedly.evaluation.running import run_cases, run_suite
    from reportedly.evaluation.spreading import processes, spread

    settings = load_settings(base_url=base_url)
    measured = engine_to_measure(settings, model, suite.folder, playing)
    if jobs > 1:
        with processes(measured.build, jobs) as pool:
            return asyncio.run(run_cases(suite, spread(pool, suite.manifest.tasks), measured.name))
    try:
        return asyncio.run(run_suite(suite, measured.build(), measured.name))
    finally:
        if measured.recording:
            measured.recording.save()


def _card(done: Run, suite: Suite, output_format: CardFormat, before: Run | None, others: list[Run]) -> str:
    from reportedly.evaluation.comparing import compare as compared
    from reportedly.evaluation.scorecard import comparison_text, to_html, to_junit, to_markdown, to_text

    comparison = compared(before, done) if before else None
    if output_format is CardFormat.JSON:
        return done.model_dump_json(indent=1) + "\n"
    if output_format is CardFormat.JUNIT:
        return to_junit(done)
    if output_format is CardFormat.MARKDOWN:
        return to_markdown(done, comparison)
    if output_format is CardFormat.HTML:
        return to_html(done, suite, before, others)
    return to_text(done) + (f"\n{comparison_text(comparison)}" if comparison else "")


def _read_run(path: Path) -> Run:
    from pydantic import ValidationError

    from reportedly.evaluation.running import Run

    try:
        return Run.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"can't read {str(path)!r}: {error.strerror}") from None
    except ValidationError:
        raise UsageError(f"{str(path)!r} is no run", hint="write one by: eval run SUITE --format json") from None


def _breaches(name: str, engine: str, breaches: Iterable[Breach]) -> str:
    lines = [
        f"  {breach.kind} {breach.what}: {breach.message}" + (f"; in {', '.join(breach.cases)}" if breach.cases else "")
        for breach in breaches
    ]
    return "\n".join([f"{name} on {engine}: {'broken' if lines else 'holds'}", *lines]) + "\n"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't write {str(output)!r}: {error.strerror}") from None
