"""Articles in CSV and Parquet, as spreadsheets and data people write them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportedly.sources import Item, Loaded, Rejected, load

TEXT = "Die Fähre fährt wieder. Die Reederei äußerte sich nicht."


def read(folder: Path, name: str, data: bytes, **options: Any) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    return list(load([path], **options))


def texts(items: list[Item]) -> dict[str, str]:
    return {item.article.id: item.article.text for item in items if isinstance(item, Loaded)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_make_of_csv(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    rows = [("ID", "Title", "text", "extra"), ("a", "Fähre", TEXT, "x"), ("b", "", f'"Zwei\nAbsätze. {TEXT}"', "")]
    data = end.join(delimiter.join(row) for row in rows).encode(encoding)
    items = read(tmp_path, "articles.csv", data)
    assert texts(items) == {"a": TEXT, "b": f"Zwei\nAbsätze. {TEXT}"}
    first = items[0]
    assert isinstance(first, Loaded)
    assert (first.article.title, first.where) == ("Fähre", f"{tmp_path}/articles.csv:2")
    assert [finding.code for finding in first.findings] == (["X404"] if encoding == "cp1252" else [])


def test_quotes_and_delimiters_within_a_field(tmp_path: Path) -> None:
    data = f'id,text\na,"Er sagte ""Nein, danke"", und ging. {TEXT}"\n'.encode()
    assert texts(read(tmp_path, "a.csv", data)) == {"a": f'Er sagte "Nein, danke", und ging. {TEXT}'}


def test_a_bad_row_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = f"id,text\n,{TEXT}\nb,\nc\nd,{TEXT}\n\ne,{TEXT},more,cells\n".encode()
    items = read(tmp_path, "a.csv", data)
    assert [(item.line, item.reason) for item in items if isinstance(item, Rejected)] == [
        (2, "missing_field"),
        (3, "empty_article"),
        (4, "missing_field"),
    ]
    assert set(texts(items)) == {"d", "e"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"name,words\na,b\n", "missing_field"),
        (b"", "missing_field"),
        (("id,text\na," + TEXT).encode("utf-16"), "not_text"),
        (b"PK\x03\x04" + bytes(60), "not_text"),
        (b"id,text\na," + b"x" * 5000, "too_large"),
        (b'id,text\na,"' + b"never closed. \n" * 500, "bad_csv"),
    ],
)
def test_what_is_no_table_of_articles(tmp_path: Path, data: bytes, reason: str) -> None:
    items = read(tmp_path, "a.csv", data, max_bytes=4000)
    assert [item.reason for item in items if isinstance(item, Rejected)] == [reason]
    assert len(items) == 1


def parquet_of(columns: dict[str, list[Any]]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, row_group_size=2)
    return out.getvalue()


def test_parquet_with_types(tmp_path: Path) -> None:
    moment = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    data = parquet_of(
        {
            "id": [1, 2, 3],
            "text": [TEXT, None, TEXT],
            "published": [moment, None, moment],
            "title": ["Fähre", None, None],
            "vector": [[1.0], [2.0], [3.0]],
        }
    )
    items = read(tmp_path, "articles.parquet", data)
    assert texts(items) == {"1": TEXT, "3": TEXT}
    first, second, _ = items
    assert isinstance(first, Loaded)
    assert (first.article.published, first.article.title) == (moment, "Fähre")
    assert isinstance(second, Rejected)
    assert (second.line, second.reason) == (2, "missing_field")


def test_a_broken_or_other_parquet_is_rejected(tmp_path: Path) -> None:
    data = parquet_of({"id": ["a"], "words": [TEXT]})
    assert [i.reason for i in read(tmp_path, "a.parquet", data) if isinstance(i, Rejected)] == ["missing_field"]
    whole = parquet_of({"id": ["a"], "text": [TEXT]})
    assert [i.reason for i in read(tmp_path, "b.parquet", whole[:-9]) if isinstance(i, Rejected)] == ["bad_parquet"]
    assert [i.reason for i in read(tmp_path, "c.parquet", b"no parquet at all") if isinstance(i, Rejected)] == [
        "bad_parquet"
    ]
