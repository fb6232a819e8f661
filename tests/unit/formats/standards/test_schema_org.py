"""Claims as schema.org has them: valid, complete, and nothing said that we don't know."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from typing import Any

import pytest

from reportedly.formats.standards import SchemaOrgClaims
from reportedly.schema import Article, Failure, Language, Status
from tests import specimen
from tests.unit.formats.standards.linked_data import compacted, expanded, plain, written


@cache
def types() -> dict[str, type]:
    """The classes of schema.org, generated from its published vocabulary."""
    found: dict[str, type] = {}
    for folder in ("creativework", "intangible", "organization", "person"):
        package = importlib.import_module(f"msgspec_schemaorg.models.{folder}")
        for module in pkgutil.iter_modules(package.__path__):
            found[module.name] = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), module.name)
    return found


def range_of(kind: type, prop: str) -> str:
    for base in kind.__mro__:
        if prop in (annotations := inspect.get_annotations(base)):
            return str(annotations[prop])
    raise AssertionError(f"{kind.__name__} has no {prop}")


def check(node: dict[str, Any], graph: dict[str, dict[str, Any]]) -> None:
    """Every property belongs to the node's type, every value to the property's range."""
    if "@type" not in node:
        assert set(node) <= {"name", "@id"}
        return
    for prop, values in node.items():
        if prop.startswith("@"):
            continue
        allowed = range_of(types()[node["@type"]], prop)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict) and "@value" not in value:
                target = graph.get(value.get("@id", ""), value)
                if "@type" in target:
                    assert any(f"'{base.__name__}'" in allowed for base in types()[target["@type"]].__mro__), prop
                if target is value:
                    check(value, graph)
            else:
                literal = value["@value"] if isinstance(value, dict) else value
                forms = ("int",) if isinstance(literal, int) else ("str", "URL", "datetime")
                assert any(form in allowed for form in forms), prop


@pytest.fixture(scope="module")
def graph() -> list[dict[str, Any]]:
    document = written(SchemaOrgClaims, specimen.german(), specimen.english(), Failure(id="x", reason="y", message="z"))
    return list(document["@graph"])


def test_types_properties_and_ranges_are_those_of_schema_org(graph: list[dict[str, Any]]) -> None:
    nodes = {node["@id"]: node for node in graph}
    assert len(nodes) == len(graph)
    for node in graph:
        check(node, nodes)


def test_the_check_finds_what_is_wrong() -> None:
    with pytest.raises(AssertionError, match="Claim has no rating"):
        check({"@type": "Claim", "rating": 1}, {})
    with pytest.raises(AssertionError, match="appearance"):
        check({"@type": "Claim", "appearance": {"@type": "Organization"}}, {})


def test_expansion_loses_nothing() -> None:
    document = written(SchemaOrgClaims, specimen.german())
    assert plain(compacted(document)["@graph"]) == plain(document["@graph"])
    claims = [node for node in expanded(document) if node.get("@type") == ["http://schema.org/Claim"]]
    assert len(claims) == 8


def test_a_claim_says_who_where_and_under_which_status(graph: list[dict[str, Any]]) -> None:
    (claim,) = (node for node in graph if node.get("text", "").startswith("Einem Bericht der Hafenpost"))
    assert claim["appearance"] == {"@id": "https://example.org/werft?a=1&b=2"}
    assert claim["author"] == {"@type": "Organization", "name": "Hafenpost"}
    assert claim["additionalType"] == "https://w3id.org/reportedly/status#rumour"
    assert claim["inLanguage"] == "de"
    terms = [node for node in graph if node["@id"] == claim["additionalType"]]
    assert [term["alternateName"] for term in terms] == [{"@value": "Gerücht", "@language": "de"}]


def test_nothing_is_said_that_we_do_not_know(graph: list[dict[str, Any]]) -> None:
    by_text = {node["text"]: node for node in graph if node["@type"] == "Claim"}
    assert "Das ist ein Lehrstück." not in by_text, "an opinion is no factual claim"
    assert "author" not in by_text["Es soll einen zweiten Bieter geben."]
    assert "author" not in by_text["Die Küstenwerft in Nordhafen beschäftigt 1.200 Menschen."]
    assert by_text["Der Betriebsrat dementierte einen Stellenabbau."]["author"] == {"name": "Betriebsrat"}
    said = {key for node in graph for key in node}
    assert not said & {"reviewRating", "claimReviewed", "itemReviewed"}
    assert {node["@type"] for node in graph} == {"Article", "Claim", "DefinedTerm"}
    assert not any(node.get("termCode") == Status.OPINION.value for node in graph)


def test_an_article_of_no_address_is_named_by_its_text() -> None:
    report = specimen.english()
    article = Article(id="a", text=report.article.text, url="javascript:alert(1)", language=Language.UNKNOWN)
    (node, *_) = written(SchemaOrgClaims, report.model_copy(update={"article": article}))["@graph"]
    assert node["@id"].startswith("ni:///sha-256;")
    assert set(node) == {"@type", "@id", "identifier"}


def test_the_same_claim_of_the_same_text_has_the_same_name_and_another_has_not() -> None:
    first, again = (written(SchemaOrgClaims, specimen.german())["@graph"] for _ in range(2))
    assert first == again
    names = [node["@id"] for node in first]
    assert len(set(names)) == len(names)


def test_nothing_at_all_is_an_empty_graph() -> None:
    assert written(SchemaOrgClaims)["@graph"] == []
