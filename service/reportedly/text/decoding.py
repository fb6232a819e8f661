"""Bytes to text: marks first, then UTF-8, then what the document declares, then Windows-1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from reportedly.errors import ArticleRejected
from reportedly.text.characters import CONTROLS, REPLACEMENT, SURROGATES, any_of

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_HINTS: Final = {"a PDF file": "extract its text first, for example with pdftotext"}
_HINT: Final = "give plain text, Markdown, HTML, JSON Lines, CSV or Parquet"

SAMPLE: Final = 4096
"""Bytes or characters looked at to tell text from binary data: a page of text, as file(1) and Git do."""
MAX_UNREADABLE: Final = 0.1
"""Share of control characters, lone surrogates and U+FFFD in the sample from which on it is no text. Measured: 0 in
500 news articles; random bytes have 0.24."""
MIN_SAMPLE: Final = 40
"""Characters below which the share says nothing."""
_UTF16_ZEROS: Final = 0.7
"""Share of zeros among every second byte that tells Latin text in UTF-16; the rest are quotes and dashes."""
_NO_CHARSETS: Final = ("idna", "punycode", "undefined", "unicode", "raw", "mbcs", "oem")
"""Python codecs that decode bytes and are no encodings of documents."""

_UNREADABLE: Final = any_of(CONTROLS, SURROGATES, REPLACEMENT)
_UNDEFINED_IN_CP1252: Final = re.compile(b"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read."""

    text: str
    encoding: str
    """Python's name of the encoding."""
    guessed: bool = False
    """Whether neither a mark nor a declaration nor valid UTF-8 vouches for the encoding."""
    contradicted: str | None = None
    """The declared encoding, where the bytes show another."""


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of some bytes. Raises ArticleRejected (`not_text`) for PDF, archives, pictures and other binary data.

    Valid UTF-8 wins over a declaration: text of another encoding is practically never valid UTF-8 by chance.
    """
    decoded = _decode_marked(data) or _decode_unmarked(data, _codec(declared))
    reject_unreadable(decoded.text)
    return decoded


def _decode_marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    return None


def _decode_unmarked(data: bytes, declared: str | None) -> Decoded:
    reject_binary(data)
    if (wide := _utf16_without_mark(data)) is not None:
        return Decoded(data.decode(wide, "replace"), wide, guessed=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_single_bytes(data, declared)
    return Decoded(text, "utf-8", contradicted=None if declared == "utf-8" or text.isascii() else declared)


def reject_binary(data: bytes) -> None:
    """Raise ArticleRejected (`not_text`) where the first bytes are those of a file format that is no text."""
    head = data[:SAMPLE].lstrip(b"\t\n\r \xef\xbb\xbf")
    for magic, kind in _KINDS:
        if head.startswith(magic):
            raise ArticleRejected("not_text", f"this is {kind}, not text", hint=_HINTS.get(kind, _HINT))


def reject_unreadable(text: str) -> None:
    """Raise ArticleRejected (`not_text`) where too much of the text's beginning is no character."""
    sample = text[:SAMPLE]
    reject_binary(sample[:16].encode("latin-1", "replace"))
    if len(sample) < MIN_SAMPLE or sample.isprintable():
        return
    unreadable = sum(len(run.group()) for run in _UNREADABLE.finditer(sample))
    if unreadable > MAX_UNREADABLE * len(sample):
        share = round(100 * unreadable / len(sample))
        raise ArticleRejected("not_text", f"{share} % of its beginning are no characters: binary data", hint=_HINT)


def _decode_single_bytes(data: bytes, declared: str | None) -> Decoded:
    if declared not in (None, "utf-8"):
        return Decoded(data.decode(declared, "replace"), declared)
    if _mostly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    encoding = "latin-1" if _UNDEFINED_IN_CP1252.search(data) else "cp1252"
    return Decoded(data.decode(encoding), encoding, guessed=True)


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few broken bytes (a cut file, one bad copy) and not another encoding."""
    text = data[: 16 * SAMPLE].decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    whole = sum(not c.isascii() for c in text) - broken
    return whole > 2 * broken


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:SAMPLE]
    half = len(sample) // 2
    if half < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _UTF16_ZEROS and even < 1 - _UTF16_ZEROS:
        return "utf-16-le"
    if even > _UTF16_ZEROS and odd < 1 - _UTF16_ZEROS:
        return "utf-16-be"
    return None


def _codec(declared: str | None) -> str | None:
    """Python's name of a declared encoding, as browsers read it: Latin-1 means Windows-1252; None if there is none."""
    try:
        name = codecs.lookup((declared or "").strip(" \t\r\n\"'")).name
        "".encode(name)  # raises for base64 and the like
    except (LookupError, ValueError, TypeError):
        return None
    if name in ("iso8859-1", "ascii", "cp1252"):
        return "cp1252"
    if name.startswith(_NO_CHARSETS):
        return None
    return "utf-8" if name.startswith("utf") else name
