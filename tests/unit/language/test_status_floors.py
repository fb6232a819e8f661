"""The reader stays as good as it was on the labelled articles beside the repository; skips without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.status import score_quotations, score_status

GERMAN = (0.86, 0.86, 0.09)
"""Accuracy, unsure_f1 at least, unsure_told_flat at most: two points under what was reached, so that noise passes."""


@pytest.mark.shared
def test_german_articles(shared: Path) -> None:
    scores = score_status(shared / "data" / "status" / "de_dev2.jsonl")
    assert scores.accuracy >= GERMAN[0]
    assert scores.unsure_f1 >= GERMAN[1]
    assert scores.unsure_told_flat <= GERMAN[2]


@pytest.mark.shared
def test_german_quotations(shared: Path) -> None:
    scores = score_quotations(shared / "data" / "attribution" / "de_news_quotes_train.jsonl")
    assert scores.f1 >= 0.78
    assert scores.speaker >= 0.65
