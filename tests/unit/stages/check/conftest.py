"""Two articles of our own, and a shorthand to check a summary of one."""

import pytest

from reportedly.language.segment import segment
from reportedly.schema import Article, Finding, Language, Severity
from reportedly.stages.check import FACT_CHECKS, Material, Source, run

GERMAN = (
    "Die Stadtwerke Hallbruck wollen bis Ende 2027 alle 48 Busse der Stadt auf Strom umstellen. Das "
    "kündigte Geschäftsführerin Petra Lindner am Dienstag an. Der Umbau kostet nach ihren Angaben 31,5 "
    "Millionen Euro, das Land zahlt davon 40 Prozent. Die Fahrpreise sollen nicht steigen.\n\n"
    "Bisher fahren in Hallbruck zwölf Elektrobusse. Der Fahrgastverband begrüßte den Plan. Sein "
    "Vorsitzender Uwe Krantz forderte zugleich mehr Busse am Abend. Im Jahr 2024 sank die Zahl der "
    "Fahrgäste um sieben Prozent auf 2,3 Millionen. Im Nachbarort Oberzell stieg sie um vier Prozent.\n\n"
    "Der Gemeinderat lehnte im März einen Antrag der Freien Liste ab, die Linie 5 einzustellen. Die Linie "
    "verbindet den Bahnhof mit dem Krankenhaus, der Messe und dem Stadion."
)
ENGLISH = (
    "Northgate Rail will buy 24 battery trains from the Danish maker Velstrom for $310 million, the "
    "company said on Thursday. The first trains are due in the spring of 2028. Chief executive Harriet "
    "Cole said fares would not rise this year.\n\n"
    "Passenger numbers fell 6 percent in 2025, to 41 million, while freight grew 11 percent. The "
    "transport union rejected the plan in September. Its leader, Tom Adeyemi, warned that 150 jobs could "
    "go at the depot in Milton. The regulator approved the purchase on Oct. 2.\n\n"
    "Northgate serves Milton, Ashby, Carrow and the port of Lynmouth. A rival, Coastline, lost its "
    "licence in 2023."
)


def source_of(text: str, language: Language) -> Source:
    return Source(Article(id="own", text=text, language=language), segment(text, language))


@pytest.fixture(scope="session")
def german() -> Source:
    return source_of(GERMAN, Language.GERMAN)


@pytest.fixture(scope="session")
def english() -> Source:
    return source_of(ENGLISH, Language.ENGLISH)


def check(source: Source, summary: str) -> tuple[Finding, ...]:
    """What the fact checks find above a note."""
    spans = [sentence.span for sentence in segment(summary, source.article.language)]
    return tuple(f for f in run(Material(source, summary, spans), FACT_CHECKS) if f.severity is not Severity.NOTE)
