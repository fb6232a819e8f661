import pytest

from reportedly.language.facts import read_facts
from reportedly.language.known_names import KnownNames
from reportedly.language.words import tokens
from reportedly.schema import Language

DE, EN = Language.GERMAN, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Gestern sprach Kanzlerin Maria Hollerbach mit Siemens.", DE, ["Maria Hollerbach", "Siemens"]),
        ("Die EZB prüft die Bilanz in Frankfurt.", DE, ["EZB", "Frankfurt"]),
        ("Die Verhandlung vor dem Landesgericht Feldkirch beginnt.", DE, ["Feldkirch"]),
        ("On Monday Jane O'Brien met officials of Amazon in Berlin.", EN, ["Jane O'Brien", "Amazon", "Berlin"]),
    ],
)
def test_finds_sure_names(text: str, language: Language, names: list[str]) -> None:
    facts = read_facts(text, language)
    assert [text[n.start : n.end] for n in facts.names if n.sure] == names


@pytest.mark.parametrize("text", ["Die Regierung senkt die Steuern.", "Am Montag beginnt die Sitzung des Ausschusses."])
def test_common_nouns_are_no_names(text: str) -> None:
    assert not [n for n in read_facts(text, DE).names if n.sure]


SOURCE = "Die Europäische Zentralbank, Angela Müller, die Grünen, Amazon, Vertreter aus Berlin und Frankreich kamen."


@pytest.mark.parametrize(
    "word",
    ["Müller", "Mueller", "Müllers", "Amazons", "Grüne", "Grünen", "Berliner", "französische", "Paris", "Franzosen"],
)
def test_knows_a_name_in_other_forms(word: str) -> None:
    assert KnownNames(tokens(SOURCE)).knows(word.lower())


def test_knows_an_abbreviation_by_its_initials() -> None:
    assert KnownNames(tokens("Der Verband Kommunaler Unternehmen klagt.")).knows("vku", abbreviation=True)
    assert KnownNames(tokens(SOURCE)).knows("ezb", abbreviation=True)


@pytest.mark.parametrize("word", ["Maler", "Muller-Lüdenscheid", "Amazonas", "Bremen", "Italien", "Miller"])
def test_other_names_differ(word: str) -> None:
    assert not KnownNames(tokens(SOURCE)).knows(word.lower())
