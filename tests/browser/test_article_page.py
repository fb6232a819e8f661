"""The page of one article in a real browser: it lights, explains, filters, changes its colours, and needs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import specimen
from tests.browser.conftest import Visit

LIT = ".text .s.lit, .text .c.lit, .text .found.lit"


def lit(page: Page) -> list[str]:
    return [sentence.get_attribute("id") or "" for sentence in page.locator(".text .s.lit").all()]


def shown_notes(page: Page) -> list[str]:
    return [note.get_attribute("data-note") or "" for note in page.locator(".claims li:visible").all()]


def test_pointing_at_a_summary_sentence_lights_what_it_rests_on(visit: Visit) -> None:
    page = visit(specimen.german())
    assert lit(page) == []
    page.hover(".summary li:nth-child(2) .told")
    assert lit(page) == ["s3", "s4"]
    page.hover(".summary li:nth-child(1) .told")
    assert lit(page) == ["s2"]
    page.hover(".masthead")
    assert lit(page) == []


def test_pointing_at_a_sentence_lights_the_summary_that_rests_on_it(visit: Visit) -> None:
    page = visit(specimen.german())
    page.hover("#s4")
    expect(page.locator(".summary li.lit")).to_have_count(1)
    expect(page.locator(".summary li.lit .told")).to_contain_text("Laut Hafenpost")
    page.hover("#s9")
    expect(page.locator(".summary li.lit")).to_have_count(0)


def test_the_keyboard_does_the_same_and_escape_ends_it(visit: Visit) -> None:
    page = visit(specimen.german())
    page.locator("[data-filter-finding]").focus()
    page.keyboard.press("Tab")
    assert lit(page) == ["s2"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_the_first_stops_are_the_skip_links(visit: Visit) -> None:
    page = visit(specimen.german())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Artikel springen")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "article"


def test_a_sentence_says_why_it_has_its_status(visit: Visit) -> None:
    page = visit(specimen.german())
    why = page.locator("[data-why-text]")
    expect(why).to_contain_text("Auf einen Satz des Artikels zeigen")
    page.hover("#s3 .cue")
    for words in ("Gerücht", "Hafenpost", "Aufsichtsrat", "zufolge", "source.zufolge", "F201"):
        expect(why).to_contain_text(words)
    page.locator('.mark[href="#n6"]').focus()
    expect(why).to_contain_text("Ein Beteiligter bestreitet es.")
    expect(why).to_contain_text("dementierte")


def test_a_finding_and_a_source_light_their_places(visit: Visit) -> None:
    page = visit(specimen.german())
    page.hover("#f1 h3")
    assert [run.inner_text() for run in page.locator(".found.lit").all()] == ["50 Millionen Euro", "40 Millionen Euro"]
    page.hover(".sources li:nth-child(1) .who")
    claims = {run.get_attribute("data-c") for run in page.locator(".text .c.lit").all()}
    assert claims == {"2", "3"}


def test_claims_are_filtered_by_status(visit: Visit) -> None:
    page = visit(specimen.german())
    assert len(shown_notes(page)) == 9
    page.get_by_role("button", name="Gerücht").click()
    assert shown_notes(page) == ["2", "3", "5"]
    expect(page.get_by_role("status")).to_have_text("3 von 9 Aussagen gezeigt")
    page.get_by_role("button", name="Dementiert").click()
    assert shown_notes(page) == ["2", "3", "5", "6"]
    expect(page.get_by_role("button", name="Dementiert")).to_have_attribute("aria-pressed", "true")
    faded = page.locator('.text [data-c="1"]').first
    kept = page.locator('.text [data-c="6"]').first
    assert faded.evaluate("e => getComputedStyle(e).color") != kept.evaluate("e => getComputedStyle(e).color")
    page.get_by_role("button", name="Alles zeigen").click()
    assert len(shown_notes(page)) == 9
    expect(page.get_by_role("status")).to_have_text("")


def test_claims_are_filtered_by_source_and_by_finding_together(visit: Visit) -> None:
    page = visit(specimen.german())
    page.get_by_role("combobox", name="Quelle").select_option(label="Hafenpost ‹ Aufsichtsrat (2)")
    assert shown_notes(page) == ["2", "3"]
    page.get_by_role("combobox", name="Befund").select_option("F201")
    assert shown_notes(page) == ["2"]
    page.get_by_role("combobox", name="Befund").select_option("-")
    assert shown_notes(page) == ["3"]
    page.get_by_role("combobox", name="Quelle").select_option("")
    page.get_by_role("combobox", name="Befund").select_option("*")
    assert shown_notes(page) == ["2", "4"]


def test_the_colours_follow_the_system_and_the_choice(visit: Visit) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page = visit(specimen.german())
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(paper)
    assert light != dark
    page.get_by_text("Hell", exact=True).click()
    assert page.evaluate(paper) == light
    page.get_by_text("Dunkel", exact=True).click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(paper) == dark
    page.reload()
    assert page.evaluate(paper) == dark
    expect(page.get_by_role("radio", name="Dunkel")).to_be_checked()
    page.get_by_role("radio", name="Dunkel").press("ArrowLeft")
    assert page.evaluate(paper) == light


def test_everything_can_be_read_without_a_script(visit: Visit) -> None:
    page = visit(specimen.german(), script=False)
    for part, words in {
        ".summary": "Laut Hafenpost",
        ".text": "Der Verkauf könnte noch im Mai gelingen.",
        ".sources": "Hafenpost",
        ".findings": "Andere Zahl",
        ".claims": "source.zufolge",
    }.items():
        expect(page.locator(part)).to_be_visible()
        expect(page.locator(part)).to_contain_text(words)
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".theme")).to_be_hidden()
    expect(page.locator(".claims li:visible")).to_have_count(9)
    page.click('.mark[href="#n6"]')
    expect(page.locator("#n6")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 400, 768])
def test_a_narrow_page_needs_no_sideways_scrolling(visit: Visit, width: int) -> None:
    page = visit(specimen.german(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_page_the_reason_is_a_sheet_that_closes(visit: Visit) -> None:
    page = visit(specimen.german(), width=400)
    sheet = page.locator(".why")
    expect(sheet).to_be_hidden()
    page.click("#s7 .c >> nth=0")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("dementierte")
    page.get_by_role("button", name="Schließen").click()
    expect(sheet).to_be_hidden()


def test_print_shows_the_report_and_not_its_controls(visit: Visit) -> None:
    page = visit(specimen.german(), dark=True)
    page.emulate_media(media="print")
    for part in (".filters", ".theme", ".why"):
        expect(page.locator(part)).to_be_hidden()
    for part in (".legend", ".summary", ".text", ".claims", ".provenance"):
        expect(page.locator(part)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_hostile_text_runs_nothing(visit: Visit) -> None:
    attack = "</script><img src=x onerror=\"window.hit=1\"><svg onload='window.hit=1'>{{7*7}}"
    page = visit(specimen.with_text(attack, name=attack, title=attack, publisher=attack))
    page.hover("#s1")
    page.get_by_role("button", name="Rumour").click()
    page.get_by_label("Source").select_option(index=1)
    assert page.evaluate("window.hit") is None
    assert page.locator("article.text").inner_text().startswith(attack)


def test_the_policy_holds_even_where_markup_gets_in(visit: Visit) -> None:
    page = visit(specimen.german())
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src='https://example.org/x.png' onerror='window.hit = 1'>");
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hit") is None
    blocked = " ".join(complaint for complaint in visit.complaints if "Content Security Policy" in complaint)
    assert [part for part in ("inline script", "inline event handler", "image") if part not in blocked] == []
    visit.complaints.clear()
