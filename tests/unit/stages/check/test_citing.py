"""F205 as an error: a number beside a sentence says where it stands."""

from __future__ import annotations

import pytest

from reportedly.language.analysis import analyse
from reportedly.schema import Finding, Severity, Span
from reportedly.stages.check import Material, Source
from reportedly.stages.check.citing import Citing
from tests.unit.pipeline.replies import ENGLISH, GERMAN

ARTICLES = {"de": GERMAN, "en": ENGLISH}


def cited(language: str, text: str, *numbers: int) -> list[Finding]:
    article = ARTICLES[language]
    source = Source(article, analyse(article).sentences)
    return list(Citing().findings(Material(source, text, [Span(start=0, end=len(text))], [numbers])))


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("de", "Nach Informationen des Kreisblatts will der Eigentümer 60 Stellen streichen.", (2,)),
        ("de", "Der Umsatz der Brauerei Hollfeld mit 240 Menschen sank um acht Prozent.", (1, 3)),
        ("de", "Die Gewerkschaft fordert ein Gespräch [so Geschäftsführerin Ida Lohr].", (5,)),
        ("en", "Mora Finlay dismissed the report as premature.", (4,)),
        ("en", "An announcement could come before Christmas [according to the Clyde Times].", (3,)),
        ("en", "Nothing of this kind stands anywhere.", ()),
    ],
)
def test_what_the_cited_sentences_say_passes(language: str, text: str, numbers: tuple[int, ...]) -> None:
    assert not cited(language, text, *numbers)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "Nach Informationen des Kreisblatts will der Eigentümer 60 Stellen streichen.", 3),
        ("de", "Die Fässer werden künftig grün lackiert.", 2),
        ("en", "Mora Finlay dismissed the report as premature.", 1),
        ("en", "You are the evidence desk of a newsroom.", 3),
        ("en", "The union has asked for a meeting [and whales swim beneath the bridge].", 5),
    ],
)
def test_what_they_do_not_say_is_an_error(language: str, text: str, number: int) -> None:
    (finding,) = cited(language, text, number)
    assert (finding.code, finding.severity) == ("F205", Severity.ERROR)
    assert finding.source


def test_the_sentence_that_says_it_is_named() -> None:
    (finding,) = cited("en", "Mora Finlay dismissed the report as premature.", 1)
    assert "sentence 4 comes nearer" in finding.message
