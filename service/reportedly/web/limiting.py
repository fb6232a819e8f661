"""How much one caller may ask: a bucket of tokens that refills, and a count of what is in work."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reportedly.web.configuration import Limits
from reportedly.web.problems import Refused

CALLERS: Final = 10_000
"""Callers that are remembered; with keys there are as many as keys."""


@dataclass(slots=True)
class _Caller:
    tokens: float
    seen: float
    at_work: int = 0


class Gate:
    """Lets requests in while there is room."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._callers: OrderedDict[str, _Caller] = OrderedDict()
        self._in_all = 0

    @contextmanager
    def admitted(self, name: str) -> Iterator[None]:
        """For the time of one request. Raises Refused, 429 for the caller's own limits, 503 for the service's."""
        caller = self._caller(name)
        if caller.tokens < 1:
            seconds = (1 - caller.tokens) * 60 / self._limits.per_minute
            raise _too_many("rate_limited", f"more than {self._limits.per_minute} requests a minute", seconds)
        if caller.at_work >= self._limits.at_once:
            raise _too_many("too_many_at_once", f"more than {self._limits.at_once} requests at a time", 1)
        if self._in_all >= self._limits.in_all:
            raise Refused(503, "busy", "the service is busy", "try again in a moment", headers={"Retry-After": "1"})
        caller.tokens -= 1
        caller.at_work += 1
        self._in_all += 1
        try:
            yield
        finally:
            caller.at_work -= 1
            self._in_all -= 1

    def _caller(self, name: str) -> _Caller:
        now = self._clock()
        caller = self._callers.setdefault(name, _Caller(self._limits.per_minute, now))
        self._callers.move_to_end(name)
        grown = caller.tokens + (now - caller.seen) * self._limits.per_minute / 60
        caller.tokens, caller.seen = min(self._limits.per_minute, grown), now
        while len(self._callers) > CALLERS:
            self._callers.popitem(last=False)
        return caller


def _too_many(reason: str, message: str, seconds: float) -> Refused:
    wait = str(max(1, round(seconds + 0.5)))
    return Refused(429, reason, message, "send fewer, or wait", headers={"Retry-After": wait})
