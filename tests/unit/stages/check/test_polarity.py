"""The contrary of what the source says is found in other words too; a faithful paraphrase of a denial is not."""

import pytest

from reportedly.schema import Language
from reportedly.stages.check import Source
from tests.unit.stages.check.conftest import check, source_of

GERMAN = (
    "Der Möbelbauer Tannhof hat im vergangenen Jahr 2.300 Schränke verkauft, 6 Prozent mehr als im Jahr zuvor. "
    "Die Aktie gab am Montag um 2,5 Prozent nach. Finanzchefin Ruth Ebner bestritt, dass Löhne verspätet gezahlt "
    "worden seien. In ihrem Werk in Lahnau gebe es kein Qualitätsproblem, sagte sie. Werksleiter Timo Brück räumte "
    "ein, dass eine Prüfung ausgefallen war. Das Amtsgericht verurteilte am 14. Mai den früheren Einkäufer "
    "Jens Kolb wegen Betrugs zu einer Geldstrafe. Der Betriebsrat warnte davor, die Sparpläne zu überstürzen. "
    "Die Brücke zum Werk bleibt bis Ende August für Lastwagen gesperrt."
)
ENGLISH = (
    "Harrow Foods made a profit of $14 million in the year to June. A rival, Penn Bakeries, gained 3,000 customers in "
    "the same month. Finance director Lena Ortiz denied that wages had been paid late. The court ruled that the "
    "dismissal of baker Colm Reid was fair. The council ruled out redundancies among drivers. Plant manager Joe Hale "
    "admitted that one inspection had been missed. The board left its forecast at 6 percent. There was no leak at the "
    "plant, the company said."
)


@pytest.fixture(scope="module")
def tannhof() -> Source:
    return source_of(GERMAN, Language.GERMAN)


@pytest.fixture(scope="module")
def harrow() -> Source:
    return source_of(ENGLISH, Language.ENGLISH)


@pytest.mark.parametrize(
    "summary",
    [
        "Tannhof hat im vergangenen Jahr 2.300 Schränke verkauft, 6 Prozent weniger als im Jahr zuvor.",
        "Die Aktie legte am Montag um 2,5 Prozent zu.",
        "Bei Tannhof sind Löhne verspätet gezahlt worden.",
        "Finanzchefin Ebner räumte ein, dass Löhne verspätet gezahlt worden seien.",
        "Werksleiter Brück bestritt, dass eine Prüfung ausgefallen war.",
        "Im Werk in Lahnau gibt es ein Qualitätsproblem.",
        "Der frühere Einkäufer Jens Kolb wurde vom Amtsgericht freigesprochen.",
    ],
)
def test_the_contrary_is_found_in_german(tannhof: Source, summary: str) -> None:
    assert "F204" in {finding.code for finding in check(tannhof, summary)}


@pytest.mark.parametrize(
    "summary",
    [
        "Die Aktie fiel am Montag um 2,5 Prozent.",
        "Finanzchefin Ebner wies zurück, dass Löhne verspätet gezahlt worden seien.",
        "Dass Löhne verspätet gezahlt wurden, bestritt die Finanzchefin.",
        "Werksleiter Brück gab zu, dass eine Prüfung ausgefallen war.",
        "Ein Qualitätsproblem gibt es laut Ebner im Werk Lahnau nicht.",
        "Der Betriebsrat mahnte, die Sparpläne nicht zu überstürzen.",
        "Jens Kolb bekam am 14. Mai wegen Betrugs eine Geldstrafe.",
    ],
)
def test_the_same_in_other_words_stays_clean_in_german(tannhof: Source, summary: str) -> None:
    assert "F204" not in {finding.code for finding in check(tannhof, summary)}


@pytest.mark.parametrize(
    "summary",
    [
        "Harrow Foods made a loss of $14 million in the year to June.",
        "Penn Bakeries lost 3,000 customers in the same month.",
        "Wages had been paid late at Harrow.",
        "The court ruled that the dismissal of baker Colm Reid was unfair.",
        "The council expects redundancies among drivers.",
        "Plant manager Hale denied that one inspection had been missed.",
        "The board cut its forecast to 6 percent.",
        "There was a leak at the plant.",
    ],
)
def test_the_contrary_is_found_in_english(harrow: Source, summary: str) -> None:
    assert "F204" in {finding.code for finding in check(harrow, summary)}


@pytest.mark.parametrize(
    "summary",
    [
        "Penn Bakeries won 3,000 customers in the same month.",
        "Ortiz rejected reports that wages had been paid late.",
        "The dismissal of Colm Reid was fair, the court ruled.",
        "There will be no redundancies among drivers, the council said.",
        "Manager Joe Hale conceded that an inspection had been missed.",
        "Harrow's forecast stays at 6 percent.",
    ],
)
def test_the_same_in_other_words_stays_clean_in_english(harrow: Source, summary: str) -> None:
    assert "F204" not in {finding.code for finding in check(harrow, summary)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Partei Blau liegt auf der Skala bei 0 (ganz links), während Partei Grün bei 10 (ganz rechts) liegt.", "de"),
        ("Zwei Frauen und ein Mann sind am Sonntag am Kehljoch von einer Lawine erfasst worden.", "de"),
        ("Orland has denied tampering with the count, although three agencies concluded that Orland interfered.", "en"),
        ("Harbour news No more details can be released at the moment.", "en"),
    ],
)
def test_the_sentence_itself_is_never_its_contrary(text: str, language: str) -> None:
    source = source_of(text, Language(language))
    for told in (text, text.removeprefix("Harbour news ")):
        assert check(source, told) == ()
