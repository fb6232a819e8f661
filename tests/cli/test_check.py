"""`reportedly check` as a newsroom and a pipeline use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FLAT = "Die Brauerei Hollfeld streicht 90 Stellen.\n"
KEPT = "Laut Kreisblatt will die Brauerei Hollfeld 60 Stellen streichen. Ida Lohr wies den Bericht zurück.\n"


@pytest.fixture
def pair(german: Path) -> Path:
    german.with_name("hollfeld.summary.txt").write_text(FLAT, encoding="utf-8")
    return german.parent


def test_a_flat_summary_is_found(reportedly: Run, pair: Path) -> None:
    ran = reportedly("check", "--source", "hollfeld.txt", "--summary", "hollfeld.summary.txt")
    assert ran.code == 1
    assert "F201" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_a_summary_finds_its_source_beside_it(reportedly: Run, pair: Path) -> None:
    assert reportedly("check", "hollfeld.summary.txt").code == 1
    (pair / "hollfeld.summary.txt").write_text(KEPT, encoding="utf-8")
    ran = reportedly("check", "hollfeld.summary.txt")
    assert ran.code == 0, ran.out
    assert "0 errors" in ran.out


def test_select_and_ignore(reportedly: Run, pair: Path) -> None:
    def codes(*args: str) -> set[str]:
        ran = reportedly("check", "hollfeld.summary.txt", "--format", "jsonl", *args)
        return {finding["code"] for finding in json.loads(ran.out)["findings"]}

    assert codes("--select", "F") == {"F201"}
    assert "F201" not in codes("--ignore", "f201")
    assert codes("--select", "C,F", "--ignore", "C") == {"F201"}


def test_pyproject_decides_what_is_reported(reportedly: Run, pair: Path) -> None:
    (pair / "pyproject.toml").write_text('[tool.reportedly]\nignore = ["C", "F"]\n', encoding="utf-8")
    assert reportedly("check", "hollfeld.summary.txt").code == 0
    assert reportedly("check", "hollfeld.summary.txt", "--ignore", "").code == 1
    (pair / "pyproject.toml").write_text('[tool.reportedly]\nbase_url = "http://x.invalid"\n', encoding="utf-8")
    ran = reportedly("check", "hollfeld.summary.txt")
    assert ran.code == 2
    assert "base_url" in ran.err


def test_pairs_keep_their_ids_and_bad_lines_do_not_stop_the_rest(reportedly: Run, german: Path) -> None:
    text = german.read_text(encoding="utf-8")
    lines = [
        json.dumps({"id": "flat", "text": text, "summary": FLAT}),
        '{"id": "twice", "id": "twice"}',
        json.dumps({"id": "no summary", "text": text}),
        json.dumps({"id": "empty", "text": text, "summary": "  "}),
        json.dumps({"id": "empty source", "text": " ", "summary": FLAT}),
        json.dumps({"id": "kept\u2028", "text": text, "summary": KEPT}, ensure_ascii=False),
    ]
    ran = reportedly("check", "--pairs", "-", "--format", "jsonl", stdin="\n".join(lines).encode())
    records = [json.loads(line) for line in ran.out.split("\n") if line]
    assert ran.code == 1
    assert [record["outcome"] for record in records] == ["flagged", *["failed"] * 4, "clean"]
    flat = records[0]
    assert len(flat["support"]) == 1
    for finding in flat["findings"]:
        assert set(finding) == {"code", "severity", "message", "hint", "summary", "source"}
        assert FLAT[finding["summary"]["start"] : finding["summary"]["end"]]
    assert "standard input:2" in records[1]["error"]["where"]


def test_github_and_sarif(reportedly: Run, pair: Path) -> None:
    ran = reportedly("check", "hollfeld.summary.txt", "--format", "github")
    assert ran.code == 1
    assert all(
        line.startswith(("::error file=hollfeld.summary.txt,line=1,", "::warning ")) for line in ran.out.splitlines()
    )
    log = json.loads(reportedly("check", "hollfeld.summary.txt", "--format", "sarif").out)
    results = log["runs"][0]["results"]
    assert {result["ruleId"] for result in results} >= {"F201"}
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 1


def test_a_workflow_command_can_not_be_forged(reportedly: Run, german: Path) -> None:
    evil = "x\n::warning file=etc::owned,%0A"
    row = {"id": evil, "text": german.read_text(encoding="utf-8"), "summary": FLAT}
    ran = reportedly("check", "--pairs", "-", "--format", "github", stdin=json.dumps(row).encode())
    assert ran.out
    assert all(line.startswith("::error file=x") for line in ran.out.splitlines())


def test_english(reportedly: Run, english: Path) -> None:
    english.with_name("calder.summary.txt").write_text(
        "Calder Ferries has sold a majority stake. The company carries 2.4 million passengers a year.\n",
        encoding="utf-8",
    )
    ran = reportedly("check", "calder.summary.txt", "--format", "jsonl")
    record = json.loads(ran.out)
    assert record["findings"]
    assert all(finding["summary"]["end"] <= 42 for finding in record["findings"])
    assert record["support"][1] > 0.9
