import pytest

from reportedly.language.segment import segment
from reportedly.schema import Span
from reportedly.stages.check import Basis, Material, Source, support_of


def material(source: Source, summary: str, cited: list[tuple[int, ...]] | None = None) -> Material:
    return Material(source, summary, [s.span for s in segment(summary, source.article.language)], cited)


def test_content_finds_the_sentence(german: Source) -> None:
    (alignment,) = material(german, "Verbandschef Krantz will abends mehr Busse.").alignments
    assert alignment.basis is Basis.CONTENT
    assert "Krantz" in german.sentences[alignment.sources[0]].span.of(german.article.text)
    assert 0.3 < alignment.score <= 1


def test_two_sentences_summed_up_are_both_found(german: Source) -> None:
    (alignment,) = material(german, "Lindner will 48 Busse umstellen, das Land zahlt 40 Prozent.").alignments
    text = " ".join(german.sentences[at].span.of(german.article.text) for at in alignment.sources)
    assert "48 Busse" in text
    assert "40 Prozent" in text


def test_cited_numbers_come_before_content(german: Source) -> None:
    (alignment,) = material(german, "Verbandschef Krantz will abends mehr Busse.", [(1, 99)]).alignments
    assert alignment.basis is Basis.CITED
    assert alignment.sources == (0,)
    assert len(alignment.shares) == 1


@pytest.mark.parametrize("summary", ["Der Vulkan spuckte glühende Lava.", "Und so weiter.", "42"])
def test_what_is_not_there_is_said_to_be_not_aligned(german: Source, summary: str) -> None:
    (alignment,) = material(german, summary).alignments
    assert alignment.basis is Basis.NONE
    assert not alignment.aligned
    assert alignment.sources == ()


def test_joined_propositions_are_parts(english: Source) -> None:
    summary = "Passenger numbers fell 6 percent in 2025, while freight traffic grew 11 percent that year."
    found = material(english, summary)
    assert [part.span.of(summary)[:9] for part in found.parts] == ["Passenger", "while fre"]
    assert {part.sentence for part in found.parts} == {0}


def test_empty_summary_and_empty_source(german: Source) -> None:
    assert Material(german, "", []).alignments == ()
    (alignment,) = Material(german, "…", [Span(start=0, end=1)]).alignments
    assert alignment.basis is Basis.NONE


def test_support_ranks_true_over_changed(german: Source, english: Source) -> None:
    pairs = [
        (german, "Der Fahrgastverband begrüßte den Plan.", "Der Elternverband verwarf den Haushalt."),
        (german, "Die Linie verbindet den Bahnhof mit der Messe.", "Die Messe verbindet den Plan mit der Linie."),
        (english, "The transport union rejected the plan.", "The transport union rejected the trains."),
        (english, "A rival, Coastline, lost its licence in 2023.", "Northgate lost its licence in 2023."),
    ]  # fmt: skip
    for source, true, changed in pairs:
        assert support_of(material(source, true))[0] > support_of(material(source, changed))[0]


def test_support_is_one_number_a_sentence(german: Source) -> None:
    scores = support_of(
        material(german, "Die Fahrpreise steigen nicht. Alles Gute. Der Umbau kostet 31,5 Millionen Euro.")
    )
    assert len(scores) == 3
    assert all(0 <= score <= 1 for score in scores)
