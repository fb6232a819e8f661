"""Web Annotations: valid, and both selectors find the very words."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from reportedly.formats.standards import Annotations
from reportedly.schema import Failure
from reportedly.text.offsets import Utf16
from tests import specimen
from tests.unit.formats.standards.linked_data import compacted, expanded, plain, written

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "web_annotation.schema.json").read_text("utf-8")))


def items(document: Any, motivation: str) -> list[dict[str, Any]]:
    return [item for item in document["first"]["items"] if item["motivation"] == motivation]


def places(thing: Any) -> Iterator[dict[str, Any]]:
    """Every stretch of text in the document."""
    if isinstance(thing, dict):
        if "selector" in thing:
            yield thing
        for value in thing.values():
            yield from places(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from places(value)


@pytest.fixture(scope="module")
def document() -> Any:
    return written(Annotations, specimen.german(), Failure(id="x", reason="y", message="z"), specimen.english())


def test_it_fits_the_model(document: Any) -> None:
    SCHEMA.validate(document)
    assert document["total"] == len(document["first"]["items"]) > 20
    names = [item["id"] for item in document["first"]["items"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("broken", ["id", "target", "motivation"])
def test_the_check_finds_what_is_wrong(document: Any, broken: str) -> None:
    worse = copy.deepcopy(document)
    worse["first"]["items"][3][broken] = "no such thing"
    with pytest.raises(ValidationError):
        SCHEMA.validate(worse)


def test_expansion_loses_nothing(document: Any) -> None:
    assert plain(compacted(document)) == plain(document)
    (collection,) = expanded(document)
    assert collection["@type"] == ["https://www.w3.org/ns/activitystreams#OrderedCollection"]


def test_position_and_quotation_find_the_same_words_in_code_points() -> None:
    report = specimen.german()
    texts = {report.article.text, report.summary.text if report.summary else ""}
    found = 0
    for place in places(written(Annotations, report)):
        position, quote = place["selector"]
        (text,) = (text for text in texts if text[position["start"] : position["end"]] == quote["exact"])
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        start = position["start"] - len(quote.get("prefix", ""))
        assert text[start : start + len(around)] == around
        found += 1
    assert found > 20


def test_positions_after_an_emoji_differ_from_those_of_javascript() -> None:
    text = specimen.german().article.text
    after = text.index("5 Millionen")
    assert Utf16(text).units(after) == after + 1


def test_what_is_said_of_a_claim(document: Any) -> None:
    (claim,) = (
        item
        for item in items(document, "classifying")
        if item["target"]["selector"][1]["exact"].startswith("Einem Bericht")
    )
    *terms, why = claim["body"]
    assert [term["source"] for term in terms] == [
        "https://w3id.org/reportedly/status#rumour",
        "https://w3id.org/reportedly/source#media",
        "https://w3id.org/reportedly/firmness#asserted",
    ]
    assert why["value"] == "media: Hafenpost < Aufsichtsrat · “zufolge”"
    source = claim["target"]["source"]
    assert source["id"].startswith("ni:///sha-256;")
    assert source["via"] == "https://example.org/werft?a=1&b=2"


def test_cues_sources_links_and_findings_are_there(document: Any) -> None:
    def exact(thing: Any) -> list[str]:
        return [place["selector"][1]["exact"] for place in places(thing)]

    assert "zufolge" in exact(items(document, "highlighting"))
    assert [item["body"]["value"] for item in items(document, "identifying")][:2] == ["Hafenpost", "Betriebsrat"]
    (told,) = (item for item in items(document, "linking") if "Laut Hafenpost" in exact(item["target"])[0])
    assert exact(told["body"]) == [
        "Einem Bericht der Hafenpost zufolge steigt ein Fonds mit 40 Millionen Euro ein.",
        "Die Verträge seien fertig.",
    ]
    number, _, whole = items(document, "commenting")
    assert number["body"]["value"] == ("F201 error: 50 in the summary, 40 in sentence 3. use the number of the source")
    assert exact(number["target"]) == ["40 Millionen Euro", "50 Millionen Euro"]
    assert "selector" not in whole["target"]


def test_the_same_reports_give_the_same_document_and_others_another_name(document: Any) -> None:
    again = written(Annotations, specimen.german(), specimen.english())
    assert again == document
    assert written(Annotations, specimen.german())["id"] != document["id"]


def test_nothing_at_all_is_an_empty_collection() -> None:
    empty = written(Annotations)
    SCHEMA.validate(empty)
    assert empty["total"] == 0
