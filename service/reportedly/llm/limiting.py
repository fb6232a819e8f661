"""As many calls at once as a provider bears."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Final

from reportedly.errors import ModelError, ProviderFault, RateLimited
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.llm.retrying import Clock
from reportedly.llm.wrapping import Bell, Wrapping

FIRST: Final = 16
"""Calls at once to begin with; doubles with each clean round until the first 429."""
CUT: Final = 0.8
"""Share of the limit that is kept after a 429 (inspect's value)."""
CALM_SECONDS: Final = 5.0
"""After a 5xx the limit stays for so long: the server is ill, not asking to be slower."""


class Limiting(Wrapping):
    """Bounds the calls in flight, between one and `most`; grows while replies are clean, shrinks on 429.

    Set `adaptive` False for a fixed bound.
    """

    def __init__(self, inner: ChatModel, *, most: int, adaptive: bool = True, clock: Clock = time.monotonic) -> None:
        super().__init__(inner)
        self._most = max(1, most)
        self._adaptive = adaptive
        self._clock = clock
        self._lock = threading.Lock()
        self._bell = Bell()
        self._limit = float(min(FIRST, self._most) if adaptive else self._most)
        self._in_flight = 0
        self._limited_before = False
        self._cut_at = self._calm_until = float("-inf")

    @property
    def limit(self) -> int:
        """Calls that may be in flight just now."""
        return max(1, int(self._limit))

    @property
    def in_flight(self) -> int:
        """Calls in flight just now."""
        return self._in_flight

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Wait for a place, then ask."""
        await self._enter()
        sent = self._clock()
        try:
            reply = await self.inner.complete(request)
        except ModelError as error:
            self._learn(error, sent)
            raise
        else:
            self._grow()
            return reply
        finally:
            self._leave()

    async def _enter(self) -> None:
        while True:
            with self._lock:
                if self._in_flight < self.limit:
                    self._in_flight += 1
                    return
                turn = self._bell.enrol()
            try:
                await turn
            except asyncio.CancelledError:
                self._bell.leave(turn)
                raise

    def _leave(self) -> None:
        with self._lock:
            self._in_flight -= 1
            free = self.limit - self._in_flight
        if free > 0:
            self._bell.ring(free)

    def _grow(self) -> None:
        with self._lock:
            if not self._adaptive or self._clock() < self._calm_until:
                return
            self._limit = min(float(self._most), self._limit + (1 / self._limit if self._limited_before else 1))

    def _learn(self, error: ModelError, sent: float) -> None:
        with self._lock:
            if not self._adaptive:
                return
            if isinstance(error, RateLimited) and sent >= self._cut_at:  # one cut for all that were in flight together
                self._limit = max(1.0, self._limit * CUT)
                self._limited_before = True
                self._cut_at = self._clock()
            elif isinstance(error, ProviderFault):
                self._calm_until = self._clock() + CALM_SECONDS
