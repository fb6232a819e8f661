"""How a run is asked to end: first let finish what is in flight, then at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Final

DRAIN_SECONDS: Final = 20.0
"""What a SIGTERM leaves to what is in flight: Kubernetes kills after 30 s."""


class Stop:
    """Two events: `draining` (take no new work) and `now` (leave what is in flight)."""

    def __init__(self) -> None:
        self.draining = asyncio.Event()
        self.now = asyncio.Event()
        self.exit_code = 0
        """128 and the number of the signal that asked; 0 while none has."""
        self._timer: asyncio.TimerHandle | None = None

    def by_interrupt(self) -> None:
        """Ctrl-C: the first drains, the second stops."""
        self._ask(signal.SIGINT)

    def by_termination(self) -> None:
        """SIGTERM: drains in bounded time."""
        self._ask(signal.SIGTERM)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(DRAIN_SECONDS, self.now.set)

    def _ask(self, asked: signal.Signals) -> None:
        if self.draining.is_set():
            self.now.set()
        self.exit_code = self.exit_code or 128 + asked
        self.draining.set()

    def listen(self, told: Callable[[str], None]) -> Callable[[], None]:
        """Take the process's signals from now on; gives a function that hands them back. Main thread only."""
        loop = asyncio.get_running_loop()

        def on(asked: Callable[[], None]) -> None:
            asked()
            if self.now.is_set():
                told("stopping now")
            else:
                told("finishing what is in flight; once more to stop now")

        loop.add_signal_handler(signal.SIGINT, on, self.by_interrupt)
        loop.add_signal_handler(signal.SIGTERM, on, self.by_termination)

        def hand_back() -> None:
            loop.remove_signal_handler(signal.SIGINT)
            loop.remove_signal_handler(signal.SIGTERM)
            if self._timer is not None:
                self._timer.cancel()

        return hand_back
