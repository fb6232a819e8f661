"""Which providers there are, what each needs, and which are installed here."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportedly.errors import UsageError


class Route(StrEnum):
    """Which adapter speaks to a provider."""

    OPENAI = "openai"
    """`through_openai`."""
    LANGCHAIN = "langchain"
    """`through_langchain`."""
    SCRIPT = "script"
    """`scripted`, from a file."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of `reportedly models`."""

    prefix: str
    """What stands before the colon of a model."""
    title: str
    """What people call it."""
    route: Route
    """Which adapter speaks to it."""
    package: str
    """The import that must be there."""
    example: str
    """A model of theirs, cheap and able to keep to a schema."""
    extra: str | None = None
    """The extra that brings the package; None where it comes with Reportedly."""
    key_variables: tuple[str, ...] = ()
    """Environment variables, any one of which holds the key; empty where none is needed."""
    note: str = ""
    """What else to know."""

    @property
    def installed(self) -> bool:
        """Whether the package can be imported; it is not loaded for that."""
        return importlib.util.find_spec(self.package) is not None

    def has_key(self, environ: Mapping[str, str]) -> bool:
        """Whether a key is set, or none is needed."""
        return not self.key_variables or any(environ.get(name) for name in self.key_variables)


PROVIDERS: Final = (
    Provider(
        "openai",
        "OpenAI, and every OpenAI-compatible server by --base-url (vLLM, llama.cpp, LM Studio, OpenRouter, Groq, …)",
        Route.OPENAI,
        "openai",
        "gpt-5-mini",
        key_variables=("OPENAI_API_KEY",),
        note="another server by --base-url, with its key in REPORTEDLY_API_KEY",
    ),
    Provider(
        "anthropic",
        "Anthropic Claude",
        Route.LANGCHAIN,
        "langchain_anthropic",
        "claude-haiku-4-5",
        extra="anthropic",
        key_variables=("ANTHROPIC_API_KEY",),
    ),
    Provider(
        "google_genai",
        "Google Gemini",
        Route.LANGCHAIN,
        "langchain_google_genai",
        "gemini-2.5-flash",
        extra="google",
        key_variables=("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    ),
    Provider(
        "bedrock_converse",
        "Amazon Bedrock, with the OpenAI models offered there",
        Route.LANGCHAIN,
        "langchain_aws",
        "openai.gpt-oss-120b-1:0",
        extra="bedrock",
        key_variables=("AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"),
        note="needs AWS_REGION as well",
    ),
    Provider(
        "ollama",
        "Ollama, on this machine",
        Route.LANGCHAIN,
        "langchain_ollama",
        "qwen3:8b",
        extra="ollama",
        note="no key; another machine by --base-url",
    ),
    Provider(
        "scripted",
        "Replies from a JSONL file",
        Route.SCRIPT,
        "reportedly",
        "replies.jsonl",
        note="for tests and evals; nothing is sent",
    ),
)
ALIASES: Final = {
    "google": "google_genai",
    "gemini": "google_genai",
    "bedrock": "bedrock_converse",
    "claude": "anthropic",
}
"""Shorter names that people try."""


@dataclass(frozen=True, slots=True)
class ModelName:
    """What stands on both sides of the colon."""

    provider: str
    """Our or langchain's name of the provider."""
    model: str
    """The provider's name of the model."""

    def __str__(self) -> str:
        return f"{self.provider}:{self.model}"


def provider_of(prefix: str) -> Provider | None:
    """The row for a prefix; None for one that only langchain may know."""
    return next((provider for provider in PROVIDERS if provider.prefix == prefix), None)


def parse_model(text: str) -> ModelName:
    """`provider:model` into its parts; the model's own colons (`qwen3:8b`) stay in it.

    Raises `UsageError` where a part is missing.
    """
    prefix, colon, model = text.partition(":")
    prefix, model = prefix.strip().lower().replace("-", "_"), model.strip()
    if not colon or not prefix or not model:
        examples = ", ".join(f"{p.prefix}:{p.example}" for p in PROVIDERS[:3])
        raise UsageError(f"{text!r} is no model: write provider:model", hint=f"for example {examples}")
    return ModelName(ALIASES.get(prefix, prefix), model)
