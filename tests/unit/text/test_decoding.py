"""Bytes become text, or are told apart from it."""

import codecs
import gzip
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import ArticleRejected
from reportedly.text.decoding import decode, reject_unreadable

GERMAN = "„Die Übernahme soll laut Insidern 5 € je Aktie kosten“, heißt es – angeblich."


@pytest.mark.parametrize(
    ("data", "declared", "encoding", "guessed"),
    [
        (GERMAN.encode(), None, "utf-8", False),
        (codecs.BOM_UTF8 + GERMAN.encode(), "iso-8859-1", "utf-8", False),
        (GERMAN.encode("utf-16"), None, "utf-16-le", False),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), None, "utf-16-be", False),
        (codecs.BOM_UTF32_LE + GERMAN.encode("utf-32-le"), None, "utf-32-le", False),
        (GERMAN.encode("utf-16-le"), None, "utf-16-le", True),
        (GERMAN.encode("utf-16-be"), None, "utf-16-be", True),
        (GERMAN.encode("cp1252"), None, "cp1252", True),
        (GERMAN.encode("cp1252"), "ISO-8859-1", "cp1252", False),
        (GERMAN.encode("cp1252"), "utf-8", "cp1252", True),
        (GERMAN.encode("cp1252"), "klingon", "cp1252", True),
        (GERMAN.encode("cp1252"), "base64", "cp1252", True),
        (GERMAN.encode("mac-roman"), "macintosh", "mac-roman", False),
        (GERMAN.encode(), "iso-8859-1", "utf-8", False),
    ],
)
def test_text_is_read_whatever_its_encoding(data: bytes, declared: str | None, encoding: str, guessed: bool) -> None:
    decoded = decode(data, declared=declared)
    assert decoded.text == GERMAN
    assert (decoded.encoding, decoded.guessed) == (encoding, guessed)


def test_a_false_declaration_is_named() -> None:
    assert decode(GERMAN.encode(), declared="latin-1").contradicted == "cp1252"
    assert decode(b"plain", declared="latin-1").contradicted is None


def test_one_bad_byte_does_not_turn_utf8_into_mojibake() -> None:
    data = GERMAN.encode() + b"\xff" + GERMAN.encode()
    assert decode(data).text == GERMAN + "\ufffd" + GERMAN


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("article.txt", GERMAN)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj << /Type /Catalog >>",
        b"\n%PDF-1.4",
        zipped(),
        gzip.compress(GERMAN.encode()),
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"{\\rtf1\\ansi Text}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        random.Random(1).randbytes(5000),
        bytes(1000),
        codecs.BOM_UTF16_LE + b"\x01\x00\x02\x00" * 500,
    ],
)
def test_what_is_no_text_is_rejected(data: bytes) -> None:
    with pytest.raises(ArticleRejected) as rejected:
        decode(data)
    assert rejected.value.reason == "not_text"
    assert rejected.value.advice


def test_binary_data_in_a_string_is_rejected_and_a_stray_nul_is_not() -> None:
    with pytest.raises(ArticleRejected):
        reject_unreadable("%PDF-1.7 …")
    with pytest.raises(ArticleRejected):
        reject_unreadable(random.Random(1).randbytes(500).decode("latin-1"))
    reject_unreadable(GERMAN + "\x00" + GERMAN)
    reject_unreadable("\x00")


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "x", "idna", "undefined", "\x00"])
)
def test_any_bytes_are_text_or_rejected(data: bytes, declared: str | None) -> None:
    try:
        decoded = decode(data, declared=declared)
    except ArticleRejected as rejected:
        assert rejected.reason == "not_text"  # noqa: PT017 - both ends are allowed here
    else:
        assert isinstance(decoded.text, str)
