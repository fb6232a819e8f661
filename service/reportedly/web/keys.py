"""API keys: given out once, kept as hashes, each with the name of who it was given to."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from reportedly.errors import ConfigError

_LINE: Final = re.compile(r"([A-Za-z0-9._-]{1,64}):([0-9a-f]{64})")
_PREFIX: Final = "rk_"
"""Lets scanners for leaked secrets tell our keys."""
_KEY_BYTES: Final = 32
"""256 random bits: nothing to guess, so a plain hash is as good as a slow one."""


class Keys:
    """The hashes of all valid keys."""

    def __init__(self, named: dict[str, str]) -> None:
        self._names = named

    @classmethod
    def read(cls, lines: Iterable[str], where: str) -> Keys:
        """Keys from lines `name:sha256`; empty ones and those with a # in front are skipped.

        Raises ConfigError for any other line; the line itself, which may be a key by mistake, is not repeated.
        """
        named: dict[str, str] = {}
        for number, line in enumerate(lines, start=1):
            entry = line.strip()
            if not entry or entry.startswith("#"):
                continue
            match = _LINE.fullmatch(entry)
            if match is None:
                raise ConfigError(
                    f"{where}, entry {number} is no name:sha256", hint="make one with 'reportedly serve --new-key NAME'"
                )
            named[match[2]] = match[1]
        return cls(named)

    def __bool__(self) -> bool:
        return bool(self._names)

    def name_of(self, key: str) -> str | None:
        """Who the key was given to, or None. The look-up goes by the hash, so its time tells nothing of the key."""
        return self._names.get(_hash(key))


def mint(name: str) -> tuple[str, str]:
    """A new key, and the line that stands for it in the file of keys."""
    key = _PREFIX + secrets.token_urlsafe(_KEY_BYTES)
    return key, f"{name}:{_hash(key)}"


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
