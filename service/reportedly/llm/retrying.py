"""The one owner of retries: those of the SDKs are off."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from reportedly.errors import (
    AuthFailed,
    ConnectionFault,
    DeadlineExceeded,
    ModelError,
    ModelNotFound,
    Outage,
    ProviderFault,
    QuotaExhausted,
    RateLimited,
)
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest
from reportedly.llm.wrapping import Wrapping

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]

_STANDING: Final = (QuotaExhausted, AuthFailed, ModelNotFound, Outage)
"""What one call learns and every other would learn again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try."""

    attempts: int = 4
    """Calls in all: a burst of three 5xx is ordinary, a fourth is an outage."""
    rate_limit_attempts: int = 8
    """Calls in all where the provider only asks to be slower; those cost nothing."""
    deadline_attempts: int = 2
    """Calls in all that end at our deadline: the provider may bill each of them."""
    first_wait: float = 0.5
    """Seconds before the second call, doubling from there (the SDKs' own value)."""
    longest_wait: float = 30.0
    """Seconds to which the doubling grows."""
    longest_asked: float = 300.0
    """Whoever asks for a longer wait is out of quota, not busy: daily caps ask for hours, some for weeks."""
    outage_after: int = 3
    """Calls in a row that use up all their attempts on a dead or failing server and make it an outage."""
    standing_for: float = 30.0
    """Seconds for which a wrong key, an empty account or an outage is answered without asking again."""


class Retrying(Wrapping):
    """Repeats calls that may succeed later.

    What can't succeed (key, quota, model, request) is raised at once, and for a while to every other caller without
    a request. `attempts` on the reply and on the error count every HTTP request made for the call.
    """

    def __init__(
        self,
        inner: ChatModel,
        patience: Patience | None = None,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(inner)
        self._patience = patience or Patience()
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._standing: tuple[type[ModelError], str, float] | None = None
        self._used_up_in_a_row = 0
        self._ever_answered = False

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer, or raise the last error when patience ends."""
        started = self._clock()
        made = tries = 0
        while True:
            self._raise_what_stands(made)
            tries += 1
            try:
                reply = await self.inner.complete(request)
            except ModelError as error:
                made += error.attempts
                error.attempts = made
                wait = self._wait_before_next(error, tries)
                if wait is None:
                    raise self._verdict(error) from None
                await self._sleep(wait)
            else:
                self._note_answer()
                return reply.model_copy(update={"attempts": reply.attempts + made, "seconds": self._clock() - started})

    def _wait_before_next(self, error: ModelError, tries: int) -> float | None:
        """Seconds to wait, or None where this was the last try."""
        patience = self._patience
        most = patience.attempts
        if isinstance(error, RateLimited):
            most = patience.rate_limit_attempts
        elif isinstance(error, DeadlineExceeded):
            most = patience.deadline_attempts
        asked = error.retry_after or 0.0
        if not error.retryable or tries >= most or asked > patience.longest_asked:
            return None
        full = min(patience.longest_wait, patience.first_wait * 2.0 ** (tries - 1))
        # Half fixed, half random, so that callers that failed together don't come back together.
        return max(asked, full / 2) + random.uniform(0, full / 2)  # noqa: S311 - spreads load, guards nothing

    def _verdict(self, error: ModelError) -> ModelError:
        """The error to raise; remembers what stands for other callers."""
        if isinstance(error, RateLimited) and (error.retry_after or 0.0) > self._patience.longest_asked:
            error = _same(error, QuotaExhausted, f"{error.message} (asks for a wait of {error.retry_after:.0f} s)")
        elif isinstance(error, ConnectionFault | ProviderFault | DeadlineExceeded):
            with self._lock:
                self._used_up_in_a_row += 1
                out = self._used_up_in_a_row >= self._patience.outage_after
                out = out or (isinstance(error, ConnectionFault) and not self._ever_answered)
            if out:
                error = _same(error, Outage, error.message)
        elif not isinstance(error, RateLimited):
            self._note_answer()
        if isinstance(error, _STANDING):
            with self._lock:
                self._standing = (type(error), error.message, self._clock() + self._patience.standing_for)
        return error

    def _note_answer(self) -> None:
        with self._lock:
            self._used_up_in_a_row = 0
            self._ever_answered = True
            self._standing = None

    def _raise_what_stands(self, made: int) -> None:
        with self._lock:
            if self._standing is None:
                return
            kind, message, until = self._standing
            if self._clock() >= until:
                self._standing = None  # this caller finds out whether it still holds
                return
        error = kind(message)
        error.attempts = made
        raise error


def _same(error: ModelError, kind: type[ModelError], message: str) -> ModelError:
    other = kind(message, status=error.status, retry_after=error.retry_after)
    other.attempts = error.attempts
    other.may_be_billed = error.may_be_billed
    return other
