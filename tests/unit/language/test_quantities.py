import pytest

from reportedly.language.quantities import Bound, Likeness, Quantity, compare
from reportedly.language.quantity_reader import read_quantities
from reportedly.language.words import tokens
from reportedly.schema import Language

DE, EN = Language.GERMAN, Language.ENGLISH


def only(text: str, language: Language) -> Quantity:
    found = read_quantities(tokens(text), language)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "unit"),
    [
        ("Der Kauf kostet 50 Mrd. $.", DE, 50e9, 50e9, "USD"),
        ("Der Kauf kostet 50 Milliarden Dollar.", DE, 50e9, 50e9, "USD"),
        ("Der Kauf kostet fünfzig Milliarden US-Dollar.", DE, 50e9, 50e9, "USD"),
        ("Der Kauf kostet 50.000.000.000 Dollar.", DE, 50e9, 50e9, "USD"),
        ("Der 50-Milliarden-Dollar-Kauf stockt.", DE, 50e9, 50e9, "USD"),
        ("The deal costs $50 billion.", EN, 50e9, 50e9, "USD"),
        ("The deal costs US$50bn.", EN, 50e9, 50e9, "USD"),
        ("The deal costs USD 50 billion.", EN, 50e9, 50e9, "USD"),
        ("Das Rad kostet 1.200,50 Euro.", DE, 1200.5, 1200.5, "EUR"),
        ("The bike costs 1,200.50 euros.", EN, 1200.5, 1200.5, "EUR"),
        ("Die Zinsen steigen um 2,5 Prozentpunkte.", DE, 2.5, 2.5, "pp"),
        ("Rates rise by 2.5 percentage points.", EN, 2.5, 2.5, "pp"),
        ("Die Mieten steigen um 20 bis 30 Prozent.", DE, 20, 30, "%"),
        ("Rents rise between 20 and 30 per cent.", EN, 20, 30, "%"),
        ("Erwartet werden zwanzig bis dreißig Millionen.", DE, 20e6, 30e6, ""),
        ("The straps sell at $29 to $35.", EN, 29, 35, "USD"),
        ("Die Hälfte kam zu spät.", DE, 50, 50, "%"),
        ("Drei Viertel kamen zu spät.", DE, 75, 75, "%"),
        ("A third of them were late.", EN, 33.333, 33.333, "%"),
        ("Das Match endete 5:4.", DE, 5, 4, "score"),
        ("They won 4-1 at home.", EN, 4, 1, "score"),
        ("Er kam auf dem dritten Platz ins Ziel.", DE, 3, 3, "rank"),
        ("She finished 3rd.", EN, 3, 3, "rank"),
        ("Es geht um zwölf Botschaften.", DE, 12, 12, ""),
        ("Ein Dutzend Leute wartete.", DE, 12, 12, ""),
        ("A dozen people waited.", EN, 12, 12, ""),
        ("Es kamen zweihundertfünfzig Gäste.", DE, 250, 250, ""),
        ("Two hundred and fifty thousand people came.", EN, 250_000, 250_000, ""),
        ("Some twenty-five people came.", EN, 25, 25, ""),
        ("Eine halbe Million kam.", DE, 500_000, 500_000, ""),
        ("Half a million came.", EN, 500_000, 500_000, ""),
        ("Der 63-jährige Mann schwieg.", DE, 63, 63, "year"),
        ("Die zweijährige Sperre endet.", DE, 2, 2, "year"),
        ("The 63-year-old said nothing.", EN, 63, 63, "year"),
        ("Der Umsatz hat sich verdoppelt.", DE, 2, 2, "times"),
        ("Es fehlen 10 000 Euro.", DE, 10_000, 10_000, "EUR"),
    ],
)
def test_reads_value_and_unit(text: str, language: Language, low: float, high: float, unit: str) -> None:
    found = only(text, language)
    assert [found.low, found.high] == pytest.approx([low, high])
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Es waren rund 50 Milliarden Euro nötig.", DE, "rund 50 Milliarden Euro"),
        ("Worth up to $3.5 million a year.", EN, "up to $3.5 million"),
        ("Mehr als 1.000 Menschen kamen.", DE, "Mehr als 1.000"),
    ],
)
def test_span_is_exact(text: str, language: Language, words: str) -> None:
    found = only(text, language)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text", ["Die F-16 startete.", "Wegen Covid-19 geschlossen.", "Das blieb außer Acht.", "Er ist der eine."]
)
def test_a_name_or_pronoun_is_no_number(text: str) -> None:
    assert read_quantities(tokens(text), DE) == []


@pytest.mark.parametrize(
    ("told", "source", "language", "likeness"),
    [
        ("50 Milliarden Dollar", "50 Mrd. $", DE, Likeness.EQUAL),
        ("rund 50 Tonnen", "49,8 Tonnen", DE, Likeness.COMPATIBLE),
        ("50 Tonnen", "49,8 Tonnen", DE, Likeness.COMPATIBLE),
        ("mehr als 100 Euro", "104 Euro", DE, Likeness.COMPATIBLE),
        ("knapp 50 Euro", "49 Euro", DE, Likeness.COMPATIBLE),
        ("bis zu 30 Prozent", "20 bis 30 Prozent", DE, Likeness.COMPATIBLE),
        ("90 Minuten", "eineinhalb Stunden", DE, Likeness.COMPATIBLE),
        ("22", "22 Prozent", DE, Likeness.COMPATIBLE),
        ("22 Prozent", "20 Prozent", DE, Likeness.DIFFERENT),
        ("22 Euro", "22 Prozent", DE, Likeness.DIFFERENT),
        ("50 Millionen Euro", "50 Milliarden Euro", DE, Likeness.DIFFERENT),
        ("mehr als 100 Euro", "96 Euro", DE, Likeness.DIFFERENT),
        ("mehr als verdoppelt", "fast verdoppelt", DE, Likeness.DIFFERENT),
        ("5:4", "5:3", DE, Likeness.DIFFERENT),
        ("at least 20 people", "20 people", EN, Likeness.COMPATIBLE),
        ("more than 600 people", "fewer than 600 people", EN, Likeness.DIFFERENT),
    ],
)
def test_compares(told: str, source: str, language: Language, likeness: Likeness) -> None:
    one, other = only(told, language), only(source, language)
    got = compare(one, other)
    assert got is likeness or (likeness is Likeness.COMPATIBLE and got is Likeness.EQUAL)


def test_bounds_are_kept() -> None:
    assert only("Es waren knapp 50 Leute.", DE).bound is Bound.NEARLY
    assert only("No more than 50 people came.", EN).bound is Bound.MOST
