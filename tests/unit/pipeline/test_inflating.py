"""A model that drops every hedge and source gets nothing surer out; one that answers well is left alone."""

from __future__ import annotations

from benchmarks.inflating import measure
from benchmarks.tampered_replies import own_articles

BROKEN = 3
"""What the rules that strip a sentence of its source leave as no sentence („Which cites a person …“) is let through."""
ALARMS = 2
"""Good sentences that the checks of certainty take for surer; each gives way to other words of the article."""
TRIED = 75
"""Inflated sentences that the own articles must give, so that the count means something."""


def test_inflated_sentences_do_not_leave_and_good_ones_stay() -> None:
    bad, well = measure(own_articles())
    assert bad.told["sentences"] >= TRIED
    assert len(bad.left) <= BROKEN, bad.left
    assert well.told["sentences"] > 250
    assert len(well.left) <= ALARMS, well.left
