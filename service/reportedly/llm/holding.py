"""Nobody sends while a provider asks to wait."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from typing import Final

from reportedly.errors import RateLimited
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.llm.retrying import Clock, Sleep
from reportedly.llm.wrapping import Wrapping

UNASKED_SECONDS: Final = 1.0
"""Pause after a 429 that names no wait; doubles with each that follows without a success between."""
LONGEST_SECONDS: Final = 300.0
"""A longer wait is `retrying`'s to refuse; holding everybody for it would look like a hang."""
SPREAD_SECONDS: Final = 0.1
"""Callers leave a pause within this span, not all at once."""


class Holding(Wrapping):
    """Shares the pause of a 429 between all callers of this wrapper, right before they send."""

    def __init__(self, inner: ChatModel, *, sleep: Sleep = asyncio.sleep, clock: Clock = time.monotonic) -> None:
        super().__init__(inner)
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._until = 0.0
        self._limited_in_a_row = 0

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Wait for the pause to end, then ask."""
        await self._wait()
        sent = self._clock()
        try:
            reply = await self.inner.complete(request)
        except RateLimited as error:
            self._hold(error.retry_after, sent)
            raise
        with self._lock:
            self._limited_in_a_row = 0
        return reply

    def _hold(self, asked: float | None, sent: float) -> None:
        now = self._clock()
        with self._lock:
            if asked is None:
                if sent < self._until:  # sent before the pause that holds already: no news
                    return
                asked = UNASKED_SECONDS * 2 ** min(self._limited_in_a_row, 8)
                self._limited_in_a_row += 1
            if asked <= LONGEST_SECONDS:
                self._until = max(self._until, now + asked)

    async def _wait(self) -> None:
        while True:
            with self._lock:
                left = self._until - self._clock()
            if left <= 0:
                return
            await self._sleep(left + random.uniform(0, SPREAD_SECONDS))  # noqa: S311 - spreads load, guards nothing
