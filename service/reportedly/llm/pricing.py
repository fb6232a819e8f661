"""What tokens cost, by the prices that genai-prices carries; unknown is None, never nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportedly.llm.interface import ModelIdentity, Tokens

PROVIDERS: Final = {
    "openai": "openai",
    "azure_openai": "azure",
    "anthropic": "anthropic",
    "google_genai": "google",
    "google_vertexai": "google",
    "bedrock": "aws",
    "bedrock_converse": "aws",
    "mistralai": "mistral",
    "deepseek": "deepseek",
    "groq": "groq",
    "cohere": "cohere",
    "fireworks": "fireworks",
    "together": "together",
    "xai": "x-ai",
    "openrouter": "openrouter",
    "perplexity": "perplexity",
}
"""Our provider names to those of the price list; what runs on the user's own machine has no price there."""
DEAREST_TOKEN: Final = 0.01
"""US dollars a token above which a price is taken for a mistake in the list (per million read as per token)."""
BATCH_SHARE: Final = 0.5
"""What OpenAI's Batch API charges of the price of a call."""


def price(identity: ModelIdentity, tokens: Tokens) -> float | None:
    """US dollars for these tokens, or None where the model or the provider is not in the list."""
    if not _is_listed(identity.provider, identity.model, identity.address):
        return None
    dollars = _look_up(identity.provider, identity.model, identity.address, tokens)
    return dollars if 0 <= dollars <= DEAREST_TOKEN * max(1, tokens.total) else None


def has_price(identity: ModelIdentity) -> bool:
    """Whether a limit in money can be kept for this model."""
    return price(identity, Tokens(input=1, output=1)) is not None


@lru_cache(maxsize=256)
def _is_listed(provider: str, model: str, address: str) -> bool:
    """Asked once: looking through every provider for one that is not there costs more than a call's other work."""
    if not address and provider not in PROVIDERS:
        return False
    try:
        _look_up(provider, model, address, Tokens(input=1, output=1))
    except (LookupError, ValueError):
        return False
    return True


def _look_up(provider: str, model: str, address: str, tokens: Tokens) -> float:
    from genai_prices import Usage, calc_price

    usage = Usage(
        input_tokens=tokens.input,
        cache_read_tokens=tokens.cached,
        cache_write_tokens=tokens.cache_written,
        output_tokens=tokens.output,
    )
    if address:
        return float(calc_price(usage, model, provider_api_url=f"https://{address}").total_price)
    return float(calc_price(usage, model, provider_id=PROVIDERS[provider]).total_price)
