"""The published vocabulary has every term that is written, in both languages, and no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from reportedly.formats.html import words_for
from reportedly.formats.standards import Annotations, SchemaOrgClaims
from reportedly.formats.standards.names import VOCABULARY, scheme, term
from reportedly.schema import Firmness, Language, SourceKind, Status
from tests import specimen
from tests.conftest import REPOSITORY
from tests.unit.formats.standards.linked_data import written

SKOS = "http://www.w3.org/2004/02/skos/core#"
FILE = REPOSITORY / "docs" / "vocabulary" / "rumour-status.jsonld"
MEMBERS: tuple[Status | SourceKind | Firmness, ...] = (*Status, *SourceKind, *Firmness)


@pytest.fixture(scope="module")
def nodes() -> dict[str, Any]:
    document = json.loads(Path(FILE).read_text("utf-8"))
    return {node["@id"]: node for node in jsonld.expand(document)}


def test_terms_and_sets_are_those_of_the_schema(nodes: dict[str, Any]) -> None:
    assert set(nodes) == {term(member) for member in MEMBERS} | {scheme(member) for member in MEMBERS}
    for member in MEMBERS:
        node = nodes[term(member)]
        assert node["@type"] == [SKOS + "Concept"]
        assert node[SKOS + "notation"] == [{"@value": member.value}]
        assert node[SKOS + "topConceptOf"] == [{"@id": scheme(member)}]
        assert {"@id": term(member)} in nodes[scheme(member)][SKOS + "hasTopConcept"]


def test_every_term_has_a_label_and_a_definition_in_both_languages(nodes: dict[str, Any]) -> None:
    for node in nodes.values():
        for prop in ("prefLabel", "definition"):
            assert sorted(value["@language"] for value in node[SKOS + prop]) == ["de", "en"]


def test_the_labels_are_those_of_the_page_and_of_the_graph(nodes: dict[str, Any]) -> None:
    german = words_for(Language.GERMAN)["status"]
    named = {
        node["@id"]: node["alternateName"]["@value"]
        for node in written(SchemaOrgClaims, specimen.german())["@graph"]
        if "alternateName" in node
    }
    for status in Status:
        (label,) = (v["@value"] for v in nodes[term(status)][SKOS + "prefLabel"] if v["@language"] == "de")
        assert label.lower() == german[status.value].lower()
        if status is not Status.OPINION:
            assert named[term(status)] == label


@pytest.mark.parametrize("format_of", [SchemaOrgClaims, Annotations])
def test_every_term_that_is_written_is_published(nodes: dict[str, Any], format_of: Any) -> None:
    text = json.dumps(written(format_of, specimen.german(), specimen.english()))
    used = {word for word in text.split('"') if word.startswith(VOCABULARY) and word != VOCABULARY}
    assert len(used) > 10
    assert used <= set(nodes)
