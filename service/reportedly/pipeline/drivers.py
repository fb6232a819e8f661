"""Who talks for a conversation: a plain call without a model, or asyncio with one."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

from reportedly.errors import BudgetExceeded, ModelError
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.schema import Report, Review

Result = TypeVar("Result", Report, Review)


def drive(conversation: Generator[ChatRequest, ChatReply, Result]) -> Result:
    """Runs a conversation that needs no model. Raises RuntimeError if it asks for one."""
    began = perf_counter()
    try:
        next(conversation)
    except StopIteration as end:
        done: Result = end.value
        return _timed(done, began)
    conversation.close()
    raise RuntimeError("this conversation asks a model; drive it with one")


async def adrive(conversation: Generator[ChatRequest, ChatReply, Result], model: ChatModel) -> Result:
    """Runs a conversation with a model. Errors that stop the run come out; others end in the report."""
    began = perf_counter()
    try:
        request = next(conversation)
        while True:
            answer = await _answer(request, model)
            request = conversation.send(answer) if isinstance(answer, ChatReply) else conversation.throw(answer)
    except StopIteration as end:
        done: Result = end.value
        return _timed(done, began)
    finally:
        conversation.close()


async def _answer(request: ChatRequest, model: ChatModel) -> ChatReply | ModelError | BudgetExceeded:
    """The reply, or what is wrong with this article's call; what would meet every article is raised."""
    try:
        return await model.complete(request)
    except BudgetExceeded as error:
        return error
    except ModelError as error:
        if error.stops_run:
            raise
        return error


def _timed(report: Result, began: float) -> Result:
    seconds = round(perf_counter() - began, 6)
    return report.model_copy(update={"provenance": report.provenance.model_copy(update={"seconds": seconds})})
