"""Faithful paraphrases stay clean; one changed fact is found, with the code of its kind and exact spans."""

import pytest

from reportedly.schema import Finding, Language, Severity
from reportedly.stages.check import Source
from tests.unit.stages.check.conftest import check, source_of

FAITHFUL_DE = [
    "Hallbruck stellt bis Ende 2027 alle Stadtbusse auf Elektroantrieb um.",
    "Der Umbau von 48 Bussen kostet rund 32 Millionen Euro.",
    "Der Umbau kostet mehr als 31 Millionen Euro, 40 Prozent davon trägt das Land.",
    "40 % der 31,5 Mio. € kommen vom Land.",
    "Stadtwerke-Chefin Lindner verspricht: Die Preise bleiben gleich.",
    "Derzeit hat die Stadt ein Dutzend Elektrobusse.",
    "Die Zahl der Fahrgäste in Hallbruck ging 2024 um 7 % zurück, in Oberzell wuchs sie um 4 %.",
    "Verbandschef Krantz will am Abend mehr Busse.",
    "Die Linie 5 fährt weiter: Der Gemeinderat lehnte einen Antrag der Freien Liste ab.",
    "Drei Ziele verbindet die Linie mit dem Bahnhof: Krankenhaus, Messe und Stadion.",
    "Lindner zufolge steigen die Fahrpreise nicht.",
    "Fahrgastzahlen sanken 2024 auf 2,3 Millionen.",
]
CHANGED_DE = [
    ("Der Umbau kostet 35,1 Millionen Euro.", "F201"),
    ("Der Umbau kostet 31,5 Milliarden Euro.", "F201"),
    ("Das Land zahlt 60 Prozent.", "F201"),
    ("Bis Ende 2026 will Hallbruck alle 48 Busse der Stadt auf Strom umstellen.", "F202"),
    ("Das kündigte Geschäftsführerin Petra Lindner am Mittwoch an.", "F202"),
    ("Das kündigte Geschäftsführerin Petra Lindmann an.", "F203"),
    ("Verbandschef Uwe Kranz begrüßte den Plan.", "F203"),
    ("In Oberzell-Süd fahren Elektrobusse, sagte Bürgermeister Horst Weidinger.", "F203"),
    ("Die Fahrpreise sollen steigen.", "F204"),
    ("Im Jahr 2024 stieg die Zahl der Fahrgäste um sieben Prozent auf 2,3 Millionen.", "F204"),
    ("Der Gemeinderat stimmte im März einem Antrag der Freien Liste zu, die Linie 5 einzustellen.", "F204"),
    ("Der Fahrgastverband lehnte den Plan der Stadtwerke ab.", "F204"),
    ("Die Linie verbindet den Bahnhof mit dem Krankenhaus, der Messe und dem Flughafen.", "F205"),
    ("Bei einem Brand in einer Lagerhalle wurden Feuerwehrleute durch Rauchgas verletzt.", "F205"),
]
FAITHFUL_EN = [
    "Northgate Rail is buying 24 battery-powered trains from Velstrom of Denmark for $310m.",
    "The trains will cost more than $300 million.",
    "The first of them arrive in spring 2028.",
    "Passenger numbers dropped by 6 per cent to 41 million in 2025.",
    "Freight rose 11%, while passenger traffic shrank 6%.",
    "Cole said there would be no fare rises this year.",
    "Union leader Adeyemi warned of 150 job losses in Milton.",
    "The purchase was approved by the regulator in early October.",
    "Coastline, a competitor, lost its licence in 2023.",
]
CHANGED_EN = [
    ("Northgate Rail will buy 42 battery trains from Velstrom.", "F201"),
    ("Northgate Rail will buy trains for $310 billion.", "F201"),
    ("The first trains are due in the spring of 2029.", "F202"),
    ("The regulator approved the purchase on Oct. 3.", "F202"),
    ("Chief executive Harriet Coleman said fares would not rise this year.", "F203"),
    ("The union warned that 150 jobs could go at the depot in Winchester.", "F203"),
    ("Chief executive Harriet Cole said fares would rise this year.", "F204"),
    ("Passenger numbers rose 6 percent in 2025, to 41 million.", "F204"),
    ("The transport union approved the plan in September.", "F204"),
    ("Its chief executive said that fares would rise.", "F204"),
]


@pytest.mark.parametrize("summary", FAITHFUL_DE)
def test_faithful_german_stays_clean(german: Source, summary: str) -> None:
    assert [(f.code, f.message) for f in check(german, summary)] == []


@pytest.mark.parametrize("summary", FAITHFUL_EN)
def test_faithful_english_stays_clean(english: Source, summary: str) -> None:
    assert [(f.code, f.message) for f in check(english, summary)] == []


def assert_found(source: Source, summary: str, code: str, found: tuple[Finding, ...]) -> None:
    assert code in {f.code for f in found}, found
    for finding in found:
        assert finding.severity in (Severity.ERROR, Severity.WARNING)
        assert finding.hint
        assert finding.summary is not None
        assert finding.summary.of(summary).strip()
        for span in finding.source:
            assert span.of(source.article.text).strip()


@pytest.mark.parametrize(("summary", "code"), CHANGED_DE)
def test_changed_german_is_found(german: Source, summary: str, code: str) -> None:
    assert_found(german, summary, code, check(german, summary))


@pytest.mark.parametrize(("summary", "code"), CHANGED_EN)
def test_changed_english_is_found(english: Source, summary: str, code: str) -> None:
    assert_found(english, summary, code, check(english, summary))


def test_right_number_wrong_holder(german: Source, english: Source) -> None:
    assert {f.code for f in check(german, "Im Nachbarort Oberzell stieg sie um sieben Prozent.")} == {"F201"}
    assert {f.code for f in check(english, "Passenger numbers fell 11 percent in 2025, to 41 million.")} == {"F201"}


def test_span_of_a_number_is_the_number(german: Source) -> None:
    summary = "Der Umbau kostet 35,1 Millionen Euro."
    (finding,) = check(german, summary)
    assert finding.summary is not None
    assert finding.summary.of(summary) == "35,1 Millionen Euro"
    assert finding.source[0].of(german.article.text) == "31,5 Millionen Euro"


def test_a_share_in_words_is_meant_roughly() -> None:
    source = source_of("Im Werk Lahnau arbeiten 34 Prozent der 900 Schreiner nachts.", Language.GERMAN)
    assert check(source, "Gut ein Drittel der 900 Schreiner im Werk Lahnau arbeitet nachts.") == ()
    assert {f.code for f in check(source, "Die Hälfte der 900 Schreiner im Werk Lahnau arbeitet nachts.")} == {"F201"}


def test_another_speaker_before_a_colon_is_found() -> None:
    question = "Sie haben die Pflege in den Heimen mehr als zehn Jahre lang geleitet."
    source = source_of(f"STADTBLATT: {question}", Language.GERMAN)
    assert {f.code for f in check(source, f"Steinhude: {question}")} == {"F203"}
