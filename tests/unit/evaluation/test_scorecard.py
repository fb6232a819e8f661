"""Every surface shows the same run, nothing in it can break out, and nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from reportedly.evaluation.comparing import compare
from reportedly.evaluation.gate import Breach
from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.running import CaseResult, Run, run_suite
from reportedly.evaluation.scorecard import comparison_text, to_html, to_junit, to_markdown, to_text
from reportedly.evaluation.suite import Suite
from reportedly.schema import Claim
from tests.unit.evaluation.oracle import Oracle

NASTY = '<script>alert("x")</script> | ]]> \u202e\x1b[31m & [a](http://x)'


def lossy(name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return () if "hedge-modal" in sentence.tests and name in "abc" else claims


@pytest.fixture
async def good(suite: Suite) -> Run:
    return await run_suite(suite, Oracle(suite), "oracle")


@pytest.fixture
async def bad(suite: Suite) -> Run:
    return await run_suite(suite, Oracle(suite, lossy, frozenset("h")), "lossy")


def nasty(run: Run) -> Run:
    """The same run with hostile text wherever text from outside can stand."""
    first = run.cases[0]
    items = tuple(item.model_copy(update={"got": NASTY, "right": False}) for item in first.items)
    changed = CaseResult(name=first.name, counts=first.counts, items=items, failures={NASTY: NASTY})
    ran = run.ran.model_copy(update={"engine": NASTY})
    return run.model_copy(update={"ran": ran, "cases": (changed, *run.cases[1:])})


def test_the_table_fits_a_terminal(good: Run, bad: Run) -> None:
    for text in (to_text(good), to_text(bad), comparison_text(compare(good, bad))):
        assert max(len(line) for line in text.splitlines()) <= 80
    assert re.search(r"^status accuracy +0\.\d{3} +0\.\d{3} to \d\.\d{3} +48$", to_text(bad), re.MULTILINE)
    assert "h, article: RuntimeError: crashed on purpose" in to_text(bad)
    assert "- a sentence 3: speculation to none (gold speculation)" in comparison_text(compare(good, bad))
    assert "\x1b" not in to_text(nasty(bad))


def test_junit_has_a_case_an_item(good: Run, bad: Run) -> None:
    root = ET.fromstring(to_junit(bad))
    items = [item for case in bad.cases for item in case.items]
    assert int(root.attrib["tests"]) == len(root.findall("testcase")) == len(items) + 1
    assert int(root.attrib["failures"]) == len(root.findall("testcase/failure")) == sum(not i.right for i in items)
    breach = Breach(suite="mine", engine="lossy", kind="metric", what="accuracy", message="fell")
    assert len(ET.fromstring(to_junit(good, (breach,))).findall("testcase[@name='floors']/failure")) == 1
    assert NASTY.replace("\x1b", "\ufffd") in ET.fromstring(to_junit(nasty(bad)))[1][0].attrib["message"]


def test_markdown_shows_the_change(good: Run, bad: Run) -> None:
    text = to_markdown(bad, compare(good, bad))
    assert re.search(r"\| status accuracy \| 0\.\d{3} \|.*-0\.\d{3} \(", text)
    assert "a, sentence 3" in text.replace("\\", "")
    hostile = to_markdown(nasty(bad), compare(good, nasty(bad)))
    assert not re.search(r"(?<!\\)<script", hostile)
    assert not re.search(r"(?<!\\)\]\(http", hostile)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"src", "href", "style"}, (name, value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_whole_and_needs_nothing_else(suite: Suite, good: Run, bad: Run) -> None:
    for html in (to_html(bad, suite), to_html(bad, suite, before=good), to_html(nasty(bad), suite, others=(good,))):
        page = Page()
        page.feed(html)
        assert page.open == []
        assert "script" not in page.tags
        assert page.tags.count("svg") >= 2
        assert "\u202e" not in html
    flipped = to_html(bad, suite, before=good)
    assert "Flipped" in flipped
    assert flipped.count("It may fail.") >= 6
    assert "@import" not in flipped
    assert "url(" not in flipped
