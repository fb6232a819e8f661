"""Batches against one article at a time: speed, memory, resuming, and the way to a slow model.

`python -m benchmarks.batch [ARTICLES]` (1,000 without it) runs the command as a user does, in processes of its own. The
articles are the shared ones, repeated, each with a last line of its own so that none is a duplicate.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.soak.articles import text_of
from tests.soak.stand_in import ROOT, Server

from benchmarks.shared import shared_data
from reportedly import summarise
from reportedly.sources import Loaded, load

SINGLE: Final = 100
"""Articles that are read one by one for the baseline."""
ASKED: Final = 2000
"""Articles that a model is asked about."""
IN_FLIGHT: Final = 100
LATENCY: Final = 0.5
"""Seconds that the model takes."""


@dataclass(frozen=True)
class Run:
    """One call of the command."""

    seconds: float
    megabytes: float
    """Peak resident memory of its largest process."""
    out: str


def texts() -> Iterator[str]:
    """The shared articles again and again, or short ones of our own."""
    folder = shared_data()
    if folder is None:
        print("no shared articles beside the repository: short ones of our own")
        for number in itertools.count():
            yield text_of(number)
        return
    items = [item.article.text for item in load([folder / "data" / "articles"]) if isinstance(item, Loaded)]
    for number in itertools.count():
        yield f"{items[number % len(items)]}\n\nDas war die Nummer {number}."


def write(path: Path, count: int, source: Iterator[str]) -> None:
    """JSON Lines with ids."""
    with path.open("w", encoding="utf-8") as out:
        for number, text in enumerate(itertools.islice(source, count)):
            out.write(json.dumps({"id": f"a{number}", "text": text}, ensure_ascii=False) + "\n")


def batch(folder: Path, source: str, results: str, *options: str) -> Run:
    """Runs the command and waits for it."""
    log = folder / "out.txt"
    command = [sys.executable, "-m", "reportedly", "batch", source, "-o", results, *options]
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "service"), str(ROOT)])
        os.execv(sys.executable, command)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - began
    text = log.read_text("utf-8")
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: an article or two without a result
        raise SystemExit(f"the command failed: {text}")
    return Run(seconds, usage.ru_maxrss / 1024, text)


def by_rules(folder: Path, count: int) -> None:
    """Speed with one and with two processes, memory over a tenth and over all, and resuming."""
    few = count // 10
    write(folder / "few.jsonl", few, texts())
    write(folder / "all.jsonl", count, texts())
    singles = list(itertools.islice(texts(), SINGLE))
    summarise(singles[0])
    began = time.perf_counter()
    for text in singles:
        summarise(text)
    single = SINGLE / (time.perf_counter() - began)
    print(f"one by one            {single:8.1f} articles/s")
    small = batch(folder, "few.jsonl", "few-results.jsonl", "--workers", "1")
    runs = {}
    for workers in ("1", "2"):
        run = runs[workers] = batch(folder, "all.jsonl", f"results-{workers}.jsonl", "--workers", workers)
        rate = count / run.seconds
        print(
            f"batch, {workers} process(es) {rate:8.1f} articles/s, {rate / single:4.2f} of one by one, "
            f"{run.megabytes:5.0f} MB at most"
        )
    growth = runs["1"].megabytes - small.megabytes
    print(f"memory                {small.megabytes:8.0f} MB for {few} articles, {growth:+.0f} MB for {count}")
    again = batch(folder, "all.jsonl", "results-1.jsonl", "--workers", "1")
    assert re.search(rf"{count} were done before", again.out), again.out
    print(f"resuming              {again.seconds:8.2f} s over {count} records")


def by_model(folder: Path, count: int) -> None:
    """Wall time against the ideal, articles x latency / calls in flight."""
    for name, source in (("short", (text_of(n) for n in itertools.count())), ("shared", texts())):
        write(folder / f"{name}.jsonl", count, source)
        with Server(LATENCY) as server:
            options = ["--model", "openai:stand-in", "--base-url", server.base_url, "--concurrency", str(IN_FLIGHT)]
            run = batch(folder, f"{name}.jsonl", f"{name}-results.jsonl", *options)
            requests = len(server.seen())
        ideal = requests * LATENCY / IN_FLIGHT
        print(
            f"model, {name:6}         {run.seconds:8.1f} s for {count} articles and {requests} calls, ideal "
            f"{ideal:.1f} s: {run.seconds / ideal:.2f}; {run.megabytes:.0f} MB"
        )


def main() -> int:
    """The command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        by_rules(Path(name), count)
        by_model(Path(name), min(count, ASKED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
