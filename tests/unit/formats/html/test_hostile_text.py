"""Text of an article, a model or a file name can't become markup, a link or an order of characters."""

from __future__ import annotations

import pytest

from reportedly.schema import Failure, Report
from tests import specimen
from tests.unit.formats.html.pages import Tree, all_of, article_text, one_of, page_of, policy_of, tree_of, unpacked

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "--><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "{{ 7 * 7 }} {% raw %} ${7*7} {{ config }}",
    "{shown} {total.__class__}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=javascript:alert(1)>klick</a>",
    "<base href=//evil.example/><meta http-equiv=refresh content=0>",
    "]]><!--",
)


def assert_inert(tree: Tree) -> None:
    executable = [script for script in all_of(tree, "script") if script.get("type") is None]
    assert len(executable) <= 1
    assert not all_of(tree, "img, iframe, base, object, embed, svg[onload]")
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 lxml elements
            assert not (element.get("href") or "").lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_everything_that_others_wrote_is_text(attack: str) -> None:
    report = specimen.with_text(attack, name=attack, title=attack, publisher=attack, id=attack)
    tree = tree_of(page_of(report))
    assert_inert(tree)
    assert article_text(tree) == attack
    assert one_of(tree, "h1").text_content() == attack
    assert "49" not in one_of(tree, "article.text").text_content()
    assert len(policy_of(tree)) == 5


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_table_of_many_is_as_safe(attack: str) -> None:
    report = specimen.with_text(attack, name=attack, title=attack, publisher=attack, id=attack)
    failure = Failure(id=attack, reason=attack, message=attack, hint=attack, where=attack)
    tree = tree_of(page_of(report, report, failure))
    assert_inert(tree)
    assert one_of(tree, '[data-open="1"]').text_content() == attack
    opened = unpacked(tree, 2)
    assert_inert(opened)
    assert article_text(opened) == attack


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/",
        "file:///etc/passwd",
        "file://example.org/etc/passwd",
        "https://user:password@evil.example/",
        "https://",
        "https://[::1",
        "werft.html",
        "https://example.org/\nx",
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str) -> None:
    tree = tree_of(page_of(specimen.with_text("Ein Satz.", url=url)))
    assert [link for link in all_of(tree, "a[href]") if not link.get("href").startswith("#")] == []
    assert_inert(tree)


def test_a_web_address_that_breaks_out_of_its_attribute_stays_inside() -> None:
    url = 'https://example.org/"><script>alert(1)</script>'
    tree = tree_of(page_of(specimen.with_text("Ein Satz.", url=url)))
    assert one_of(tree, ".kicker a").get("href") == url
    assert_inert(tree)


def test_hidden_and_turning_characters_are_seen() -> None:
    text = "Der Kurs \u202eglas\u202c stieg\u200b um 3 %."
    tree = tree_of(page_of(specimen.with_text(text, title=text)))
    page_text = tree.text_content()
    assert "\u202e" not in page_text
    assert "\u200b" not in page_text
    assert [piece.text_content() for piece in all_of(tree, "article.text .escape")] == ["U+202E", "U+202C", "U+200B"]
    assert all(block.get("dir") == "auto" for block in all_of(tree, "article.text > *"))


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    report = specimen.with_text("ein Satz")
    broken = report.article.model_copy(update={"text": "ein\ud800Satz"})
    assert isinstance(report, Report)
    page_of(report.model_copy(update={"article": broken})).encode("utf-8")
