"""True sentences in other typography stay clean and align; with a number, name or negation changed they don't pass."""

import random
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.tampering import SEED, articles, judge, variants

from reportedly.language.segment import segment
from reportedly.schema import Article
from reportedly.stages.check import Source

EACH = 900
"""Variants of a kind that are tried on the shared articles."""
MISSED = {"typography": 0.002, "number": 0.01, "name": 0.02, "negation": 0.005, "aligned": 0.005}
"""Largest share that may go wrong: a speaker's name before a colon, a number inside a name („Kanal 24“) are left."""


def outcome(source: Source, chance: random.Random, wrong: Counter[str], total: Counter[str]) -> None:
    for variant in variants(source.article, source.sentences, chance):
        if total[variant.kind] >= EACH:
            continue
        alignment, findings = judge(source, variant)
        total[variant.kind] += 1
        wrong[variant.kind] += bool(findings) is (variant.kind == "typography")
        if variant.kind == "typography":
            total["aligned"] += 1
            wrong["aligned"] += variant.original not in alignment.sources


def test_own_articles_without_a_miss(german: Source, english: Source) -> None:
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for seed in range(12):
        for source in (german, english):
            outcome(source, random.Random(seed), wrong, total)
    assert min(total[kind] for kind in MISSED) >= 40, total
    assert not +wrong


@pytest.mark.shared
def test_shared_articles(shared: Path) -> None:
    chance = random.Random(SEED)
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    pool: list[Article] = list(articles(shared))
    chance.shuffle(pool)
    for article in pool:
        if total and all(total[kind] >= EACH for kind in MISSED):
            break
        outcome(Source(article, segment(article.text, article.language)), chance, wrong, total)
    assert all(total[kind] >= EACH for kind in MISSED), total
    assert {kind: wrong[kind] / total[kind] for kind in MISSED if wrong[kind] / total[kind] > MISSED[kind]} == {}
