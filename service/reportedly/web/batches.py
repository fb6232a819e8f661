"""The routes for batches: sent as JSON Lines, worked off in the background, fetched as JSON Lines."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from reportedly.web.bodies import EXAMPLE, BatchBody, BatchWishes
from reportedly.web.jobs import Job, Jobs, whole_lines
from reportedly.web.problems import Refused, documented
from reportedly.web.routes import service_of

batches = APIRouter(prefix="/v1/batches", tags=["batches"], responses=documented(401, 404, 422))

NDJSON: Final = "application/x-ndjson"
_TAKEN: Final = frozenset({NDJSON, "application/jsonl", "application/json-lines", "application/octet-stream"})
_LINES: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "One JSON object a line, with `id` and `text`, and what else is known: `title`, `lang`, `url`, "
        "`published`, `publisher`.",
        "content": {
            NDJSON: {
                "schema": {"type": "string"},
                "examples": {"one": {"summary": "One article", "value": {"id": "a1", "text": EXAMPLE}}},
            }
        },
    }
}
Name = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The batch's id.")]


@batches.post("", status_code=202, responses=documented(415), openapi_extra=_LINES)
async def send(request: Request, response: Response, wishes: Annotated[BatchWishes, Query()]) -> BatchBody:
    """Have many articles read in the background. An accepted batch survives any end of the service."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TAKEN:
        raise Refused(415, "encoding_not_taken", "a batch is sent as JSON Lines", f"Content-Type: {NDJSON}")
    job = await _jobs(request).accept(_owner(request), wishes, request.stream())
    response.headers["location"] = f"/v1/batches/{job.id}"
    return job.body()


@batches.get("")
async def show_all(request: Request) -> list[BatchBody]:
    """The caller's batches, the latest first."""
    return [job.body() for job in _jobs(request).of(_owner(request))]


@batches.get("/{name}")
async def show(request: Request, name: Name) -> BatchBody:
    """How far a batch is."""
    return _job(request, name).body()


@batches.get(
    "/{name}/results",
    response_class=Response,
    responses={200: {"content": {NDJSON: {}}, "description": "One record a line."}},
)
async def results(request: Request, name: Name) -> Response:
    """The records so far, one a line: reports, and failures with `error`."""
    return StreamingResponse(whole_lines(_job(request, name).results), media_type=NDJSON)


@batches.get(
    "/{name}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events `progress`, the last one `end`."}},
)
async def events(request: Request, name: Name) -> Response:
    """Progress as server-sent events."""
    return StreamingResponse(_jobs(request).progress(_job(request, name)), media_type="text/event-stream")


@batches.delete("/{name}", responses={204: {"description": "It had ended and is removed."}})
async def cancel(request: Request, name: Name) -> BatchBody:
    """Cancel a batch and keep what is done; remove one that has ended."""
    job = _job(request, name)
    still_there = await _jobs(request).cancel(job)
    return job.body() if still_there else Response(status_code=204)  # type: ignore[return-value]


def _jobs(request: Request) -> Jobs:
    jobs = service_of(request).jobs
    assert jobs is not None
    return jobs


def _owner(request: Request) -> str:
    owner: str = request.scope["state"]["caller"]
    return owner


def _job(request: Request, name: str) -> Job:
    return _jobs(request).find(_owner(request), name)
