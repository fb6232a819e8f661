"""Who talks for a conversation: a plain call without a model, or asyncio with one."""

from __future__ import annotations

from time import perf_counter

from reportedly.errors import BudgetExceeded, ModelError
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.pipeline.interface import Conversation
from reportedly.schema import Report


def drive(conversation: Conversation) -> Report:
    """Runs a conversation that needs no model. Raises RuntimeError if it asks for one."""
    began = perf_counter()
    try:
        next(conversation)
    except StopIteration as end:
        return _timed(end.value, began)
    conversation.close()
    raise RuntimeError("this conversation asks a model; drive it with one")


async def adrive(conversation: Conversation, model: ChatModel) -> Report:
    """Runs a conversation with a model. Errors that stop the run come out; others end in the report."""
    began = perf_counter()
    try:
        request = next(conversation)
        while True:
            answer = await _answer(request, model)
            request = conversation.send(answer) if isinstance(answer, ChatReply) else conversation.throw(answer)
    except StopIteration as end:
        return _timed(end.value, began)
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


def _timed(report: Report, began: float) -> Report:
    seconds = round(perf_counter() - began, 6)
    return report.model_copy(update={"provenance": report.provenance.model_copy(update={"seconds": seconds})})
