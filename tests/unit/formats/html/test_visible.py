"""What a reader can't see is shown as an escape; what scripts and emoji need stays."""

from __future__ import annotations

import pytest

from reportedly.formats.html.visible import Piece, pieces, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bitte \u202ekcigül", "Bitte [U+202E]kcigül"),
        ("a\u2066b\u2069c", "a[U+2066]b[U+2069]c"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\ufeffb", "a[U+FEFF]b"),
        ("a\x1b[31mb", "a[U+001B][31mb"),
        ("a\x07b\x9bc", "a[U+0007]b[U+009B]c"),
        ("a\U000e0041\U000e0042b", "a[U+E0041 U+E0042]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\u2028b", "a[U+2028]b"),
    ],
)
def test_odd_characters_are_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", ["❤️‍🔥", "Zeilen\nund\tTabs", "Silben\u00adtrennung", "می‌خواهم", "עב\u200fר", "50\u202f%"]
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert visible(text) == text


def test_a_long_run_is_shortened_and_a_hidden_message_in_selectors_is_seen() -> None:
    (piece,) = pieces("\u200b" * 500)
    assert piece.escaped
    assert piece.text.endswith(" +488")
    assert len(piece.text) < 120
    assert pieces("a" + "\ufe00" * 9)[1].escaped


def test_pieces_keep_the_order() -> None:
    assert pieces("a\u200bb") == (Piece("a"), Piece("U+200B", escaped=True), Piece("b"))
