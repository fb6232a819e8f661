"""Every entry of the English data file works on its own examples."""

from __future__ import annotations

import re

import pytest

from reportedly.language.english import English
from reportedly.language.english.words import PAST, THIRD, EnglishLexicon, inflect
from reportedly.language.lexicon import Use
from reportedly.language.reader import read
from reportedly.language.segment import segment
from reportedly.schema import Language

LEXICON = EnglishLexicon()
CUES = [(entry["rule"], example) for entry, _ in LEXICON.cues() for example in entry["examples"]]
VERBS = [(entry["rule"], example) for entry in LEXICON.data["verb"] for example in entry["examples"]]
USES = {entry["rule"]: cue.use for entry, cue in LEXICON.cues()}


def rules_of(text: str) -> set[str]:
    """Names of the rules that decided each sentence of `text`."""
    return {reading.rule for reading in read(text, segment(text, Language.ENGLISH), Language.ENGLISH)}


@pytest.mark.parametrize(("rule", "example"), CUES)
def test_a_cue_is_found_in_its_example(rule: str, example: str) -> None:
    words = [LEXICON.word(word) for word in re.findall(r"\w+(?:[-’'&]\w+)*|[^\w\s]", example)]
    assert rule in {hit.cue.rule for hit in LEXICON.scan(words)}


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r, e in CUES if USES[r] not in (Use.FIXED, Use.HEARSAY)])
def test_a_cue_decides_its_example(rule: str, example: str) -> None:
    assert rule in rules_of(example)


@pytest.mark.parametrize(("rule", "example"), VERBS)
def test_a_verb_reports_in_its_example(rule: str, example: str) -> None:
    assert rule in rules_of(example)


@pytest.mark.parametrize("lemma", sorted({v.lemma for v in LEXICON.reporting() if v.takes in ("clause", "that")}))
def test_every_verb_of_speech_reports_in_all_its_forms(lemma: str) -> None:
    past = next(form for form, bit in LEXICON.inflected(lemma) if bit == PAST)
    third = next(form for form, bit in LEXICON.inflected(lemma) if bit == THIRD)
    for form in (past, third):
        text = f"The mayor {form} that the bridge was safe."
        assert [r.status.value for r in read(text, segment(text, Language.ENGLISH), Language.ENGLISH)] != ["stated"], (
            form
        )


def test_regular_verbs_inflect_by_rule() -> None:
    assert inflect("deny") == ("denies", "denied", "denied", "denying")
    assert inflect("agree") == ("agrees", "agreed", "agreed", "agreeing")
    assert inflect("shrug") == ("shrugs", "shrugged", "shrugged", "shrugging")
    assert inflect("stress") == ("stresses", "stressed", "stressed", "stressing")


def test_the_grammar_names_its_language() -> None:
    assert English().language is Language.ENGLISH
