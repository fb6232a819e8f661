"""Every finding code has a page, and the examples on it do what it says."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import reportedly
from reportedly.errors import UsageError
from reportedly.formats.pages import page_of
from reportedly.llm.scripted import Scripted
from reportedly.pipeline import Asked, Wanted, adrive, report_by_model
from reportedly.schema import RULES, Article, Finding, Language, Severity
from tests.cli.conftest import Run
from tests.cli.conftest import reportedly as _reportedly
from tests.unit.pipeline.replies import good

reportedly_command = _reportedly

PAGES = Path(__file__).parents[2] / "docs" / "findings"
_EXAMPLE = re.compile(r"## (Found|Not found)\n\n```toml\n(.*?)```", re.DOTALL)
Example = dict[str, Any]


def examples() -> list[tuple[str, bool, Example]]:
    return [
        (code, match[1] == "Found", tomllib.loads(match[2]))
        for code in RULES
        for match in _EXAMPLE.finditer(page_of(code))
    ]


def found_in(example: Example) -> tuple[Finding, ...]:
    """What the product finds in an example: checks a summary, puts a claim into a model's mouth, else reads."""
    if "summary" in example:
        return reportedly.check(example["source"], example["summary"], lang=example["lang"]).findings
    if "claim" in example:
        return _by_model(example)
    return reportedly.summarise(example["source"], lang=example["lang"], title=example.get("title")).findings


def _by_model(example: Example) -> tuple[Finding, ...]:
    article = Article(id="page", text=example["source"], language=Language(example["lang"]))
    reply = good(article)
    reply["claims"][0].update({key: None if value == "" else value for key, value in example["claim"].items()})
    model = Scripted([json.dumps(reply)] * 3)
    return asyncio.run(adrive(report_by_model(article, Wanted(), Asked(model="scripted")), model)).findings


@pytest.mark.parametrize("code", RULES)
def test_every_code_has_a_page_of_the_same_shape(code: str) -> None:
    page = page_of(code)
    assert page.startswith(f"# {code}: {RULES[code].title}\n")
    assert f"Severity: {RULES[code].severity.value}." in page
    assert "## Why it matters\n" in page
    assert "## What to do\n" in page
    if code[0] in "CFGX":
        assert [match[1] for match in _EXAMPLE.finditer(page)] == ["Found", "Not found"]


def test_no_page_is_left_of_a_code_that_went() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(RULES)


@pytest.mark.parametrize(("code", "fails", "example"), examples())
def test_an_example_does_what_its_page_says(code: str, fails: bool, example: Example) -> None:
    codes = {finding.code for finding in found_in(example)}
    assert (code in codes) is fails, codes
    if not fails:
        loud = {finding.code for finding in found_in(example) if finding.severity is not Severity.NOTE}
        assert not loud


def test_an_unknown_code_is_answered_with_those_of_its_family() -> None:
    with pytest.raises(UsageError) as caught:
        page_of("C199")
    assert "C101" in caught.value.advice
    assert "F201" not in caught.value.advice


def test_a_code_may_be_written_small() -> None:
    assert page_of("c101") == page_of("C101")


def test_the_command_prints_a_page_and_the_list(reportedly_command: Run) -> None:
    printed = reportedly_command("rule", "C101")
    assert printed.code == 0
    assert printed.out.strip() == page_of("C101").strip()
    listed = reportedly_command("rule")
    assert [line.split()[0] for line in listed.out.splitlines()] == list(RULES)
    assert reportedly_command("rule", "C999").code == 2


def test_the_wheel_carries_the_pages() -> None:
    project = tomllib.loads((PAGES.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    targets = project["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["force-include"]["docs/findings"] == "reportedly/_findings"
    assert "docs/findings" in targets["sdist"]["include"]
