"""Errors as problem+json (RFC 9457): the reasons and hints of the command line, and never a word of the article."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from reportedly.errors import (
    ArticleRejected,
    BudgetExceeded,
    DeadlineExceeded,
    MissingExtraError,
    ModelError,
    RateLimited,
    ReportedlyError,
    StorageError,
    UsageError,
)

MEDIA_TYPE: Final = "application/problem+json"


class Problem(BaseModel):
    """Why a request has no answer."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str
    """`urn:reportedly:problem:` and the reason."""
    title: str
    """The status in words."""
    status: Annotated[int, Field(ge=400, le=599)]
    """The HTTP status."""
    reason: str
    """Stable snake_case word, for example `empty_article`; the same as on the command line."""
    detail: str
    """What is wrong."""
    hint: str
    """What to do about it."""
    request_id: str
    """To find the request in the service's logs."""


class Refused(HTTPException):
    """A request that gets a problem for an answer."""

    def __init__(
        self, status: int, reason: str, message: str, hint: str = "", *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, message, headers)
        self.reason = reason
        self.hint = hint


_STATUS: Final[tuple[tuple[type[ReportedlyError], HTTPStatus], ...]] = (
    (ArticleRejected, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (DeadlineExceeded, HTTPStatus.GATEWAY_TIMEOUT),
    (RateLimited, HTTPStatus.SERVICE_UNAVAILABLE),
    (ModelError, HTTPStatus.BAD_GATEWAY),
    (BudgetExceeded, HTTPStatus.SERVICE_UNAVAILABLE),
    (MissingExtraError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StorageError, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first class that fits decides."""


def fault() -> Refused:
    """What a caller is told of an error that nobody foresaw."""
    return Refused(500, "internal_error", "a fault of reportedly", "report it with the request's id")


def refusal_of(error: ReportedlyError) -> Refused:
    """What a caller is told of an error of the library."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    reason = error.reason if isinstance(error, ArticleRejected) else _snake(type(error).__name__)
    if reason == "too_large":
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    seconds = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(max(1, round(seconds)))} if seconds else None
    return Refused(status, reason, error.message, error.advice, headers=headers)


def refusal_of_body(error: RequestValidationError) -> Refused:
    """What is wrong with the form of a request; the values themselves are not repeated."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return Refused(400, "malformed_json", "the request's body is no JSON", "send one JSON object in UTF-8")
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    known = {"extra_forbidden": "there is no such field"}
    said = known.get(first["type"], str(first["msg"]).removeprefix("Value error, "))
    return Refused(422, "invalid_request", f"{place[:80]}: {said}" if place else said, "see /docs")


def refusal_of_http(error: HTTPException) -> Refused:
    """What the framework refuses: no such path or method, a body that can't be parsed."""
    if isinstance(error, Refused):
        return error
    reasons = {404: "not_found", 405: "method_not_allowed", 400: "malformed_request"}
    reason = reasons.get(error.status_code, "refused")
    return Refused(error.status_code, reason, str(error.detail), "see /docs", headers=dict(error.headers or {}) or None)


def answer(refused: Refused, request_id: str) -> JSONResponse:
    """The response."""
    problem = Problem(
        type=f"urn:reportedly:problem:{refused.reason}",
        title=HTTPStatus(refused.status_code).phrase,
        status=refused.status_code,
        reason=refused.reason,
        detail=str(refused.detail),
        hint=refused.hint,
        request_id=request_id,
    )
    return JSONResponse(
        problem.model_dump(), refused.status_code, headers=dict(refused.headers or {}), media_type=MEDIA_TYPE
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route for its documentation."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: schema}}
        for status in (*statuses, 400, 403, 405, 408, 413, 421, 429, 500, 503)
    }


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().removesuffix("_error")
