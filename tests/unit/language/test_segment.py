"""Sentences with exact offsets: what ends one, what does not, and what each piece is on the page."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.language.segment import detect_language, segment
from reportedly.schema import Language, SentenceKind
from tests.conftest import Calls

DE, EN = Language.GERMAN, Language.ENGLISH


def pieces(text: str, language: Language) -> list[str]:
    return [sentence.span.of(text) for sentence in segment(text, language)]


def kinds(text: str, language: Language) -> list[tuple[str, str]]:
    return [(sentence.kind.value, sentence.span.of(text)) for sentence in segment(text, language)]


ONE_GERMAN = [
    "Das Treffen ist am 3. Oktober in Graz.",
    "Der Prozess soll am 7. November in Linz beginnen.",
    "Der Gewinn stieg im 4. Quartal um 3,5 Mio. Euro.",
    "Es geht um 2 Mrd. Euro bzw. Dollar, sagte Dr. Anna Kern.",
    "Johannes Paul II. Platz heißt er seit dem 20. Jahrhundert.",
    "Die Zahl der Fälle, z. B. Diebstähle, sank laut Abs. 2.",
    "Der Kurs lag um 15.05 Uhr bei 1.200 Punkten.",
    "Die Firma J. Huber & Co. KG in der Wiener Str. 5 gibt es nicht mehr.",
    "Das zeigt die Seite example.com/a.B und auch www.Beispiel.at dazu.",
    "Sie trafen sich am 11.12. 2015 und danach nie wieder.",
    "Er kam … Sturm … und ging.",
    "Der Weltranglisten-20. Paul Adler verlor das Finale.",
    "St. Pölten – Der Bürgermeister tritt zurück.",
    "Er sei gut!, rief sie und lief davon.",
    "Die gegr. Gesellschaft usw. bleibt, wie sie ist.",
]

ONE_ENGLISH = [
    "Apple Inc. said it would wait.",
    "Sen. Ann Lee and Gov. Tom Ray met U.S. officials in Washington, D.C. on Friday.",
    "The U.S. Treasury spoke at 3.30 p.m. Monday, Mr. J. R. Brown said.",
    "They use Node.js and example.com for No. 5 of the list.",
    "The rate rose 1.200 points on Dec. 11, 2018, at St. Anne's.",
    "Shares of Acme Corp. (ACM.N) fell.",
    '"Is that all?" Miller asked.',
    'Yahoo! said "no comment" at noon.',
    "NEW YORK (Reuters) - The drugmaker sold a unit.",
    "PORTSMOUTH, N.H. — He may win.",
    "Harry S. Truman and John F. Kennedy Jr. never met.",
    "F.B. I. agents came.",
]


@pytest.mark.parametrize("text", ONE_GERMAN)
def test_a_stop_inside_a_german_sentence_ends_nothing(text: str) -> None:
    assert pieces(text, DE) == [text]


@pytest.mark.parametrize("text", ONE_ENGLISH)
def test_a_stop_inside_an_english_sentence_ends_nothing(text: str) -> None:
    assert pieces(text, EN) == [text]


SPLIT_GERMAN = [
    ["Er kam am 25. Mai.", "Es war der 3. Versuch."],
    ["Der Zug fährt nach Wien.", "Der nächste auch."],
    ["„Das ist gut.", "Mehr sage ich nicht.“", "Danach ging sie."],
    ["Er sagte: „Wir kommen.“", "Dann kam er nicht."],
    ["Das kostet 5 Mio.", "Die Stadt zahlt es."],
    ["Es war 2015.", "Merkel blieb."],
    ["Wirklich?!", "Ja."],
    ["Der Fall betraf die KPX.", "Viele gingen."],
    ["»Nein.«", "Er blieb dabei."],
    ["Das meint Plan B.", "Das war alles."],
    ["Das war es.", "(APA, 3.4.2016)"],
]

SPLIT_ENGLISH = [
    ["She works for Acme Inc.", "The firm is old."],
    ["He left the U.S.", "In Spain he stayed."],
    ["“I know.", "We all do,” he said.", "Then he left."],
    ["They came at 5 p.m.", "Miller was there."],
    ["It was 2015.", "Nobody came."],
    ["Why?", "Nobody knows."],
    ['"Why?"', "He never knew."],
    ["It ended … badly.", "Then came May 1."],
    ["He bought it.", "iPhones sell well."],
    ["“Yes. ...", "We won,” he said."],
    ["Rain fell.", "$5 was lost."],
]


@pytest.mark.parametrize("parts", SPLIT_GERMAN)
def test_a_stop_between_german_sentences_ends_one(parts: list[str]) -> None:
    assert pieces(" ".join(parts), DE) == parts


@pytest.mark.parametrize("parts", SPLIT_ENGLISH)
def test_a_stop_between_english_sentences_ends_one(parts: list[str]) -> None:
    assert pieces(" ".join(parts), EN) == parts


def test_a_missing_space_still_ends_a_sentence() -> None:
    assert pieces("Der Zug hielt in Wien.Der Bus fuhr weiter.", DE) == [
        "Der Zug hielt in Wien.",
        "Der Bus fuhr weiter.",
    ]
    assert pieces("Was ist das?Niemand weiß es.“Das sagte er.", DE) == [
        "Was ist das?",
        "Niemand weiß es.“",
        "Das sagte er.",
    ]


GERMAN_PAGE = """Konzern vor Verkauf: Wer zahlt?
Der Konzern spricht mit einem Käufer. Der Preis könnte hoch sein.
Die Zentrale des Konzerns am Donnerstag.
Foto: Agentur / Muster
Der Konzern in Graz verhandelt seit Wochen über einen Verkauf. Das berichten mehrere Zeitungen am Donnerstag.
Inhaltsverzeichnis
Lange Gespräche
Die Gespräche dauern schon länger. Sie sind geheim. (mit Material der dpa)
Ein Beitrag von:"""


def test_a_page_is_told_apart_into_its_pieces() -> None:
    assert [kind for kind, _ in kinds(GERMAN_PAGE, DE)] == [
        "question",
        "teaser",
        "teaser",
        "caption",
        "credit",
        "prose",
        "prose",
        "fragment",
        "heading",
        "prose",
        "prose",
        "credit",
        "credit",
    ]


def test_sentences_before_a_dateline_are_the_teaser() -> None:
    text = "Zwei Züge stießen zusammen. Wien – Bei einem Unfall wurden drei Menschen verletzt. Die Strecke ist frei."
    assert [kind for kind, _ in kinds(text, DE)] == ["teaser", "prose", "prose"]


def test_an_agency_page_loses_its_marks_to_pieces_of_their_own() -> None:
    text = (
        "Maker sells unit to rival.\n\nThe logo of Maker is seen in Rome, March 1, 2018. REUTERS/Ann Lee/File Photo "
        "NEW YORK (Reuters) - Maker Plc said it sold a unit. Slideshow (2 Images) The price was low."
    )
    assert kinds(text, EN) == [
        ("heading", "Maker sells unit to rival."),
        ("caption", "The logo of Maker is seen in Rome, March 1, 2018."),
        ("credit", "REUTERS/Ann Lee/File Photo"),
        ("prose", "NEW YORK (Reuters) - Maker Plc said it sold a unit."),
        ("fragment", "Slideshow (2 Images)"),
        ("prose", "The price was low."),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("By Ann Lee", SentenceKind.CREDIT),
        ("Von Anna Kern", SentenceKind.CREDIT),
        ("Reporting by Ann Lee; Editing by Tom Ray", SentenceKind.CREDIT),
        ("* * *", SentenceKind.FRAGMENT),
        ("desk@example.com", SentenceKind.FRAGMENT),
        ("Read more: the other story", SentenceKind.FRAGMENT),
        ("What happens next?", SentenceKind.QUESTION),
        ("A quiet week in the mountains", SentenceKind.HEADING),
    ],
)
def test_a_line_by_itself_has_its_kind(text: str, kind: SentenceKind) -> None:
    page = f"It rained on Monday. Nobody came to see it.\n\n{text}\n\nIt rained on Tuesday as well. It was cold."
    assert next(s.kind for s in segment(page, EN) if s.span.of(page) == text) is kind


def test_a_wrapped_line_is_no_end() -> None:
    text = (
        "The mayor said on Monday that the\nbridge would stay closed until the\nend of May. Cars must turn\nback."
        "\n\nIt rains."
    )
    assert [piece.replace("\n", " ") for piece in pieces(text, EN)] == [
        "The mayor said on Monday that the bridge would stay closed until the end of May.",
        "Cars must turn back.",
        "It rains.",
    ]


def test_paragraphs_are_counted_from_nought() -> None:
    text = "It rains. It pours.\n\nIt stops."
    assert [sentence.paragraph for sentence in segment(text, EN)] == [0, 0, 1]


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n"])
def test_nothing_gives_no_sentence(text: str) -> None:
    assert segment(text, DE) == ()


_PARTS = st.sampled_from(
    [
        *"abAÖ 1.!?…:,;\"“”„'’»«()[]–-•\n\r\u2028\u00a0",
        "Dr. ",
        "z. B. ",
        "3. ",
        "U.S. ",
        "Der ",
        "The ",
        ". ",
        '." ',
        "\n\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(_PARTS, max_size=80).map("".join)),
    language=st.sampled_from(Language),
)
def test_spans_are_ordered_apart_exact_and_cover_all(text: str, language: Language) -> None:
    sentences = segment(text, language)
    at, uncovered = 0, ""
    for number, sentence in enumerate(sentences, 1):
        span = sentence.span
        assert sentence.id == number
        assert at <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        uncovered += text[at : span.start]
        at = span.end
    assert not (uncovered + text[at:]).strip()
    assert [s.paragraph for s in sentences] == sorted(s.paragraph for s in sentences)


@pytest.mark.parametrize(
    "unit",
    ["Das ist ein Satz. ", "wort ", ".", '"', '."', "(", ". ", "A. ", "3. ", "a\n", "\n", "Aa.Bb", "a.b/", "(AP/ "],
)
def test_work_grows_with_the_length(unit: str, calls: Calls) -> None:
    small, large = (calls(partial(segment, unit * (size // len(unit)), DE)) for size in (5_000, 40_000))
    assert large <= 8 * small * 1.2 + 500


def test_the_language_is_told_by_its_small_words() -> None:
    assert detect_language("Der Minister sagte am Montag, dass er nicht mit dem Gesetz zufrieden ist.") is DE
    assert detect_language("The minister said on Monday that he was not happy with the law.") is EN
    assert detect_language("Le ministre est arrivé lundi matin avec ses conseillers.") is Language.UNKNOWN
    assert detect_language("12 34") is Language.UNKNOWN
