"""A deadline around every call."""

from __future__ import annotations

import asyncio
from typing import Final

from reportedly.errors import DeadlineExceeded
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.llm.wrapping import Wrapping

CALL_SECONDS: Final = 180.0
"""A long article with reasoning takes a minute or so; three times that is a hang."""


class Expiring(Wrapping):
    """Cancels a call that takes longer than `seconds` of wall time, whatever the SDK's own timeouts think."""

    def __init__(self, inner: ChatModel, *, seconds: float = CALL_SECONDS) -> None:
        super().__init__(inner)
        self._seconds = seconds

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer in time or raise `DeadlineExceeded`; the provider may still bill the call."""
        limit = asyncio.timeout(self._seconds)
        try:
            async with limit:
                return await self.inner.complete(request)
        except TimeoutError:
            if limit.expired():
                raise DeadlineExceeded(f"{self.identity}: no answer within {self._seconds:g} s") from None
            raise
