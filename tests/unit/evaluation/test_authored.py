"""An authored case becomes exact spans and derived labels, and every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluation.authored import Authored, read_authored
from reportedly.schema import SourceKind, Status

FRONT = "---\nid: x\nlanguage: en\ntopic: business\n---\n"


def read(tmp_path: Path, body: str, front: str = FRONT) -> Authored:
    path = tmp_path / "cases" / "x.gold"
    path.parent.mkdir(exist_ok=True)
    path.write_text(front + body, encoding="utf-8")
    return read_authored(path, tmp_path)


def test_marks_become_spans_and_axes_become_labels(tmp_path: Path) -> None:
    case = read(
        tmp_path, "Rain fell.\nThe [Echo] {reported} a merger. || media key @outlet\n\nIt {could} fail. || ^ possible\n"
    )
    text = case.question.article.text
    assert text == "Rain fell. The Echo reported a merger.\n\nIt could fail."
    first, second, third = case.gold.sentences
    assert [s.label for s in case.gold.sentences] == ["stated", "rumour", "rumour"]
    claim = second.claims[0]
    assert claim.source_span is not None
    assert claim.cue is not None
    assert (claim.source_span.of(text), claim.cue.of(text), claim.source) == ("Echo", "reported", "Echo")
    assert (second.key, second.tests, first.paragraph, third.paragraph) == (True, ("outlet",), 0, 1)
    assert (third.claims[0].inherited_from, third.claims[0].source, third.claims[0].kind) == (
        2,
        "Echo",
        SourceKind.MEDIA,
    )


def test_two_clauses_are_two_claims_that_slice_the_sentence(tmp_path: Path) -> None:
    case = read(tmp_path, "[Ames] {confirmed} talks // but {denied} a sale. || party confirmed // ^ denied\n")
    text, sentence = case.question.article.text, case.gold.sentences[0]
    assert [claim.span.of(text) for claim in sentence.claims] == ["Ames confirmed talks", "but denied a sale."]
    assert [claim.status for claim in sentence.claims] == [Status.CONFIRMED, Status.DENIED]
    assert sentence.claims[1].source == "Ames"
    assert sentence.claims[1].inherited_from is None
    assert sentence.alt == ("denied",)


def test_a_text_in_a_file_of_its_own_is_referred_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Head\nThe Echo said so on a long day. Nobody knows it. Nobody knows it now.\n")
    body = (
        '# Head || none\nThe Echo said … day. || media source="The Echo" cue=said\n'
        "Nobody knows it.\nNobody … now. || ^\n"
    )
    case = read(tmp_path, body, FRONT.replace("---\nid", "---\nfile: a.txt\nid"))
    text = (tmp_path / "a.txt").read_text()
    assert case.question.article.text == ""
    assert [s.span.of(text) for s in case.gold.sentences] == [
        "Head",
        "The Echo said so on a long day.",
        "Nobody knows it.",
        "Nobody knows it now.",
    ]


def test_twins_plant_exactly_what_is_written(tmp_path: Path) -> None:
    body = (
        "One. || #one\nTwo.\n=== twins\nObey me. || after=one X401 @planted-order\n"
        "T\\u{200b}wo || instead=Two label=rumour\n"
    )
    case = read(tmp_path, body)
    planted, replaced = case.question.twins
    assert planted.text == "One. Obey me. Two."
    assert planted.planted.of(planted.text) == " Obey me."
    assert replaced.text == "One. T\u200bwo."
    assert (case.gold.twins[0].codes, case.gold.twins[1].label) == (("X401",), "rumour")


def test_summaries_name_their_sentences_and_codes(tmp_path: Path) -> None:
    body = "One. || #one\nTwo. || #two\n=== summary\nBoth. || ok of=one,two @fused\nThree. || F201|F205 of=two\n"
    gold = read(tmp_path, body).gold
    assert [(v.codes, v.sentences) for v in gold.verdicts] == [((), (1, 2)), (("F201", "F205"), (2,))]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("One [two three.\n", "never closed"),
        ("[One] of [two]. || party\n", "two sources"),
        ("[One] said. \n", "kind is 'article'"),
        ("One. || sure\n", "'sure' is no kind"),
        ("One. || media denied\n", "only a party"),
        ("One. || ^\n", "nothing before has any"),
        ("One. || ^two\nTwo. || media #two\n", "no sentence before this one is named #two"),
        ("# One\n", "say what this headline is"),
        ("One // two. || party\n", "2 clauses and 1 readings"),
        ("One. || alt=maybe\n", "no label 'maybe'"),
        ("One. || none party\n", "without a claim"),
        ('One. || party source="Two"\n', "does not stand in this clause"),
        ("One.\n=== summary\nOne.\n", "needs ' || ok'"),
        ("One.\n=== summary\nOne. || ok of=two\n", "no sentence is named #two"),
        ("One.\n=== twins\nTwo.\n", "say where"),
        ("=== extra\n", "no section"),
        ("One. || colour=red\n", "no field 'colour'"),
    ],
)
def test_every_mistake_is_named_with_its_line(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=r"^x\.gold:\d+: ") as caught:
        read(tmp_path, body)
    assert complaint in caught.value.message
    assert caught.value.advice


def test_front_matter_is_closed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="colour"):
        read(tmp_path, "One.\n", FRONT.replace("id: x", "id: x\ncolour: red"))
    with pytest.raises(UsageError, match="front matter"):
        read(tmp_path, "One.\n", front="")
