"""Expands JSON-LD without a network, and proves that no word of it is lost on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TextIO

from pyld import jsonld

from reportedly.formats import Format
from reportedly.schema import Failure, Report

_CONTEXTS: Final = {
    "http://www.w3.org/ns/anno.jsonld": "anno.json",
    "https://schema.org": "schema.json",
    "https://schema.org/": "schema.json",
}


def written(format_of: Callable[[TextIO], Format], *records: Report | Failure) -> Any:
    out = io.StringIO()
    made = format_of(out)
    for record in records:
        made.write(record)
    made.close()
    return json.loads(out.getvalue())


def context_of(url: str) -> Any:
    return json.loads((Path(__file__).parent / "contexts" / _CONTEXTS[url]).read_text("utf-8"))


def load(url: str, _options: Any = None) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": context_of(url), "contentType": "application/ld+json"}


def expanded(document: Any) -> Any:
    return jsonld.expand(document, {"documentLoader": load})


def compacted(document: Any) -> Any:
    """Expanded and compacted with its own context again: the same document, if every term of it is known."""
    return jsonld.compact(expanded(document), document["@context"], {"documentLoader": load})


def plain(thing: Any) -> Any:
    """Without what JSON-LD does not mean: the order of values, one value in a list of its own."""
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in thing.items()}
    if isinstance(thing, list):
        values = [plain(value) for value in thing]
        return values[0] if len(values) == 1 else sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return thing
