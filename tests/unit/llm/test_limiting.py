from __future__ import annotations

import asyncio

import pytest

from reportedly import errors
from reportedly.llm import ChatRequest
from reportedly.llm.limiting import CUT, FIRST, Limiting
from reportedly.llm.scripted import Scripted
from tests.unit.llm.conftest import ask


class Crowd:
    """Answers when released, and knows how many were inside at most."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.gate = asyncio.Event()

    async def __call__(self, request: ChatRequest) -> str:
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.gate.wait()
        self.inside -= 1
        return "ja"


async def test_never_more_than_the_bound() -> None:
    crowd = Crowd()
    model = Limiting(Scripted(crowd), most=5, adaptive=False)
    calls = [asyncio.create_task(model.complete(ask())) for _ in range(40)]
    await asyncio.sleep(0.01)
    assert (crowd.inside, model.in_flight) == (5, 5)
    crowd.gate.set()
    await asyncio.gather(*calls)
    assert (crowd.most, model.in_flight) == (5, 0)


async def test_grows_while_clean_up_to_the_most() -> None:
    model = Limiting(Scripted(lambda _: "ja"), most=50)
    assert model.limit == FIRST
    for _ in range(10):
        await model.complete(ask())
    assert model.limit == FIRST + 10
    for _ in range(100):
        await model.complete(ask())
    assert model.limit == 50


async def test_shrinks_on_429_once_for_all_that_were_in_flight() -> None:
    async def refuse(_: ChatRequest) -> errors.RateLimited:
        await asyncio.sleep(0.01)
        return errors.RateLimited("slower")

    model = Limiting(Scripted(refuse), most=100)
    await asyncio.gather(*(model.complete(ask()) for _ in range(10)), return_exceptions=True)
    assert model.limit == int(FIRST * CUT)
    with pytest.raises(errors.RateLimited):
        await model.complete(ask())
    assert model.limit == int(FIRST * CUT * CUT)


async def test_after_a_429_it_grows_slowly() -> None:
    model = Limiting(Scripted([errors.RateLimited("slower"), *["ja"] * 14]), most=100)
    with pytest.raises(errors.RateLimited):
        await model.complete(ask())
    before = model.limit
    for _ in range(14):
        await model.complete(ask())
    assert model.limit == before + 1


async def test_does_not_shrink_on_5xx_but_stops_growing() -> None:
    model = Limiting(Scripted([errors.ProviderFault("down"), "ja", "ja"]), most=100)
    with pytest.raises(errors.ProviderFault):
        await model.complete(ask())
    await model.complete(ask())
    await model.complete(ask())
    assert model.limit == FIRST


async def test_a_cancelled_waiter_takes_no_place() -> None:
    crowd = Crowd()
    model = Limiting(Scripted(crowd), most=1, adaptive=False)
    first, waiting, last = (asyncio.create_task(model.complete(ask())) for _ in range(3))
    await asyncio.sleep(0.01)
    waiting.cancel()
    crowd.gate.set()
    await asyncio.gather(first, last)
    assert waiting.cancelled() or waiting.done()
    assert model.in_flight == 0


async def test_one_limiter_serves_several_loops() -> None:
    model = Limiting(Scripted(lambda _: "ja"), most=1, adaptive=False)

    def elsewhere() -> list[str]:
        async def both() -> list[str]:
            return [reply.text for reply in await asyncio.gather(*(model.complete(ask()) for _ in range(20)))]

        return asyncio.run(both())

    here = asyncio.gather(*(model.complete(ask()) for _ in range(20)))
    there = await asyncio.gather(asyncio.to_thread(elsewhere), asyncio.to_thread(elsewhere))
    assert len(await here) == 20
    assert list(there) == [["ja"] * 20] * 2
