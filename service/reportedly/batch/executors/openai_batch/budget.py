"""What requests may cost at most until they are answered, held against the limits of the run."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.errors import BudgetExceeded
from reportedly.llm.budgeting import Limits
from reportedly.llm.interface import ChatRequest, ModelIdentity
from reportedly.llm.pricing import BATCH_SHARE, price
from reportedly.llm.tokens import estimate_request
from reportedly.schema import Usage


@dataclass(slots=True)
class BatchBudget:
    """Reserves when a request is parked, settles when its article is finished."""

    identity: ModelIdentity
    limits: Limits
    tokens: int = 0
    """Used, by earlier runs as well."""
    cost: float = 0.0
    held_tokens: int = 0
    """Reserved."""
    held_cost: float = 0.0
    _reserved: dict[bytes, dict[str, tuple[int, float]]] = field(default_factory=dict)

    def reserve(self, key: bytes, custom_id: str, request: ChatRequest, *, bought: bool) -> None:
        """Hold what a request of an article can use at most.

        Raises BudgetExceeded where that could pass a limit and the request is not with the provider already.
        """
        if self.limits.cost is None and self.limits.tokens is None:
            return
        most = estimate_request(request)
        dearest = (price(self.identity, most) or 0.0) * BATCH_SHARE
        held = self._reserved.setdefault(key, {})
        if custom_id in held:
            return
        if not bought:
            self._refuse_beyond(most.total, dearest)
        held[custom_id] = most.total, dearest
        self.held_tokens += most.total
        self.held_cost += dearest

    def _refuse_beyond(self, tokens: int, cost: float) -> None:
        if self.limits.tokens is not None and self.tokens + self.held_tokens + tokens > self.limits.tokens:
            raise BudgetExceeded(
                f"{self.tokens} of {self.limits.tokens} tokens are used, at most {self.held_tokens} wait; "
                f"the next request may need {tokens}"
            )
        if self.limits.cost is not None and self.cost + self.held_cost + cost > self.limits.cost:
            raise BudgetExceeded(
                f"${self.cost:.4f} of ${self.limits.cost:.4f} is used, at most ${self.held_cost:.4f} waits; "
                f"the next request may cost ${cost:.4f}"
            )

    def settle(self, key: bytes, usage: Usage) -> None:
        """An article is finished: what it used takes the place of what was held."""
        for tokens, cost in self._reserved.pop(key, {}).values():
            self.held_tokens -= tokens
            self.held_cost -= cost
        self.tokens += usage.input_tokens + usage.output_tokens
        self.cost += usage.cost or 0.0
