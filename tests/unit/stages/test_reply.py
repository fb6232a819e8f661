"""A reply is read strictly: what is not exactly what was asked for is a fault with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportedly.prompting import ReplyFault
from reportedly.stages.draft import read_merge, read_reply
from reportedly.stages.draft.reply import MERGE_SCHEMA, REPLY_SCHEMA, ReplyClaim, ReplySentence

CLAIM = {
    "sentence": 1,
    "claim": None,
    "kind": "media",
    "source": "Flimmerblatt",
    "origin": None,
    "carried_from": None,
    "firmness": "asserted",
    "cue": "laut",
}
GOOD = {"claims": [CLAIM], "summary": [{"text": "So.", "sentences": [1]}]}


def written(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


@pytest.mark.parametrize(
    "text",
    [
        written(),
        f"\ufeff{written()}",
        f"```json\n{written()}\n```",
        f"Here is the JSON you asked for:\n{written()}\nAnything else?",
    ],
)
def test_one_object_is_found_whatever_stands_around_it(text: str) -> None:
    assert read_reply(text).claims[0].source == "Flimmerblatt"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no object"),
        ("I can't help with that.", "no object"),
        (written() + written(), "JSON object"),
        (f"```json\n{written()}\n```\n```json\n{written()}\n```", "JSON object"),
        (written()[:-20], "JSON object"),
        (written(extra=1), "extra"),
        (json.dumps({"extractions": GOOD}), "claims"),
        (json.dumps({"claims": []}), "summary"),
        (written(claims=[{**CLAIM, "sentence": "1"}]), "claims.0.sentence"),
        (written(claims=[{**CLAIM, "sentence": True}]), "claims.0.sentence"),
        (written(claims=[{**CLAIM, "sentence": 1.0}]), "claims.0.sentence"),
        (written(claims=[{**CLAIM, "status": "rumour"}]), "claims.0.status"),
        (written(claims=[{k: v for k, v in CLAIM.items() if k != "cue"}]), "claims.0.cue"),
        (written().replace('"claims"', '"claims": [], "claims"', 1), "same key twice"),
        (written().replace('"sentence": 1', '"sentence": NaN'), "NaN"),
        (written().replace("Flimmerblatt", "\\ud83d"), "surrogate"),
        ('{"claims": ' + "[" * 100_000 + "]" * 100_000 + "}", "out of bounds"),
    ],
)
def test_a_bad_reply_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(ReplyFault, match=why):
        read_reply(text)


def test_a_merge_reply_has_no_claims() -> None:
    assert read_merge(json.dumps({"summary": GOOD["summary"]})).summary[0].sentences == (1,)
    with pytest.raises(ReplyFault, match="claims"):
        read_merge(written())


@pytest.mark.parametrize("schema", [REPLY_SCHEMA, MERGE_SCHEMA])
def test_the_schema_keeps_to_what_every_provider_takes(schema: dict[str, Any]) -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            banned = {"$ref", "$defs", "default", "minimum", "maximum", "minItems", "maxItems", "pattern", "format"}
            assert not banned & set(node)
            for word in node.get("enum", ()):
                assert word.isascii()
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schema)


def test_schema_and_types_say_the_same() -> None:
    properties: dict[str, Any] = REPLY_SCHEMA["properties"]
    assert list(properties["claims"]["items"]["properties"]) == list(ReplyClaim.model_fields)
    assert list(properties["summary"]["items"]["properties"]) == list(ReplySentence.model_fields)
