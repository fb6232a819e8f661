"""The pages for people: two forms that need no script, the reports that come of them, and the documentation."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from reportedly.api import About
from reportedly.formats.html.pages import content_policy
from reportedly.schema import Language
from reportedly.web.asking import Service
from reportedly.web.bodies import EXAMPLE, PUSH
from reportedly.web.configuration import RULES
from reportedly.web.problems import Refused
from reportedly.web.site import asset, phrases, render
from reportedly.web.tasks import Kind, Task

pages = APIRouter(include_in_schema=False)

MOST_WORDS: Final = 10_000
_FORMS: Final = ("/", "/check")
_EMPTY: Final = {"text": "", "summary": "", "engine": RULES, "words": ""}


@pages.get("/")
@pages.get("/check")
async def form(request: Request) -> Response:
    """The empty form."""
    return _form(request, dict(_EMPTY))


@pages.post("/")
@pages.post("/check")
async def answer_form(request: Request) -> Response:
    """The report of what was sent."""
    service: Service = request.app.state.service
    async with request.form(max_files=1, max_fields=8, max_part_size=service.serving.limits.body) as sent:
        given = request.state.given = {name: _field(sent, name) or default for name, default in _EMPTY.items()}
        _check_key(request, _field(sent, "key"))
        document = await _document(sent)
    if document is None and not given["text"].strip():
        raise Refused(422, "empty_article", "there is no text in it", "paste an article or choose a file")
    checks = request.url.path == "/check"
    task = Task(
        kind=Kind.CHECK_PAGE if checks else Kind.SUMMARY_PAGE,
        text=given["text"] if document is None else None,
        document=document,
        summary=given["summary"],
        about=About(id=phrases(language_of(request))["article"]),
        words=_words(given["words"]),
        speaks=language_of(request),
    )
    page = await service.do(task, RULES if checks else given["engine"])
    if checks:
        return HTMLResponse(page)
    return HTMLResponse(page, headers={"content-security-policy": content_policy() + "; frame-ancestors 'none'"})


@pages.get("/batches")
async def many(request: Request) -> Response:
    """Sends files of articles and follows them."""
    serving = request.app.state.service.serving
    page = render(
        "batches.html", language_of(request), here="/batches", engines=serving.engines, keyed=bool(serving.keys)
    )
    return HTMLResponse(page)


@pages.get("/docs")
async def docs(request: Request) -> Response:
    """The OpenAPI description as a page without any script of others."""
    return HTMLResponse(
        render(
            "docs.html",
            language_of(request),
            here="/docs",
            api=request.app.openapi(),
            base=str(request.base_url).rstrip("/"),
        )
    )


@pages.get("/assets/{name}")
async def assets(name: str) -> Response:
    """Style, script, icon."""
    found = asset(name)
    if found is None:
        raise Refused(404, "not_found", "there is no such file")
    return Response(found[0], media_type=found[1], headers={"cache-control": "public, max-age=3600"})


def wants_page(request: Request) -> bool:
    """Whether a problem is to be shown to a person."""
    return request.method == "POST" and request.url.path in _FORMS


def refusal(request: Request, refused: Refused) -> Response:
    """The form with what was sent, and what is wrong with it."""
    given = getattr(request.state, "given", dict(_EMPTY))
    return _form(request, given, refused)


def language_of(request: Request) -> Language:
    """German or English: as asked for, else as the browser prefers."""
    asked = request.query_params.get("lang")
    if asked in ("de", "en"):
        return Language(asked)
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag = part.partition(";")[0].strip().lower()[:2]
        if tag in ("de", "en"):
            return Language(tag)
    return Language.ENGLISH


def _form(request: Request, given: dict[str, str], refused: Refused | None = None) -> Response:
    service: Service = request.app.state.service
    page = render(
        "form.html",
        language_of(request),
        here=request.url.path,
        given=given,
        refused=refused,
        engines=service.serving.engines,
        keyed=bool(service.serving.keys),
        example=EXAMPLE,
        push=PUSH,
    )
    status = refused.status_code if refused else 200
    return HTMLResponse(page, status, headers=dict(refused.headers or {}) if refused else None)


def _field(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


async def _document(sent: FormData) -> bytes | None:
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return await file.read()


def _check_key(request: Request, key: str) -> None:
    """A form can send no header, so its key comes in a field; who sent a header was let in by the guard."""
    keys = request.app.state.service.serving.keys
    if not keys or request.scope["state"]["caller"] != "anybody":
        return
    name = keys.name_of(key)
    if name is None:
        raise Refused(401, "key_needed", "no valid key was given", "ask who runs this service for one")
    request.scope["state"]["caller"] = name


def _words(written: str) -> int | None:
    if not written.strip():
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 6 and 1 <= int(written) <= MOST_WORDS):
        raise Refused(422, "invalid_request", "the number of words is none", f"a number from 1 to {MOST_WORDS:,}")
    return int(written)
