"""The one door: every input ends as exactly one item."""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import ArticleRejected, UsageError
from reportedly.schema import Language
from reportedly.sources import Item, Loaded, Rejected, Repeated, article_from_text, load

GERMAN = "Der Konzern will laut einem Bericht der Zeitung das Werk in Wien schließen. Ein Sprecher wies das zurück."
ENGLISH = "The company will reportedly close its plant, according to people who know of the plan. It has denied that."


def outcome(item: Item) -> str:
    return item.reason if isinstance(item, Rejected) else type(item).__name__.lower()


def loaded(item: Item) -> Loaded:
    assert isinstance(item, Loaded), item
    return item


def lines(*rows: object) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())


def test_a_folder_of_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GERMAN)
    (tmp_path / "b.md").write_text(f"---\ntitle: 'Werk'\ndate: 2025-01-31\nlang: en\n---\n# Werk\n\n{ENGLISH}")
    (tmp_path / "c.html").write_text(
        f"<html lang=de><title>Werk</title><body><p>{GERMAN}</p><p>{GERMAN}</p></body></html>"
    )
    (tmp_path / "d.jsonl").write_text(json.dumps({"id": "x", "text": GERMAN}) + "\n{\n")
    (tmp_path / "e.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "README.md").write_text("Was hier liegt.")
    items = list(load([str(tmp_path)]))
    assert [outcome(item) for item in items] == ["loaded", "loaded", "loaded", "loaded", "bad_json", "not_text"]
    articles = [loaded(item).article for item in items[:4]]
    assert [article.id for article in articles] == [
        *(str(tmp_path / name) for name in ("a.txt", "b.md", "c.html")),
        "x",
    ]
    assert [article.language for article in articles] == ["de", "en", "de", "de"]
    assert (articles[1].title, articles[1].published) == ("Werk", datetime.fromisoformat("2025-01-31"))
    assert loaded(items[3]).where.endswith("d.jsonl:1")
    bad = items[4]
    assert isinstance(bad, Rejected)
    assert bad.failure().where == f"{tmp_path / 'd.jsonl'}:2"


def test_the_seeds_hold_one_article() -> None:
    seeds = Path(__file__).parents[3] / "seeds"
    (item,) = load([seeds])
    article = loaded(item).article
    assert article.id.endswith("openai-amazon.txt")
    assert article.language is Language.GERMAN
    assert loaded(item).findings == ()


@pytest.mark.parametrize(
    ("data", "id_"),
    [
        (GERMAN.encode(), "standard input"),
        (b"\n\n" + json.dumps({"id": "a", "text": GERMAN}).encode(), "a"),
        (b"<!DOCTYPE html><html><body><p>" + GERMAN.encode() + b"</p></body></html>", "standard input"),
        (f"{{Vorab}} {GERMAN}".encode(), "standard input"),
        (b"\xef\xbb\xbf" + GERMAN.encode(), "standard input"),
    ],
)
def test_standard_input_is_told_by_its_beginning(data: bytes, id_: str) -> None:
    (item,) = load(["-"], stdin=io.BytesIO(data))
    assert loaded(item).article.id == id_
    assert "Der Konzern" in loaded(item).article.text
    assert not loaded(item).article.text.startswith("\ufeff")


def test_a_file_without_a_telling_name_is_told_by_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text(
        json.dumps({"id": "a", "text": GERMAN}) + "\n" + json.dumps({"id": "b", "text": ENGLISH})
    )
    assert [loaded(item).article.id for item in load([tmp_path / "rows"])] == ["a", "b"]


def test_long_json_lines_on_a_pipe_stream(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    row = json.dumps({"id": "a", "text": GERMAN * 20}).encode()
    with os.fdopen(read_end, "rb") as stdin, os.fdopen(write_end, "wb", buffering=0) as out:
        out.write(row + b"\n" + b'{"id": "b", ')
        items = load(["-"], stdin=stdin)
        assert loaded(next(items)).article.id == "a", "comes before the second row is complete"
        out.write(b'"text": "Kein Ende."}\n')
        out.close()
        assert [loaded(item).article.id for item in items] == ["b"]


def test_ids_are_unique() -> None:
    rows = [
        {"id": "a", "text": GERMAN},
        {"id": "a", "text": GERMAN},
        {"id": "a", "text": ENGLISH},
        {"id": "b", "text": GERMAN},
    ]
    items = list(load(["-"], stdin=lines(*rows)))
    assert [outcome(item) for item in items] == ["loaded", "repeated", "conflicting_id", "loaded"]
    assert items[1] == Repeated("a", "standard input", 2)


def test_the_language_is_asked_then_declared_then_told() -> None:
    def languages(*rows: object, language: str | None = None) -> list[Language]:
        return [loaded(item).article.language for item in load(["-"], stdin=lines(*rows), language=language)]

    plain, declared = {"id": "a", "text": GERMAN}, {"id": "b", "text": GERMAN, "lang": "en-US"}
    other = {"id": "c", "text": GERMAN, "lang": "fr"}
    assert languages(plain, declared, other) == ["de", "en", "und"]
    assert languages(plain, declared, other, language="en") == ["en", "en", "en"]


def test_a_text_in_another_language_than_told_is_said() -> None:
    loaded_ = article_from_text(ENGLISH, language="de")
    assert loaded_.article.language is Language.GERMAN
    assert [f.code for f in loaded_.findings] == ["X405"]
    assert article_from_text(ENGLISH, language=Language.ENGLISH).findings == ()


def test_an_unknown_language_is_an_error_of_use() -> None:
    with pytest.raises(UsageError, match="klingon"):
        load(["-"], language="klingon")


def test_the_library_door_takes_all_fields() -> None:
    article = article_from_text(
        GERMAN,
        id="a",
        title=" Ein\nTitel\x00 ",
        url="https://example.org",
        published="2025-01-31T09:00:00Z",
        publisher="Blatt",
    ).article
    assert article.title == "Ein Titel\ufffd"
    assert article.published == datetime(2025, 1, 31, 9, tzinfo=UTC)
    assert (article.id, article.url, article.publisher, article.text) == ("a", "https://example.org", "Blatt", GERMAN)


def test_an_unreadable_date_is_a_note() -> None:
    loaded_ = article_from_text(GERMAN, published="neulich")
    assert loaded_.article.published is None
    assert [(f.code, f.severity) for f in loaded_.findings] == [("X404", "note")]


@pytest.mark.parametrize(
    "text",
    [
        "Konzern will Werk schließen",
        "Dr. Müller tritt zurück",
        "Schließt das Werk?\n\nVon Max Beispiel",
        "U.S. to close plant, sources say",
    ],
)
def test_a_headline_alone_is_no_article(text: str) -> None:
    with pytest.raises(ArticleRejected) as rejected:
        article_from_text(text)
    assert rejected.value.reason == "headline_only"


@pytest.mark.parametrize(
    "text",
    [
        "Der Konzern will das Werk schließen.",
        "„Das Werk bleibt“, sagte sie. „Basta!“",
        "Der Umsatz stieg um 5 %. Mehr nicht",
        "Er zahlt 300 Mio. €.",
        "本社は東京にある。",
        "wort " * 60,
    ],
)
def test_a_single_sentence_is_an_article(text: str) -> None:
    assert article_from_text(text).article.text == text


@given(
    st.text(
        st.one_of(st.characters(), st.characters(categories=["Cs", "Cc", "Cf"]), st.sampled_from("ab. ")), max_size=300
    )
)
def test_any_text_is_an_article_of_its_length_or_rejected(text: str) -> None:
    try:
        article = article_from_text(text).article
    except ArticleRejected as rejected:
        assert rejected.reason in {"empty_article", "headline_only", "not_text"}  # noqa: PT017
    else:
        assert len(article.text) == len(text)
        article.model_dump_json().encode()


def test_every_one_of_many_clean_lines_is_loaded() -> None:
    row = {"text": (GERMAN + " ") * 25}
    data = lines(*({"id": str(n)} | row for n in range(300)))
    assert sum(isinstance(item, Loaded) for item in load(["-"], stdin=data)) == 300


@pytest.mark.shared
@pytest.mark.parametrize("name", ["articles/de_news_300.jsonl", "articles/en_news_200.jsonl"])
def test_every_shared_article_loads_as_it_is(shared: Path, name: str) -> None:
    path = shared / "data" / name
    texts = {row["id"]: row for row in map(json.loads, path.open(encoding="utf-8"))}
    for item in load([path]):
        article = loaded(item).article
        assert article.text == texts[article.id]["text"]
        assert article.language == texts[article.id]["lang"]
        assert loaded(item).findings == ()
