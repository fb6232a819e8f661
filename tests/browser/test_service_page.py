"""The service's page in a real browser: reads, checks, follows a batch, needs no script, and is accessible."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import REPOSITORY
from tests.web.conftest import GERMAN, Server, running

SEED = next(iter(sorted((REPOSITORY / "seeds").glob("*.txt"))))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service on loopback."""
    with running(tmp_path_factory.mktemp("service")) as started:
        yield started


@contextmanager
def at(
    browser: Browser,
    service: Server,
    path: str,
    *,
    width: int = 1280,
    dark: bool = False,
    script: bool = True,
    refused: bool = False,
) -> Iterator[Page]:
    """A page of the service; the test fails if it complains or asks another host for anything."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    own = f"http://localhost:{service.port}/"

    def look_at(url: str) -> None:
        if not url.startswith((own, f"blob:{own}")):
            complaints.append(f"asked for {url}")

    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda asked: look_at(asked.url))
    page.goto(own + path.lstrip("/"))
    yield page
    context.close()
    assert [complaint for complaint in complaints if not refused or "422" not in complaint] == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_seed_is_read(browser: Browser, service: Server, *, script: bool) -> None:
    with at(browser, service, "/?lang=de", script=script) as page:
        page.get_by_label("Artikel", exact=True).fill(SEED.read_text(encoding="utf-8"))
        page.get_by_role("button", name="Lesen").click()
        expect(page.locator("[data-report]")).to_be_visible()
        expect(page.locator(".summary li").first).to_be_visible()
        if script:
            page.hover(".summary li:nth-child(1) .told")
            expect(page.locator(".text .s.lit").first).to_be_visible()
            page.locator("button.chip").first.click()
            expect(page.locator("button.chip").first).to_have_attribute("aria-pressed", "true")


def test_a_file_is_read(browser: Browser, service: Server, tmp_path: Path) -> None:
    file = tmp_path / "article.html"
    file.write_text(f"<html><body><article><p>{GERMAN}</p></article></body></html>", encoding="utf-8")
    with at(browser, service, "/?lang=en") as page:
        page.get_by_label("Or a file").set_input_files(file)
        page.get_by_role("button", name="Read", exact=True).click()
        expect(page.locator(".text")).to_contain_text("nach Angaben der Hafenpost")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_summary_is_checked(browser: Browser, service: Server, *, script: bool) -> None:
    with at(browser, service, "/check?lang=de", script=script) as page:
        page.get_by_label("Artikel", exact=True).fill(GERMAN)
        page.get_by_label("Zusammenfassung", exact=True).fill("Die Küstenwerft wird für 50 Millionen Euro verkauft.")
        page.get_by_role("button", name="Prüfen").click()
        expect(page.locator(".findings")).to_contain_text("F201")
        expect(page.locator("mark.found").first).to_be_visible()


def test_what_can_not_be_read_is_told_and_the_text_stays(browser: Browser, service: Server) -> None:
    with at(browser, service, "/?lang=de", script=False, refused=True) as page:
        page.get_by_label("Artikel", exact=True).fill("Nur eine Überschrift")
        page.get_by_role("button", name="Lesen").click()
        expect(page.get_by_role("alert")).to_contain_text("headline_only")
        expect(page.get_by_label("Artikel", exact=True)).to_have_value("Nur eine Überschrift")


def test_a_batch_is_followed_to_its_results(browser: Browser, service: Server, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps({"id": f"a{n}", "text": GERMAN}) + "\n" for n in range(40)))
    with at(browser, service, "/batches?lang=de") as page:
        page.get_by_label("Datei mit Artikeln").set_input_files(file)
        page.get_by_role("button", name="Beginnen").click()
        expect(page.locator(".jobs li").first).to_contain_text("fertig 40 von 40")
        with page.expect_download() as download:
            page.get_by_role("button", name="Ergebnisse").first.click()
        assert len(Path(download.value.path()).read_text().splitlines()) == 40


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_axe_finds_nothing(browser: Browser, service: Server, *, width: int, dark: bool) -> None:
    for path in ("/", "/check", "/batches", "/docs"):
        with at(browser, service, f"{path}?lang=de", width=width, dark=dark) as page:
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it does not scroll sideways"
    with at(browser, service, "/check?lang=en", width=width, dark=dark) as page:
        page.get_by_label("Article", exact=True).fill(GERMAN)
        page.get_by_label("Summary", exact=True).fill("Die Küstenwerft wird für 50 Millionen Euro verkauft.")
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".findings")).to_be_visible()
        assert_accessible(page)


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert len(results.response["passes"]) > 15, "axe has really looked"


def test_the_words_of_both_languages_are_complete() -> None:
    words = REPOSITORY / "service/reportedly/web/site/words"
    keys = [
        re.findall(r"^(\w+) =", (words / f"{lang}.toml").read_text(encoding="utf-8"), re.M) for lang in ("de", "en")
    ]
    assert keys[0] == keys[1]
