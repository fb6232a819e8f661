"""Whether a model answers at all: one call of a few tokens."""

from __future__ import annotations

import json
from typing import Annotated, Final

from pydantic import Field

from reportedly.errors import ModelError
from reportedly.llm.expiring import Expiring
from reportedly.llm.interface import ChatModel, ChatRequest, Finish, ReplySchema, Structured, Turn
from reportedly.schema.span import Record

PROBE_SECONDS: Final = 60.0
"""A model on one's own machine may have to be loaded first."""
PROBE_TOKENS: Final = 512
"""Enough for a model that reasons before it says yes."""
_REQUEST: Final = ChatRequest(
    system='Reply with the JSON object {"ok": true}.',
    turns=(Turn(role="user", text="Are you there?"),),
    reply_schema=ReplySchema(
        name="probe",
        body={
            "type": "object",
            "properties": {"ok": {"type": "boolean"}},
            "required": ["ok"],
            "additionalProperties": False,
        },
    ),
    max_output_tokens=PROBE_TOKENS,
)


class Probe(Record):
    """What came of it."""

    model: str
    """The model as asked for."""
    works: bool
    """Whether it answered with what was asked for."""
    said: str
    """What is wrong, or how the schema was enforced."""
    advice: str = ""
    """What to do."""
    returned: str = ""
    """The model as the provider named it."""
    structured: Structured | None = None
    """How the schema was enforced."""
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """Wall time."""
    requests: Annotated[int, Field(ge=0)] = 0
    """HTTP requests made; more than one where the server did not take the first way of asking."""


async def probe(model: ChatModel, *, seconds: float = PROBE_SECONDS) -> Probe:
    """Ask once, without retries; a failure is a finding about the set-up here, so it is returned, not raised."""
    try:
        reply = await Expiring(model, seconds=seconds).complete(_REQUEST)
    except ModelError as error:
        return Probe(model=model.name, works=False, said=error.message, advice=error.advice, requests=error.attempts)
    works = reply.finish is Finish.STOP and _is_yes(reply.text)
    said = f"answers ({reply.structured})" if works else f"answered with something else ({reply.finish})"
    return Probe(
        model=model.name,
        works=works,
        said=said,
        advice="" if works else "the model may be too small to keep to a schema",
        returned=reply.model,
        structured=reply.structured,
        seconds=reply.seconds,
        requests=reply.attempts,
    )


def _is_yes(text: str) -> bool:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and isinstance(said.get("ok"), bool)
