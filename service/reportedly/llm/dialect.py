"""What a server turned out not to take, remembered for the process so that each lesson costs one request."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final

from reportedly.errors import ModelError, RequestInvalid
from reportedly.llm.interface import ChatReply, ChatRequest, Structured
from reportedly.llm.sdk_errors import Understood

LADDER: Final = tuple(Structured)
"""From strict to none; a server that rejects a rung is asked on the next."""
OPTIONAL_SETTINGS: Final = ("temperature", "seed")
"""Settings whose loss changes how a reply varies, not what it is; anything else that is rejected is an error."""
TOKEN_CAPS: Final = ("max_completion_tokens", "max_tokens")

# The server takes no such format; to be told from 'your schema is wrong', where asking otherwise would hide a defect.
_FORMAT: Final = re.compile(
    r"response_?format|json_?schema|json_?object|json mode|structured[_ ]output|output_?(?:config|format)|textformat|"
    r"response_?(?:json_?)?schema|response_?mime_?type|tool_?(?:choice|config|use)|\btools?\b|grammar",
    re.IGNORECASE,
)
_TYPE_UNKNOWN: Final = re.compile(
    r"not (?:support|available|allowed|permitted|implement|enabled)|unsupported|unavailable|unknown|unrecogni[sz]ed|"
    r"does(?: not|n't) support|extra (?:inputs|fields)|literal_error|union_tag|should be|must be (?:one of|'|\"|text)|"
    r"invalid (?:value|type|response_format)|failed to (?:parse|initiali[sz]e) grammar",
    re.IGNORECASE,
)
_SCHEMA_WRONG: Final = re.compile(r"invalid[_ ](?:json[_ ])?schema|in context=", re.IGNORECASE)
_SETTING_UNKNOWN: Final = re.compile(
    r"unsupported|not support|unknown|unrecogni[sz]ed|extra (?:inputs|fields)|not (?:allowed|permitted)|deprecated",
    re.IGNORECASE,
)
_FORMAT_STATUSES: Final = frozenset({400, 404, 415, 422, 500, 501})
"""500 because llama.cpp's Python server reports its own validation so."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one model behind one address is to be addressed."""

    structured: Structured = Structured.JSON_SCHEMA
    token_cap: str = TOKEN_CAPS[0]
    swapped: bool = False
    """Whether the other name of the cap was tried already."""
    dropped: frozenset[str] = field(default_factory=frozenset)
    """Settings that are left out."""

    def after_rejection(self, status: int, words: str, *, may_step: bool) -> Dialect | None:
        """The dialect to try next, or None where the rejection is not about the dialect.

        `may_step` says whether the structured mode is ours to choose (not pinned by the user, and a schema is sent).
        """
        if status not in _FORMAT_STATUSES:
            return None
        if status != 500 and _SETTING_UNKNOWN.search(words):
            for setting in OPTIONAL_SETTINGS:
                if setting in words and setting not in self.dropped:
                    return replace(self, dropped=self.dropped | {setting})
            if self.token_cap in words and not self.swapped:
                other = TOKEN_CAPS[1 - TOKEN_CAPS.index(self.token_cap)]
                return replace(self, token_cap=other, swapped=True)
        if may_step and _FORMAT.search(words) and _TYPE_UNKNOWN.search(words) and not _SCHEMA_WRONG.search(words):
            return self.next_rung()
        return None

    def next_rung(self) -> Dialect | None:
        """The same with the next way to enforce a schema; None after the last."""
        rung = LADDER.index(self.structured) + 1
        return replace(self, structured=LADDER[rung]) if rung < len(LADDER) else None


class Dialects:
    """The lessons of this process, by model and address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._learnt: dict[tuple[str, str], Dialect] = {}

    def of(self, model: str, address: str, default: Dialect) -> Dialect:
        """What was learnt, or the default."""
        with self._lock:
            return self._learnt.get((model, address), default)

    def learn(self, model: str, address: str, dialect: Dialect) -> None:
        """Remember what was accepted."""
        with self._lock:
            self._learnt[(model, address)] = dialect

    def forget(self) -> None:
        """Start afresh."""
        with self._lock:
            self._learnt.clear()


LEARNT: Final = Dialects()


class Rejected(Exception):
    """The server answered with an error; whether asking otherwise helps is `speak`'s to find out."""

    def __init__(self, understood: Understood) -> None:
        super().__init__(understood.error.message)
        self.understood = understood


class Unable(Exception):
    """The adapter has no way to ask in this mode; nothing was sent."""


Ask = Callable[[ChatRequest, Dialect, Structured], Awaitable[ChatReply]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Asks one model behind one address in a way that it takes, and remembers which that is."""

    model: str
    address: str
    default: Dialect
    pinned: Structured | None
    dialects: Dialects = LEARNT

    def now(self, request: ChatRequest) -> tuple[Dialect, Structured]:
        """The way that is known to be taken, or that is tried first."""
        dialect = self.dialects.of(self.model, self.address, self.default)
        return dialect, request.structured or self.pinned or dialect.structured

    async def speak(self, request: ChatRequest, ask: Ask) -> ChatReply:
        """Ask once, and again only where the way of asking was rejected: that costs a request but no tokens."""
        started = time.monotonic()
        known = self.dialects.of(self.model, self.address, self.default)
        pinned = request.structured or self.pinned
        may_step = pinned is None and request.reply_schema is not None
        dialect, attempts = known, 0
        while True:
            mode = pinned or dialect.structured
            attempts += 1
            try:
                reply = await ask(request, dialect, mode)
                break
            except Unable as inability:
                attempts -= 1
                if not may_step or dialect.next_rung() is None:
                    raise RequestInvalid(str(inability)) from None
                dialect = dialect.next_rung() or dialect
            except Rejected as rejection:
                told = rejection.understood
                stepped = dialect.after_rejection(told.status or 0, told.words, may_step=may_step)
                if stepped is None:
                    told.error.attempts = attempts
                    raise told.error from None
                dialect = stepped
            except ModelError as error:
                error.attempts = attempts
                raise
        if dialect != known:
            self.dialects.learn(self.model, self.address, dialect)
        dropped = tuple(s for s in OPTIONAL_SETTINGS if s in dialect.dropped and getattr(request, s) is not None)
        seconds = time.monotonic() - started
        return reply.model_copy(update={"seconds": seconds, "attempts": attempts, "dropped": dropped})
