"""The routes of the interface for programs: each parses, calls one function, and answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from reportedly.schema import Report
from reportedly.web.asking import Service
from reportedly.web.bodies import PUSH, CheckAnswer, CheckBody, FlagsAnswer, FlagsBody, SummaryBody, examples
from reportedly.web.problems import documented
from reportedly.web.tasks import Kind

api = APIRouter(prefix="/v1", tags=["articles"], responses=documented(401, 415, 422, 502, 504))
watch = APIRouter(tags=["operation"])


def service_of(request: Request) -> Service:
    """What answers."""
    service: Service = request.app.state.service
    return service


@api.post("/summaries", response_model=Report)
async def summarise(
    request: Request, body: Annotated[SummaryBody, Body(openapi_examples=examples(words=40))]
) -> Response:
    """Summarise an article and flag every claim."""
    done = await service_of(request).article(
        body, Kind.SUMMARY, engine=body.engine, words=body.words, language=body.language
    )
    return Response(done, media_type="application/json")


@api.post("/flags", response_model=FlagsAnswer)
async def flag(request: Request, body: Annotated[FlagsBody, Body(openapi_examples=examples())]) -> Response:
    """Flag every claim of an article with its rumour status, its source and the words that say so."""
    done = await service_of(request).article(body, Kind.FLAGS, engine=body.engine)
    return Response(done, media_type="application/json")


@api.post("/checks", response_model=CheckAnswer, response_model_exclude_none=False)
async def check(
    request: Request, body: Annotated[CheckBody, Body(openapi_examples=examples(summary=PUSH))]
) -> Response:
    """Check a summary that anybody wrote against its source."""
    done = await service_of(request).article(
        body, Kind.CHECK, engine=body.engine, summary=body.summary, select=body.select, ignore=body.ignore
    )
    return Response(done, media_type="application/json")


@watch.get("/healthz", responses=documented())
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "alive"}


@watch.get("/readyz", responses=documented())
async def readyz(request: Request) -> dict[str, Any]:
    """The engines are loaded, and the service is not about to end."""
    return service_of(request).ready()


@watch.get("/metrics", response_class=Response, responses={**documented(401), 200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """For Prometheus."""
    return Response(service_of(request).metrics.page(), media_type="text/plain; version=0.0.4; charset=utf-8")
