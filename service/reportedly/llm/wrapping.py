"""What every wrapper shares: it is a `ChatModel` around a `ChatModel`, with the same name and identity."""

from __future__ import annotations

import asyncio
import threading
from collections import deque

from reportedly.llm.interface import ChatModel, ModelIdentity, close


class Wrapping:
    """A `ChatModel` that hands through everything but `complete`."""

    def __init__(self, inner: ChatModel) -> None:
        self.inner = inner

    @property
    def name(self) -> str:
        """The name of what is wrapped."""
        return self.inner.name

    @property
    def identity(self) -> ModelIdentity:
        """The identity of what is wrapped: a wrapper never changes what a model says."""
        return self.inner.identity

    async def aclose(self) -> None:
        """Close what is wrapped."""
        await close(self.inner)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.inner!r})"


class Bell:
    """Wakes waiters in the order they came, on whatever event loop each of them runs.

    asyncio's own primitives belong to the first loop that waits on them; a model that a notebook and a thread share
    must not.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = deque()

    def enrol(self) -> asyncio.Future[None]:
        """A future that a ring will resolve; take it before looking at what it guards, so that no ring is missed."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        with self._lock:
            self._waiting.append((loop, future))
        return future

    def ring(self, count: int | None = None) -> None:
        """Wake the first `count` waiters, or all."""
        with self._lock:
            chosen = [self._waiting.popleft() for _ in range(min(count or len(self._waiting), len(self._waiting)))]
        for loop, future in chosen:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_resolve, future)

    def leave(self, future: asyncio.Future[None]) -> None:
        """Wait no longer; a ring that came meanwhile goes to the next."""
        with self._lock:
            before = len(self._waiting)
            self._waiting = deque(entry for entry in self._waiting if entry[1] is not future)
            rung = len(self._waiting) == before
        if rung:
            self.ring(1)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
