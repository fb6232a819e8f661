"""German verb forms from their paradigms."""

from __future__ import annotations

import pytest

from reportedly.language.german.verbs import FINITE, INFINITIVE, PARTICIPLE, PAST, REPORTIVE, UNREAL, ZU, Paradigms

VERBS = Paradigms()

FORMS = [
    ("sei", "sein", REPORTIVE),
    ("habe", "haben", REPORTIVE),
    ("komme", "kommen", REPORTIVE),
    ("betone", "betonen", REPORTIVE),
    ("wandle", "wandeln", REPORTIVE),
    ("wäre", "sein", UNREAL),
    ("käme", "kommen", UNREAL),
    ("bekäme", "bekommen", UNREAL),
    ("stünden", "stehen", UNREAL),
    ("kam", "kommen", PAST),
    ("ordnete", "ordnen", PAST),
    ("mitteilte", "mitteilen", PAST),
    ("moderierte", "moderieren", PAST),
    ("mitgeteilt", "mitteilen", PARTICIPLE),
    ("vergangen", "vergehen", PARTICIPLE),
    ("verkauft", "verkaufen", PARTICIPLE),
    ("eingestellt", "einstellen", PARTICIPLE),
    ("mitzuteilen", "mitteilen", ZU),
    ("einbezieht", "einbeziehen", FINITE),
    ("ergibt", "ergeben", FINITE),
    ("ankommen", "ankommen", INFINITIVE),
]


@pytest.mark.parametrize(("word", "lemma", "trait"), FORMS)
def test_a_form_is_known(word: str, lemma: str, trait: int) -> None:
    assert any(form.lemma == lemma and form.traits & trait for form in VERBS.forms(word))


@pytest.mark.parametrize("word", ["haus", "papier", "quartier", "hier", "neue", "tier", "schnell", "xyz", ""])
def test_what_is_no_verb_has_no_form(word: str) -> None:
    assert not VERBS.forms(word)


@pytest.mark.parametrize("word", ["hatte", "konnte", "sagte", "ging", "liefen", "können"])
def test_the_indicative_is_no_subjunctive(word: str) -> None:
    assert not any(form.traits & (REPORTIVE | UNREAL) for form in VERBS.forms(word))
