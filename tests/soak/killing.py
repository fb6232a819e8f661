"""Kills a batch at random moments and lets it go on: `python -m tests.soak.killing --kills 200`.

After each kill -9 and at each end it holds: every record that was acknowledged is still there (none lost), no input has
two (none doubled), and no article is asked about again that had its record (none bought twice but those in flight).
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.soak.articles import MARK, write_articles
from tests.soak.stand_in import ROOT, Server

IN_FLIGHT: Final = 8
SECONDS: Final = 0.15
"""What the model takes for an answer."""
ARTICLES: Final = 400
"""Of one run of results; with the values above it takes some 10 s, so that about ten kills fall into it."""


@dataclass
class Count:
    """What the harness found."""

    kills: int = 0
    runs: int = 0
    """Sequences of kills and resumes that came to their end."""
    articles: int = 0
    requests: int = 0
    lost: int = 0
    doubled: int = 0
    bought_twice: int = 0
    """Requests for an article that had its record."""
    asked_again: int = 0
    """Requests for articles that were in flight at a kill."""
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.bought_twice or self.problems)


class Soak:
    """One sequence after the other until there were enough kills."""

    def __init__(self, server: Server, folder: Path, seed: int, articles: int) -> None:
        self._server = server
        self._folder = folder
        self._rng = random.Random(seed)
        self._articles = articles
        self._asked = 0
        """Requests that were looked at."""
        self.count = Count()

    def go(self, kills: int) -> Count:
        """All of it."""
        while self.count.kills < kills:
            self._sequence(kills)
        return self.count

    def _sequence(self, kills: int) -> None:
        """Kill and resume until the batch ends by itself."""
        count = self.count
        count.runs += 1
        first = 1 + self._articles * (count.runs - 1)
        source = self._folder / f"articles-{count.runs}.jsonl"
        results = self._folder / f"results-{count.runs}.jsonl"
        write_articles(source, self._articles, first=first)
        count.articles += self._articles
        recorded: set[str] = set()
        ended = False
        while not ended:
            wait = self._rng.uniform(0.3, 3.0) if count.kills < kills else 300.0
            ended = self._run(source, results, wait)
            now = _records(results)
            count.lost += len(recorded - now.keys())
            count.doubled += sum(times - 1 for times in now.values())
            time.sleep(0.05)  # what was in a socket when its sender died is read now, not in the next run
            self._look_at_requests(recorded)
            recorded = set(now)
        wanted = {f"n{number}" for number in range(first, first + self._articles)}
        count.lost += len(wanted - recorded)
        lines = results.read_bytes().splitlines()
        if len(lines) != self._articles or {json.loads(line)["article"]["id"] for line in lines} != wanted:
            count.problems.append(f"run {count.runs}: {len(lines)} lines of results for {self._articles} articles")
        if {path.name for path in self._folder.glob(f"{results.name}*")} != {results.name, f"{results.name}.journal"}:
            count.problems.append(f"run {count.runs}: files were left behind")

    def _run(self, source: Path, results: Path, wait: float) -> bool:
        """One run of the command, killed after `wait` seconds; True where it ended before."""
        command = [sys.executable, "-m", "reportedly", "batch", str(source), "-o", str(results)]
        command += ["--model", "openai:stand-in", "--base-url", self._server.base_url]
        command += ["--concurrency", str(IN_FLIGHT), "--workers", str(self._rng.choice((1, 1, 2)))]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            self.count.kills += 1
        assert process.stderr is not None
        told = process.stderr.read().decode()
        process.stderr.close()
        process.wait()
        if process.returncode not in (0, -signal.SIGKILL):
            self.count.problems.append(f"exit code {process.returncode}: {told[-300:]}")
            return True
        return process.returncode == 0

    def _look_at_requests(self, recorded: set[str]) -> None:
        """`recorded` are the articles that had their record before the run that sent these requests."""
        asked = [f"n{number}" for number in self._server.seen(self._asked)]
        self._asked += len(asked)
        times = Counter(asked)
        self.count.requests += len(asked)
        self.count.bought_twice += sum(times[name] for name in times.keys() & recorded)
        self.count.bought_twice += sum(number - 1 for number in times.values())
        self.count.asked_again = self.count.requests - self.count.articles


def _records(results: Path) -> Counter[str]:
    """Records that the journal acknowledges, by id; each is held against the results."""
    journal = results.with_name(results.name + ".journal")
    if not journal.exists():
        return Counter()
    data = results.read_bytes()
    found: Counter[str] = Counter()
    for line in journal.read_bytes().split(b"\n")[:-1]:
        entry = json.loads(line)
        if "slot" not in entry:
            continue
        record = json.loads(data[entry["at"] : entry["at"] + entry["size"]])
        mark = MARK.search(record["article"]["text"])
        assert mark is not None
        assert record["article"]["id"] == f"n{mark[1]}"
        found[record["article"]["id"]] += 1
    return found


def soak(kills: int, seed: int, articles: int = ARTICLES) -> Count:
    """Kill so often and count."""
    with tempfile.TemporaryDirectory() as folder, Server(SECONDS) as server:
        return Soak(server, Path(folder), seed, articles).go(kills)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20_251_124)
    asked = parser.parse_args()
    began = time.monotonic()
    count = soak(asked.kills, asked.seed)
    print(f"{count.kills} kills in {count.runs} runs of {ARTICLES} articles, {time.monotonic() - began:.0f} s")
    print(f"{count.lost} lost, {count.doubled} doubled, {count.bought_twice} bought twice beyond those in flight")
    print(f"{count.requests} requests, {count.asked_again} asked again ({IN_FLIGHT} in flight at most)")
    for problem in count.problems:
        print(problem)
    return 0 if count.good else 1


if __name__ == "__main__":
    sys.exit(main())
