"""What holds for every text: no crash, exact spans that partition their sentences, time linear in size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.explanation import explain
from reportedly.language.reader import read
from reportedly.language.segment import segment
from reportedly.schema import Language, derive_status
from tests.conftest import Calls

WORDS = st.sampled_from(
    'Der die das Minister sagte , . : ; „ “ " ( ) – - dass ob wenn sei habe könnte soll sollen haben sein laut zufolge '
    "nach Angaben Insider Bloomberg er sie wir ich so heißt es teilte mit gab bekannt und aber der Polizei 3 % ? ! … "
    "said that the Times reported according to could not have been he she they".split()
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@given(text=TEXTS, language=st.sampled_from([Language.GERMAN, Language.ENGLISH]))
def test_spans_are_exact_and_lie_in_their_sentences(text: str, language: Language) -> None:
    sentences = segment(text, language)
    found = read(text, sentences, language)
    for before, after in pairwise(found):
        assert (before.sentence, before.start) <= (after.sentence, after.start)
        assert before.sentence != after.sentence or before.end <= after.start
    for reading in found:
        span = sentences[reading.sentence - 1].span
        assert span.start <= reading.start < reading.end <= span.end
        assert derive_status(reading.kind, reading.firmness) is reading.status
        if reading.cue_at is not None:
            assert span.start <= reading.cue_at[0] < reading.cue_at[1] <= span.end
        if reading.source_at is not None:
            assert 0 <= reading.source_at[0] < reading.source_at[1] <= len(text)
        if reading.inherited_from is not None:
            assert 1 <= reading.inherited_from <= len(sentences)
        assert len(reading.chain) != 1
    for sentence in sentences[:2]:
        explain(text, sentences, language, sentence.id)


HARD = {
    "one sentence": "Der Minister sagte dass der Bau im Mai beginne und ",
    "quotes": '„Nein“, "so" ',
    "cues": "laut Insidern könnte angeblich möglicherweise soll dem Vernehmen nach ",
    "brackets": "((([)",
    "commas": "der, die, das, wenn, ",
    "verbs": "sagte teilte gab kündigte räumte ",
    "nouns": "Der Sprecher der Zeitung der Stadt ",
}


@pytest.mark.parametrize("name", HARD)
def test_work_is_linear_in_size(name: str, calls: Calls) -> None:
    def work(size: int) -> int:
        text = HARD[name] * (size // len(HARD[name]))
        return calls(lambda: read(text, segment(text, Language.GERMAN), Language.GERMAN))

    small, large = work(5_000), work(20_000)
    assert large <= 4 * small * 1.2 + 500
