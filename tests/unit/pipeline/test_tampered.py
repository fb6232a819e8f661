"""One number, name, negation, id, cue or source changed in a good reply: none comes out as grounded and clean."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from benchmarks.tampered_replies import SEED, measure, own_articles

from reportedly.schema import Article

EACH = 10
"""Articles a language that are tried here; the benchmark takes all."""
KINDS = {f"{what} in {where}" for what in ("number", "name", "negation", "id") for where in ("summary", "claim")}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_tampered_reply_comes_out_as_clean(language: str) -> None:
    chance = random.Random(SEED)
    articles: list[Article] = [article for article in own_articles() if article.language.value == language]
    tried: Counter[str] = Counter()
    through: list[str] = []
    for article, tampered, passed in measure(iter(chance.sample(articles, EACH)), chance):
        tried[tampered.kind] += 1
        if passed:
            through.append(f"{article.id}: {tampered.kind}: {tampered.words}")
    assert not through
    assert set(tried) == KINDS | {"cue", "source"}
    assert min(tried.values()) >= EACH // 3
