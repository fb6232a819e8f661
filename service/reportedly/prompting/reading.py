"""Reads a reply strictly: exactly one JSON object, exactly of the shape that was asked for."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reportedly.text.strict_json import JsonFault, has_surrogate, parse_object

ReplyT = TypeVar("ReplyT", bound=BaseModel)


class ReplyFault(ValueError):
    """A reply that can't be read as what was asked for; the message can be shown to the model."""


def read_as(text: str, shape: type[ReplyT]) -> ReplyT:
    """The reply as an instance of `shape`. Raises ReplyFault where it is not what was asked for."""
    try:
        value = parse_object(_only_object(text))
    except JsonFault as fault:
        raise ReplyFault(f"the reply is not one JSON object: {fault}") from fault
    if has_surrogate(json.dumps(value, ensure_ascii=False)):
        raise ReplyFault("the reply holds a lone surrogate")
    try:
        return shape.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise ReplyFault("; ".join(_complaint(item) for item in error.errors(include_url=False)[:5])) from error


def _only_object(text: str) -> str:
    """What stands between the first and the last brace: fences and prose go, a second object does not."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise JsonFault("there is no object in it")
    return text[start : end + 1]


def _complaint(item: Any) -> str:
    where = ".".join(str(part) for part in item["loc"]) or "the object"
    return f"{where}: {item['msg']}"
