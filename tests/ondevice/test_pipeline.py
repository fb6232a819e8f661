"""The whole pipeline on a model with random weights: what it says is rubbish, and must not leave as a clean report."""

from __future__ import annotations

import pytest

from reportedly import asummarise
from reportedly.llm.through_openai import ThroughOpenAI
from reportedly.schema import Article, Origin, Outcome
from reportedly.settings import Settings
from tests.unit.pipeline.replies import ENGLISH, GERMAN

pytestmark = [pytest.mark.ondevice, pytest.mark.block_network(allowed_hosts=["127.0.0.1"])]


@pytest.mark.parametrize("article", [GERMAN, ENGLISH], ids=["de", "en"])
async def test_rubbish_is_undetermined_or_replaced(llama: str, article: Article) -> None:
    model = ThroughOpenAI("tiny-random", base_url=llama)
    report = await asummarise(article, model=model, settings=Settings(retries=0))
    assert report.provenance.usage.calls >= 1
    if report.outcome is Outcome.UNDETERMINED:
        assert report.reason
        assert report.summary is None
    else:
        assert report.summary is not None
        assert {told.origin for told in report.summary.sentences} <= {Origin.REPLACED, Origin.EXTRACTED}
