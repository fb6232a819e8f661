"""Counting what calls use, and halting before a limit is passed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Annotated

from pydantic import Field

from reportedly.errors import BudgetExceeded, ModelError, UsageError
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest, ModelIdentity, Tokens
from reportedly.llm.pricing import has_price, price
from reportedly.llm.tokens import estimate, estimate_request
from reportedly.llm.wrapping import Bell, Wrapping
from reportedly.schema.span import Record

Pricer = Callable[[ModelIdentity, Tokens], float | None]


class Spending(Record):
    """What a run has used so far."""

    calls: int = 0
    """Calls that were answered."""
    tokens: Tokens = Tokens()
    """Tokens of these; `estimated` once any count is ours."""
    cost: float | None = 0.0
    """US dollars of these; None once a price is unknown."""
    lost_calls: int = 0
    """Calls without an answer that the provider may bill all the same (cut off, out of time)."""
    lost_tokens: int = 0
    """At most so many tokens of those."""
    lost_cost: float | None = 0.0
    """At most so many US dollars of those."""

    @property
    def committed_tokens(self) -> int:
        """What a limit in tokens is held against."""
        return self.tokens.total + self.lost_tokens

    @property
    def committed_cost(self) -> float | None:
        """What a limit in money is held against."""
        return _sum(self.cost, self.lost_cost)

    def with_use(self, *, tokens: Tokens, charged: float | None) -> Spending:
        """This and one answered call."""
        both = add(self.tokens, tokens)
        return self.model_copy(
            update={"calls": self.calls + 1, "tokens": both, "cost": _sum(self.cost, charged)},
        )

    def with_loss(self, *, most: Tokens, dearest: float | None) -> Spending:
        """This and one call without an answer that may be billed."""
        return self.model_copy(
            update={
                "lost_calls": self.lost_calls + 1,
                "lost_tokens": self.lost_tokens + most.total,
                "lost_cost": _sum(self.lost_cost, dearest),
            },
        )


class Limits(Record):
    """Where a run halts."""

    cost: Annotated[float, Field(gt=0)] | None = None
    """US dollars."""
    tokens: Annotated[int, Field(gt=0)] | None = None
    """Tokens sent and received."""


class Budgeting(Wrapping):
    """Reserves what a call can use at most before it is sent, and settles by what it used.

    A call that could pass the limit waits for others to settle, and raises `BudgetExceeded` when waiting can't help:
    the limit is never passed, and what is done is kept. `already` carries the spending of an interrupted run.
    """

    def __init__(
        self,
        inner: ChatModel,
        limits: Limits | None = None,
        *,
        already: Spending | None = None,
        pricer: Pricer = price,
    ) -> None:
        super().__init__(inner)
        self._limits = limits or Limits()
        self._pricer = pricer
        self._lock = threading.Lock()
        self._bell = Bell()
        self._spent = already or Spending()
        self._reserved_cost = 0.0
        self._reserved_tokens = 0
        if self._limits.cost is not None and pricer is price and not has_price(inner.identity):
            raise UsageError(
                f"the price of {inner.identity} is unknown, so a limit in money can't be kept",
                hint="limit the tokens instead: --max-tokens",
            )

    @property
    def spent(self) -> Spending:
        """What was used so far."""
        return self._spent

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask within the budget; the reply carries its cost, and our estimate where the provider counted nothing."""
        reserved, dearest = self._reservation(request)
        await self._reserve(reserved, dearest)
        after: Callable[[Spending], Spending] = self._lose(request)
        try:
            reply = await self.inner.complete(request)
            tokens = _filled(reply, request)
            charged = self._pricer(self.identity, tokens)
            after = partial(Spending.with_use, tokens=tokens, charged=charged)
            return reply.model_copy(update={"tokens": tokens, "cost": charged})
        except ModelError as error:
            if not error.may_be_billed:
                after = _as_it_was
            raise
        finally:  # cancelled in flight counts as lost: the provider goes on working
            self._settle(reserved, dearest, after)

    def _reservation(self, request: ChatRequest) -> tuple[int, float]:
        """Tokens and US dollars at most; nothing where nothing is limited: estimating costs half a call's CPU."""
        if self._limits == Limits():
            return 0, 0.0
        most = estimate_request(request)
        return most.total, (self._pricer(self.identity, most) or 0.0) if self._limits.cost is not None else 0.0

    async def _reserve(self, tokens: int, cost: float) -> None:
        while True:
            with self._lock:
                self._raise_if_hopeless(tokens, cost)
                if self._fits(tokens, cost):
                    self._reserved_tokens += tokens
                    self._reserved_cost += cost
                    return
                turn = self._bell.enrol()
            try:
                await turn
            except asyncio.CancelledError:
                self._bell.leave(turn)
                raise

    def _raise_if_hopeless(self, tokens: int, cost: float) -> None:
        spent, limits = self._spent, self._limits
        if limits.tokens is not None and spent.committed_tokens + tokens > limits.tokens:
            raise BudgetExceeded(
                f"{spent.committed_tokens} of {limits.tokens} tokens are used; the next call may need {tokens}"
            )
        if limits.cost is not None and (spent.committed_cost or 0.0) + cost > limits.cost:
            raise BudgetExceeded(
                f"${spent.committed_cost or 0.0:.4f} of ${limits.cost:.4f} is used; the next call may cost ${cost:.4f}"
            )

    def _fits(self, tokens: int, cost: float) -> bool:
        spent, limits = self._spent, self._limits
        if limits.tokens is not None and spent.committed_tokens + self._reserved_tokens + tokens > limits.tokens:
            return False
        return limits.cost is None or (spent.committed_cost or 0.0) + self._reserved_cost + cost <= limits.cost

    def _lose(self, request: ChatRequest) -> Callable[[Spending], Spending]:
        def booked(spent: Spending) -> Spending:
            most = estimate_request(request)
            return spent.with_loss(most=most, dearest=self._pricer(self.identity, most))

        return booked

    def _settle(self, tokens: int, cost: float, after: Callable[[Spending], Spending]) -> None:
        """Give the reservation back and book what was used, in one step: between two, a third call would fit in."""
        with self._lock:
            self._reserved_tokens -= tokens
            self._reserved_cost -= cost
            self._spent = after(self._spent)
        self._bell.ring()


def _as_it_was(spent: Spending) -> Spending:
    return spent


def add(one: Tokens, other: Tokens) -> Tokens:
    """Both together."""
    return Tokens(
        input=one.input + other.input,
        cached=one.cached + other.cached,
        cache_written=one.cache_written + other.cache_written,
        output=one.output + other.output,
        reasoning=one.reasoning + other.reasoning,
        estimated=one.estimated or other.estimated,
    )


def _filled(reply: ChatReply, request: ChatRequest) -> Tokens:
    """The provider's count, or ours where it gave none (which is not the same as zero)."""
    if not reply.tokens.estimated:
        return reply.tokens
    return Tokens(input=estimate_request(request).input, output=estimate(reply.text), estimated=True)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
