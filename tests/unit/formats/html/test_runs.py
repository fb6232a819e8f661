"""Every character of the text is shown once, whatever overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.formats.html.runs import Block, Layer, ShownSentence, blocks, cut, findings_in_summary
from reportedly.schema import Article, Claim, Language, Outcome, Provenance, Report, Sentence, SentenceKind, Span
from tests import specimen

_spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


def shown_text(sentence: ShownSentence) -> str:
    return "".join(piece.text for stretch in sentence.stretches for piece in stretch.pieces)


def words(found: tuple[Block, ...]) -> str:
    return "\n".join("".join(map(shown_text, block.sentences)) for block in found)


@given(st.integers(0, 30), st.lists(st.tuples(_spans, st.sampled_from(("s1", "c1", "c2", "f1")))))
def test_runs_hold_every_character_once_and_know_every_layer(length: int, drawn: list[tuple[list[int], str]]) -> None:
    layers = [Layer(start, end, token) for (start, end), token in drawn]
    runs = cut(length, layers)
    assert [position for run in runs for position in range(run.start, run.end)] == list(range(length))
    for run in runs:
        for position in range(run.start, run.end):
            assert sorted(run.tokens) == sorted(layer.token for layer in layers if layer.start <= position < layer.end)


def test_blocks_are_the_paragraphs() -> None:
    report = specimen.german()
    found = blocks(report)
    assert [block.kind for block in found] == [SentenceKind.HEADING, SentenceKind.PROSE, SentenceKind.PROSE]
    assert words(found) == report.article.text.replace("\n\n", "\n")


def test_a_claim_its_cue_and_its_source_are_where_they_stand() -> None:
    third = blocks(specimen.german())[1].sentences[2]
    assert third.number == 3
    assert [shown_text(third)[: len("Einem Bericht der ")], third.stretches[0].claims] == ["Einem Bericht der ", (2,)]
    assert [stretch.pieces[0].text for stretch in third.stretches if stretch.source] == ["Hafenpost"]
    assert [stretch.pieces[0].text for stretch in third.stretches if stretch.cue] == ["zufolge"]
    assert [stretch.pieces[0].text for stretch in third.stretches if stretch.findings] == ["40 Millionen Euro"]


def test_the_mark_of_a_claim_follows_its_last_run_only() -> None:
    for block in blocks(specimen.german()):
        for sentence in block.sentences:
            ends = [stretch.ends for stretch in sentence.stretches]
            assert not any(ends[:-1])


def test_findings_are_found_in_the_summary() -> None:
    lines = findings_in_summary(specimen.german())
    marked = ["".join(p.text for p in s.pieces) for line in lines for s in line if s.findings]
    assert marked == ["50 Millionen Euro"]
    assert "".join(p.text for s in lines[2] for p in s.pieces) == "Es soll einen zweiten Bieter geben."


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("A b. C d.", ()),
        ("A b. C d.", ((0, 4),)),
        ("x A b. y C d. z", ((2, 6), (9, 13))),
        ("A b. C d.", ((0, 6), (3, 9))),
        ("A b. C d.", ((0, 99), (200, 300))),
        ("Äpfel 🚢. C d.", ((0, 8), (9, 13))),
    ],
)
def test_no_word_is_lost_where_sentences_leave_gaps_overlap_or_lie_outside(
    text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    report = Report(
        article=Article(id="x", text=text, language=Language.GERMAN),
        sentences=tuple(
            Sentence(id=i, span=Span(start=a, end=b), kind=SentenceKind.PROSE, paragraph=0)
            for i, (a, b) in enumerate(spans, start=1)
        ),
        outcome=Outcome.CLEAN,
        provenance=Provenance(engine="rules", version="0"),
    )
    assert words(blocks(report)) == text


def test_a_claim_over_two_sentences_is_marked_in_both_and_ends_in_the_second() -> None:
    report = specimen.english()
    text = report.article.text
    first, second = report.sentences[1].span, report.sentences[2].span
    wide = report.claims[0].model_copy(update={"span": Span(start=first.start, end=second.end), "id": 9})
    assert isinstance(wide, Claim)
    found = blocks(report.model_copy(update={"claims": (wide,)}))
    holders = [s for block in found for s in block.sentences if any(9 in x.claims for x in s.stretches)]
    assert [sentence.number for sentence in holders] == [2, 3]
    assert holders[-1].stretches[-1].ends == (9,)
    assert words(found) == text.replace("\n\n", "\n")
