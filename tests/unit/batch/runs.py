"""Batches as the command line runs them, within a test."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from reportedly.batch import Ended, ExecutorName, Session, Stop
from reportedly.settings import Settings
from reportedly.sources import manuscripts
from reportedly.wiring.batches import Workplace, batch_configuration, hands_for
from tests.soak.articles import write_articles


@dataclass
class Bench:
    """A folder with articles and results."""

    folder: Path
    settings: Settings = field(default_factory=Settings)
    place: Workplace = field(default_factory=lambda: Workplace(ExecutorName.LOCAL))
    said: list[str] = field(default_factory=list)
    words: int | None = None

    @property
    def results(self) -> Path:
        return self.folder / "results.jsonl"

    @property
    def source(self) -> Path:
        return self.folder / "articles.jsonl"

    def write(self, count: int) -> None:
        write_articles(self.source, count)

    def session(self, *, retry_failed: bool = False) -> Session:
        configuration = batch_configuration(self.settings, words=self.words)
        place = replace(self.place, warn=self.said.append)
        build = partial(hands_for, self.settings, configuration, place)
        return Session(self.results, configuration, build, retry_failed=retry_failed, warn=self.said.append)

    async def run(self, *, retry_failed: bool = False, stop: Stop | None = None) -> Ended:
        return await self.run_session(self.session(retry_failed=retry_failed), stop)

    async def run_session(self, session: Session, stop: Stop | None = None) -> Ended:
        """One run of a session that the test looks into meanwhile."""
        return await session.work(manuscripts([self.source]), stop or Stop())

    def records(self) -> list[dict[str, Any]]:
        """What stands in the results."""
        return [json.loads(line) for line in self.results.read_bytes().splitlines()]

    def ids(self) -> list[str]:
        """Ids of the records, sorted."""
        return sorted(record["article"]["id"] if "article" in record else record["id"] for record in self.records())
