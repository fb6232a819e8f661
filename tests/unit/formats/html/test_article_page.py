"""The page of one article: everything of the report is on it, in its language, and reachable without a script."""

from __future__ import annotations

import pytest

from reportedly.schema import Claim, Language, Outcome, Report, Span, Status
from tests import specimen
from tests.unit.formats.html.pages import (
    Tree,
    all_of,
    article_text,
    content_of,
    hash_of,
    one_of,
    page_of,
    policy_of,
    said,
    tree_of,
)


@pytest.fixture(scope="module")
def report() -> Report:
    return specimen.german()


@pytest.fixture(scope="module")
def tree(report: Report) -> Tree:
    return tree_of(page_of(report))


def test_the_article_stands_there_word_for_word(report: Report, tree: Tree) -> None:
    assert article_text(tree) == report.article.text.replace("\n\n", "\n")


def test_every_claim_has_its_status_in_words_at_its_end_and_says_why(report: Report, tree: Tree) -> None:
    labels = {
        Status.RUMOUR: "Gerücht",
        Status.SPECULATION: "Vermutung",
        Status.DENIED: "Dementiert",
        Status.ATTRIBUTED: "Zugeschrieben",
        Status.CONFIRMED: "Bestätigt",
        Status.OPINION: "Wertung",
        Status.STATED: "Eigene Stimme",
    }
    assert {claim.status for claim in report.claims} == set(Status), "the specimen shows every status"
    for claim in report.claims:
        mark = one_of(tree, f'.mark[href="#n{claim.id}"]')
        assert said(mark) == f"{labels[claim.status]} {claim.sentence}"
        assert said(one_of(tree, f"#n{claim.id} .verdict")) == labels[claim.status]
        reason = said(one_of(tree, f"#{mark.get('aria-describedby')}"))
        if claim.cue:
            assert claim.cue.text in reason
        if claim.rule:
            assert claim.rule in reason


def test_a_chain_is_told_hop_by_hop_and_an_inherited_status_says_from_where(tree: Tree) -> None:
    reason = said(one_of(tree, "#n3 .because"))
    assert "Hafenpost ‹ von Aufsichtsrat" in reason
    assert "Übernommen von Satz 3" in reason
    assert one_of(tree, "#n3 .because a").get("href") == "#s3"


def test_two_claims_of_a_sentence_have_letters() -> None:
    report = specimen.english()
    first = report.claims[1]
    half = first.span.start + 18
    halves = [
        first.model_copy(update={"id": 2, "span": Span(start=first.span.start, end=half)}),
        first.model_copy(update={"id": 7, "span": Span(start=half, end=first.span.end)}),
    ]
    assert all(isinstance(claim, Claim) for claim in halves)
    tree = tree_of(page_of(report.model_copy(update={"claims": tuple(halves)})))
    assert [said(mark) for mark in all_of(tree, ".mark")] == ["Rumour 3a", "Rumour 3b"]


def test_the_summary_links_to_what_it_rests_on(tree: Tree) -> None:
    lines = all_of(tree, ".summary li")
    assert [line.get("data-lights").split() for line in lines] == [["s2"], ["s3", "s4"], ["s6"]]
    assert [said(one_of(line, ".rests")) for line in lines] == [
        "Eigene Stimme beruht auf Satz 2 · wörtlich",
        "Gerücht beruht auf den Sätzen 3 , 4 · von einem Modell formuliert",
        "Gerücht beruht auf Satz 6 · ersetzt einen Satz, der unsicher blieb",
    ]
    assert [link.get("href") for link in all_of(lines[1], ".rests a")] == ["#s3", "#s4"]


def test_sources_say_who_of_what_kind_through_whom_and_how_many_claims(tree: Tree) -> None:
    panel = [said(item).split(" Aussagen:")[0] for item in all_of(tree, ".sources li")]
    assert panel[0] == "Hafenpost ‹ von Aufsichtsrat anderes Medium 2 Aussagen Gerücht: 2"
    assert "Ungenannte Quelle nicht genannt 1 Aussage Gerücht: 1" in panel
    assert panel[-1].startswith("Der Artikel selbst 3 Aussagen")


