"""Runs the service: uvicorn with patience for nobody, and an end that lets go of nothing."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from reportedly.web.app import application
from reportedly.web.configuration import Serving
from reportedly.web.telling import ServerLog, log_to

BACKLOG: Final = 2048
"""Connections that may wait to be accepted; 1,000 come at once in the load test."""
LONGEST_HEAD: Final = 32_768
"""Bytes of a request's head."""
ENDING_SECONDS: Final = 25
"""What is in work gets to end; Kubernetes kills after 30 s."""


class Impatient(H11Protocol):
    """Hangs up on who takes too long for the head of a request (uvicorn waits for ever)."""

    head_seconds = 10.0
    _hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on, unless a request is there."""
        super().data_received(data)
        if self._in_work():
            self._stop_waiting()
        elif self._hanging_up is None:
            self._wait()

    def on_response_complete(self) -> None:
        """Between requests uvicorn's own patience with idle connections counts."""
        super().on_response_complete()
        self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there to wait for."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _in_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._hanging_up = self.loop.call_later(self.head_seconds, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _hang_up(self) -> None:
        self._hanging_up = None
        if not self._in_work() and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """Tells the service that it ends, before the connections are waited for."""

    def __init__(self, config: uvicorn.Config, ending: Any) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: Any = None) -> None:
        """First the service, which has its jobs put down, then the connections."""
        await self._ending()
        await super().shutdown(sockets)


def serve(serving: Serving) -> None:
    """Serve until a signal ends it. Raises SetupError before anything listens."""
    log = log_to()
    app, service = application(serving, log)
    for name in ("uvicorn.error", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [ServerLog(log)] if name == "uvicorn.error" else [], False
        logger.setLevel(logging.WARNING)
    protocol = type("Protocol", (Impatient,), {"head_seconds": serving.limits.head_seconds})
    config = uvicorn.Config(
        app,
        host=serving.host,
        port=serving.port,
        http=protocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=int(serving.limits.head_seconds),
        timeout_graceful_shutdown=ENDING_SECONDS,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )
    _Server(config, service.end).run()
