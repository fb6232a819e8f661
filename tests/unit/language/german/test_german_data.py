"""Every entry of the German data files works on its own examples, and every verb in all its forms."""

from __future__ import annotations

import pytest

from reportedly.language.explanation import explain
from reportedly.language.german.verbs import FINITE, PAST, PLURAL, REPORTIVE
from reportedly.language.german.words import GermanLexicon, Verb
from reportedly.language.lexicon import Use
from reportedly.language.reader import read
from reportedly.language.segment import segment
from reportedly.language.tokens import Tokens
from reportedly.schema import Language

LEXICON = GermanLexicon()
CUES = [(entry["rule"], example) for entry, _ in LEXICON.cues() for example in entry["examples"]]
USES = {entry["rule"]: cue.use for entry, cue in LEXICON.cues()}
SILENT = (Use.FIXED, Use.LINK, Use.WRITER, Use.VIA)
"""Uses that decide nothing by themselves."""
REPORTING = [
    (entry["rule"], example)
    for table in ("verb", "support")
    for entry in LEXICON.reporting[table]
    for example in entry["examples"]
]
SAYING = sorted(
    {verb for verb in LEXICON.verbs() if {"clause"} == set(verb.takes) and verb.rule in ("speech", "thought")},
    key=lambda verb: verb.lemma,
)


def found_in(text: str) -> set[str]:
    """Names of the rules whose cues were found in the one sentence of `text`."""
    sentences = segment(text, Language.GERMAN)
    return {cue.rule for cue in explain(text, sentences, Language.GERMAN, 1).cues if cue.counts}


@pytest.mark.parametrize(("rule", "example"), CUES)
def test_a_cue_is_found_in_its_example(rule: str, example: str) -> None:
    words = [LEXICON.word(word) for word in Tokens(example)]
    assert rule in {hit.cue.rule for hit in LEXICON.scan(words)}


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r, e in CUES if USES[r] not in SILENT])
def test_a_cue_counts_in_its_example(rule: str, example: str) -> None:
    assert rule in found_in(example)


@pytest.mark.parametrize(("rule", "example"), REPORTING)
def test_a_verb_reports_in_its_example(rule: str, example: str) -> None:
    assert rule in found_in(example)


def told(verb: Verb, traits: int) -> str:
    """A sentence that reports with one form of a verb."""
    base = verb.lemma[len(verb.particle) :]
    form = next(f for f, t in LEXICON.paradigms.inflect(base) if t & (FINITE | PAST | PLURAL | REPORTIVE) == traits)
    themselves = " sich" if verb.reflexive else ""
    particle = f" {verb.particle}" if verb.particle else ""
    subject = "Die Minister" if traits & PLURAL else "Der Minister"
    return f"{subject} {form}{themselves} am Montag{particle}, dass der Bau im Mai beginnt."


@pytest.mark.parametrize("verb", SAYING, ids=lambda verb: verb.lemma)
@pytest.mark.parametrize("traits", [FINITE, FINITE | PAST, FINITE | PAST | PLURAL], ids=["present", "past", "plural"])
def test_every_verb_of_saying_reports_in_all_its_forms(verb: Verb, traits: int) -> None:
    text = told(verb, traits)
    (reading,) = read(text, segment(text, Language.GERMAN), Language.GERMAN)
    assert reading.status.value == "attributed", text
    assert reading.source == "Minister"


def test_no_cue_is_entered_twice() -> None:
    seen: dict[str, str] = {}
    for entry, cue in LEXICON.cues():
        for line in entry["words"]:
            assert seen.setdefault(line, cue.rule) == cue.rule, line
