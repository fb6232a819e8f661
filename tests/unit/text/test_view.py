"""The side copy says the same as the shown text, and every span of it maps back exactly."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportedly.text.characters import HIDDEN, HYPHENS, LIGATURES, LINE_SEPARATORS, SPACES, all_plain, any_of
from reportedly.text.view import _JOINING, MAX_MARKS, View, clean

HIDDEN_RUN = any_of(HIDDEN)

# Letters, marks, Hangul jamo, spaces, ligatures and hidden characters meet far more often here than in plain st.text().
TRICKY = st.text(
    st.one_of(
        st.sampled_from(
            "aeouAÅÄ Iß\n\r\t„“–’ffiﬁﬄ\u00a0\u202f\u2011\u2028\u0301\u0308\u0323\u0344\u0958\u09be\u09c7각각"
        ),
        st.sampled_from("\u00ad\u200b\u200d\ufeff\ufe0f\u202e\u2066\U000e0041\U000e0101😀"),
        st.characters(),
    ),
    max_size=60,
)


def found(view: View, words: str, shown: str) -> str:
    start = view.text.index(words)
    first, last = view.source(start, start + len(words))
    return shown[first:last]


@pytest.mark.parametrize(
    ("shown", "words", "source"),
    [
        ("Er ist an\u200bgeb\u00adlich krank.", "angeblich", "an\u200bgeb\u00adlich"),
        ("\ufeffLaut Reuters", "Laut", "Laut"),
        ("laut\u00a0Reuters", "laut Reuters", "laut\u00a0Reuters"),
        ("Der Mu\u0308ller sagt", "Müller", "Mu\u0308ller"),
        ("Der Mu\u200b\u0308ller sagt", "Müller", "Mu\u200b\u0308ller"),
        ("\u200b\u200b\u200bDer Mu\u0308ller", "Der", "Der"),
        ("der Beﬁnd und der Stoﬀ", "Befind und", "Beﬁnd und"),
        ("der Beﬁnd und der Stoﬀ", "Stoff", "Stoﬀ"),
        ("US\u2011Präsident", "US-Präsident", "US\u2011Präsident"),
        ("a\U000e0049\U000e0067b", "b", "b"),
        ("\u202eabc\u202c def", "abc", "abc"),
        ("eins\u2028zwei", "eins\nzwei", "eins\u2028zwei"),
        ("가 sagt", "가", "가"),
    ],
)
def test_words_of_the_view_are_found_in_the_shown_text(shown: str, words: str, source: str) -> None:
    assert found(clean(shown), words, shown) == source


def test_half_of_a_ligature_maps_to_the_whole() -> None:
    view = clean("Beﬁnd")
    assert view.text == "Befind"
    assert view.source(2, 3) == view.source(3, 4) == (2, 3)


def test_curly_quotes_dashes_and_umlauts_need_no_map() -> None:
    shown = "„Das ist – wohl – so“, sagte Müller’s Sprecher … für 5 €."
    view = clean(shown)
    assert view.text is shown
    assert not view.shifted


def test_spaces_alone_need_no_map() -> None:
    view = clean("50\u202fMilliarden\u00a0€")
    assert view.text == "50 Milliarden €"
    assert not view.shifted


@given(TRICKY)
@example("e\u200b\u0301")
@example("\u0344")
def test_the_view_is_composed_and_shows_everything_visible(shown: str) -> None:
    view = clean(shown)
    visible = HIDDEN_RUN.sub("", shown)
    for characters, plain in ((SPACES, " "), (HYPHENS, "-"), (LINE_SEPARATORS, "\n")):
        visible = any_of(characters).sub(lambda run, plain=plain: plain * len(run.group()), visible)  # type: ignore[misc]
    for ligature, letters in LIGATURES.items():
        visible = visible.replace(ligature, letters)
    assert view.text == unicodedata.normalize("NFC", visible)
    assert not HIDDEN_RUN.search(view.text)


@given(TRICKY, st.data())
def test_spans_map_in_bounds_in_order_and_to_the_same_words(shown: str, data: st.DataObject) -> None:
    view = clean(shown)
    a = data.draw(st.integers(0, len(view.text)))
    b = data.draw(st.integers(a, len(view.text)))
    c = data.draw(st.integers(b, len(view.text)))
    (start, middle), (next_start, end) = view.source(a, b), view.source(b, c)
    assert 0 <= start <= middle <= len(shown)
    assert start <= next_start <= end <= len(shown)
    if b > a:
        words = shown[start:middle]
        assert words
        assert not HIDDEN_RUN.match(words[0]), "a span begins with a character that shows"
        assert view.text[a:b] in clean(words).text


@given(TRICKY)
def test_the_whole_view_covers_everything_visible(shown: str) -> None:
    view = clean(shown)
    start, end = view.source(0, len(view.text))
    if view.text:
        assert not HIDDEN_RUN.sub("", shown[:start] + shown[end:])


@given(TRICKY)
def test_a_view_of_a_view_changes_nothing(shown: str) -> None:
    once = clean(shown).text
    assert clean(once).text == once


def test_plain_characters_are_in_no_class_and_composed() -> None:
    odd = any_of(
        HIDDEN, SPACES, HYPHENS, LINE_SEPARATORS, "".join(LIGATURES), "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd"
    )
    for code in range(0x3000):
        if all_plain(chr(code)):
            assert not odd.match(chr(code)), hex(code)
            assert unicodedata.is_normalized("NFC", "a" + chr(code)), hex(code)


def test_every_character_that_joins_its_predecessor_is_known() -> None:
    """From this interpreter's own Unicode data: a starter that some composed character decomposes to as second part."""
    seconds = set()
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            whole = chr(int(parts[0], 16)) + second
            if not unicodedata.combining(second) and len(unicodedata.normalize("NFC", whole)) == 1:
                seconds.add(second)
    assert seconds <= _JOINING


def test_a_run_of_marks_is_composed_up_to_its_bound() -> None:
    view = clean("a" + "\u0308" * (MAX_MARKS + 10) + "b")
    assert view.text == "ä" + "\u0308" * (MAX_MARKS + 9) + "b"
    assert view.source(len(view.text) - 1, len(view.text)) == (MAX_MARKS + 11, MAX_MARKS + 12)


HOSTILE = {
    "marks out of order": "\u0301\u0323",
    "marks in order": "\u0323",
    "zero width": "\u200b",
    "zero width between letters": "a\u200b",
    "brackets": "(",
    "decomposed letters": "a\u0308",
    "composed letters with marks": "\u01d6\u0323",
    "tags": "\U000e0041",
    "jamo": "\u1161",
    "ligatures": "ﬁ",
    "no-break spaces": "a\u00a0",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_same_again_and_again_is_cleaned_and_found_again(unit: str) -> None:
    text = unit * (50_000 // len(unit)) + "x"
    view = clean(text)
    assert view.text.endswith("x")
    assert view.source(0, len(view.text))[1] == len(text)


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_is_viewed_without_error(shown: str) -> None:
    view = clean(shown)
    view.source(0, len(view.text))
