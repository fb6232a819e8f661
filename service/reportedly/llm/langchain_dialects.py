"""How langchain's providers name the same settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reportedly.llm.interface import ChatRequest
from reportedly.llm.tokens import estimate_request

LAST_RESORT_SECONDS: Final = 600
"""Timeout of the SDKs; the deadline of a call is `expiring`'s business and always shorter."""
SMALLEST_WINDOW: Final = 8192
"""Ollama's context at least. Its default cuts longer prompts silently; each change reloads the model, so it doubles."""
LARGEST_WINDOW: Final = 131_072
"""No on-device model in use has more; a larger request is the model's to refuse."""
SYSTEM_CACHED: Final[Mapping[str, dict[str, Any]]] = {
    "anthropic": {"cache_control": {"type": "ephemeral"}},
}
"""Providers that cache a prefix only where it is marked; below their minimum length the mark has no effect."""

_ADDRESS: Final = {"bedrock_converse": "endpoint_url", "bedrock": "endpoint_url"}
_NO_RETRIES: Final = {
    "anthropic": {"max_retries": 0, "timeout": LAST_RESORT_SECONDS},
    "google_genai": {"max_retries": 1, "timeout": LAST_RESORT_SECONDS},  # counts the first attempt
    "bedrock_converse": {"max_retries": 0, "timeout": LAST_RESORT_SECONDS},
    "openai": {"max_retries": 0, "timeout": LAST_RESORT_SECONDS},
    "ollama": {},
}


def build_settings(
    provider: str, api_key: str | None, base_url: str | None, options: Mapping[str, Any]
) -> dict[str, Any]:
    """What to build a provider's model with: address, key, and the SDK's own retries off."""
    settings: dict[str, Any] = dict(_NO_RETRIES.get(provider, {}))
    if base_url is not None:
        settings[_ADDRESS.get(provider, "base_url")] = base_url
    if api_key is not None:
        settings["api_key"] = api_key
    return {**settings, **options}


def call_settings(provider: str, request: ChatRequest, dropped: frozenset[str]) -> dict[str, Any]:
    """What to send with one call. A provider that we don't know keeps what its model object was built with."""
    temperature = None if "temperature" in dropped else request.temperature
    seed = None if "seed" in dropped else request.seed
    cap = request.max_output_tokens
    if provider == "ollama":
        options = {"num_predict": cap, "num_ctx": window_for(request), "temperature": temperature, "seed": seed}
        return {"options": _given(options)}
    names = {
        "anthropic": {"max_tokens": cap, "temperature": temperature},
        "google_genai": {"max_output_tokens": cap, "temperature": temperature, "seed": seed},
        "bedrock_converse": {"max_tokens": cap, "temperature": temperature},
        "openai": {"max_tokens": cap, "temperature": temperature, "seed": seed},
    }
    return _given(names.get(provider, {}))


def window_for(request: ChatRequest) -> int:
    """Tokens of context that hold a request and its reply: a power of two, so that few sizes occur."""
    needed = estimate_request(request).total
    window = SMALLEST_WINDOW
    while window < needed and window < LARGEST_WINDOW:
        window *= 2
    return window


def _given(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if value is not None}
