"""`reportedly batch` as a user meets it: interrupted, started twice, without room, and its tables."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.articles import text_of, write_articles
from tests.soak.stand_in import Server

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ARTICLES = 80


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(0.3) as running:
        yield running


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "reportedly", "batch", *arguments]


def batch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def with_model(server: Server, folder: Path) -> tuple[str, ...]:
    """Arguments of a batch that takes about four seconds with eight calls in flight."""
    if not (folder / "articles.jsonl").exists():
        write_articles(folder / "articles.jsonl", ARTICLES)
    model = ("--model", "openai:stand-in", "--base-url", server.base_url, "--concurrency", "8", "--workers", "1")
    return ("articles.jsonl", "-o", "results.jsonl", *model)


def started(server: Server, folder: Path) -> subprocess.Popen[str]:
    """A batch that has some records already."""
    process = subprocess.Popen(
        command(*with_model(server, folder)), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for _ in range(600):
        if ids(folder):
            return process
        time.sleep(0.05)
    raise AssertionError("nothing was recorded in 30 s")


def ids(folder: Path) -> list[str]:
    path = folder / "results.jsonl"
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [json.loads(line)["article"]["id"] for line in lines]


def go_on(server: Server, folder: Path, had: int) -> None:
    """The same command again completes it, and asks for nothing that is there."""
    before = len(server.seen())
    done = batch(folder, *with_model(server, folder))
    assert done.returncode == 0, done.stderr
    assert f"{had} were done before" in done.stdout or had == 0  # killed between result and journal
    assert sorted(ids(folder)) == sorted(f"n{number}" for number in range(1, ARTICLES + 1))
    assert len(server.seen()) - before == ARTICLES - had
    assert sorted(path.name for path in folder.iterdir()) == [
        "articles.jsonl",
        "results.jsonl",
        "results.jsonl.journal",
    ]


@pytest.mark.parametrize(("asked", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"])
def test_a_signal_finishes_what_is_in_flight(server: Server, tmp_path: Path, asked: signal.Signals, code: int) -> None:
    process = started(server, tmp_path)
    before = len(server.seen())
    process.send_signal(asked)
    out, told = process.communicate(timeout=30)
    assert process.returncode == code, told
    assert "finishing what is in flight" in told
    assert "not complete" in out
    assert "Traceback" not in told
    assert len(server.seen()) - before <= 8
    go_on(server, tmp_path, len(ids(tmp_path)))


def test_a_second_ctrl_c_stops_at_once_and_what_was_lost_is_told(server: Server, tmp_path: Path) -> None:
    process = started(server, tmp_path)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=30)
    assert time.monotonic() - asked < 5
    assert process.returncode == 130
    assert "stopping now" in told
    assert "calls without a record" in out
    go_on(server, tmp_path, len(ids(tmp_path)))


def test_after_a_kill_the_next_run_says_what_was_in_flight(server: Server, tmp_path: Path) -> None:
    process = started(server, tmp_path)
    process.kill()
    process.communicate()
    had = len(json_lines(tmp_path / "results.jsonl.journal", "slot"))
    done = batch(tmp_path, *with_model(server, tmp_path))
    assert f"the run of process {process.pid} on" in done.stderr
    assert "were in flight when the last run died" in done.stderr
    assert f"{had} were done before" in done.stdout or had == 0  # killed between result and journal


def json_lines(path: Path, key: str) -> list[object]:
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    return [row for row in rows if key in row]


def test_a_second_run_is_refused_with_the_owners_name(server: Server, tmp_path: Path) -> None:
    write_articles(tmp_path / "articles.jsonl", 2000)  # long enough that the second surely meets the first
    process = started(server, tmp_path)
    second = batch(tmp_path, *with_model(server, tmp_path))
    process.kill()
    process.communicate()
    assert second.returncode == 1
    assert f"another run is at it (process {process.pid} on" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles.jsonl", 4)
    with (tmp_path / "articles.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"id": "broken"}\n')
        out.write(json.dumps({"id": "=SUM(1)", "text": text_of(9), "title": "@cmd"}) + "\n")
    return tmp_path


def test_the_table_adds_up_and_a_failed_input_is_exit_code_1(articles: Path) -> None:
    done = batch(articles, "articles.jsonl", "-o", "results.jsonl", "--workers", "2")
    assert done.returncode == 1
    rows = {
        row[0]: int(row[1]) for row in map(str.split, done.stdout.splitlines()) if len(row) > 1 and row[1].isdigit()
    }
    assert rows["inputs"] == 6
    assert sum(count for name, count in rows.items() if name != "inputs") == 6
    assert rows["failed"] == 1
    assert "articles.jsonl:5" in done.stderr
    page = subprocess.run(
        [sys.executable, "-m", "reportedly", "report", "results.jsonl"], cwd=articles, capture_output=True, check=False
    )
    assert page.returncode == 0


def test_results_go_where_they_can_and_nothing_is_read_before(articles: Path) -> None:
    for output, hint in (
        ("no/such/results.jsonl", "No such file"),
        ("articles.jsonl", "among the articles"),
        ("results.xlsx", "name them"),
        ("articles.csv.d/results.jsonl", "No such file"),
    ):
        done = batch(articles, "articles.jsonl", "-o", output)
        assert done.returncode in (1, 2), output
        assert hint in done.stderr
        assert "Traceback" not in done.stderr
    inside = batch(articles, ".", "-o", "results.jsonl")
    assert "among the articles" in inside.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(articles: Path) -> None:
    (articles / "locked").mkdir(mode=0o500)
    done = batch(articles, "articles.jsonl", "-o", "locked/results.jsonl")
    assert (done.returncode, "Permission denied" in done.stderr) == (1, True)


def test_a_csv_is_safe_for_a_spreadsheet(articles: Path) -> None:
    done = batch(articles, "articles.jsonl", "-o", "results.csv")
    assert done.returncode == 1
    with (articles / "results.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["article"] for row in rows) == ["'=SUM(1)", "broken", "n1", "n2", "n3", "n4"]
    assert next(row for row in rows if row["article"] == "'=SUM(1)")["title"] == "'@cmd"
    assert all(int(row["claims"]) >= 2 for row in rows if row["outcome"] == "clean")
    assert len((articles / "results.jsonl").read_bytes().splitlines()) == 6


def test_claims_as_parquet_and_articles_from_it(articles: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    batch(articles, "articles.jsonl", "-o", "results.parquet", "--table", "claims")
    claims = parquet.read_table(articles / "results.parquet").to_pylist()
    records = [json.loads(line) for line in (articles / "results.jsonl").read_bytes().splitlines()]
    assert len(claims) == sum(max(1, len(record.get("claims", ()))) for record in records)
    assert {claim["article"] for claim in claims} >= {"=SUM(1)", "broken", "n1"}
    assert all(claim["start"] is None or isinstance(claim["start"], int) for claim in claims)
    again = subprocess.run(
        [sys.executable, "-m", "reportedly", "report", "results.jsonl", "-o", "all.parquet", "--table", "articles"],
        cwd=articles,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    rows = parquet.read_table(articles / "all.parquet").to_pylist()
    assert sum(row["claims"] or 0 for row in rows) == sum(len(record.get("claims", ())) for record in records)
