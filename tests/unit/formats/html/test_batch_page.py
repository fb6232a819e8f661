"""The page of many articles: every article and every failure is on it, and opens."""

from __future__ import annotations

import io
import random

from reportedly.formats.html import HtmlReport
from reportedly.schema import Failure, Language, Outcome, Report
from tests import specimen
from tests.unit.formats.html.pages import all_of, article_text, one_of, page_of, said, tree_of, unpacked

BROKEN = Failure(
    id="scan.pdf", reason="not_text", message="this is a PDF file", hint="use pdftotext", where="in/scan.pdf"
)

PACKED_LIMIT = 12_000
"""Characters that one more article may add to the page; the specimen takes 7,900, its text alone 500."""


def test_a_row_tells_the_shares_the_findings_and_the_cost() -> None:
    tree = tree_of(page_of(specimen.german(), specimen.english()))
    first, second = all_of(tree, "#table tbody tr")
    assert [first.get(f"data-{key}") for key in ("outcome", "claims", "unsure", "findings", "cost")] == [
        "flagged",
        "9",
        "0.5556",
        "1001001",
        "0.004200",
    ]
    claims, unsure, findings, cost = (said(cell) for cell in all_of(first, "td.num"))
    assert (claims, unsure.split(" Gerücht")[0], cost) == ("9", "56 %", "0,0042 $")
    assert findings.endswith("1 Fehler, 1 Warnungen, 1 Hinweise")
    assert second.get("data-outcome") == "clean"
    assert "Service may resume in June." in said(one_of(second, "details"))


def test_the_charts_count_all_articles() -> None:
    tree = tree_of(page_of(specimen.german(), specimen.german(), specimen.english()))
    statuses, codes = all_of(tree, ".chart")
    assert said(all_of(statuses, "tr")[0]) == "Gerücht 7"
    assert said(all_of(codes, "tr")[0]) == "C106 Überschrift sicherer als der Text 2"


def test_an_opened_article_is_what_its_own_page_shows() -> None:
    report = specimen.german()
    opened = unpacked(tree_of(page_of(specimen.english(), report)), 2)
    assert article_text(opened) == report.article.text.replace("\n\n", "\n")
    alone = tree_of(page_of(report, language=Language.ENGLISH))
    assert said(opened) == said(one_of(alone, "main"))


def test_failures_are_listed_and_are_no_articles() -> None:
    tree = tree_of(page_of(specimen.german(), BROKEN))
    assert len(all_of(tree, "#table tbody tr")) == 1
    assert said(one_of(tree, ".failures tbody tr")) == "scan.pdf in/scan.pdf not_text this is a PDF file use pdftotext"
    alone = tree_of(page_of(BROKEN))
    assert not all_of(alone, "#table")
    assert said(one_of(alone, ".failures tbody th")).startswith("scan.pdf")


def test_nothing_at_all_is_a_page_too() -> None:
    assert "No article." in said(tree_of(page_of()))


def test_an_unknown_cost_is_unknown_and_not_free() -> None:
    report = specimen.german()
    unpriced = report.provenance.model_copy(update={"usage": report.provenance.usage.model_copy(update={"cost": None})})
    tree = tree_of(page_of(report.model_copy(update={"provenance": unpriced}), report))
    row = all_of(tree, "#table tbody tr")[0]
    assert row.get("data-cost") == "-1"
    assert said(all_of(row, "td")[-1]) == "unbekannt"


def test_an_undetermined_article_keeps_its_reason() -> None:
    failed = specimen.german().model_copy(
        update={"outcome": Outcome.UNDETERMINED, "reason": "refused", "claims": (), "findings": ()}
    )
    tree = tree_of(page_of(failed, specimen.english()))
    assert said(one_of(tree, ".out-undetermined")) == "Unbestimmt refused"


def test_the_same_reports_give_the_same_page() -> None:
    reports = (specimen.german(), specimen.english(), BROKEN)
    assert page_of(*reports) == page_of(*reports)


def test_a_thousand_articles_stay_small_and_are_not_kept_as_reports() -> None:
    draw = random.Random(7)
    out = io.StringIO()
    page = HtmlReport(out)
    for number in range(1000):
        page.write(_varied(specimen.german(), number, draw))
    page.close()
    written = out.getvalue()
    assert len(written) < 1000 * PACKED_LIMIT
    tree = tree_of(written)
    assert len(all_of(tree, "#table tbody tr")) == 1000
    assert "Werft 999" in said(one_of(unpacked(tree, 1000), "h1"))


def _varied(report: Report, number: int, draw: random.Random) -> Report:
    """Another article: a digest of nobody's text in its provenance, so that pages don't pack alike."""
    made = report.provenance.model_copy(update={"prompt_digest": f"{draw.getrandbits(256):064x}"})
    article = report.article.model_copy(update={"id": f"{number}.txt", "title": f"Werft {number}"})
    return report.model_copy(update={"article": article, "provenance": made})
