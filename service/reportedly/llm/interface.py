"""The seam to a language model: `ChatRequest` in, `ChatReply` out, one method.

What a provider says beyond text is a value (`Finish`), what it fails at is an error (`reportedly.errors.ModelError`).
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Protocol, runtime_checkable

from pydantic import Field

from reportedly.schema.span import Record

REQUEST_FORMAT: Final = "1"
"""Goes into every digest: raise it where the same request would be worded differently on the wire."""


class Structured(StrEnum):
    """How a provider is asked to keep to the reply schema, strictest first; the order is the ladder."""

    JSON_SCHEMA = "json_schema"
    """The provider enforces the schema (`strict`)."""
    JSON_OBJECT_SCHEMA = "json_object_schema"
    """JSON mode with the schema beside it and in the prompt (llama.cpp, Together, Fireworks)."""
    JSON_OBJECT = "json_object"
    """JSON mode; the schema stands in the prompt alone."""
    TOOL = "tool"
    """The reply is the argument of one forced call; nothing is executed."""
    PLAIN = "plain"
    """The prompt alone asks for JSON."""


class Turn(Record):
    """One message after the system text."""

    role: Literal["user", "assistant"]
    """Who speaks."""
    text: str
    """What is said."""


class ReplySchema(Record):
    """What a reply must look like."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    """A short ASCII name; some providers show it to the model."""
    body: dict[str, Any]
    """The JSON schema; treat as read-only."""

    def digest(self) -> str:
        """SHA-256 (hex) of name and schema."""
        return digest_of(self.model_dump(mode="json"))


class ChatRequest(Record):
    """Everything that is asked of a model, without saying of which."""

    system: str
    """The static prefix, byte-stable so that providers can cache it."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    """The conversation, last the user's."""
    reply_schema: ReplySchema | None = None
    """What the reply must look like; None for free text."""
    structured: Structured | None = None
    """The one way to enforce the schema; None takes the strictest that the provider accepts."""
    max_output_tokens: Annotated[int, Field(ge=1)] = 4096
    """Cap on the reply, reasoning included."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    """Sampling temperature; None leaves the provider's default (reasoning models take no other)."""
    seed: int | None = None
    """Asks for repeatable sampling where a provider can."""

    def digest(self) -> str:
        """SHA-256 (hex) over everything that changes the output."""
        return digest_of({"format": REQUEST_FORMAT, "request": self.model_dump(mode="json")})


class Finish(StrEnum):
    """Why a reply ended."""

    STOP = "stop"
    """The model was done."""
    LENGTH = "length"
    """It ran into the cap: the text is incomplete, or empty where reasoning used the cap up."""
    FILTERED = "filtered"
    """The provider cut or withheld it."""
    REFUSED = "refused"
    """The model declined."""
    OTHER = "other"
    """Anything else; do not trust the text."""


class Tokens(Record):
    """What one call used, as the provider counted it or, where it did not, as we estimate it."""

    input: Annotated[int, Field(ge=0)] = 0
    """Tokens sent, cached ones included."""
    cached: Annotated[int, Field(ge=0)] = 0
    """Of these, read from the provider's prompt cache."""
    cache_written: Annotated[int, Field(ge=0)] = 0
    """Of these, written to the provider's prompt cache (billed apart by some)."""
    output: Annotated[int, Field(ge=0)] = 0
    """Tokens received, reasoning included."""
    reasoning: Annotated[int, Field(ge=0)] = 0
    """Of these, spent on reasoning."""
    estimated: bool = False
    """Whether the provider gave no count and ours stands in."""

    @property
    def total(self) -> int:
        """Sent and received."""
        return self.input + self.output


class ChatReply(Record):
    """What came back from one call."""

    text: str
    """The reply; empty where none was given."""
    finish: Finish
    """Why it ended; check before parsing."""
    refusal: str | None = None
    """The model's words of refusal, where it has a field for them."""
    model: str
    """The model as the provider named it."""
    fingerprint: str | None = None
    """The provider's `system_fingerprint`, which moves with its backend."""
    tokens: Tokens = Tokens()
    """What the call used."""
    cost: float | None = None
    """US dollars; None where the price is unknown. Filled by `budgeting`."""
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """Wall time of the call, waiting between attempts included."""
    attempts: Annotated[int, Field(ge=0)] = 1
    """HTTP requests made; 0 where the reply cache answered."""
    request_id: str | None = None
    """The provider's id of the request, to quote in a complaint."""
    structured: Structured | None = None
    """How the schema was enforced in the end."""
    dropped: tuple[str, ...] = ()
    """Settings that the provider does not take and that were left out (`temperature`, `seed`)."""
    cached: bool = False
    """Whether the reply cache answered."""

    @property
    def spent_on_reasoning(self) -> bool:
        """Whether reasoning used the whole cap and left no answer: raise `max_output_tokens`."""
        return self.finish is Finish.LENGTH and not self.text.strip() and self.tokens.reasoning > 0


class ModelIdentity(Record):
    """Which model answers, as far as it changes the output; holds no secret."""

    provider: str
    """For example `openai`, `anthropic`, `scripted`."""
    model: str
    """The model as asked for."""
    address: str = ""
    """Host and path of the base URL; empty for the provider's own."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Whatever else is sent with each request."""

    def digest(self) -> str:
        """SHA-256 (hex) of all of it."""
        return digest_of(self.model_dump(mode="json"))

    def __str__(self) -> str:
        return f"{self.provider}:{self.model}"


@runtime_checkable
class ChatModel(Protocol):
    """Anything that answers a `ChatRequest`."""

    @property
    def name(self) -> str:
        """What the user asked for, for example `openai:gpt-5-mini`."""

    @property
    def identity(self) -> ModelIdentity:
        """Everything about the model that belongs in a cache key."""

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer, or raise a `ModelError`."""


def digest_of(value: object) -> str:
    """SHA-256 (hex) of a JSON value, whatever the order of its keys."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


async def close(model: ChatModel) -> None:
    """Release what the model holds (connections, files), where it holds anything."""
    closer = getattr(model, "aclose", None)
    if closer is not None:
        await closer()
