"""The page of many articles in a real browser: sorted, searched, paged, and a report opened on demand."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from reportedly.schema import Failure, Outcome, Report
from tests import specimen
from tests.browser.conftest import Visit

BROKEN = Failure(id="scan.pdf", reason="not_text", message="this is a PDF file")


def named(number: int, *, cost: float | None = 0.0, findings: int = 3, claims: int = 9) -> Report:
    report = specimen.german()
    usage = report.provenance.usage.model_copy(update={"cost": cost})
    return report.model_copy(
        update={
            "article": report.article.model_copy(update={"id": f"{number}.txt", "title": f"Werft {number}"}),
            "claims": report.claims[:claims],
            "findings": report.findings[:findings],
            "outcome": Outcome.FLAGGED if findings else Outcome.CLEAN,
            "provenance": report.provenance.model_copy(update={"usage": usage}),
        }
    )


def titles(page: Page) -> list[str]:
    return [title.inner_text() for title in page.locator("#table .row-title:visible").all()]


def three() -> tuple[Report, ...]:
    # Unsure shares: 1 of 1 claim is none, 2 of 3, 5 of 9.
    return (
        named(1, cost=0.5, findings=0, claims=1),
        named(2, cost=None, findings=3, claims=3),
        named(10, cost=0.01, findings=1, claims=9),
    )


def test_the_table_is_sorted_by_each_column_both_ways(visit: Visit) -> None:
    page = visit(*three())
    assert titles(page) == ["Werft 1", "Werft 2", "Werft 10"]
    orders = {
        "Ungesichert": ["Werft 2", "Werft 10", "Werft 1"],
        "Befunde": ["Werft 2", "Werft 10", "Werft 1"],
        "Kosten": ["Werft 1", "Werft 10", "Werft 2"],
        "Aussagen": ["Werft 10", "Werft 2", "Werft 1"],
    }
    for column, order in orders.items():
        button = page.get_by_role("columnheader", name=column).get_by_role("button")
        button.click()
        assert titles(page) == order, column
        expect(page.locator('th[aria-sort="descending"]')).to_have_text(column)
        button.click()
        assert titles(page) == order[::-1], column
        expect(page.locator("th[aria-sort]")).to_have_count(1)
    page.get_by_role("columnheader", name="Artikel").get_by_role("button").click()
    assert titles(page) == ["Werft 1", "Werft 2", "Werft 10"]


def test_the_table_is_searched_and_filtered(visit: Visit) -> None:
    page = visit(*three(), BROKEN)
    page.get_by_label("Suchen").fill("10.TXT")
    assert titles(page) == ["Werft 10"]
    expect(page.locator("#table .shown")).to_have_text("1 von 3 Artikeln")
    page.get_by_label("Suchen").fill("")
    page.get_by_label("Ergebnis").select_option("clean")
    assert titles(page) == ["Werft 1"]
    expect(page.locator(".failures")).to_contain_text("scan.pdf")


def test_many_articles_are_paged_and_the_last_one_opens_at_once(visit: Visit) -> None:
    page = visit(*(named(number, findings=number % 4) for number in range(1, 1001)))
    assert len(titles(page)) == 50
    expect(page.locator("[data-page]")).to_have_text("Seite 1 von 20")
    expect(page.get_by_role("button", name="Vorige Seite")).to_be_disabled()
    page.get_by_role("button", name="Nächste Seite").click()
    assert titles(page)[0] == "Werft 51"
    page.get_by_label("Suchen").fill("1000.txt")
    assert titles(page) == ["Werft 1000"]
    page.get_by_role("link", name="Werft 1000").click()
    expect(page.locator("#one h1")).to_have_text("Werft 1000")


def test_print_has_all_pages_of_the_table(visit: Visit) -> None:
    page = visit(*(named(number) for number in range(1, 61)))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(titles(page)) == 60
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(titles(page)) == 50


def test_a_report_opens_with_all_that_it_can_do_and_the_way_back_leads_to_its_row(visit: Visit) -> None:
    page = visit(*three())
    page.get_by_role("link", name="Werft 10").click()
    expect(page.locator("#one h1")).to_be_focused()
    expect(page.locator("#all")).to_be_hidden()
    page.hover("#one .summary li:nth-child(2) .told")
    expect(page.locator("#s3.lit")).to_have_count(1)
    page.get_by_role("button", name="Vermutung").click()
    expect(page.locator(".claims li:visible")).to_have_count(1)
    page.click('.mark[href="#n4"]')
    expect(page.locator("#n4")).to_be_in_viewport()
    page.get_by_role("link", name="Alle Artikel").click()
    expect(page.locator("#one")).to_be_hidden()
    expect(page.get_by_role("link", name="Werft 10")).to_be_focused()
    page.get_by_role("link", name="Werft 2").click()
    expect(page.locator("#one h1")).to_have_text("Werft 2")
    page.go_back()
    expect(page.locator("#all")).to_be_visible()


def test_a_link_to_a_report_opens_it(visit: Visit) -> None:
    page = visit(*three(), fragment="#article-3")
    expect(page.locator("#one h1")).to_have_text("Werft 10")
    page = visit(*three(), fragment="#article-99")
    expect(page.locator("#all")).to_be_visible()


def test_without_a_script_the_table_and_the_summaries_can_be_read(visit: Visit) -> None:
    page = visit(*three(), BROKEN, script=False)
    assert titles(page) == ["Werft 1", "Werft 2", "Werft 10"]
    expect(page.locator("#table .alarm")).to_be_visible()
    page.locator("#table details summary").first.click()
    expect(page.locator("#table details p").first).to_contain_text("Laut Hafenpost")
    expect(page.locator(".pager")).to_be_hidden()


def test_hostile_text_runs_nothing_in_an_opened_report(visit: Visit) -> None:
    attack = "</script><img src=x onerror=\"window.hit=1\"><svg onload='window.hit=1'>"
    hostile = specimen.with_text(attack, name=attack, title=attack, id=attack)
    page = visit(hostile, hostile, fragment="#article-2")
    expect(page.locator("#one h1")).to_have_text(attack)
    assert page.evaluate("window.hit") is None
