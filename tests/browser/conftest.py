"""A real headless Chromium that opens pages from files. Skips where there is none; no test here needs a network."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from reportedly.formats.html import HtmlReport
from reportedly.schema import Failure, Report

CHROMIUM = os.environ.get("REPORTEDLY_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: Playwright's loop must not outlive it, or asynchronous tests elsewhere can't run."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's package chromium or set REPORTEDLY_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Visit:
    """Opens pages in contexts of its own and fails the test if a page complained."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        *records: Report | Failure,
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
        fragment: str = "",
    ) -> Page:
        """The page of the records, opened from a file."""
        file = self._folder / f"page-{len(self._contexts)}.html"
        out = io.StringIO()
        report = HtmlReport(out)
        for record in records:
            report.write(record)
        report.close()
        file.write_text(out.getvalue(), encoding="utf-8")
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(5_000)
        page = context.new_page()
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("dialog", lambda dialog: self._note("error", f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._request(request.url))
        page.goto(file.as_uri() + fragment)
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith(("file:", "blob:")):
            self.complaints.append(f"asked for {url}")

    def close(self) -> None:
        """Ends all contexts."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Opens a page: `visit(report, dark=True)`."""
    visit = Visit(browser, tmp_path)
    yield visit
    visit.close()
    assert visit.complaints == []


Opens = Callable[..., Page]
