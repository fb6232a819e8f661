"""Adds up what the calls of one report used."""

from __future__ import annotations

from reportedly.errors import ModelError
from reportedly.llm.interface import ChatReply
from reportedly.schema import Usage


def with_reply(usage: Usage, reply: ChatReply) -> Usage:
    """The sum with one more reply; a cost that is unknown once stays unknown. Our own cache is free."""
    cost = 0.0 if reply.cached else reply.cost
    return Usage(
        calls=usage.calls + 1,
        attempts=usage.attempts + reply.attempts,
        cached=usage.cached + reply.cached,
        input_tokens=usage.input_tokens + (0 if reply.cached else reply.tokens.input),
        cached_tokens=usage.cached_tokens + (0 if reply.cached else reply.tokens.cached),
        output_tokens=usage.output_tokens + (0 if reply.cached else reply.tokens.output),
        reasoning_tokens=usage.reasoning_tokens + (0 if reply.cached else reply.tokens.reasoning),
        estimated=usage.estimated or reply.tokens.estimated,
        cost=None if usage.cost is None or cost is None else usage.cost + cost,
    )


def with_error(usage: Usage, error: ModelError) -> Usage:
    """The sum with one more call that ended in an error: what it may have cost is unknown."""
    cost = usage.cost if error.attempts == 0 else None
    return usage.model_copy(
        update={"calls": usage.calls + 1, "attempts": usage.attempts + error.attempts, "cost": cost}
    )
