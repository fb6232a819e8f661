"""Replies that were good enough to keep, so that the same question is paid once."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sqlite3
import threading
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from reportedly.errors import StorageError
from reportedly.llm.interface import ChatModel, ChatReply, ChatRequest, Finish
from reportedly.llm.wrapping import Wrapping

log = logging.getLogger(__name__)

CACHE_FORMAT: Final = 1
"""Names the table: a cache of another version is neither read nor harmed, it only misses."""
BUSY_SECONDS: Final = 10.0
"""How long to wait for another process that writes."""

_TABLE: Final = f"replies_v{CACHE_FORMAT}"
_CREATE: Final = (
    f"CREATE TABLE IF NOT EXISTS {_TABLE} "
    "(key TEXT PRIMARY KEY, model TEXT NOT NULL, reply TEXT NOT NULL, kept_at TEXT DEFAULT CURRENT_TIMESTAMP) "
    "WITHOUT ROWID"
)
_GET: Final = f"SELECT reply FROM {_TABLE} WHERE key = ?"  # noqa: S608 - a constant
_PUT: Final = f"INSERT OR REPLACE INTO {_TABLE} (key, model, reply) VALUES (?, ?, ?)"  # noqa: S608 - a constant
_DROP: Final = f"DELETE FROM {_TABLE} WHERE key = ?"  # noqa: S608 - a constant


class ReplyStore:
    """A file of replies (SQLite, write-ahead log, JSON only); any number of readers, one writer at a time.

    Raises `StorageError` where the file can't be opened. A reply that can't be written is only logged: it is paid
    for and on its way to the caller.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._warned = False
        self._pid = os.getpid()
        self._connection = self._open()

    def get(self, key: str) -> ChatReply | None:
        """The reply kept under a key; one that no longer reads is a miss."""
        with self._lock:
            try:
                row = self._ours().execute(_GET, (key,)).fetchone()
            except sqlite3.Error as failure:
                self._warn("read", failure)
                return None
        if row is None:
            return None
        try:
            return ChatReply.model_validate_json(row[0], strict=True)
        except ValidationError:
            return None

    def put(self, key: str, model: str, reply: ChatReply) -> bool:
        """Keep a reply; False where it could not be written."""
        with self._lock:
            try:
                with self._ours() as connection:
                    connection.execute(_PUT, (key, model, reply.model_dump_json()))
            except sqlite3.Error as failure:
                self._warn("written", failure)
                return False
        return True

    def drop(self, key: str) -> None:
        """Forget a reply."""
        with self._lock:
            try:
                with self._ours() as connection:
                    connection.execute(_DROP, (key,))
            except sqlite3.Error as failure:
                self._warn("written", failure)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _ours(self) -> sqlite3.Connection:
        if self._pid != os.getpid():  # a connection must not be used across a fork
            self._pid = os.getpid()
            self._connection = self._open()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_CREATE)
            connection.commit()
        except (sqlite3.Error, OSError) as failure:
            raise StorageError(
                f"the reply cache {self.path.name!r} can't be opened: {failure}",
                hint="delete the file or run without the cache",
            ) from None
        return connection

    def _warn(self, what: str, failure: sqlite3.Error) -> None:
        if not self._warned:
            self._warned = True
            log.warning("the reply cache %s can't be %s: %s", self.path.name, what, failure)


class Caching(Wrapping):
    """Answers from the store where it can. Nothing is kept by itself: the caller, who alone knows whether a reply was
    any good, calls `keep`. `namespace` separates users who must not see each other's replies.
    """

    def __init__(self, inner: ChatModel, store: ReplyStore, *, namespace: str = "") -> None:
        super().__init__(inner)
        self._store = store
        self._namespace = namespace

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The kept reply (`cached`, no attempts, no cost, no time), or a fresh one."""
        kept = self._store.get(self._key(request))
        return kept if kept is not None else await self.inner.complete(request)

    async def keep(self, request: ChatRequest, reply: ChatReply) -> bool:
        """Keep a validated reply; refuses any that did not end by itself. True where it is on disk."""
        if reply.cached or reply.finish is not Finish.STOP or not reply.text.strip():
            return False
        stored = reply.model_copy(update={"cached": True, "attempts": 0, "seconds": 0.0, "cost": 0.0})
        return await asyncio.to_thread(self._store.put, self._key(request), str(self.identity), stored)

    async def forget(self, request: ChatRequest) -> None:
        """Drop a kept reply that turns out to be no good after all."""
        await asyncio.to_thread(self._store.drop, self._key(request))

    async def aclose(self) -> None:
        """Close the store and what is wrapped."""
        self._store.close()
        await super().aclose()

    def _key(self, request: ChatRequest) -> str:
        parts = (str(CACHE_FORMAT), self._namespace, self.identity.digest(), request.digest())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


async def keep(model: ChatModel, request: ChatRequest, reply: ChatReply) -> bool:
    """Keep a validated reply where the model has a cache; False where it has none."""
    return await model.keep(request, reply) if isinstance(model, Caching) else False
