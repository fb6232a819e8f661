"""What travels between this process and its workers: lines of JSON, never pickles."""

from __future__ import annotations

import json
from typing import Any

from reportedly import errors
from reportedly.batch.interface import Finished
from reportedly.errors import BudgetExceeded, ModelError
from reportedly.llm.interface import ChatReply
from reportedly.pipeline import Answer
from reportedly.schema import Article, Finding, Usage
from reportedly.sources import Loaded

Message = dict[str, Any]


def packed(message: Message) -> bytes:
    """One line."""
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def loaded_to(loaded: Loaded) -> Message:
    """An article and what was odd about it."""
    findings = [finding.model_dump(mode="json") for finding in loaded.findings]
    return {"article": loaded.article.model_dump(mode="json"), "findings": findings, "where": loaded.where}


def loaded_from(message: Message) -> Loaded:
    """The reverse."""
    findings = tuple(Finding.model_validate(finding) for finding in message["findings"])
    return Loaded(Article.model_validate(message["article"]), findings, message["where"])


def answer_to(answer: Answer) -> Message:
    """A reply, or the error in its place."""
    if isinstance(answer, ChatReply):
        return {"reply": answer.model_dump(mode="json")}
    return {"error": error_to(answer)}


def answer_from(message: Message) -> Answer:
    """The reverse."""
    if "reply" in message:
        return ChatReply.model_validate(message["reply"])
    error = error_from(message["error"])
    assert isinstance(error, ModelError | BudgetExceeded)
    return error


def error_to(error: errors.ReportedlyError) -> Message:
    """An error of the tree."""
    told: Message = {"kind": type(error).__name__, "message": error.message, "hint": error.advice}
    if isinstance(error, ModelError):
        told |= {"attempts": error.attempts, "status": error.status}
    return told


def error_from(told: Message) -> errors.ReportedlyError:
    """An error of the tree, by the name of its class."""
    kind = getattr(errors, told["kind"])
    if not issubclass(kind, ModelError):
        error: errors.ReportedlyError = kind(told["message"], hint=told["hint"])
        return error
    failure: ModelError = kind(told["message"], hint=told["hint"], status=told.get("status"))
    failure.attempts = told.get("attempts", 1)
    return failure


def finished_to(finished: Finished) -> Message:
    """A finished record."""
    own = {"line": finished.line.decode(), "usage": finished.usage.model_dump(exclude_defaults=True)}
    return {name: getattr(finished, name) for name in ("id", "outcome", "reason", "seconds")} | own


def finished_from(message: Message) -> Finished:
    """The reverse."""
    usage = Usage.model_validate(message["usage"])
    return Finished(**(message | {"line": message["line"].encode(), "usage": usage}))
