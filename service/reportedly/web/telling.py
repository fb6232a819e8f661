"""What the service tells of itself: structured log lines and Prometheus metrics, without article text."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any, Final, TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

LATENCIES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds; the rules take milliseconds, a model takes seconds."""


def log_to(stream: TextIO | None = None) -> Any:
    """A logger that writes one JSON object a line; JSON escapes whatever could steer a terminal or forge a line."""
    return structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.BoundLogger,
    )


def places_of(error: BaseException) -> list[str]:
    """Where an error came about. Its message is left out: it may quote the article."""
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]


class ServerLog(logging.Handler):
    """Passes on what the HTTP server itself logs, which is about connections and never about bodies."""

    def __init__(self, log: Any) -> None:
        super().__init__(logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One line; of an error only its kind and its place."""
        error = record.exc_info[1] if record.exc_info else None
        more = {"error": type(error).__name__, "at": places_of(error)} if error else {}
        told = "exception" if error else record.getMessage()
        self._log.info("server", said=told, severity=record.levelname.lower(), **more)


class Metrics:
    """Counters of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "reportedly_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "reportedly_request_seconds",
            "Time to the whole answer.",
            ("route",),
            buckets=LATENCIES,
            registry=self.registry,
        )
        self.in_flight = Gauge("reportedly_requests_in_flight", "Requests in work.", registry=self.registry)
        self.refused = Counter("reportedly_refused", "Requests refused.", ("reason",), registry=self.registry)
        self.batches = Gauge("reportedly_batches", "Batches by state.", ("state",), registry=self.registry)

    def page(self) -> bytes:
        """The text that Prometheus scrapes."""
        return generate_latest(self.registry)
