"""Any string becomes a text of the same length that can be stored, written and sliced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.text.shown import MAX_SPANS, show

ANY_STRING = st.text(
    st.one_of(st.characters(), st.characters(categories=["Cs", "Cc"]), st.sampled_from("\x00\u200b\ufffd"))
)


@given(ANY_STRING)
def test_length_is_kept_and_the_text_can_be_written(raw: str) -> None:
    shown = show(raw)
    assert len(shown.text) == len(raw)
    shown.text.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in shown.text)
    assert "\x7f" not in shown.text


@given(ANY_STRING)
def test_only_what_cannot_be_shown_is_replaced_and_all_of_it_is_counted(raw: str) -> None:
    shown = show(raw)
    for before, after in zip(raw, shown.text, strict=True):
        assert after in (before, "\ufffd")
    assert shown.damaged.count == shown.text.count("\ufffd")
    for start, end in shown.damaged.spans:
        assert set(shown.text[start:end]) == {"\ufffd"}


def test_showing_twice_changes_nothing() -> None:
    once = show("a\x00b\ud800c").text
    assert once == "a\ufffdb\ufffdc"
    assert show(once).text == once


def test_a_clean_text_is_passed_through() -> None:
    raw = "„So ist es“, sagte sie – angeblich. 5 €\n\tEnde"
    shown = show(raw)
    assert shown.text is raw
    assert not any((shown.damaged, shown.hidden, shown.misread))


@pytest.mark.parametrize(
    ("raw", "spans"),
    [
        ("an\u200bgeblich", ((2, 3),)),
        ("Bitte\U000e0049\U000e0067\U000e006e lesen", ((5, 8),)),
        ("Wort\ufe01\ufe05\U000e0130", ((4, 7),)),
        ("\u202eabc\u202c", ((0, 1), (4, 5))),
        ("A\u200dB", ((1, 2),)),
        ("Wien\ufeff.", ((4, 5),)),
        ("\U0001f3f4" + "\U000e0049\U000e0067" * 20, ((1, 41),)),
    ],
)
def test_hidden_characters_are_named(raw: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert show(raw).hidden.spans == spans


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeffAnfang",
        "Donau\u00addampf\u00adschiff",
        "Ein Herz ❤\ufe0f und 1\ufe0f\u20e3",
        "Familie 👨\u200d👩\u200d👧 und 🏳\ufe0f\u200d🌈",
        "England \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f gewinnt",
        "שלום\u200f!",
        "نمی\u200cخواهم",
    ],
)
def test_ordinary_hidden_characters_raise_no_alarm(raw: str) -> None:
    assert not show(raw).hidden


def test_text_read_in_the_wrong_encoding_is_noticed() -> None:
    garbled = "Das Bündnis sagte: „Nein“ – so".encode().decode("cp1252", "replace")
    shown = show(garbled)
    assert shown.misread.count >= 4
    assert garbled[slice(*shown.misread.spans[0])] == "Ã¼"
    assert not show("São Paulo, Âge d’or, MÃO").misread


def test_places_are_capped_and_counted() -> None:
    shown = show("a\x00" * 1000)
    assert shown.damaged.count == 1000
    assert len(shown.damaged.spans) == MAX_SPANS


@pytest.mark.parametrize("unit", ["\x00", "\ud800a", "\u200b", "a\u200b", "\U000e0041", "Ã¼", "\u0301", "("])
def test_the_same_again_and_again_is_shown(unit: str) -> None:
    text = unit * (50_000 // len(unit)) + "x"
    assert show(text).text.endswith("x")
