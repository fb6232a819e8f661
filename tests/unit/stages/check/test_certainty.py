"""Family C: what is only said or possible must not stand as fact, nor on another's word, nor the other way."""

import pytest

from reportedly.language.segment import segment
from reportedly.schema import Article, Finding, Language, Severity
from reportedly.stages.check import CERTAINTY_CHECKS, Material, Source, run, surer_title
from tests.unit.stages.check.conftest import source_of

GERMAN = (
    "Der Möbelhersteller Tannhoff will sein Werk in Lohna verkaufen. Medienberichten zufolge verhandelt das "
    "Unternehmen bereits mit dem schwedischen Konkurrenten Björkvall. Der Preis soll bei 80 Millionen Euro liegen. "
    "Tannhoff dementierte, dass es Gespräche mit Björkvall gebe.\n\n"
    "Die Belegschaft könnte nach Einschätzung der Gewerkschaft um ein Drittel schrumpfen. Betriebsratschefin Anna "
    "Reuter sagte, die Maschinen in Lohna seien veraltet. Das Werk beschäftigt 420 Menschen. Im März kündigte Vorstand "
    "Karl Weiss einen Sozialplan an.\n\n"
    "Im Lager brannte es im Mai. Der mutmaßliche Brandstifter sitzt in Untersuchungshaft. Laut Polizei hatte er einen "
    "Schlüssel zur Halle. Dem Vernehmen nach warf ihm die Firma zuvor Diebstahl vor."
)
ENGLISH = (
    "The museum in Carrow has lost a bronze mask, police confirmed on Tuesday. The thieves reportedly entered through "
    "the roof. A source close to the inquiry told the Herald that a guard had left a window open. The mask could be "
    "worth $4 million, curator Helen Marsh said.\n\n"
    "According to the Herald, a collector in Geneva had offered to buy the mask. The collector denied any offer. "
    "Police said they were looking for a white van. The museum reopened on Friday. It draws 90,000 visitors a year.\n\n"
    "Government sources said the insurance had lapsed in May. A judge ruled that the museum must publish its records."
)
FAITHFUL_DE = [
    "Medienberichten zufolge verhandelt Tannhoff mit Björkvall, das Unternehmen dementiert.",
    "Tannhoff weist Berichte über Gespräche mit dem Konkurrenten Björkvall zurück.",
    "Laut Medien liegt der Preis bei 80 Millionen Euro.",
    "Der Preis soll 80 Millionen Euro betragen.",
    "Die Gewerkschaft fürchtet, dass die Belegschaft um ein Drittel schrumpft.",
    "Die Belegschaft dürfte um ein Drittel schrumpfen.",
    "Die Maschinen in Lohna sind laut Reuter veraltet.",
    "Die Maschinen in Lohna sind veraltet, viele stehen still [so Anna Reuter].",
    "Die Betriebsratschefin klagt über veraltete Maschinen in Lohna.",
    "Das Werk in Lohna beschäftigt 420 Menschen.",
    "Ein Sozialplan ist angekündigt.",
    "Der mutmaßliche Brandstifter ist in Untersuchungshaft.",
    "Der Verdächtige hatte nach Angaben der Polizei einen Schlüssel zur Halle.",
    "Gespräche mit Björkvall dementierte Tannhoff.",
    "Tannhoff: Keine Gespräche mit Björkvall, sagt das Unternehmen und dementiert damit Berichte.",
]
DEFECTS_DE = [
    ("Tannhoff verhandelt bereits mit dem schwedischen Konkurrenten Björkvall.", {"C101", "C104"}),
    ("Medienberichten zufolge verhandelt Tannhoff mit dem Konkurrenten Björkvall.", {"C104"}),
    ("Der Preis für das Werk liegt bei 80 Millionen Euro.", {"C101"}),
    ("Die Belegschaft schrumpft um ein Drittel.", {"C101"}),
    ("Die Belegschaft schrumpft um ein Drittel, sagt die Gewerkschaft.", {"C101"}),
    ("Die Maschinen in Lohna sind veraltet.", {"C102"}),
    ("Das Werk beschäftigt 420 Menschen, die Maschinen in Lohna sind veraltet.", {"C102"}),
    ("Der Brandstifter hatte einen Schlüssel zur Halle.", {"C102"}),
    ("Der Brandstifter sitzt in Untersuchungshaft.", {"C101"}),
    ("Vorstand Karl Weiss sagte, die Maschinen in Lohna seien veraltet.", {"C103"}),
    ("Die Firma warf ihm Diebstahl vor.", {"C101"}),
    ("Angeblich beschäftigt das Werk 420 Menschen.", {"C105"}),
    ("Gerüchten zufolge brannte es im Mai im Lager.", {"C105"}),
]
FAITHFUL_EN = [
    "The thieves reportedly came in through the roof.",
    "Media reports say the thieves entered through the roof.",
    "A guard had left a window open, the Herald was told.",
    "The mask may be worth $4 million.",
    "Curator Helen Marsh puts the worth of the mask at up to $4 million.",
    "Police are looking for a white van, they said.",
    "The museum reopened on Friday and draws 90,000 visitors a year.",
    "Police have confirmed that the museum lost a bronze mask.",
    "The museum lost a bronze mask.",
    "The museum must publish its records.",
    "The insurance had lapsed in May, government sources say.",
    "The Herald says a collector in Geneva offered to buy the mask, which he denies.",
]
DEFECTS_EN = [
    ("The thieves entered through the roof.", {"C101"}),
    ("A guard had left a window open.", {"C101"}),
    ("The mask is worth $4 million.", {"C101"}),
    ("The mask is worth $4 million, curator Helen Marsh said.", {"C101"}),
    ("A collector in Geneva had offered to buy the mask.", {"C101", "C102", "C104"}),
    ("Reports say that a collector in Geneva had offered to buy the mask.", {"C104"}),
    ("The insurance had lapsed in May, the government said.", {"C103"}),
    ("The Tribune says that a guard had left a window open.", {"C103"}),
    ("The museum reopened on Friday, while the insurance had lapsed in May.", {"C101"}),
    ("The museum reportedly draws 90,000 visitors a year.", {"C105"}),
    ("Rumour has it that the museum reopened on Friday.", {"C105"}),
]


