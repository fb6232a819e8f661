"""Walls are told from articles that speak of them."""

import json
from pathlib import Path

import pytest

from reportedly.sources.suspicions import phrases, suspect
from reportedly.text.view import clean


def codes(text: str) -> list[str]:
    return [finding.code for finding in suspect(clean(text).text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Wir verwenden Cookies, um Inhalte zu zeigen. Mit Klick auf „Alle akzeptieren“ stimmen Sie zu.",
            "cookie wall",
        ),
        (
            "Der Konzern plant einen Umbau. Sie möchten diesen Artikel lesen? Jetzt weiterlesen, monatlich kündbar.",
            "paywall",
        ),
        ("The firm will cut jobs. To continue reading, start your free trial.", "paywall"),
        ("Bitte aktivieren Sie JavaScript in Ihrem Browser.", "JavaScript"),
        ("Fehler 404: Seite nicht gefunden. Sie wurde vielleicht verschoben.", "error page"),
        ("Sorry, the page you’re after is gone. Page not found.", "error page"),
    ],
)
def test_walls(text: str, kind: str) -> None:
    (finding,) = suspect(clean(text).text)
    assert finding.code == "X403"
    assert kind in finding.message


def test_every_phrase_marks_a_short_page() -> None:
    for name, entries in phrases().values():
        for phrase in entries:
            assert phrase == phrase.lower()
            (finding,) = suspect(f"Hier steht: {phrase.capitalize()}. Mehr nicht.")
            assert name in finding.message, phrase


def test_an_article_about_walls_is_none() -> None:
    article = (
        "Das Gericht urteilte, der Hinweis „Wir verwenden Cookies“ genüge nicht. "
        + "Der Verband prüft die Folgen. " * 25
    )
    assert codes(article) == []


def test_a_live_blog_is_noted() -> None:
    entries = "\n".join(f"{hour}:15 Uhr – Der Sender meldet neue Zahlen." for hour in range(9, 15))
    (finding,) = suspect(entries)
    assert (finding.code, finding.severity) == ("X403", "note")
    assert codes("Um 9:15 Uhr begann es.\n10:00 Uhr war es vorbei.") == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["de_news_300.jsonl", "en_news_200.jsonl"])
def test_no_measured_article_is_taken_for_a_wall(shared: Path, name: str) -> None:
    rows = [json.loads(line) for line in (shared / "data" / "articles" / name).open(encoding="utf-8")]
    walls = [row["id"] for row in rows if any("looks like" in f.message for f in suspect(clean(row["text"]).text))]
    assert walls == []
