"""One long-lived event loop for callers that have none.

The SDKs cache their connections for the process; a second `asyncio.run` finds them bound to a loop that is gone
("Event loop is closed"). So synchronous callers share one loop in a thread of its own: it works inside a running loop
and in a notebook as well.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import threading
import weakref
from collections.abc import Coroutine
from typing import Any, Final, Protocol, TypeVar

from reportedly.errors import UsageError

Result = TypeVar("Result")

CLOSING_SECONDS: Final = 5.0
"""How long the end of the process waits for calls to be cancelled and connections to be closed."""


class Closable(Protocol):
    """What holds connections."""

    async def aclose(self) -> None:
        """Release them."""


class LoopThread:
    """An event loop in a daemon thread; started at first use, ended by `close`, started again if used after that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` to its end and give its result, from any thread but the loop's own.

        An interrupt (Ctrl-C) cancels the work and waits until it has cleaned up.
        """
        loop = self._running()
        if threading.current_thread() is self._thread:
            work.close()
            raise UsageError(
                "a synchronous call from within Reportedly's own event loop would wait for itself",
                hint="await the asynchronous function of the same name, for example asummarise()",
            )
        future = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return future.result()
        except (KeyboardInterrupt, SystemExit):
            future.cancel()
            with contextlib.suppress(BaseException):
                asyncio.run_coroutine_threadsafe(_settle(), loop).result(CLOSING_SECONDS)
            raise

    async def run_beside(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Await `work` from another event loop, or directly where this is the loop's own thread."""
        loop = self._running()
        if threading.current_thread() is self._thread:
            return await work
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))

    def close(self) -> None:
        """Cancel what runs, close connections, end the thread; no effect where nothing was started."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        with contextlib.suppress(Exception):
            asyncio.run_coroutine_threadsafe(_wind_up(), loop).result(CLOSING_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(CLOSING_SECONDS)

    def abandon(self) -> None:
        """Forget the loop: after a fork the thread exists in the parent alone."""
        self._lock = threading.Lock()
        self._loop = self._thread = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                thread = threading.Thread(target=_serve, args=(loop,), name="reportedly-loop", daemon=True)
                thread.start()
                self._loop, self._thread = loop, thread
            return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _settle() -> None:
    """Give cancelled tasks their turn."""
    for _ in range(3):
        await asyncio.sleep(0)


async def _wind_up() -> None:
    own = asyncio.current_task()
    tasks = [task for task in asyncio.all_tasks() if task is not own]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for closable in list(_closables.pop(asyncio.get_running_loop(), ())):
        with contextlib.suppress(Exception):
            await closable.aclose()


_shared: Final = LoopThread()
_closables: Final[weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, weakref.WeakSet[Any]]] = (
    weakref.WeakKeyDictionary()
)


def run_sync(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine from synchronous code on the shared loop; see `LoopThread.run`."""
    return _shared.run(work)


async def in_shared_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Await a coroutine that runs on the shared loop, from whatever loop this is; cancelling reaches it."""
    return await _shared.run_beside(work)


def close_with_loop(closable: Closable) -> None:
    """Have `closable.aclose()` called when the running loop is one of ours and ends."""
    _closables.setdefault(asyncio.get_running_loop(), weakref.WeakSet()).add(closable)


atexit.register(_shared.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.abandon)
