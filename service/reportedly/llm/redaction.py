"""Keeping secrets, and the article, out of errors, logs and reports."""

from __future__ import annotations

import json
import re
import threading
from typing import Final

from reportedly.llm.interface import ChatRequest

MASK: Final = "[redacted]"
ARTICLE_MASK: Final = "[article text]"
MIN_SECRET: Final = 6
"""Shorter values ('none', 'x') would blank out ordinary words; local servers are given such keys."""
MIN_ECHO: Final = 24
"""Code points of a prompt line from which an echo of it is masked: below, it may be an ordinary phrase."""
LONGEST_READ: Final = 20_000
"""Code points that are looked at: a proxy may send a whole page."""
LONGEST_MESSAGE: Final = 400
"""Code points of a provider's message that are kept: the longest useful ones seen (schema paths) have about 300."""

# Each pattern is one literal start and one bounded class: linear by construction.
_SHAPES: Final = re.compile(
    r"(?i:\b(?:bearer|basic)\s)\s{0,3}[A-Za-z0-9._~+/=-]{16,4096}"
    r"|\bsk-[A-Za-z0-9_*-]{8,512}"  # OpenAI, Anthropic, OpenRouter; stars as echoed by OpenAI
    r"|\bAIza[A-Za-z0-9_-]{20,64}"  # Google
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{12,32}"  # AWS key ids
    r"|\b(?:gsk|hf|xai|pplx|r8|nvapi)[_-][A-Za-z0-9_-]{16,256}"  # Groq, Hugging Face, xAI, Perplexity, NVIDIA
    r"|(?i:\b(?:api[_-]?key|access[_-]?token|x-goog-api-key|key|token|secret|password|authorization)"
    r"[\"']{0,2}\s{0,3}[=:]\s{0,3}[\"']{0,2})[A-Za-z0-9._~+/-]{12,4096}"
)
_USERINFO: Final = re.compile(r"://[^/\s@]{1,256}@")

_lock: Final = threading.Lock()
_known: set[str] = set()


def remember_secret(value: str | None) -> None:
    """Mask this exact value from now on, whatever it looks like."""
    if value and len(value) >= MIN_SECRET:
        with _lock:
            _known.add(value)


def redact(text: str) -> str:
    """The text without known secrets, without anything shaped like a key, and without user info in URLs."""
    with _lock:
        known = sorted(_known, key=len, reverse=True)
    for secret in known:
        text = text.replace(secret, MASK)
    return _USERINFO.sub("://", _SHAPES.sub(MASK, text))


def provider_message(text: str, request: ChatRequest | None = None) -> str:
    """What a provider said, fit to show: no secret, no echo of the article, one line, at most 400 code points."""
    shown = redact(text[:LONGEST_READ])
    for line in _lines_of(request):
        shown = shown.replace(line, ARTICLE_MASK).replace(json.dumps(line)[1:-1], ARTICLE_MASK)
    shown = " ".join("".join(c if c.isprintable() else " " for c in shown).split())
    return shown if len(shown) <= LONGEST_MESSAGE else shown[:LONGEST_MESSAGE] + "…"


def _lines_of(request: ChatRequest | None) -> list[str]:
    if request is None:
        return []
    lines = {line.strip() for turn in request.turns for line in turn.text.splitlines()}
    return sorted((line for line in lines if len(line) >= MIN_ECHO), key=len, reverse=True)
