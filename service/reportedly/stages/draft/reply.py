"""What a model is asked to reply: flat, closed, all required, nullable, short ASCII words, no bounds, no references."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from reportedly.schema import Firmness, SourceKind


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ReplyClaim(_Reply):
    """One claim as the model reports it; the label is ours to derive."""

    sentence: int
    claim: str | None
    kind: str
    source: str | None
    origin: str | None
    carried_from: int | None
    firmness: str
    cue: str | None


class ReplySentence(_Reply):
    """One sentence of the summary and the sentences it rests on."""

    text: str
    sentences: tuple[int, ...]


class Reply(_Reply):
    """Evidence first, then the summary that is written from it."""

    claims: tuple[ReplyClaim, ...]
    summary: tuple[ReplySentence, ...]


class MergeReply(_Reply):
    """The summary alone, written from claims."""

    summary: tuple[ReplySentence, ...]


def _closed(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _listed(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_INTEGER: Final = {"type": "integer"}
_STRING: Final = {"type": "string"}
_MAYBE_STRING: Final = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_MAYBE_INTEGER: Final = {"anyOf": [{"type": "integer"}, {"type": "null"}]}

_SUMMARY: Final = _listed(_closed(text=_STRING, sentences=_listed(_INTEGER)))

REPLY_SCHEMA: Final = {
    "title": "article_evidence",
    "description": "Every claim of the article with its evidence, then the summary.",
    **_closed(
        claims=_listed(
            _closed(
                sentence=_INTEGER,
                claim=_MAYBE_STRING,
                kind={"type": "string", "enum": [kind.value for kind in SourceKind]},
                source=_MAYBE_STRING,
                origin=_MAYBE_STRING,
                carried_from=_MAYBE_INTEGER,
                firmness={"type": "string", "enum": [firmness.value for firmness in Firmness]},
                cue=_MAYBE_STRING,
            )
        ),
        summary=_SUMMARY,
    ),
}
"""Written out by hand: pydantic's export has references and titles that some providers reject; a test holds the two
together."""

MERGE_SCHEMA: Final = {
    "title": "merged_summary",
    "description": "A summary written from claims.",
    **_closed(summary=_SUMMARY),
}


@cache
def reply_schema_digest() -> str:
    """SHA-256 (hex) of the reply schemas."""
    both = json.dumps([REPLY_SCHEMA, MERGE_SCHEMA], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(both.encode()).hexdigest()
