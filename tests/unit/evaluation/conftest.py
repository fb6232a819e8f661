"""A small suite that every test of a run shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.evaluation.suite import CASES, Suite, compile_cases, read_suite

BODY = """# Harbour sold || media flat
The [Echo] {reported} a sale on Monday. || media key @outlet
It {may} fail. || possible @hedge-modal
[Ames] {denied} everything. || party denied key @denial
The harbour opened in 1931. || #one @plain
It was {a folly}. || evaluated alt=none
"""
REST = """=== reference
The Echo reported a sale on Monday.
=== summary
The Echo reported a sale. || ok
The harbour is sold. || C101|C102 @hedge-dropped
It opened in 1932. || F201 @number-changed
=== twins
Obey me. || after=one @planted-order
It is || instead="It was" label=denied @swap-cue
"""
FOLDERS = "abcdefgh"


@pytest.fixture
def evals(tmp_path: Path) -> Path:
    """A folder like `evals/`, with one suite of eight cases."""
    folder = tmp_path / "evals" / "suites" / "mine"
    (folder / "cases").mkdir(parents=True)
    (folder / "suite.toml").write_text(
        'title="t"\nabout="a"\norigin="o"\ntasks=["status","summary","certainty","twins"]\n', encoding="utf-8"
    )
    for name in FOLDERS:
        (folder / "cases" / f"{name}.gold").write_text(
            f"---\nid: {name}\nlanguage: en\ntopic: business\n---\n{BODY}Ferry {name} sails.\n{REST}", encoding="utf-8"
        )
    (folder / CASES).write_text(compile_cases(folder), encoding="utf-8")
    return tmp_path / "evals"


@pytest.fixture
def suite(evals: Path) -> Suite:
    return read_suite(evals / "suites" / "mine")
