"""Puts the service together: routes, problems, documentation, and the guard before all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from reportedly._version import __version__
from reportedly.errors import ReportedlyError
from reportedly.web import batches, pages, routes
from reportedly.web.asking import Service
from reportedly.web.configuration import Serving
from reportedly.web.guarding import Guard
from reportedly.web.jobs import Jobs
from reportedly.web.problems import Problem, Refused, answer, fault, refusal_of, refusal_of_body, refusal_of_http
from reportedly.web.readers import Readers


def application(serving: Serving, log: Any) -> tuple[ASGIApp, Service]:
    """The ASGI application of a service, and the service. Raises SetupError where a model can't be built."""
    service = Service(serving, Readers(serving))
    service.jobs = Jobs(serving, service.metrics, log)
    app = FastAPI(
        title="Reportedly",
        version=__version__,
        description="Summaries that stay as unsure as their source: every claim with its rumour status, who vouches "
        "for it, and the exact words that say so.",
        docs_url=None,
        redoc_url=None,
        lifespan=_living(service, log),
    )
    app.state.service = service
    app.include_router(routes.api)
    app.include_router(batches.batches)
    app.include_router(routes.watch)
    app.include_router(pages.pages)
    _document_problems(app)
    _answer_problems(app, log)
    return Guard(app, serving, service.metrics, log), service


def _living(service: Service, log: Any) -> Any:
    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        await service.readers.start()
        assert service.jobs is not None
        service.jobs.start()
        log.info("ready", host=service.serving.host, port=service.serving.port, engines=list(service.serving.engines))
        try:
            yield
        finally:
            service.readers.close()
            log.info("ended")

    return living


def _document_problems(app: FastAPI) -> None:
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def _answer_problems(app: FastAPI, log: Any) -> None:
    def refuse(request: Request, refused: Refused) -> Response:
        service: Service = request.app.state.service
        service.metrics.refused.labels(refused.reason).inc()
        if pages.wants_page(request):
            return pages.refusal(request, refused)
        return answer(refused, request.scope["state"]["request_id"])

    def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, ReportedlyError)
        return refuse(request, refusal_of(error))

    def of_body(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refuse(request, refusal_of_body(error))

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return refuse(request, refusal_of_http(error))

    def of_fault(request: Request, error: Exception) -> Response:
        return refuse(request, fault())

    app.add_exception_handler(ReportedlyError, of_ours)
    app.add_exception_handler(RequestValidationError, of_body)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, of_fault)
