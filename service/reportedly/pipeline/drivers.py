"""Who talks for a conversation: a plain call without a model, or asyncio with one."""

from __future__ import annotations

from time import perf_counter

from reportedly.errors import ModelError
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
            request = await _step(conversation, request, model)
    except StopIteration as end:
        return _timed(end.value, began)
    finally:
        conversation.close()


async def _step(conversation: Conversation, request: ChatRequest, model: ChatModel) -> ChatRequest:
    reply: ChatReply | ModelError
    try:
        reply = await model.complete(request)
    except ModelError as error:
        if error.stops_run:
            raise
        reply = error
    return conversation.throw(reply) if isinstance(reply, ModelError) else conversation.send(reply)


def _timed(report: Report, began: float) -> Report:
    seconds = round(perf_counter() - began, 6)
    return report.model_copy(update={"provenance": report.provenance.model_copy(update={"seconds": seconds})})
