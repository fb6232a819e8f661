"""A person labels an article; what comes out is an authored case that compiles to what was said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reportedly.evaluation.authored import read_case
from reportedly.evaluation.labelling import label_article, read_keys, to_gold
from reportedly.schema import Article, Claim, Language, Sentence, SentenceKind, Span

TEXT = (
    "Harbour to be sold\n\nThe Echo reported a sale on\nMonday, according to a source. It may fail [again] // soon.\n\n"
    "Ames denied it. The harbour opened in 1931."
)


SENTENCES = [
    ("Harbour to be sold", SentenceKind.HEADING, 0),
    ("The Echo reported a sale on\nMonday, according to a source.", SentenceKind.PROSE, 1),
    ("It may fail [again] // soon.", SentenceKind.PROSE, 1),
    ("Ames denied it.", SentenceKind.PROSE, 2),
    ("The harbour opened in 1931.", SentenceKind.PROSE, 2),
]


class Person:
    """Types what is in the list; keeps what was shown."""

    def __init__(self, *typed: str) -> None:
        self._typed, self.shown = iter(typed), ""

    def show(self, text: str) -> None:
        self.shown += text + "\n"

    def ask(self, question: str) -> str:
        self.shown += question
        return next(self._typed, "q")


def span_of(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def label(person: Person, asked: list[int] | None = None) -> tuple[Article, str]:
    article = Article(id="a", text=TEXT, language=Language.ENGLISH)
    sentences = [
        Sentence(
            id=number, span=Span(start=TEXT.index(words), end=TEXT.index(words) + len(words)), kind=kind, paragraph=p
        )
        for number, (words, kind, p) in enumerate(SENTENCES, 1)
    ]

    def claims() -> Sequence[Claim]:
        if asked is not None:
            asked.append(1)
        return ()

    labels = label_article(article, sentences, claims, person)
    return article, to_gold(article, sentences, labels, "business", "a.txt")


def test_what_is_said_compiles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    person = Person("fm", "", "", "mk", "The Echo", "reported", "2", "may", "p5", "Amos", "Ames", "denied", "")
    _, gold = label(person)
    case = read_case(gold, tmp_path / "a.gold", tmp_path)
    assert [sentence.span.of(TEXT) for sentence in case.gold.sentences] == [
        "Harbour to be sold",
        "The Echo reported a sale on\nMonday, according to a source.",
        "It may fail [again] // soon.",
        "Ames denied it.",
        "The harbour opened in 1931.",
    ]
    assert [sentence.label for sentence in case.gold.sentences] == [
        "rumour",
        "rumour",
        "speculation",
        "denied",
        "stated",
    ]
    assert case.gold.sentences[0].flat
    assert case.gold.sentences[1].key
    assert case.gold.sentences[3].claims[0].source == "Ames"
    assert "not in this sentence: Amos" in person.shown


def test_the_engine_is_hidden_until_asked() -> None:
    asked: list[int] = []
    label(Person("n", "n"), asked)
    assert asked == []
    person = Person("?", "n")
    label(person, asked)
    assert asked == [1]
    assert "reads no claim" in person.shown


def test_going_back_and_leaving_keep_what_is_done() -> None:
    _, gold = label(Person("n", "n", "b", "u", "", "", "q"))
    assert "|| none" in gold
    assert "|| unnamed" in gold
    assert "1931" not in gold


@pytest.mark.parametrize(
    ("typed", "tail"),
    [
        ("", ""),
        ("n", "none"),
        ("m2k", "media possible key"),
        ("^2", "^ possible"),
        ("fm", "media flat"),
        ("a7", "evaluated"),
    ],
)
def test_keys(typed: str, tail: str) -> None:
    assert read_keys(typed) == tail


@pytest.mark.parametrize("typed", ["z", "pp", "m5", "12"])
def test_keys_that_say_nothing(typed: str) -> None:
    with pytest.raises(ValueError, match=r"can't be read|only a party"):
        read_keys(typed)
