"""The one name that a German source is shown under."""

from __future__ import annotations

import pytest

from reportedly.language.appellations import full_names
from reportedly.language.reader import read
from reportedly.language.segment import segment
from reportedly.schema import Language


def sources(text: str) -> list[str | None]:
    found = read(text, segment(text, Language.GERMAN), Language.GERMAN)
    return [reading.source for reading in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Brücke sei sicher, sagte Bürgermeisterin Anna Lehner.", "Anna Lehner"),
        ("Die Brücke sei sicher, sagte die Soziologin Dr. Anna Lehner von der Universität Eichdorf.", "Anna Lehner"),
        ("Die Brücke sei sicher, sagte Minister Lehner.", "Lehner"),
        ("Die Brücke sei sicher, sagte der Sprecher der Stadtwerke, Jan Holm.", "Jan Holm"),
        ("Der Gründer und Chef Jan Holm sagte, die Brücke sei sicher.", "Jan Holm"),
        ("Die Brücke ist laut Landesgericht Eichdorf gesperrt.", "Landesgericht Eichdorf"),
        ("Das Portal „Seeschau“ meldete drei Tote.", "Seeschau"),
        ("Nach Angaben der Nordbahn 34 fahren keine Züge.", "Nordbahn 34"),
        ("Züge fahren nach Angaben der Nordbahn 34 Mal am Tag.", "Nordbahn"),
    ],
)
def test_the_shortest_words_that_name_a_source(text: str, name: str) -> None:
    assert sources(text) == [name]


def test_a_surname_gets_the_first_name_it_was_introduced_with() -> None:
    text = "Den Preis erhielt die Architektin Anna Lehner aus Eichdorf. Lehner sagte, sie freue sich."
    assert sources(text)[1] == "Anna Lehner"


def test_words_before_a_name_that_are_no_first_name() -> None:
    text = "Laut Lehner kam Kanzlerin Moser. Dann kam Karl Huber, und Huber ging."
    assert full_names(text) == {"Huber": "Karl Huber"}


def test_names_are_found_in_time_that_grows_with_the_text() -> None:
    assert len(full_names("Aba Cede " * 50_000)) <= 2
