"""Words are found exactly, whatever the typography, and never anywhere else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.schema import Span
from reportedly.stages.ground import locate

TEXT = "Das „Flimmerblatt“ meldete am\u00a03. Mai, Café Müller\nsoll schließen."
ALL = Span(start=0, end=len(TEXT))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Flimmerblatt", "Flimmerblatt"),
        ('"Flimmerblatt"', "„Flimmerblatt“"),
        ("am 3. Mai", "am\u00a03. Mai"),
        ("Müller soll", "Müller\nsoll"),
        (unicodedata.normalize("NFD", "Café Müller"), "Café Müller"),
        ("  soll ", "soll"),
    ],
)
def test_typography_does_not_count(words: str, found: str) -> None:
    span = locate(words, TEXT, ALL)
    assert span is not None
    assert span.of(TEXT) == found


@pytest.mark.parametrize("words", ["Flimmer", "flimmerblatt", "4. Mai", "muss schließen", "", " ", "oll"])
def test_other_words_are_not_found(words: str) -> None:
    assert locate(words, TEXT, ALL) is None


def test_only_the_sentence_is_searched() -> None:
    assert locate("Flimmerblatt", TEXT, Span(start=20, end=len(TEXT))) is None


def test_decomposed_text_is_sliced_with_its_marks() -> None:
    text = unicodedata.normalize("NFD", "Im Café war zu.")
    span = locate("Café", text, Span(start=0, end=len(text)))
    assert span is not None
    assert unicodedata.normalize("NFC", span.of(text)) == "Café"


@given(st.text(max_size=60), st.text(max_size=10))
def test_a_span_always_slices_what_was_looked_for(text: str, words: str) -> None:
    span = locate(words, text, Span(start=0, end=len(text)))
    if span is not None:
        assert locate(words, span.of(text), Span(start=0, end=len(span))) == Span(start=0, end=len(span))