@pytest.fixture(scope="module")
def tannhoff() -> Source:
    return source_of(GERMAN, Language.GERMAN)


@pytest.fixture(scope="module")
def carrow() -> Source:
    return source_of(ENGLISH, Language.ENGLISH)


def certainty(source: Source, summary: str) -> list[Finding]:
    spans = [sentence.span for sentence in segment(summary, source.article.language)]
    found = run(Material(source, summary, spans), CERTAINTY_CHECKS)
    return [finding for finding in found if finding.severity is not Severity.NOTE]


@pytest.mark.parametrize("summary", FAITHFUL_DE)
def test_a_german_summary_that_keeps_the_voice_is_clean(tannhoff: Source, summary: str) -> None:
    assert certainty(tannhoff, summary) == []


@pytest.mark.parametrize("summary", FAITHFUL_EN)
def test_an_english_summary_that_keeps_the_voice_is_clean(carrow: Source, summary: str) -> None:
    assert certainty(carrow, summary) == []


@pytest.mark.parametrize(("summary", "codes"), DEFECTS_DE)
def test_a_german_defect_is_found_under_its_code(tannhoff: Source, summary: str, codes: set[str]) -> None:
    found = certainty(tannhoff, summary)
    assert found, summary
    assert {finding.code for finding in found} <= codes


@pytest.mark.parametrize(("summary", "codes"), DEFECTS_EN)
def test_an_english_defect_is_found_under_its_code(carrow: Source, summary: str, codes: set[str]) -> None:
    found = certainty(carrow, summary)
    assert found, summary
    assert {finding.code for finding in found} <= codes


def test_a_finding_shows_the_clause_and_the_sentence_it_rests_on(tannhoff: Source) -> None:
    summary = "Das Werk beschäftigt 420 Menschen, die Maschinen in Lohna sind veraltet."
    (finding,) = certainty(tannhoff, summary)
    assert finding.summary is not None
    assert finding.summary.of(summary) == "die Maschinen in Lohna sind veraltet."
    assert [span.of(GERMAN) for span in finding.source] == [
        "Betriebsratschefin Anna Reuter sagte, die Maschinen in Lohna seien veraltet."
    ]
    assert "Reuter" in finding.message


@pytest.mark.parametrize(("text", "language"), [(GERMAN, Language.GERMAN), (ENGLISH, Language.ENGLISH)])
def test_the_article_itself_is_no_surer_than_the_article(text: str, language: Language) -> None:
    assert certainty(source_of(text, language), " ".join(text.split())) == []


def test_a_headline_over_a_careful_text_is_c106(carrow: Source) -> None:
    found = certainty(carrow, "Thieves entered museum through the roof\nThe thieves reportedly came in by the roof.")
    assert [finding.code for finding in found] == ["C106"]


def test_a_headline_over_a_text_that_is_as_sure_is_c101(carrow: Source) -> None:
    found = certainty(carrow, "Thieves entered museum through the roof\nThe thieves entered through the roof.")
    assert {finding.code for finding in found} == {"C101"}


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Thieves entered museum in Carrow through the roof", ["C106"]),
        ("Thieves reportedly entered museum in Carrow through the roof", []),
        ("Museum in Carrow reopened on Friday", []),
        (None, []),
    ],
)
def test_a_title_beside_the_text_is_held_against_the_body(title: str | None, codes: list[str]) -> None:
    article = Article(id="own", text=ENGLISH, title=title, language=Language.ENGLISH)
    found = surer_title(Source(article, segment(ENGLISH, Language.ENGLISH)))
    assert [finding.code for finding in found] == codes
    assert all(finding.summary is None and finding.source for finding in found)


def test_a_text_without_a_grammar_is_left_alone() -> None:
    source = source_of("Le musée aurait perdu un masque, selon la police.", Language.UNKNOWN)
    assert certainty(source, "Le musée a perdu un masque.") == []
