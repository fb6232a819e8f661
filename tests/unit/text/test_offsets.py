"""Browsers count UTF-16 units; both ways must meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.text.offsets import Utf16

TEXT = st.text(st.one_of(st.sampled_from("aä😀𝄞\U0010ffff"), st.characters(exclude_categories=["Cs"])))


@given(TEXT)
def test_units_are_those_of_the_encoded_text(text: str) -> None:
    both = Utf16(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert both.units(offset) == units
        assert both.code_points(units) == offset


def test_inside_a_pair_counts_as_its_start() -> None:
    assert [Utf16("a😀b").code_points(units) for units in range(5)] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("text", ["", "nur ASCII", "Grüße – „ja“"])
def test_without_astral_characters_both_are_the_same(text: str) -> None:
    assert Utf16(text).units(len(text)) == len(text)
