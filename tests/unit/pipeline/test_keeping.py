"""Replies that led to a report are kept: the same article asked again costs nothing and reads the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reportedly.llm.caching import Caching, ReplyStore
from reportedly.llm.scripted import Answer, Scripted
from reportedly.pipeline import Asked, Wanted, adrive, report_by_model
from reportedly.schema import Article, Outcome, Report, Usage
from tests.unit.pipeline.replies import ENGLISH, GERMAN, good, written


def ask(path: Path, article: Article, *answers: Answer) -> tuple[Report, int]:
    """The report, and how many requests reached the model."""
    model = Scripted(answers)
    caching = Caching(model, ReplyStore(path))
    report = asyncio.run(adrive(report_by_model(article, Wanted(), Asked(model="scripted")), caching))
    asyncio.run(caching.aclose())
    return report, len(model.requests)


def told(report: Report) -> Report:
    """The report without what it took to make it."""
    spent = report.provenance.model_copy(update={"usage": Usage(), "seconds": 0.0})
    return report.model_copy(update={"provenance": spent})


@pytest.mark.parametrize("article", [GERMAN, ENGLISH], ids=["de", "en"])
def test_a_second_run_sends_nothing_and_says_the_same(tmp_path: Path, article: Article) -> None:
    first, sent = ask(tmp_path / "replies.db", article, written(good(article)))
    again, resent = ask(tmp_path / "replies.db", article)
    assert (sent, resent) == (1, 0)
    assert told(again) == told(first)
    usage = again.provenance.usage
    assert (usage.calls, usage.cached, usage.attempts, usage.cost) == (1, 1, 0, 0.0)


def test_a_repair_is_kept_with_what_it_mended(tmp_path: Path) -> None:
    bad = good(GERMAN)
    bad["summary"][0]["sentences"] = [99]
    first, sent = ask(tmp_path / "replies.db", GERMAN, written(bad), written(good(GERMAN)))
    again, resent = ask(tmp_path / "replies.db", GERMAN)
    assert (sent, resent) == (2, 0)
    assert told(again) == told(first)


def test_nothing_of_a_failure_is_kept(tmp_path: Path) -> None:
    failed, _ = ask(tmp_path / "replies.db", GERMAN, *["I can't."] * 3)
    assert failed.outcome is Outcome.UNDETERMINED
    mended, sent = ask(tmp_path / "replies.db", GERMAN, written(good(GERMAN)))
    assert sent == 1
    assert mended.outcome is Outcome.CLEAN
