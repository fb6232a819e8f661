"""What a service is told when it starts."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportedly.settings import Settings
from reportedly.web.keys import Keys

RULES: Final = "rules"
"""The engine that is always there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one caller may ask for, and how long."""

    body: int = 1_000_000
    """Bytes of one request; the longest news article measured has a tenth."""
    batch: int = 100_000_000
    """Bytes of one batch; some 20,000 articles."""
    per_minute: int = 1_200
    """Requests a minute of one caller, in bursts of as many."""
    at_once: int = 64
    """Requests of one caller in work at the same time."""
    in_all: int = 256
    """Requests of all callers in work; more are sent away at once instead of waiting."""
    jobs: int = 8
    """Batches of one caller that are not done."""
    body_seconds: float = 20.0
    """Seconds that a request may take to arrive; a batch gets as many for each megabyte that it may have."""
    head_seconds: float = 10.0
    """Seconds that the head of a request may take, and that a connection may be idle."""
    answer_seconds: float = 60.0
    """Seconds of reading by rules before the caller is told to send less."""
    send_seconds: float = 30.0
    """Seconds that a caller may take to accept the next part of an answer."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole configuration of a service."""

    settings: Settings
    data: Path
    """Folder of the batches."""
    host: str = "127.0.0.1"
    port: int = 8080
    hosts: tuple[str, ...] = ()
    """Names that the Host header may have; on loopback without keys only those of this machine."""
    keys: Keys = field(default_factory=lambda: Keys({}))
    models: tuple[str, ...] = ()
    """Models that callers may choose beside the rules."""
    allow_fetch: bool = False
    workers: int = 2
    """Processes that read by rules."""
    limits: Limits = Limits()

    @property
    def engines(self) -> tuple[str, ...]:
        """What a caller may name."""
        return (RULES, *self.models)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
