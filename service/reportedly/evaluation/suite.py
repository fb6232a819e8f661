"""A suite on disk: `suite.toml`, authored `cases/*.gold`, and what they compile to, `cases.jsonl`."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from reportedly.errors import UsageError
from reportedly.evaluation.authored import read_authored
from reportedly.evaluation.generating import TEMPLATES, generate
from reportedly.evaluation.gold import About, Gold, Question
from reportedly.evaluation.misbehaving import FAULTS, misbehave
from reportedly.schema import Record, Status

CASES: Final = "cases.jsonl"
SOURCES: Final = ("cases", TEMPLATES, FAULTS)
"""What a suite may be compiled from."""
SCHEMA: Final = "case.schema.json"
DIGEST_LENGTH: Final = 16
"""Hex digits of SHA-256 that are shown and pinned: 64 bits, far beyond any chance clash between versions of a suite."""


class Task(StrEnum):
    """What a suite asks of an engine."""

    STATUS = "status"
    """Read the article: every claim with its status, source, cue and span."""
    SUMMARY = "summary"
    """Write a summary: key claims covered, certainty kept, compared with a reference where there is one."""
    CERTAINTY = "certainty"
    """Check given summaries against the article."""
    TWINS = "twins"
    """Read changed versions of the article: verdicts stay or follow as the gold says."""
    FAULTS = "faults"
    """Put the article to a scripted model that misbehaves: the report ends as it must."""


class Needs(Record):
    """What a suite must hold to be worth its name; `reportedly eval validate` counts it."""

    cases: int = 1
    """At least so many cases."""
    sentences: tuple[int, int] = (1, 10_000)
    """Fewest and most sentences of a case."""
    summaries: int = 0
    """At least so many summaries to check."""
    twins: int = 0
    """At least so many twins."""
    statuses: tuple[Status, ...] = ()
    """Each of these labels occurs."""
    codes: tuple[str, ...] = ()
    """Each of these finding codes is the right answer somewhere."""
    topics: tuple[str, ...] = ()
    """Each of these topics occurs."""
    tests: tuple[str, ...] = ()
    """Each of these phenomena is tested."""


class Manifest(Record):
    """`suite.toml`."""

    title: str
    """One line: what it is."""
    about: str
    """What it measures and what it does not."""
    origin: str
    """Who wrote the texts and the gold, and how."""
    licence: str = "Apache-2.0"
    """Licence of the texts."""
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]
    """What is asked."""
    needs: Needs = Needs()
    """What it must hold."""


class CaseLine(Record):
    """One line of `cases.jsonl`: the fields of a pydantic-evals case."""

    name: Annotated[str, Field(min_length=1)]
    """Name of the case, unique in the suite."""
    inputs: Question
    """What is put to the engine."""
    expected_output: Gold
    """What is right."""
    metadata: About
    """What it is for."""


@dataclass(frozen=True)
class Suite:
    """A suite as it is run."""

    name: str
    folder: Path
    manifest: Manifest
    cases: tuple[CaseLine, ...]
    """Cases with the article's text in place."""

    @cached_property
    def digest(self) -> str:
        """Changes with every text, gold label and task; floors are pinned with it."""
        seal = hashlib.sha256(json.dumps([task.value for task in self.manifest.tasks]).encode())
        for case in sorted(self.cases, key=lambda case: case.name):
            seal.update(case_line(case).encode() + b"\n")
        return seal.hexdigest()[:DIGEST_LENGTH]


def read_manifest(folder: Path) -> Manifest:
    """`suite.toml` of a suite's folder. Raises UsageError."""
    path = folder / "suite.toml"
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")), strict=False)
    except FileNotFoundError:
        raise UsageError(f"{folder} is no suite: it has no suite.toml", hint="see evals/README.md") from None
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", hint="see evals/README.md") from None


def read_suite(folder: Path) -> Suite:
    """The suite in a folder, from its compiled cases. Raises UsageError."""
    manifest = read_manifest(folder)
    path = folder / CASES
    if not path.exists():
        raise UsageError(f"{path} is missing", hint=f"reportedly eval compile {folder.name}")
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            try:
                cases.append(_with_text(CaseLine.model_validate_json(line), folder))
            except ValidationError as error:
                raise UsageError(f"{path}:{number}: {error}", hint="reportedly eval validate") from None
    return Suite(name=folder.name, folder=folder, manifest=manifest, cases=tuple(cases))


def compile_cases(folder: Path) -> str:
    """The text that `cases.jsonl` should have, from what is authored in the folder. Raises UsageError."""
    authored = [read_authored(path, folder) for path in sorted((folder / "cases").glob("*.gold"))]
    if (folder / TEMPLATES).exists():
        authored += generate(folder)
    if (folder / FAULTS).exists():
        authored += misbehave(folder)
    lines = [
        case_line(CaseLine(name=case.name, inputs=case.question, expected_output=case.gold, metadata=case.about))
        for case in authored
    ]
    return "".join(f"{line}\n" for line in lines)


def write_cases(folder: Path) -> int:
    """Compile a suite; returns how many cases it has."""
    compiled = compile_cases(folder)
    (folder / CASES).write_text(compiled, encoding="utf-8")
    return compiled.count("\n")


def case_schema() -> dict[str, Any]:
    """JSON schema of a line of `cases.jsonl`, published as `evals/case.schema.json`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseLine.model_json_schema()}


def case_line(case: CaseLine) -> str:
    return case.model_dump_json(exclude_defaults=True)


def _with_text(case: CaseLine, folder: Path) -> CaseLine:
    """The case with its article's text in place, where that is in a file of its own."""
    if not (file := case.inputs.file):
        return case
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"case {case.name!r}: can't read {file}: {error.strerror}") from None
    article = case.inputs.article.model_copy(update={"text": text})
    return case.model_copy(update={"inputs": case.inputs.model_copy(update={"article": article})})
