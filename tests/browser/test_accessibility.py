"""axe-core finds nothing to complain of, in any colours, at any width, in any state of the page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reportedly.schema import Failure, Outcome
from tests import specimen
from tests.browser.conftest import Visit

BROKEN = Failure(id="scan.pdf", reason="not_text", message="this is a PDF file", hint="use pdftotext", where="in")


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert len(results.response["passes"]) > 20, "axe has really looked"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_of_an_article(visit: Visit, *, width: int, dark: bool) -> None:
    page = visit(specimen.german(), width=width, dark=dark)
    assert_accessible(page)
    page.hover("#s3 .cue")
    assert_accessible(page)
    page.hover(".summary li:nth-child(2) .told")
    assert_accessible(page)
    page.get_by_role("button", name="Gerücht").click()
    assert_accessible(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_of_many(visit: Visit, *, width: int, dark: bool) -> None:
    failed = specimen.german().model_copy(
        update={"outcome": Outcome.UNDETERMINED, "reason": "refused", "claims": (), "findings": ()}
    )
    page = visit(specimen.german(), specimen.english(), failed, BROKEN, width=width, dark=dark)
    assert_accessible(page)
    page.locator("#table details summary").first.click()
    page.get_by_role("columnheader", name="Kosten").get_by_role("button").click()
    assert_accessible(page)
    page.locator("#table .row-title a").first.click()
    expect(page.locator("#one h1")).to_be_visible()
    assert_accessible(page)


def test_a_failed_report_and_one_in_english(visit: Visit) -> None:
    failed = specimen.english().model_copy(
        update={"outcome": Outcome.UNDETERMINED, "reason": "truncated", "claims": (), "summary": None}
    )
    assert_accessible(visit(failed))
    assert_accessible(visit(specimen.english()))


def test_axe_finds_what_is_wrong(visit: Visit) -> None:
    """The check itself: a button without a name and pale letters are found."""
    page = visit(specimen.english())
    page.evaluate("document.styleSheets[0].insertRule('h1 { color: #ccc !important }')")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert {"button-name", "color-contrast"} <= found
