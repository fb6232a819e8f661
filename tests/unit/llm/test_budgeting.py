from __future__ import annotations

import asyncio

import pytest

from reportedly import errors
from reportedly.llm import ChatModel, ChatReply, ChatRequest, Finish, ModelIdentity, Tokens
from reportedly.llm.budgeting import Budgeting, Limits, Spending
from reportedly.llm.scripted import Scripted
from reportedly.llm.tokens import estimate_request
from tests.unit.llm.conftest import ask

MOST = estimate_request(ask()).total


def dollar_a_token(_: ModelIdentity, tokens: Tokens) -> float:
    return float(tokens.total)


def used(count: int) -> ChatReply:
    return ChatReply(text="ja", finish=Finish.STOP, model="m", tokens=Tokens(input=count - 2, output=2))


async def halted_after(model: ChatModel, calls: int = 100) -> int:
    for done in range(calls):
        try:
            await model.complete(ask())
        except errors.BudgetExceeded:
            return done
    return calls


async def test_halts_before_the_call_that_could_pass_the_limit() -> None:
    model = Budgeting(Scripted(lambda _: used(10)), Limits(tokens=MOST + 35), pricer=dollar_a_token)
    assert await halted_after(model) == 4
    assert model.spent.tokens.total == 40 <= MOST + 35
    assert model.spent.calls == 4


async def test_halts_by_cost_as_well() -> None:
    model = Budgeting(Scripted(lambda _: used(10)), Limits(cost=MOST + 5.0), pricer=dollar_a_token)
    assert await halted_after(model) == 1
    assert model.spent.cost == 10.0


@pytest.mark.parametrize("at_once", [1, 7, 50])
async def test_the_limit_is_never_passed_whatever_the_concurrency(at_once: int) -> None:
    in_flight = asyncio.Semaphore(at_once)

    async def answer(_: ChatRequest) -> ChatReply:
        async with in_flight:
            await asyncio.sleep(0.001)
            return used(MOST)  # as dear as it can get

    limit = MOST * 10 + 3
    model = Budgeting(Scripted(answer), Limits(tokens=limit), pricer=dollar_a_token)
    outcomes = await asyncio.gather(*(model.complete(ask()) for _ in range(60)), return_exceptions=True)
    answered = [outcome for outcome in outcomes if isinstance(outcome, ChatReply)]
    assert len(answered) == 10, "what fits is done and kept"
    assert all(isinstance(o, errors.BudgetExceeded) for o in outcomes if not isinstance(o, ChatReply))
    assert model.spent.tokens.total == MOST * 10 <= limit


async def test_waits_for_others_to_settle_before_it_gives_up() -> None:
    """Two calls fit by what they use, not by what they reserve: the second waits instead of failing."""
    gate = asyncio.Event()

    async def answer(_: ChatRequest) -> ChatReply:
        await gate.wait()
        return used(5)

    model = Budgeting(Scripted(answer), Limits(tokens=MOST + 6), pricer=dollar_a_token)
    calls = [asyncio.create_task(model.complete(ask())) for _ in range(2)]
    await asyncio.sleep(0.01)
    assert not any(call.done() for call in calls)
    gate.set()
    assert len(await asyncio.gather(*calls)) == 2


async def test_a_failure_that_is_not_billed_gives_its_reservation_back() -> None:
    script = Scripted([errors.RateLimited("slower"), *["ja"] * 3])
    model = Budgeting(script, Limits(tokens=MOST + 1), pricer=dollar_a_token)
    with pytest.raises(errors.RateLimited):
        await model.complete(ask())
    await model.complete(ask("x"))
    assert model.spent.lost_calls == 0


async def test_a_failure_that_may_be_billed_counts() -> None:
    model = Budgeting(
        Scripted([errors.DeadlineExceeded("late"), "ja"]), Limits(tokens=2 * MOST - 1), pricer=dollar_a_token
    )
    with pytest.raises(errors.DeadlineExceeded):
        await model.complete(ask())
    assert model.spent.lost_tokens == MOST
    assert model.spent.lost_cost == float(MOST)
    with pytest.raises(errors.BudgetExceeded):
        await model.complete(ask())


async def test_a_cancelled_call_counts_as_possibly_billed() -> None:
    async def never(_: ChatRequest) -> str:
        await asyncio.Event().wait()
        return ""

    model = Budgeting(Scripted(never), pricer=dollar_a_token)
    call = asyncio.create_task(model.complete(ask()))
    await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert model.spent.lost_calls == 1


async def test_usage_left_out_is_estimated() -> None:
    bare = ChatReply(text="ein Wort oder zwei", finish=Finish.STOP, model="m", tokens=Tokens(estimated=True))
    model = Budgeting(Scripted([bare]), pricer=dollar_a_token)
    reply = await model.complete(ask())
    assert reply.tokens.estimated
    assert reply.tokens.input == estimate_request(ask()).input
    assert 3 <= reply.tokens.output <= 8
    assert model.spent.tokens.estimated


async def test_an_unknown_price_is_none_and_stays_none() -> None:
    model = Budgeting(Scripted(["ja"]))
    reply = await model.complete(ask())
    assert reply.cost is None
    assert model.spent.cost is None


def test_a_limit_in_money_needs_a_price() -> None:
    with pytest.raises(errors.UsageError, match="price of scripted:scripted is unknown"):
        Budgeting(Scripted([]), Limits(cost=1.0))


async def test_an_interrupted_run_goes_on_with_what_it_has_spent() -> None:
    already = Spending(calls=9, tokens=Tokens(input=100), cost=100.0)
    model = Budgeting(Scripted(["ja"]), Limits(tokens=100 + MOST - 1), already=already, pricer=dollar_a_token)
    with pytest.raises(errors.BudgetExceeded):
        await model.complete(ask())
