"""What the adapter tests ask of every provider, and what it should come to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reportedly.llm import ChatModel, ChatRequest, Finish, ReplySchema, Structured, Turn
from reportedly.llm.dialect import Dialects
from reportedly.llm.through_langchain import ThroughLangChain
from reportedly.llm.through_openai import ThroughOpenAI

SIMULATOR: Final = "REPORTEDLY_SIMULATOR"
"""Environment variable with the simulator's address; set by `record.py` alone."""
REAL: Final = "REPORTEDLY_RECORD_REAL"
"""Set by `record.py` where it records against the real service, with the user's key."""
CANARY: Final = "canary-0123456789-never-to-be-seen"
"""The key in replay and against the simulator; no cassette may hold it."""

SYSTEM: Final = "Du hältst fest, wer was gesagt hat. Antworte mit JSON."
SCHEMA: Final = ReplySchema(
    name="report",
    body={
        "type": "object",
        "properties": {
            "claim": {"type": "string"},
            "source": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "sentence": {"type": "integer"},
        },
        "required": ["claim", "source", "sentence"],
        "additionalProperties": False,
    },
)
ARTICLE: Final = "[1] Die Brücke bei Köhlersfurt bleibe bis Mai gesperrt, sagte der Bürgermeister."
ANSWER: Final = {
    "claim": "Die Brücke bei Köhlersfurt bleibt bis Mai gesperrt.",
    "source": "der Bürgermeister",
    "sentence": 1,
}


@dataclass(frozen=True)
class Service:
    """One provider under test."""

    name: str
    model: str
    home: str
    """The address that cassettes show, whoever recorded them."""
    simulated: str
    """Path below the simulator's address that the adapter is given."""
    key_variable: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def connect(self, model: str | None = None) -> ChatModel:
        """The adapter: against the simulator, the real service, or, in replay, nothing at all."""
        simulator = os.environ.get(SIMULATOR)
        real = os.environ.get(REAL)
        key = os.environ[self.key_variable] if real and self.key_variable else CANARY
        base_url = f"{simulator}{self.simulated}" if simulator else None
        name = model or self.model
        if self.name == "openai":
            return ThroughOpenAI(name, api_key=key, base_url=base_url, dialects=Dialects())
        return ThroughLangChain.named(
            self.name,
            name,
            api_key=key if self.key_variable else None,
            base_url=base_url,
            options=self.options,
        )


SERVICES: Final = (
    Service("openai", "gpt-5-mini", "https://api.openai.com/v1", "/v1", "OPENAI_API_KEY"),
    Service("anthropic", "claude-haiku-4-5", "https://api.anthropic.com", "", "ANTHROPIC_API_KEY"),
    Service("google_genai", "gemini-2.5-flash", "https://generativelanguage.googleapis.com", "", "GOOGLE_API_KEY"),
    Service(
        "bedrock_converse",
        "openai.gpt-oss-120b-1:0",
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "",
        options={"region_name": "us-east-1"},  # signs with the AWS keys of the environment
    ),
    Service("ollama", "qwen3:8b", "http://127.0.0.1:11434", ""),
)


@dataclass(frozen=True)
class Conversation:
    """One exchange; `error` or `finish` is how it must end, the same for every provider."""

    name: str
    request: ChatRequest
    finish: Finish | None = None
    error: str | None = None
    only_for: tuple[str, ...] = ()
    """Providers that can say this at all; empty for every one."""
    simulator_only: bool = False
    """A real service can't be made to say it."""


def ask(word: str, *, structured: Structured | None = None, schema: ReplySchema | None = SCHEMA) -> ChatRequest:
    """A request; `word` is what the simulator's fixtures go by."""
    text = f"{word}\n{ARTICLE}"
    return ChatRequest(
        system=SYSTEM,
        turns=(Turn(role="user", text=text),),
        reply_schema=schema,
        structured=structured,
        max_output_tokens=2000,
    )


_WITH_MESSAGES: Final = ("openai", "anthropic", "google_genai", "ollama")
"""The simulator's errors for Bedrock carry the status alone; `test_sdk_errors` has Bedrock's error codes."""

CONVERSATIONS: Final = (
    Conversation("schema", ask("Fall A:", structured=Structured.JSON_SCHEMA), Finish.STOP),
    Conversation("tool", ask("Fall B:", structured=Structured.TOOL), Finish.STOP),
    Conversation("plain", ask("Fall C:", structured=Structured.PLAIN), Finish.STOP),
    Conversation(
        "length",
        ask("Fall D:"),
        Finish.LENGTH,
        only_for=("openai", "anthropic", "google_genai", "bedrock_converse"),  # the simulator's Ollama always says stop
        simulator_only=True,
    ),
    Conversation("filtered", ask("Fall E:"), Finish.FILTERED, only_for=("openai", "google_genai"), simulator_only=True),
    Conversation("limited", ask("Fall F:"), error="RateLimited", simulator_only=True),
    Conversation("quota", ask("Fall G:"), error="QuotaExhausted", only_for=_WITH_MESSAGES, simulator_only=True),
    Conversation("key", ask("Fall H:"), error="AuthFailed", simulator_only=True),
    Conversation("model", ask("Fall I:"), error="ModelNotFound", simulator_only=True),
    Conversation("overload", ask("Fall J:"), error="ProviderFault", simulator_only=True),
    Conversation("long", ask("Fall K:"), error="ContextTooLong", only_for=_WITH_MESSAGES, simulator_only=True),
)

CASES: Final = tuple(
    (service, conversation)
    for service in SERVICES
    for conversation in CONVERSATIONS
    if not conversation.only_for or service.name in conversation.only_for
)


def case_name(service: Service, conversation: Conversation) -> str:
    """Names the test and its cassette."""
    return f"{service.name}-{conversation.name}"
