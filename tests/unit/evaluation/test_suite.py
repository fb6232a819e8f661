"""Suites on disk: in step with what was authored, proven, and loadable by pydantic-evals itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic_evals import Dataset

from reportedly.errors import UsageError
from reportedly.evaluation.gold import About, Gold, Question
from reportedly.evaluation.proving import prove, read_phenomena
from reportedly.evaluation.suite import CASES, SCHEMA, case_schema, compile_cases, read_suite

EVALS = Path(__file__).parents[3] / "evals"
SUITES = sorted(path.parent.name for path in EVALS.glob("suites/*/suite.toml"))


@pytest.mark.parametrize("name", SUITES)
def test_the_gold_holds(name: str) -> None:
    assert prove(read_suite(EVALS / "suites" / name), read_phenomena(EVALS)) == ()


@pytest.mark.parametrize("name", SUITES)
def test_pydantic_evals_reads_the_cases(name: str) -> None:
    lines = (EVALS / "suites" / name / CASES).read_text(encoding="utf-8").splitlines()
    dataset = Dataset[Question, Gold, About].from_dict({"name": name, "cases": [json.loads(line) for line in lines]})
    assert len(dataset.cases) == len(lines)
    assert isinstance(dataset.cases[0].inputs, Question)


def test_the_published_schema_is_the_schema() -> None:
    assert json.loads((EVALS / SCHEMA).read_text(encoding="utf-8")) == case_schema()


def suite_at(tmp_path: Path, body: str, needs: str = "") -> Path:
    folder = tmp_path / "suites" / "mine"
    (folder / "cases").mkdir(parents=True)
    (folder / "suite.toml").write_text(f'title="t"\nabout="a"\norigin="o"\ntasks=["status"]\n{needs}')
    (folder / "cases" / "a.gold").write_text(f"---\nid: a\nlanguage: en\ntopic: business\n---\n{body}")
    (folder / CASES).write_text(compile_cases(folder))
    return folder


def test_a_changed_label_changes_the_digest(tmp_path: Path) -> None:
    folder = suite_at(tmp_path, "It {may} rain. || possible\n")
    before = read_suite(folder).digest
    (folder / CASES).write_text((folder / CASES).read_text().replace("possible", "conditional"))
    assert read_suite(folder).digest != before


def test_a_label_that_does_not_follow_is_rejected(tmp_path: Path) -> None:
    folder = suite_at(tmp_path, "It {may} rain. || possible\n")
    (folder / CASES).write_text((folder / CASES).read_text().replace("speculation", "stated"))
    with pytest.raises(UsageError, match="does not follow"):
        read_suite(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"start":0,"end":12', '"start":0,"end":99', "does not slice"),
        ('"start":0,"end":12', '"start":0,"end":13', "white space"),
        ('"cue":{"start":3,"end":6}', '"cue":{"start":13,"end":14}', "outside of its claim"),
        ("hedge-modal", "no-such-thing", "no phenomenon"),
        ('"id":1', '"id":2', "should have number 1"),
    ],
)
def test_broken_gold_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    folder = suite_at(tmp_path, "It {may} rain. || possible @hedge-modal\nSo.\n")
    text = (folder / CASES).read_text()
    assert old in text
    (folder / CASES).write_text(text.replace(old, new))
    wrong = prove(read_suite(folder), read_phenomena(EVALS))
    assert any(complaint in line for line in wrong)
    assert any("not what cases/*.gold compile to" in line for line in wrong)


def test_needs_are_counted(tmp_path: Path) -> None:
    needs = "[needs]\ncases=2\nsentences=[2,3]\nsummaries=1\ntwins=1\n"
    needs += 'statuses=["denied"]\ncodes=["C101"]\ntopics=["sport"]\n'
    wrong = prove(read_suite(suite_at(tmp_path, "It rains.\n", needs)), read_phenomena(EVALS))
    for part in ("2 cases", "1 sentences", "1 summaries", "1 twins", "label denied", "code C101", "topic sport"):
        assert any(part in line for line in wrong), part


def test_the_same_text_twice_is_named(tmp_path: Path) -> None:
    folder = suite_at(tmp_path, "It rains.\n")
    first = (folder / CASES).read_text()
    (folder / CASES).write_text(first + first.replace('"name":"a"', '"name":"b"'))
    assert any("same text" in line for line in prove(read_suite(folder), read_phenomena(EVALS)))
