"""What the German reader makes of single sentences: labels, hedges and their scope, mood, sollen, two claims."""

from __future__ import annotations

import pytest

from reportedly.language.reader import read
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.schema import Language


def readings(text: str, publisher: str | None = None) -> tuple[Reading, ...]:
    return read(text, segment(text, Language.GERMAN), Language.GERMAN, publisher=publisher)


SINGLE = {
    "attributed": [
        "Die Brücke sei sicher, sagte Stadtsprecherin Anna Lehner am Montag.",
        "Anna Lehner, die Bürgermeisterin von Eichdorf, sagte, die Brücke sei sicher.",
        "Die Brücke ist laut Polizei gesperrt.",
        "Nach Angaben der Feuerwehr wurde niemand verletzt.",
        "Einem Sprecher zufolge ist die Brücke gesperrt.",
        "Die Brücke sei sicher, so die Bürgermeisterin.",
        "Wie die Stadt mitteilte, ist die Brücke gesperrt.",
        "Das teilte die Stadt am Montag mit.",
        "Die Stadt teilte am Montag auf Anfrage mit, dass die Brücke gesperrt ist.",
        "Die Bürgermeisterin kritisierte die Pläne des Landes.",
        "Die Gewerkschaft fordert mehr Geld.",
        "Die Bürgermeisterin zeigte sich überzeugt, dass die Brücke hält.",
        "Der Verein ist der Ansicht, dass die Brücke hält.",
        "Die Studie zeigt, dass weniger Menschen die Brücke benutzen.",
        "Aus dem Bericht geht hervor, dass die Brücke alt ist.",
        "Im Gutachten steht, dass die Brücke alt ist.",
        "Vor einem Einsturz warnten am Montag mehrere Experten.",
        "„Die Brücke ist sicher“, erklärte Lehner.",
        "Die Stadt ließ wissen, dass die Brücke gesperrt ist.",
        "Lehner bezeichnete die Sperre als Fehler.",
        "Das sei eine Frechheit, sagte Lehner.",
        "„Das ist albern“, sagte Lehner.",
        "Für die Opposition ist das ein Fehler.",
        "Nach Polizeiangaben war niemand verletzt.",
        "Die Brücke wird von der Ratingagentur Moser mit der schlechtesten Note bewertet.",
        "Lehner gab zu bedenken, dass das Geld fehle.",
        "Der Täter soll den Mann geschlagen haben, teilte die Polizei mit.",
        "Die Ministerin sagte den Opfern Hilfe zu.",
        "Laut der Raumfahrtagentur ist die Sonde beschädigt.",
        "Die „Eichdorfer Stimme“ selbst erklärte, man habe sich geirrt.",
        "Lehner will das erst im Sommer erfahren haben.",
    ],
    "rumour": [
        "Die Firma ist angeblich verkauft.",
        "Dem Vernehmen nach wird die Firma verkauft.",
        "Medienberichten zufolge wird die Firma verkauft.",
        "Laut Bloomberg wird die Firma verkauft.",
        "Die Firma werde verkauft, berichtete die Kleine Zeitung.",
        "Wie der Spiegel schreibt, wird die Firma verkauft.",
        "Insidern zufolge wird die Firma verkauft.",
        "Die Firma werde verkauft, sagten mit der Sache vertraute Personen.",
        "Der Mann soll mehrere Autos gestohlen haben.",
        "Gespräche mit Banken sollen bereits laufen.",
        "Über einen Verkauf wird seit Wochen spekuliert.",
        "Es gibt Gerüchte über einen Verkauf.",
        "Insider bestätigten den Verkauf.",
        "Die Firma werde verkauft, meldete das Eichdorfer Tagblatt.",
        "Die Firma ist der „Eichdorfer Stimme“ zufolge verkauft.",
        "Wie die „Eichdorfer Stimme“ berichtet, ist die Firma verkauft.",
        "Nach Informationen dieser Zeitung ist die Firma verkauft.",
        "Nach Recherchen unserer Redaktion ist die Firma verkauft.",
        "Nach Informationen der Seeschau ist die Firma verkauft.",
        "In Branchenkreisen heißt es, die Firma sei verkauft.",
        "Unter den Fans wird erzählt, der Trainer gehe.",
        "In der Werkstatt ist zu hören, die Firma sei verkauft.",
        "Im Dorf erzählt man sich, die Firma sei verkauft.",
        "Im Netz verbreitete sich die Nachricht, die Brücke sei eingestürzt.",
        "Als Favoritin gilt die Bürgermeisterin von Eichdorf.",
        "Die Torfrau soll sich mit dem Verein einig sein.",
        "In mehreren Zeitungsberichten war von sieben Toten die Rede.",
        "„Flimmerkiste“ berichtet, die Firma sei verkauft.",
        "Laut „Flimmerkiste“ ist die Firma verkauft.",
        "Das Magazin „Flimmerkiste“ meldete 30 Kündigungen.",
        "Laut dpa wird die Firma verkauft.",
    ],
    "speculation": [
        "Der Preis könnte steigen.",
        "Der Preis dürfte steigen, sagte der Analyst Karl Moser.",
        "Womöglich wird die Brücke gesperrt.",
        "Die Brücke ist offenbar gesperrt.",
        "Ein Verkauf gilt als möglich.",
        "Ein Verkauf steht im Raum.",
        "Im Raum steht, dass die Firma verkauft wird.",
        "Am Montag wird Schnee erwartet.",
        "Sollte die Brücke einstürzen, würde das Dorf abgeschnitten.",
        "Wenn das Geld fehlte, käme die Sanierung nicht voran.",
        "Der Plan scheint gescheitert.",
        "Der Verein droht zu zerfallen.",
        "Lehner sagte, dass der Preis steigen könnte.",
        "Scheitern die Gespräche, droht ein Streik.",
        "Steigt der Verein ab, würde er neu beginnen.",
        "Mit einer Einigung rechnet kaum jemand.",
        "Eine Einigung erwartet niemand.",
        "Der Konzern schließt einen Verkauf nicht aus.",
    ],
    "confirmed": [
        "Der Konzern bestätigte den Verkauf.",
        "Die Stadt gab bekannt, dass die Brücke gesperrt wird.",
        "Die Bürgermeisterin räumte Fehler ein.",
        "Der Angeklagte gestand die Tat.",
        "Das Gericht entschied, dass der Vertrag gilt.",
        "Der Gemeinderat hat beschlossen, die Brücke zu sanieren.",
        "Der Mann zeigte sich geständig.",
        "Der Vertrag sei ungültig, urteilte das Landesgericht.",
    ],
    "denied": [
        "Der Konzern dementierte den Verkauf.",
        "Die Bürgermeisterin wies die Vorwürfe zurück.",
        "Der Angeklagte bestreitet die Tat.",
        "Die Vorwürfe wies die Bürgermeisterin gestern im Gemeinderat mit Nachdruck zurück.",
        "Die Bürgermeisterin wies den Bericht als „Unsinn“ zurück.",
        "Die Stadt nannte die Berichte „frei erfunden“.",
        "Berichte, wonach die Brücke gesperrt wird, nannte ihr Sprecher ein Märchen.",
        "Der Konzern widersprach der Darstellung.",
        "Der Konzern stellte den Verkauf in Abrede.",
        "Der Konzern sprach von einer Falschmeldung.",
        "Die Polizei korrigierte ihre Angaben.",
        "Einen Anschlag schloss die Polizei aus.",
        "Lehner weist das von sich.",
        "An den Berichten sei nichts dran, sagte Lehner.",
        "Davon könne keine Rede sein, sagte der Minister.",
    ],
    "opinion": [
        "Bemerkenswert ist vor allem das Tempo.",
        "Bleibt zu hoffen, dass die Brücke hält.",
        "Das ist albern.",
        "Natürlich wirkt die Brücke grotesk.",
        "Die Sperre war bei diesem Wetter eine Frechheit.",
        "Das ist ein fatales Signal.",
        "Es war die albernste Idee des Sommers.",
        "Peinlicher als die Brücke ist nur die Umleitung.",
        "Wer das sagt, macht es sich zu leicht.",
    ],
    "stated": [
        "Die Brücke wurde im Mai gesperrt.",
        "Der Konzern baut 300 Stellen ab.",
        "Das Gesetz soll Kinder schützen.",
        "Daran ist nichts dran.",
        "Die Brücke ist 80 Meter lang und aus Stahl.",
        "Der Skandal ist zwei Jahre alt.",
        "Die peinliche Panne war im Mai.",
        "Er fuhr mit einem offenbar gestohlenen Auto nach Eichdorf.",
        "Jedes Jahr werden hundert Menschen als vermisst gemeldet.",
        "Die Halle soll im Herbst fertig sein.",
        "Der Verein schließt die Halle um zehn Uhr.",
        "Die Brücke soll 2026 fertig werden.",
        "Die Bürgermeisterin äußerte sich nicht.",
        "Die Brücke, die einstürzen könnte, wurde gesperrt.",
        "Er arbeitet so schnell wie möglich.",
        "Die Premiere fand am Montag statt: Es regnete.",
        "Die Sanierung forderte viel Geduld, niemand wurde verletzt.",
        "Die reiche Familie wohnt am See.",
        "Einige der Häuser stehen leer.",
        "Gespräche über den Bau beginnen im Mai.",
    ],
}


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in SINGLE.items() for text in texts])
def test_a_single_sentence(label: str, text: str) -> None:
    found = readings(text)
    assert [reading.status.value for reading in found] == [label], [reading.rule for reading in found]


