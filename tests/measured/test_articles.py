"""Every article at hand: no crash, exact spans, nothing checkable passed over, no error in our own summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly import Report, summarise
from reportedly.schema import SentenceKind, Severity

pytestmark = pytest.mark.shared


def articles(shared: Path, name: str) -> list[dict[str, str]]:
    lines = (shared / "data" / "articles" / name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.mark.parametrize("name", ["de_news_300.jsonl", "en_news_200.jsonl"])
def test_every_article_is_read_and_summed_up(shared: Path, name: str) -> None:
    prose = silent = 0
    for row in articles(shared, name):
        report = summarise(row["text"], id=row["id"], lang=row["lang"])
        spans_are_exact(report, row["text"])
        assert report.summary is not None
        wrong = [finding for finding in report.findings if finding.severity is Severity.ERROR]
        assert not wrong, (row["id"], wrong)
        claimed = {claim.sentence for claim in report.claims}
        bodies = [s.id for s in report.sentences if s.kind is SentenceKind.PROSE]
        prose += len(bodies)
        silent += len(set(bodies) - claimed)
    assert silent <= 0.03 * prose, f"{silent} of {prose} sentences of prose have no claim"


def spans_are_exact(report: Report, text: str) -> None:
    assert report.article.text == text
    for claim in report.claims:
        assert claim.span.of(text) == claim.text
        if claim.cue is not None:
            assert claim.cue.span.of(text) == claim.cue.text
        sentence = report.sentences[claim.sentence - 1]
        assert sentence.span.contains(claim.span)
