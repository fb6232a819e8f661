"""`reportedly eval` as a person types it: what is printed, what is written, which exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reportedly.cli.app import main

GOLD = """---
id: a
language: en
topic: business
---
The [Lowmoor Gazette] {reported} a sale on Monday. || media @outlet
A contract {could} be signed in June. || possible @hedge-modal
The harbour opened in 1931.
=== summary
A contract will be signed in June. || C101 @hedge-dropped
The harbour opened in 1931. || ok
"""
MANIFEST = 'title = "t"\nabout = "a"\norigin = "o"\ntasks = ["status", "certainty"]\n'
PHENOMENA = '[all]\noutlet = "x"\nhedge-modal = "x"\nhedge-dropped = "x"\n'

Type = Callable[..., int]


@pytest.fixture
def evals(tmp_path: Path) -> Path:
    folder = tmp_path / "evals" / "suites" / "mine" / "cases"
    folder.mkdir(parents=True)
    (folder.parent / "suite.toml").write_text(MANIFEST)
    (folder / "a.gold").write_text(GOLD)
    (tmp_path / "evals" / "phenomena.toml").write_text(PHENOMENA)
    return tmp_path / "evals"


@pytest.fixture
def typed(evals: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types `reportedly eval …` beside the folder and returns the exit code."""
    monkeypatch.chdir(evals.parent)

    def typed(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["reportedly", "eval", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0)

    return typed


@pytest.fixture
def compiled(typed: Type) -> Type:
    assert typed("compile", "mine") == 0
    return typed


def test_compiling_and_proving(typed: Type, evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("compile", "mine") == 0
    assert capsys.readouterr().out == "mine: 1 cases\n"
    assert typed("validate") == 0
    assert "1 cases, nothing wrong" in capsys.readouterr().out
    (evals / "suites/mine/cases/a.gold").write_text(GOLD.replace("@outlet", "@nothing"))
    assert typed("validate", "mine") == 1
    assert "not what cases/*.gold compile to" in capsys.readouterr().out


def test_a_mistake_is_named_with_its_line(typed: Type, evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (evals / "suites/mine/cases/a.gold").write_text(GOLD.replace("{could}", "{could"))
    assert typed("compile", "mine") == 2
    assert "error: a.gold:7: '{' is never closed" in capsys.readouterr().err


def test_every_format_of_a_run(compiled: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert compiled("run", "mine") == 0
    assert "status accuracy" in capsys.readouterr().out
    for name in ("json", "junit", "markdown", "html"):
        assert compiled("run", "mine", "--format", name, "-o", str(tmp_path / name)) == 0
    assert json.loads((tmp_path / "json").read_text())["ran"]["engine"] == "rules"
    assert ET.fromstring((tmp_path / "junit").read_text()).tag == "testsuite"
    assert (tmp_path / "markdown").read_text().startswith("### mine on rules")
    assert (tmp_path / "html").read_text().startswith("<!doctype html>")


def test_two_runs_compare(compiled: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old.json", "new.json"):
        compiled("run", "mine", "--format", "json", "-o", str(tmp_path / name))
    old, new = (json.loads((tmp_path / name).read_text()) for name in ("old.json", "new.json"))
    old.pop("timing")
    new.pop("timing")
    assert old == new
    capsys.readouterr()
    assert compiled("compare", str(tmp_path / "old.json"), str(tmp_path / "new.json")) == 0
    assert "flipped: 0 to right, 0 to wrong" in capsys.readouterr().out
    (tmp_path / "new.json").write_text("{}")
    assert compiled("compare", str(tmp_path / "old.json"), str(tmp_path / "new.json")) == 2


def test_the_gate(compiled: Type, evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compiled("gate") == 1
    assert "has no floor yet" in capsys.readouterr().out
    assert compiled("gate", "--pin") == 0
    assert compiled("gate") == 0
    assert "mine on rules: holds" in capsys.readouterr().out
    (evals / "suites/mine/cases/a.gold").write_text(GOLD.replace("1931.\n===", "1932.\n==="))
    compiled("compile", "mine")
    assert compiled("gate", "--format", "junit") == 1
    assert ET.fromstring(capsys.readouterr().out.split("\n", 1)[1].strip()).find("testcase/failure") is not None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("run", "other"), "no suite 'other'"),
        (("run", "mine", "--record", "--live"), "--record keeps what --live throws away"),
        (("run", "mine", "--evals", "nowhere"), "no suites in"),
        (("run", "mine", "--model", "openai:x"), "no recording of 'openai:x'"),
        (("import", "none.jsonl", "--name", "own"), "no file 'none.jsonl'"),
        (("import", "none.jsonl", "--name", "../own"), "no name for a suite"),
        (("label", "none.txt", "--suite", "mine"), "no file 'none.txt'"),
    ],
)
def test_what_is_wrong_with_the_call(
    compiled: Type, words: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compiled(*words) == 2
    assert complaint in capsys.readouterr().err


def test_own_data_is_imported_and_run(compiled: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "id": "a",
        "lang": "en",
        "text": "It may rain.",
        "sentences": [{"start": 0, "end": 12, "label": "speculation"}],
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    assert compiled("import", "rows.jsonl", "--name", "own") == 0
    assert "own: 1 cases, status" in capsys.readouterr().out
    assert compiled("run", "own") == 0


def test_labelling_writes_a_case_that_compiles(
    compiled: Type, tmp_path: Path, evals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.txt").write_text("The harbour opened in 1931. A contract could be signed in June.")
    keys = iter(["", "?", "2", "could"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(keys))
    assert compiled("label", "story.txt", "--suite", "mine") == 0
    assert "2 of 2 sentences" in capsys.readouterr().out
    assert compiled("compile", "mine") == 0
    assert "2 cases" in capsys.readouterr().out
    assert "possible" in (evals / "suites/mine/cases/story.gold").read_text()


def test_without_the_extra_it_says_what_to_install(
    typed: Type, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert typed("validate") == 2
    assert "pip install 'reportedly[evals]'" in capsys.readouterr().err
