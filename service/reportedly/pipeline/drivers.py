"""Who talks for a conversation: a plain call without a model, or asyncio with one."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from time import perf_counter
from typing import Protocol, TypeAlias, TypeVar

from reportedly.errors import BudgetExceeded, ModelError
from reportedly.llm.caching import Caching
from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.schema import Outcome, Report, Review

Result = TypeVar("Result", Report, Review)
Answer: TypeAlias = ChatReply | ModelError | BudgetExceeded
"""What a conversation is sent, or what is thrown into it."""


class Answering(Protocol):
    """What a conversation is driven with: a model, or whatever stands for one."""

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer, or raise a `ModelError`."""


def drive(conversation: Generator[ChatRequest, ChatReply, Result]) -> Result:
    """Runs a conversation that needs no model. Raises RuntimeError if it asks for one."""
    began = perf_counter()
    try:
        next(conversation)
    except StopIteration as end:
        done: Result = end.value
        return timed(done, began)
    conversation.close()
    raise RuntimeError("this conversation asks a model; drive it with one")


async def adrive(conversation: Generator[ChatRequest, ChatReply, Result], model: Answering) -> Result:
    """Runs a conversation with a model. Errors that stop the run come out; others end in the report.

    Where the model has a cache, it keeps the replies that led to a report.
    """
    began = perf_counter()
    exchanges: list[tuple[ChatRequest, ChatReply]] = []
    try:
        request = next(conversation)
        while True:
            answer = await _answer(request, model)
            if isinstance(answer, ChatReply):
                exchanges.append((request, answer))
            request = answered(conversation, answer)
    except StopIteration as end:
        done: Result = end.value
    finally:
        conversation.close()
    await keep_replies(model, exchanges, useful=done.outcome is not Outcome.UNDETERMINED)
    return timed(done, began)


def answered(conversation: Generator[ChatRequest, ChatReply, Result], answer: Answer) -> ChatRequest:
    """The next request after an answer. Raises StopIteration with the report where there is none."""
    return conversation.send(answer) if isinstance(answer, ChatReply) else conversation.throw(answer)


async def keep_replies(model: Answering, exchanges: Iterable[tuple[ChatRequest, ChatReply]], *, useful: bool) -> None:
    """Have the model's cache, where it has one, keep the replies of a conversation that came to a useful end."""
    if useful and isinstance(model, Caching):
        for request, reply in exchanges:
            await model.keep(request, reply)


def timed(report: Result, began: float) -> Result:
    """The report with its wall time since `began`, by `perf_counter`."""
    seconds = round(perf_counter() - began, 6)
    return report.model_copy(update={"provenance": report.provenance.model_copy(update={"seconds": seconds})})


async def _answer(request: ChatRequest, model: Answering) -> Answer:
    """The reply, or what is wrong with this article's call; what would meet every article is raised."""
    try:
        return await model.complete(request)
    except BudgetExceeded as error:
        return error
    except ModelError as error:
        if error.stops_run:
            raise
        return error
