"""One question to a model and what may come of it: a reply that can be judged, or a named failure."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final

from reportedly.errors import BudgetExceeded, ContentFiltered, ModelError
from reportedly.llm.interface import ChatReply, ChatRequest, Finish
from reportedly.pipeline.usage import with_error, with_reply
from reportedly.schema import Finding, Usage

_RAISED_CAP: Final = 3
"""Factor by which the reply cap is raised, once, after a reply was cut: reasoning models overrun twofold at times."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The model gave no usable reply; says nothing about the article."""

    finding: Finding

    @property
    def reason(self) -> str:
        """For the report's `reason`."""
        return f"{self.finding.code}: {self.finding.message}"


@dataclass(slots=True)
class Meter:
    """What one report's calls used, and who answered."""

    usage: Usage = field(default_factory=Usage)
    model_returned: str | None = None


def put(request: ChatRequest, meter: Meter) -> Generator[ChatRequest, ChatReply, ChatReply | Failed]:
    """Asks once, and once more with a higher cap where the reply was cut."""
    reply = yield from _once(request, meter)
    if isinstance(reply, ChatReply) and reply.finish is Finish.LENGTH:
        raised = request.model_copy(update={"max_output_tokens": request.max_output_tokens * _RAISED_CAP})
        reply = yield from _once(raised, meter)
    if isinstance(reply, Failed):
        return reply
    failed = _unusable(reply)
    return failed or reply


def _once(request: ChatRequest, meter: Meter) -> Generator[ChatRequest, ChatReply, ChatReply | Failed]:
    try:
        reply = yield request
    except (ModelError, BudgetExceeded) as error:
        if isinstance(error, ModelError):
            meter.usage = with_error(meter.usage, error)
        return Failed(_of_error(error))
    meter.usage = with_reply(meter.usage, reply)
    meter.model_returned = reply.model
    return reply


def _of_error(error: ModelError | BudgetExceeded) -> Finding:
    if isinstance(error, BudgetExceeded):
        return Finding.of("P505", error.message, hint=error.advice)
    code = "P503" if isinstance(error, ContentFiltered) else "P508"
    return Finding.of(code, error.message, hint=error.advice)


def _unusable(reply: ChatReply) -> Failed | None:
    if reply.finish is Finish.STOP:
        return None
    if reply.finish is Finish.REFUSED:
        return Failed(Finding.of("P501", "the model declined to answer", hint="try another model for this article"))
    if reply.finish is Finish.FILTERED:
        return Failed(Finding.of("P503", "the provider withheld the reply", hint="try another model for this article"))
    if reply.spent_on_reasoning:
        return Failed(
            Finding.of(
                "P502",
                "the model spent its whole cap on reasoning and gave no answer",
                hint="lower the model's reasoning effort or use another model",
            )
        )
    if reply.finish is Finish.LENGTH:
        return Failed(
            Finding.of("P502", "the reply was cut at its cap, twice", hint="use a smaller --window or another model")
        )
    return Failed(
        Finding.of("P504", "the reply ended in a way that can't be trusted", hint="try again or use another model")
    )
