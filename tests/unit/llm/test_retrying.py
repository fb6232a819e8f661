from __future__ import annotations

import contextlib

import pytest

from reportedly import errors
from reportedly.llm import ChatReply, Finish
from reportedly.llm.holding import Holding
from reportedly.llm.retrying import Patience, Retrying
from reportedly.llm.scripted import Scripted
from tests.unit.llm.conftest import Clock, ask


def limited(seconds: float | None = None) -> errors.RateLimited:
    return errors.RateLimited("slower", status=429, retry_after=seconds)


def retrying(script: Scripted, clock: Clock, patience: Patience | None = None) -> Retrying:
    return Retrying(script, patience, sleep=clock.sleep, clock=clock)


async def test_waits_at_least_as_long_as_asked(clock: Clock) -> None:
    reply = await retrying(Scripted([limited(12.0), "ja"]), clock).complete(ask())
    assert reply.text == "ja"
    assert reply.attempts == 2
    assert clock.slept[0] >= 12.0
    assert reply.seconds >= 12.0


async def test_waits_double_and_vary(clock: Clock) -> None:
    faults = [errors.ProviderFault("down") for _ in range(9)]
    patience = Patience(attempts=9, first_wait=1.0, longest_wait=16.0)
    with pytest.raises(errors.ProviderFault) as caught:
        await retrying(Scripted(faults), clock, patience).complete(ask())
    assert caught.value.attempts == 9
    for wait, full in zip(clock.slept, [1, 2, 4, 8, 16, 16, 16, 16], strict=True):
        assert full / 2 <= wait <= full
    assert len({wait / full for wait, full in zip(clock.slept, [1, 2, 4, 8, 16, 16, 16, 16], strict=True)}) > 1


@pytest.mark.parametrize(
    "error",
    [errors.QuotaExhausted, errors.AuthFailed, errors.ModelNotFound, errors.RequestInvalid, errors.ContentFiltered],
)
async def test_what_cannot_succeed_is_raised_at_once(error: type[errors.ModelError], clock: Clock) -> None:
    script = Scripted([error("no"), "ja"])
    with pytest.raises(error):
        await retrying(script, clock).complete(ask())
    assert len(script.requests) == 1
    assert clock.slept == []


async def test_a_wait_of_hours_is_no_wait_but_the_end_of_the_quota(clock: Clock) -> None:
    with pytest.raises(errors.QuotaExhausted, match="7200 s"):
        await retrying(Scripted([limited(7200), "ja"]), clock).complete(ask())
    assert clock.slept == []


async def test_what_one_learns_all_know_for_a_while(clock: Clock) -> None:
    script = Scripted([errors.QuotaExhausted("empty"), "ja"])
    model = retrying(script, clock)
    for expected in (1, 0, 0):
        with pytest.raises(errors.QuotaExhausted) as caught:
            await model.complete(ask())
        assert caught.value.attempts == expected
    assert len(script.requests) == 1
    clock.now += Patience().standing_for
    assert (await model.complete(ask())).text == "ja"


async def test_one_bad_request_does_not_stand_for_others(clock: Clock) -> None:
    model = retrying(Scripted([errors.RequestInvalid("odd"), "ja"]), clock)
    with pytest.raises(errors.RequestInvalid):
        await model.complete(ask())
    assert (await model.complete(ask())).text == "ja"


async def test_calls_used_up_in_a_row_are_an_outage(clock: Clock) -> None:
    patience = Patience(attempts=1, outage_after=3)
    model = retrying(Scripted(["ja", *[errors.ProviderFault("down") for _ in range(3)], "ja"]), clock, patience)
    await model.complete(ask())
    for expected in (errors.ProviderFault, errors.ProviderFault, errors.Outage, errors.Outage):
        with pytest.raises(expected):
            await model.complete(ask())
    clock.now += patience.standing_for
    assert (await model.complete(ask())).text == "ja"


async def test_a_success_between_ends_the_row(clock: Clock) -> None:
    down = errors.ConnectionFault
    patience = Patience(attempts=1, outage_after=2)
    model = retrying(Scripted(["ja", down("cut"), "ja", down("cut"), "ja"]), clock, patience)
    outcomes = []
    for _ in range(5):
        try:
            outcomes.append((await model.complete(ask())).text)
        except errors.ModelError as error:
            outcomes.append(type(error).__name__)
    assert outcomes == ["ja", "ConnectionFault", "ja", "ConnectionFault", "ja"]


async def test_an_address_that_never_answered_is_an_outage_after_one_call(clock: Clock) -> None:
    script = Scripted([errors.ConnectionFault("refused") for _ in range(4)])
    with pytest.raises(errors.Outage):
        await retrying(script, clock).complete(ask())


async def test_attempts_below_are_added_up(clock: Clock) -> None:
    fault = errors.ProviderFault("down")
    fault.attempts = 2
    reply = ChatReply(text="ja", finish=Finish.STOP, model="m", attempts=3)
    assert (await retrying(Scripted([fault, reply]), clock).complete(ask())).attempts == 5


async def test_a_pause_is_shared(clock: Clock) -> None:
    script = Scripted([limited(20.0), "eins", "zwei"])
    model = Holding(script, sleep=clock.sleep, clock=clock)
    with pytest.raises(errors.RateLimited):
        await model.complete(ask())
    before = clock.now
    await model.complete(ask("another caller"))
    assert clock.now - before >= 20.0
    await model.complete(ask())
    assert clock.now - before < 21.0


async def test_a_pause_that_names_no_time_grows_until_a_success(clock: Clock) -> None:
    model = Holding(Scripted([limited(), limited(), "ja", limited(), "ja"]), sleep=clock.sleep, clock=clock)
    waits = []
    for _ in range(5):
        before = clock.now
        with contextlib.suppress(errors.RateLimited):
            await model.complete(ask())
        waits.append(round(clock.now - before))
    assert waits == [0, 1, 2, 0, 1]
