"""What a conversation is, and what can be asked of one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.schema import Report

Conversation: TypeAlias = Generator[ChatRequest, ChatReply, Report]
"""Yields requests, is sent replies, returns a report; a `ModelError` may be thrown in at a request. It does no I/O."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants of an article."""

    summary: bool = True
    """Whether to summarise; flags alone are cheaper."""
    words: int | None = None
    """At most so many words of summary; None for about three sentences."""
