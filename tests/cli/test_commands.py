"""What the commands print, and with which code they leave."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import ROOT, Run

SEED = ROOT / "seeds"


def test_summarise_in_german(reportedly: Run, german: Path) -> None:
    ran = reportedly("summarise", german)
    assert ran.code == 0, ran.err
    assert "German" in ran.out
    assert "rumour (" in ran.out
    assert "media: Kreisblatts" in ran.out or "media: Kreisblatt" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


def test_summarise_in_english_from_standard_input(reportedly: Run, english: Path) -> None:
    ran = reportedly("summarize", "-", stdin=english.read_bytes())
    assert ran.code == 0, ran.err
    assert "English" in ran.out
    assert "Mora Finlay" in ran.out


def test_words_bound_the_summary(reportedly: Run, german: Path) -> None:
    ran = reportedly("summarise", "--words", "12", "--format", "jsonl", german)
    report = json.loads(ran.out)
    assert 0 < len(report["summary"]["text"].split()) <= 12


def test_flag_lines_have_the_documented_shape(reportedly: Run, german: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": german.read_text(encoding="utf-8")},
        {"id": 7, "text": german.read_text("utf-8")},
    ]
    source = german.with_name("rows.jsonl")
    source.write_text("\n".join(json.dumps(row) for row in [rows[0], "bad", rows[1]]), encoding="utf-8")
    ran = reportedly("flag", "--format", "jsonl", source)
    assert ran.code == 1
    assert "rows.jsonl:2" in ran.err
    first, bad, last = map(json.loads, ran.out.splitlines())
    assert (first["id"], last["id"]) == ("a", "7")
    assert bad["error"]["reason"]
    assert bad["claims"] == []
    assert first["language"] == "de"
    text = german.read_text(encoding="utf-8")
    assert first["claims"]
    for claim in first["claims"]:
        assert {
            "start", "end", "text", "status", "source", "source_kind", "firmness", "cue", "inherited_from",
        } <= set(claim)  # fmt: skip
        assert text[claim["start"] : claim["end"]] == claim["text"]
        if claim["cue"]:
            assert text[claim["cue"]["start"] : claim["cue"]["end"]] == claim["cue"]["text"]


def test_json_is_one_document_that_fits_the_schema(reportedly: Run, german: Path, english: Path) -> None:
    schema = json.loads(reportedly("schema").out)
    document = json.loads(reportedly("summarise", "--format", "json", german, english).out)
    assert document["schema_version"] == "1"
    assert len(document["reports"]) == 2
    for report in document["reports"]:
        jsonschema.validate(report, schema)


def test_the_seed(reportedly: Run) -> None:
    ran = reportedly("flag", "--format", "jsonl", SEED)
    assert ran.code == 0, ran.err
    (line,) = ran.out.splitlines()
    claims = json.loads(line)["claims"]

    def of(words: str) -> list[tuple[str, str | None]]:
        return [(c["status"], c["source"]) for c in claims if words in c["text"]]

    assert of("verhandelt Amazon über eine Investition")[0][0] == "rumour"
    assert of("830 Milliarden")[0] == ("rumour", "Wall Street Journal")
    assert of("100 Milliarden Dollar eingesammelt")[0][0] == "rumour"
    assert of("Vorbereitungen für einen Börsengang")[0] == ("rumour", "Wall Street Journal")
    assert of("bekäme Zugriff")[0] == ("rumour", "Bloomberg")
    assert of("Sollte Amazon tatsächlich")[0][0] == "speculation"
    assert of("800 Millionen")[0] == ("attributed", "OpenAI")
    assert of("30.000 Stellen")[0][0] == "stated"
    assert "C106" in {finding["code"] for finding in json.loads(line)["findings"]}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["summarise", "nowhere.txt"], "nowhere.txt"),
        (["summarise"], "ARTICLE"),
        (["summarise", "--words", "0", "x"], "--words"),
        (["flag", "--format", "xml", "x"], "--format"),
        (["check"], "--source"),
        (["check", "--source", "a.txt"], "--summary"),
        (["check", "--pairs", "nowhere.jsonl"], "nowhere.jsonl"),
        (["check", "--select", "Z9", "--source", "a", "--summary", "b"], "Z9"),
        (["summarise", "--model", "nonsense", "{german}"], "nonsense"),
        (["summarise", "--dry-run", "{german}"], "--model"),
        (["summarise", "--model", "scripted:nowhere.jsonl", "{german}"], "nowhere.jsonl"),
        (["summarise", "--lang", "fr", "{german}"], "fr"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_wrong_call_says_what_to_do_and_leaves_with_2(
    reportedly: Run, german: Path, args: list[str], says: str
) -> None:
    ran = reportedly(*(arg.replace("{german}", str(german)) for arg in args))
    assert ran.code == 2, (ran.out, ran.err)
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_a_wrong_setting_is_named(reportedly: Run, german: Path) -> None:
    ran = reportedly("summarise", german, env={"REPORTEDLY_TIMEOUT": "soon"})
    assert ran.code == 2
    assert "REPORTEDLY_TIMEOUT" in ran.err


def test_article_text_can_not_steer_the_terminal(reportedly: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text(
        "Der Konzern \x1b[31mzahlt\x07 drei Millionen Euro an \u202edie Stadt. Das sagte \x9b2J der Bürgermeister.\n",
        encoding="utf-8",
    )
    for output_format in ("text", "markdown"):
        out = reportedly("summarise", "-f", output_format, path).out
        assert not [c for c in out if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t"]


def test_markdown_holds_no_markup_of_the_article(reportedly: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text(
        "Der Konzern <script>alert(1)</script> zahlt [hier](javascript:x) drei Millionen Euro. "
        "![Bild](http://x.invalid/a.png) zeigt | die Stadt am Montag.\n",
        encoding="utf-8",
    )
    out = reportedly("summarise", "-f", "markdown", path).out
    for markup in (" <script", "](javascript", "](http", "![Bild]"):
        assert markup not in out


def test_version_and_help(reportedly: Run) -> None:
    assert reportedly("--version").out.startswith("reportedly ")
    for command in ("summarise", "flag", "check", "explain", "models", "schema"):
        ran = reportedly(command, "--help")
        assert ran.code == 0
        assert f"reportedly {command}" in ran.out


def test_dry_run_estimates_and_sends_nothing(reportedly: Run, german: Path) -> None:
    ran = reportedly("summarise", "--model", "openai:gpt-5-mini", "--dry-run", german)
    assert ran.code == 0, ran.err
    assert "$" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    unknown = reportedly("summarise", "--model", "openai:no-such-model-xyz", "--dry-run", german)
    assert "unknown" in unknown.out


def test_explain_names_cue_rule_and_inheritance(reportedly: Run, german: Path) -> None:
    ran = reportedly("explain", german, "--sentence", "3")
    assert ran.code == 0, ran.err
    assert "Demnach" in ran.out
    assert "rumour" in ran.out
    assert "carried over from sentence 2" in ran.out
    assert reportedly("explain", german, "--sentence", "99").code == 2


def test_a_heading_that_is_surer_than_the_body_is_found(reportedly: Run, german: Path) -> None:
    report = json.loads(reportedly("flag", "--format", "jsonl", german).out)
    assert [finding["code"] for finding in report["findings"]] == ["C106"]
    heading = next(claim for claim in report["claims"] if claim["sentence"] == 1)
    assert heading["status"] == "rumour"
