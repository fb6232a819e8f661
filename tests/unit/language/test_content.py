import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.content import opposites, senses, stem
from reportedly.language.facts import read_facts
from reportedly.language.polarity import clauses
from reportedly.language.words import tokens
from reportedly.schema import Language

DE, EN = Language.GERMAN, Language.ENGLISH


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("stieg", "steigen", DE), ("zahlungen", "zahlung", DE), ("verlor", "verlieren", DE), ("häuser", "haus", DE),
     ("rose", "rising", EN), ("companies", "company's", EN), ("stopped", "stops", EN), ("running", "ran", EN)],
)  # fmt: skip
def test_forms_meet(one: str, other: str, language: Language) -> None:
    assert stem(one, language) == stem(other, language)


def test_opposites_and_synonyms_know_inflected_forms() -> None:
    assert stem("sanken", DE) in opposites(stem("stiegen", DE), DE)
    assert stem("rejected", EN) in opposites(stem("approves", EN), EN)
    assert set(senses(stem("kürzt", DE), DE)) & set(senses(stem("einsparen", DE), DE))


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [("Er kommt nicht.", DE, 1), ("Er kommt nicht nur morgen.", DE, 0), ("Keine Einigung.", DE, 1),
     ("She doesn't come.", EN, 1), ("Not only that.", EN, 0), ("Track No. 5 won.", EN, 0)],
)  # fmt: skip
def test_negation(text: str, language: Language, negated: int) -> None:
    facts = read_facts(text, language)
    assert sum(len(c.negators) for c in clauses(facts, 0, len(facts.tokens))) == negated


def test_negation_stays_in_its_clause() -> None:
    facts = read_facts("Er kommt nicht, aber sie bleibt.", DE)
    assert [len(c.negators) for c in clauses(facts, 0, len(facts.tokens))] == [1, 0]


@given(st.text(alphabet=st.sampled_from("aä o\u0308é„“'’\u00a0\u200b\n-5., ẞﬁ𝄞"), max_size=60))
def test_tokens_slice_the_text(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end


@given(st.text(alphabet="abcäöüß éñ'-", max_size=40))
def test_decomposed_text_gives_the_same_words(text: str) -> None:
    assert [t.text for t in tokens(text)] == [t.text for t in tokens(unicodedata.normalize("NFD", text))]
