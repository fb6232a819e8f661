"""`reportedly report` turns results into a page, and says what is wrong with what is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportedly.formats import report_line
from reportedly.schema import Failure
from tests import specimen

BROKEN = Failure(id="scan.pdf", reason="not_text", message="this is a PDF file")


def reportedly(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportedly", "report", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def results(tmp_path: Path) -> Path:
    file = tmp_path / "results.jsonl"
    lines = [report_line(record) for record in (specimen.german(), specimen.english(), BROKEN)]
    file.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return file


def test_results_become_one_page(results: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = reportedly(str(results), "-o", str(page))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = page.read_text("utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert '<html lang="de">' in written
    assert "scan.pdf" in written
    assert sorted(file.name for file in tmp_path.iterdir()) == ["report.html", "results.jsonl"]


def test_the_suffix_chooses_the_format_and_the_option_overrides_it(results: Path, tmp_path: Path) -> None:
    assert reportedly(str(results), "-o", str(tmp_path / "x.md")).returncode == 0
    assert (tmp_path / "x.md").read_text("utf-8").startswith("## ")
    assert reportedly(str(results), "-f", "jsonl", "-o", str(tmp_path / "x.md")).returncode == 0
    assert (tmp_path / "x.md").read_text("utf-8").count("\n") == 3


def test_standard_input_and_output_and_the_language_of_the_page() -> None:
    done = reportedly("-", "--language", "en", stdin=report_line(specimen.german()))
    assert done.returncode == 0
    assert '<html lang="en">' in done.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "results.jsonl:2 is no line of results"),
        ('{"id": "x", "claims": []}', "article: Field required"),
        ('{"schema_version": "9"}', "schema_version"),
    ],
)
def test_a_line_that_is_no_result_is_named_and_leaves_no_file(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text(report_line(specimen.english()) + "\n" + line + "\n", encoding="utf-8")
    done = reportedly(str(file), "-o", str(tmp_path / "report.html"))
    assert done.returncode == 2
    assert said in done.stderr
    assert "results.jsonl:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert [found.name for found in tmp_path.iterdir()] == ["results.jsonl"]


def test_a_bad_line_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    secret = "the words of an article"
    file = tmp_path / "results.jsonl"
    file.write_text('{"schema_version": "1", "article": {"id": 1, "text": "' + secret + '"}}\n', encoding="utf-8")
    assert secret not in reportedly(str(file)).stderr


def test_what_cannot_be_read_or_written_is_said(results: Path, tmp_path: Path) -> None:
    missing = reportedly(str(tmp_path / "nothing.jsonl"))
    assert (missing.returncode, "nothing.jsonl" in missing.stderr) == (2, True)
    nowhere = reportedly(str(results), "-o", str(tmp_path / "no" / "folder" / "x.html"))
    assert (nowhere.returncode, "can't be written" in nowhere.stderr) == (1, True)
    assert reportedly(str(results), "--language", "fr").returncode == 2
    assert reportedly(str(results), "--language", "de", "-f", "markdown").returncode == 2
