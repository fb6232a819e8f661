"""JSON as it is meant: no duplicate keys, no NaN, no bombs. The parser for everything from outside."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class JsonFault(ValueError):
    """The text is not the JSON that we accept; the message says where and why and quotes nothing of it."""


def parse(text: str) -> Any:
    """The value of one JSON text. Raises JsonFault for anything that is not strict JSON."""
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite, strict=True
        )
    except JsonFault:
        raise
    except json.JSONDecodeError as error:
        raise JsonFault(f"{error.msg} at line {error.lineno} column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise JsonFault("a number or nesting is out of bounds") from error


def parse_object(text: str) -> dict[str, Any]:
    """The object of one JSON text. Raises JsonFault where it is no object, too."""
    value = parse(text)
    if not isinstance(value, dict):
        raise JsonFault(f"an object is needed, not {type(value).__name__}")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JsonFault("an object has the same key twice")
    return value


def _no_constant(name: str) -> NoReturn:
    raise JsonFault(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise JsonFault("a number is out of bounds")
    return value


def has_surrogate(text: str) -> bool:
    r"""Whether a lone surrogate came in as a \\u escape, which no UTF-8 file can hold."""
    return _SURROGATE.search(text) is not None
