"""JSON Lines: a bad line costs that line only, and memory holds one line."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from typing_extensions import Buffer

from reportedly.errors import ArticleRejected
from reportedly.sources import Manuscript, Rejected
from reportedly.sources.from_jsonl import read
from reportedly.sources.interface import Limits

GOOD = '{"id": "a", "text": "Ein Satz."}'


def rows(data: str | bytes, limits: Limits | None = None) -> list[Manuscript | Rejected]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read(io.BytesIO(raw), "in.jsonl", limits or Limits()))


def test_every_field_is_taken_and_other_keys_are_left_alone() -> None:
    row = {
        "id": "x/1", "text": "Ein Satz.", "title": "T", "lang": "de", "url": "https://example.org",
        "published": "2025-01-31", "publisher": "Blatt", "topic": None, "labels": [1, {"a": 2}],
    }  # fmt: skip
    assert rows(json.dumps(row)) == [
        Manuscript(
            "x/1", "in.jsonl", "Ein Satz.", "T", "de", None, "https://example.org", "2025-01-31", "Blatt", line=1
        )
    ]


@pytest.mark.parametrize(
    ("line", "reason", "id_"),
    [
        ("kein JSON", "bad_json", "in.jsonl:2"),
        ('{"id": "b", "text": "offen', "bad_json", "in.jsonl:2"),
        ('["id", "text"]', "bad_json", "in.jsonl:2"),
        ('{"id": "b", "id": "c", "text": "x"}', "bad_json", "in.jsonl:2"),
        ('{"id": "b", "text": "x", "score": NaN}', "bad_json", "in.jsonl:2"),
        ('{"id": "b", "text": "x", "score": -Infinity}', "bad_json", "in.jsonl:2"),
        ('{"id": "b", "text": "x", "n": ' + "9" * 5_000 + "}", "bad_json", "in.jsonl:2"),
        ('{"id": "b", "text": "x", "n": ' + "[" * 100_000 + "}", "bad_json", "in.jsonl:2"),
        ('{"text": "x"}', "missing_field", "in.jsonl:2"),
        ('{"id": "", "text": "x"}', "missing_field", "in.jsonl:2"),
        ('{"id": true, "text": "x"}', "bad_field", "in.jsonl:2"),
        ('{"id": 1.5, "text": "x"}', "bad_field", "in.jsonl:2"),
        ('{"id": "a\\ud800", "text": "x"}', "bad_field", "in.jsonl:2"),
        ('{"id": "b"}', "missing_field", "b"),
        ('{"id": "b", "text": null}', "missing_field", "b"),
        ('{"id": "b", "text": ["x"]}', "bad_field", "b"),
        ('{"id": "b", "text": "x", "title": 5}', "bad_field", "b"),
        ('{"id": "b", "text": "x", "published": 1738312200}', "bad_field", "b"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_the_rest_goes_on(line: str, reason: str, id_: str) -> None:
    first, bad, last = rows(f"{GOOD}\n{line}\n{GOOD}\n")
    assert isinstance(first, Manuscript)
    assert isinstance(last, Manuscript)
    assert last.line == 3
    assert isinstance(bad, Rejected)
    assert (bad.reason, bad.line, bad.where, bad.id) == (reason, 2, "in.jsonl", id_)
    assert bad.hint


def test_an_integer_serves_as_an_id() -> None:
    (row,) = rows('{"id": 7, "text": "Ein Satz."}')
    assert row.id == "7"


def test_lines_end_with_a_line_feed_alone() -> None:
    text = "Erster\u2028zweiter\u0085dritter\x0bvierter."
    (row,) = rows(json.dumps({"id": "a", "text": text}, ensure_ascii=False))
    assert isinstance(row, Manuscript)
    assert row.text == text


def test_blank_lines_and_crlf_and_a_bom_and_a_missing_last_newline() -> None:
    found = rows(b"\xef\xbb\xbf" + f"{GOOD}\r\n\r\n  \n{GOOD}".encode())
    assert [(row.id, row.line) for row in found] == [("a", 1), ("a", 4)]


def test_a_line_in_another_encoding_is_read_and_said() -> None:
    utf8, latin = rows(
        '{"id": "ä", "text": "Müller."}\n'.encode() + '{"id": "b", "text": "Müller."}\n'.encode("cp1252")
    )
    assert isinstance(utf8, Manuscript)
    assert isinstance(latin, Manuscript)
    assert utf8.findings == ()
    assert latin.text == "Müller."
    assert [f.code for f in latin.findings] == ["X404"]


def test_a_line_over_the_limit_is_skipped_without_holding_it() -> None:
    long = '{"id": "b", "text": "' + "x" * 30_000_000 + '"}'
    data = io.BytesIO(f"{GOOD}\n{long}\n{GOOD}\n".encode())
    tracemalloc.start()
    found = list(read(data, "in.jsonl", Limits(bytes=100_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [getattr(row, "reason", "ok") for row in found] == ["ok", "too_large", "ok"]
    assert [row.line for row in found] == [1, 2, 3]
    assert peak < 5_000_000


def test_rows_come_one_by_one() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Buffer, /) -> int:
            line = f"{GOOD}\n".encode()
            memoryview(buffer)[: len(line)] = line
            return len(line)

    stream: Iterator[Manuscript | Rejected] = read(io.BufferedReader(Endless()), "endless", Limits())
    assert [next(stream).line for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"\x1f\x8b\x08\x00", GOOD.encode("utf-16")])
def test_a_file_that_is_no_json_lines_is_rejected_as_a_whole(data: bytes) -> None:
    with pytest.raises(ArticleRejected) as rejected:
        rows(data)
    assert rejected.value.reason == "not_text"
