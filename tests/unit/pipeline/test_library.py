"""The library's door to a model: in a plain call, on a running loop, with objects of one's own and of langchain."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.language_models import FakeListChatModel

import reportedly
from reportedly.evaluation.standing_in import answer
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, ModelIdentity
from reportedly.llm.scripted import Scripted
from reportedly.schema import Article, Outcome, Report
from tests.unit.pipeline.replies import ENGLISH, GERMAN, good, written

BOTH = pytest.mark.parametrize("article", [GERMAN, ENGLISH], ids=["de", "en"])


class OurOwn:
    """A model as a caller would write one: three members, no base class. It answers by the rules."""

    name = "ours:rules"
    identity = ModelIdentity(provider="ours", model="rules")

    async def complete(self, request: ChatRequest) -> ChatReply:
        await asyncio.sleep(0)
        return ChatReply(text=answer(request.turns[-1].text), finish=Finish.STOP, model="rules")


def good_enough(report: Report, model: str) -> None:
    assert report.outcome is Outcome.CLEAN, report.findings
    assert report.summary is not None
    assert report.provenance.engine == "model"
    assert report.provenance.model == model
    assert report.provenance.usage.calls == 1


@BOTH
def test_a_plain_call_with_a_model_of_ones_own(article: Article) -> None:
    good_enough(reportedly.summarise(article, model=OurOwn()), "ours:rules")


@BOTH
async def test_a_plain_call_inside_a_running_loop(article: Article) -> None:
    """As in a notebook: the loop is running, and `summarise` can't be awaited."""
    assert asyncio.get_running_loop().is_running()
    good_enough(reportedly.summarise(article, model=Scripted([written(good(article))])), "scripted:scripted")


@BOTH
async def test_many_at_once_on_the_callers_loop(article: Article) -> None:
    reports = await asyncio.gather(*(reportedly.asummarise(article, model=OurOwn()) for _ in range(20)))
    for report in reports:
        good_enough(report, "ours:rules")
    assert len({report.summary.text for report in reports if report.summary}) == 1


@BOTH
def test_a_langchain_model_handed_in(article: Article) -> None:
    report = reportedly.summarise(article, model=FakeListChatModel(responses=[written(good(article))]))
    assert report.outcome is Outcome.CLEAN, report.findings
    assert report.summary is not None
    assert report.provenance.engine == "model"


async def test_a_langchain_model_on_the_callers_loop() -> None:
    report = await reportedly.asummarise(GERMAN, model=FakeListChatModel(responses=[written(good(GERMAN))]))
    assert report.outcome is Outcome.CLEAN, report.findings


@BOTH
async def test_flags_alone_by_a_model(article: Article) -> None:
    report = reportedly.flag(article, model=OurOwn())
    assert report.summary is None
    assert report.claims
    assert report.outcome is Outcome.CLEAN