def test_findings_have_code_severity_hint_and_their_places(tree: Tree) -> None:
    first, second, third = all_of(tree, ".findings li")
    assert said(one_of(first, "h3")) == "Fehler F201 Andere Zahl"
    assert said(one_of(first, ".hint")) == "use the number of the source"
    assert [said(place) for place in all_of(first, ".place")] == [
        "In der Zusammenfassung: 50 Millionen Euro zum Text",
        "Im Artikel: 40 Millionen Euro Satz 3",
    ]
    assert said(one_of(second, ".sev")) == "Warnung"
    assert said(one_of(third, ".sev")) == "Hinweis"
    flags = [(said(flag), flag.get("href")) for flag in all_of(tree, ".text .flag")]
    assert flags == [("Befund C106", "#f2"), ("Befund F201", "#f1"), ("Befund C106", "#f2")]


def test_provenance_is_complete(tree: Tree) -> None:
    made = said(one_of(tree, ".provenance"))
    for words in (
        "werft.txt",
        "some-model-1",
        "summarise/v1",
        "ab" * 32,
        "cd" * 32,
        "1.234",
        "0,0042 $",
        "1,50 s",
    ):
        assert words in made


def test_every_link_into_the_page_arrives_and_no_id_is_twice(tree: Tree) -> None:
    ids = [element.get("id") for element in all_of(tree, "[id]")]
    assert len(ids) == len(set(ids))
    for link in all_of(tree, 'a[href^="#"]'):
        assert link.get("href")[1:] in ids
    for attribute in ("aria-labelledby", "aria-describedby"):
        for element in all_of(tree, f"[{attribute}]"):
            assert element.get(attribute) in ids


def test_the_policy_lets_in_the_own_style_and_script_and_nothing_else() -> None:
    page = page_of(specimen.german())
    assert policy_of(tree_of(page)) == {
        "default-src": ["'none'"],
        "style-src": [hash_of(content_of(page, "style"))],
        "script-src": [hash_of(content_of(page, "script"))],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_nothing_is_fetched_from_anywhere(tree: Tree) -> None:
    for attribute in ("src", "srcset", "data", "poster", "action", "formaction", "ping", "background", "style"):
        assert not all_of(tree, f"[{attribute}]"), attribute
    assert not all_of(tree, "link, base, img, iframe, object, embed, video, audio")
    outward = [link for link in all_of(tree, "a[href]") if not link.get("href").startswith("#")]
    assert [link.get("href") for link in outward] == ["https://example.org/werft?a=1&b=2"]
    assert set(outward[0].get("rel").split()) >= {"noopener", "nofollow"}


def test_the_page_speaks_the_language_of_the_article_unless_told_otherwise() -> None:
    assert tree_of(page_of(specimen.german())).get("lang") == "de"
    english = tree_of(page_of(specimen.english()))
    assert english.get("lang") == "en"
    assert said(one_of(english, "h1")) == "The ferry returns"
    assert "1 claims" not in said(english)
    told = tree_of(page_of(specimen.german(), language=Language.ENGLISH))
    assert (told.get("lang"), one_of(told, "article.text").get("lang")) == ("en", "de")


def test_a_failed_report_says_that_it_says_nothing_about_the_article(report: Report) -> None:
    failed = report.model_copy(
        update={"outcome": Outcome.UNDETERMINED, "reason": "refused", "claims": (), "summary": None, "findings": ()}
    )
    tree = tree_of(page_of(failed))
    assert said(one_of(tree, ".alarm")) == (
        "Unbestimmt: refused. Das ist ein Fehler des Werkzeugs und sagt nichts über den Artikel."
    )
    assert article_text(tree) == report.article.text.replace("\n\n", "\n")
    assert not all_of(tree, ".statuses")


def test_a_partly_read_article_says_so(report: Report) -> None:
    part = report.provenance.model_copy(update={"covered": (Span(start=0, end=100),)})
    assert all_of(tree_of(page_of(report.model_copy(update={"provenance": part}))), ".alarm")
    assert not all_of(tree_of(page_of(report)), ".alarm")