@pytest.mark.parametrize(
    "text",
    ["Hält die Brücke?", "Kritik vom Trainer.", "(Anna Lehner, 7.9.2015)", "„Hält die Brücke?“"],
)
def test_what_bears_no_claim(text: str) -> None:
    assert readings(text) == ()


def test_a_hedge_in_a_side_clause_leaves_the_report_as_it_is() -> None:
    (reading,) = readings("Der Umsatz sei gestiegen, was den Kurs stützen könnte, sagte der Analyst Karl Moser.")
    assert reading.status.value == "attributed"


def test_the_cue_and_the_source_are_exact() -> None:
    text = "Die Brücke sei sicher, sagte der Sprecher Karl Moser am Montag."
    (reading,) = readings(text)
    assert reading.cue_at is not None
    assert reading.source_at is not None
    assert text[slice(*reading.cue_at)] == "sagte"
    assert text[slice(*reading.source_at)] == "der Sprecher Karl Moser"
    assert reading.source == "Karl Moser"


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Laut Bloomberg unter Berufung auf Insider wird die Firma verkauft.", ("Bloomberg", "Insider")),
        ("Die Firma werde verkauft, berichtete der Spiegel unter Berufung auf Insider.", ("Der Spiegel", "Insider")),
        ("Die Firma werde verkauft, sagte Karl Moser der Kleinen Zeitung zufolge.", ("Kleinen Zeitung", "Karl Moser")),
    ],
)
def test_chains_run_from_the_teller_to_the_origin(text: str, chain: tuple[str, ...]) -> None:
    (reading,) = readings(text)
    assert reading.chain == chain


