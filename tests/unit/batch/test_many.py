"""`summarise_many` and its twin: one result an article, few held at once, in either order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from reportedly import Article, Failure, Report, asummarise_many, summarise_many
from reportedly.errors import AuthFailed, BudgetExceeded, UsageError
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, Tokens
from reportedly.llm.scripted import Answer, Scripted
from reportedly.settings import Settings
from tests.soak.articles import MARK, text_of
from tests.soak.server import reply_to

TEXTS = [text_of(number) for number in range(1, 9)]


class Slow:
    """Answers the fourth article at once and the ones before when it is let; knows how many it had at once."""

    def __init__(self, *, held: bool = False) -> None:
        self.held = held
        self.model = Scripted(self.answer)
        self.at_once = self.most = 0

    async def answer(self, request: ChatRequest) -> Answer:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        mark = MARK.search(request.turns[0].text)
        assert mark is not None
        while self.held and int(mark[1]) < 4:  # noqa: ASYNC110 - it is let from another thread
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.02)
        self.at_once -= 1
        text = reply_to(request.turns[0].text)
        return ChatReply(text=text, finish=Finish.STOP, model="m", tokens=Tokens(input=5000, output=10))


def name(result: Report | Failure) -> str:
    return result.article.id if isinstance(result, Report) else result.id


def test_results_come_as_they_are_ready_and_few_are_held() -> None:
    slow = Slow(held=True)
    taken = 0

    def articles() -> Iterator[str]:
        nonlocal taken
        for text in TEXTS:
            taken += 1
            yield text

    results = summarise_many(articles(), model=slow.model, concurrency=4)
    assert taken == 0
    names = [name(next(results))]
    assert (names, taken) == (["4"], 4)
    slow.held = False
    names += [name(result) for result in results]
    assert sorted(names) == [str(number) for number in range(1, 9)]
    assert slow.most == 4


def test_in_the_order_of_the_articles() -> None:
    given: list[str | Article] = [*TEXTS[:5], "kurz", Article(id="mine", text=TEXTS[6])]
    results = list(summarise_many(given, model=Slow().model, concurrency=4, ordered=True))
    assert [name(result) for result in results] == ["1", "2", "3", "4", "5", "6", "mine"]
    failure = results[5]
    assert isinstance(failure, Failure)
    assert failure.reason == "headline_only"


async def test_on_the_callers_loop_and_from_an_asynchronous_source() -> None:
    async def articles() -> AsyncIterator[str]:
        for text in TEXTS:
            await asyncio.sleep(0)
            yield text

    slow = Slow()
    names = [name(result) async for result in asummarise_many(articles(), model=slow.model, concurrency=3)]
    assert sorted(names) == [str(number) for number in range(1, 9)]
    assert slow.most == 3


@pytest.mark.parametrize("concurrency", [None, 2])
def test_the_rule_engine_in_this_process_and_in_others(concurrency: int | None) -> None:
    results = list(summarise_many(TEXTS, concurrency=concurrency, ordered=True))
    assert [name(result) for result in results] == [str(number) for number in range(1, 9)]
    assert all(isinstance(result, Report) and result.provenance.engine == "rules" for result in results)


def test_what_would_meet_every_article_is_raised() -> None:
    with pytest.raises(AuthFailed):
        list(summarise_many(TEXTS, model=Scripted(lambda _: AuthFailed("wrong key"))))
    with pytest.raises(BudgetExceeded):
        list(summarise_many(TEXTS, model=Slow().model, settings=Settings(max_tokens=20_000, concurrency=1)))
    with pytest.raises(UsageError):
        summarise_many(TEXTS, concurrency=0)


def test_a_loop_that_is_left_leaves_nothing_running() -> None:
    slow = Slow()
    for _ in summarise_many(TEXTS, model=slow.model, concurrency=4):
        break
    asked = len(slow.model.requests)
    for _ in summarise_many(TEXTS[:1], model=Slow().model):
        pass
    assert len(slow.model.requests) == asked
