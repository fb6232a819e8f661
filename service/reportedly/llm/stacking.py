"""The wrappers in the one order that is right."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.llm.budgeting import Budgeting, Limits, Spending
from reportedly.llm.caching import Caching, ReplyStore
from reportedly.llm.expiring import CALL_SECONDS, Expiring
from reportedly.llm.holding import Holding
from reportedly.llm.interface import ChatModel
from reportedly.llm.limiting import Limiting
from reportedly.llm.retrying import Patience, Retrying


@dataclass(frozen=True, slots=True)
class Guards:
    """What to put around a model."""

    seconds: float = CALL_SECONDS
    """Deadline of one attempt."""
    patience: Patience = field(default_factory=Patience)
    """When to try again."""
    limits: Limits = field(default_factory=Limits)
    """Where the run halts."""
    already: Spending = field(default_factory=Spending)
    """What an interrupted run has used before."""
    most_in_flight: int | None = None
    """Calls at once; None sets no bound (one article at a time needs none)."""
    cache: ReplyStore | None = None
    """Where replies are kept."""
    namespace: str = ""
    """Whose replies they are."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A guarded model, and the parts of it that others ask."""

    model: ChatModel
    """What to call."""
    budget: Budgeting
    """Knows what was spent."""
    limiter: Limiting | None
    """Knows how many calls are in flight."""


def stack(model: ChatModel, guards: Guards | None = None) -> Stack:
    """Put the guards around a model.

    From the outside in: a kept reply costs nothing (`caching`); each attempt (`retrying`) takes a place (`limiting`),
    waits out a shared pause (`holding`), reserves its cost (`budgeting`) and must end in time (`expiring`).
    """
    guards = guards or Guards()
    budget = Budgeting(Expiring(model, seconds=guards.seconds), guards.limits, already=guards.already)
    inner: ChatModel = Holding(budget)
    limiter = Limiting(inner, most=guards.most_in_flight) if guards.most_in_flight else None
    outer: ChatModel = Retrying(limiter or inner, guards.patience)
    if guards.cache is not None:
        outer = Caching(outer, guards.cache, namespace=guards.namespace)
    return Stack(outer, budget, limiter)