def test_an_outlet_on_itself_is_a_party() -> None:
    text = "Die Zahl der Leser sei gestiegen, teilte die Kleine Zeitung mit."
    assert [r.status.value for r in readings(text)] == ["rumour"]
    assert [r.status.value for r in readings(text, publisher="Kleine Zeitung")] == ["attributed"]


TWO = [
    ("Der Konzern hat 300 Mitarbeiter, und der Umsatz könnte steigen.", ["stated", "speculation"]),
    ("Die Brücke ist gesperrt; die Firma soll Fehler verschwiegen haben.", ["stated", "rumour"]),
    ("Der Umsatz stieg um zwei Prozent, und Vorstand Karl Moser kritisierte die Steuer.", ["stated", "attributed"]),
    ("Das wäre ein Fehler – die Brücke steht seit 1900.", ["speculation", "stated"]),
]


@pytest.mark.parametrize(("text", "labels"), TWO)
def test_two_claims_of_two_statuses_partition_their_sentence(text: str, labels: list[str]) -> None:
    first, second = readings(text)
    assert [first.status.value, second.status.value] == labels
    assert text[first.start : first.end] + " " + text[second.start : second.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "Der Umsatz sei gestiegen, und der Kurs könnte folgen, sagte Karl Moser.",
        "Laut Moser ist die Brücke alt, und sie könnte einstürzen.",
        "Die Brücke könnte einstürzen, aber auch noch lange halten.",
        "Die Brücke ist alt, und der Bach ist breit.",
    ],
)
def test_one_source_or_one_status_is_one_claim(text: str) -> None:
    assert len(readings(text)) == 1
