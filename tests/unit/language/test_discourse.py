"""Who has the floor: what carries over from sentence to sentence, and what ends it."""

from __future__ import annotations

import pytest

from reportedly.language.explanation import explain
from reportedly.language.reader import read
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.schema import Language


def readings(text: str) -> tuple[Reading, ...]:
    return read(text, segment(text, Language.GERMAN), Language.GERMAN)


def statuses(text: str) -> list[str]:
    return [reading.status.value for reading in readings(text)]


def test_the_reportive_mood_keeps_the_source() -> None:
    first, second = readings("Die Brücke sei sicher, sagte Karl Moser. Der Bau beginne im Mai.")
    assert (second.status.value, second.source, second.inherited_from) == ("attributed", "Karl Moser", 1)
    assert first.inherited_from is None


def test_after_an_outlet_what_carries_over_is_rumour() -> None:
    assert statuses("Laut Bloomberg wird die Firma verkauft. Der Preis sei hoch.") == ["rumour", "rumour"]


def test_demnach_goes_on_with_the_report() -> None:
    text = "Der Spiegel berichtet, dass die Firma verkauft wird. Demnach zahlt der Käufer zehn Millionen."
    assert [(r.status.value, r.source) for r in readings(text)] == [("rumour", "Der Spiegel")] * 2


def test_a_plan_of_a_report_is_the_reports() -> None:
    text = "Laut Bloomberg wird die Firma verkauft. Insgesamt sollen zehn Millionen fließen."
    assert statuses(text) == ["rumour", "rumour"]
    assert statuses("Die Firma wird verkauft. Insgesamt sollen zehn Millionen fließen.") == ["stated", "stated"]


def test_a_substitute_subjunctive_needs_a_speaker() -> None:
    assert statuses("Die Brücke sei sicher, sagte Karl Moser. Die Kosten hätten sich verdoppelt.") == ["attributed"] * 2
    assert statuses("Die Brücke ist alt. Die Kosten wären hoch.") == ["stated", "speculation"]


def test_a_quotation_runs_over_sentences() -> None:
    text = "Karl Moser sagte: „Die Brücke ist sicher. Sie wurde im Mai geprüft. Niemand muss Angst haben.“"
    assert statuses(text) == ["attributed"] * 3


def test_a_quotation_finds_the_speaker_that_comes_after_it() -> None:
    first, second = readings("„Die Brücke ist in gutem Zustand. Sie hält noch lange“, sagte Karl Moser.")
    assert (first.source, second.source) == ("Karl Moser", "Karl Moser")


def test_a_first_person_without_marks_is_the_speaker_beside_it() -> None:
    text = "Die Brücke sei sicher, sagte Karl Moser. Wir haben sie im Mai geprüft."
    assert [r.source for r in readings(text)] == ["Karl Moser", "Karl Moser"]
    assert statuses("Heute geht es um Brücken. Wir haben sie im Mai besucht.") == ["stated", "stated"]


def test_a_plain_sentence_between_two_of_one_speaker_is_the_speakers() -> None:
    text = "Auch die Kosten seien hoch, sagte Karl Moser. Das Projekt kostet drei Millionen. Das Geld fehle aber."
    assert [r.rule for r in readings(text)][1] == "between-two"
    assert statuses(text) == ["attributed"] * 3


def test_what_is_told_of_the_past_is_the_writers() -> None:
    text = "Die Kosten seien hoch, sagte Karl Moser. Die Stadt sperrte die Brücke im Mai. Das Geld fehle aber."
    assert statuses(text) == ["attributed", "stated", "attributed"]


def test_a_new_paragraph_ends_the_report() -> None:
    text = "Die Brücke sei sicher, sagte Karl Moser.\n\nDie Brücke ist alt.\n\nDie Kosten hätten Folgen."
    assert statuses(text)[1:] == ["stated", "speculation"]


def test_hearsay_alone_carries_no_plans() -> None:
    text = "Der Mann soll drei Autos gestohlen haben. Der Prozess soll im Mai beginnen."
    assert statuses(text) == ["rumour", "stated"]


def test_an_authority_carries_an_accusation_and_a_person_does_not() -> None:
    accusation = " Der Mann soll drei Autos gestohlen haben."
    assert statuses("Der Täter sei gefasst, sagte ein Polizeisprecher." + accusation)[1] == "attributed"
    assert statuses("Das Spiel sei schwer, sagte der Trainer." + accusation)[1] == "rumour"


def test_one_name_a_source() -> None:
    text = "Die Brücke sei sicher, sagte Bürgermeister Karl Moser. Sie hält noch lange, betonte Moser."
    assert [r.source for r in readings(text)] == ["Karl Moser", "Karl Moser"]
    text = "Das Wall Street Journal berichtet von einem Verkauf. Der Preis sei hoch, schreibt das WSJ."
    assert [r.source for r in readings(text)] == ["Wall Street Journal", "Wall Street Journal"]
    text = "Der Spiegel berichtet von einem Verkauf. Der Preis sei hoch, schreibt die Zeitung."
    assert [r.source for r in readings(text)] == ["Der Spiegel", "Der Spiegel"]


def test_a_pronoun_is_the_person_who_spoke() -> None:
    text = "Die Brücke sei sicher, sagte Karl Moser. Er betonte, dass niemand Angst haben müsse."
    assert [r.source for r in readings(text)] == ["Karl Moser", "Karl Moser"]


def test_an_interview_goes_by_turns() -> None:
    text = (
        "STANDARD: Sie leiten die Brückenmeisterei.\nMoser: Das ist eine schöne Arbeit. Die Brücke hält.\n"
        "STANDARD: Manche zweifeln daran.\nMoser: Die Brücke wird jedes Jahr geprüft. Sie steht gut da."
    )
    assert statuses(text) == ["stated", "attributed", "attributed", "stated", "attributed", "attributed"]


def test_a_flat_heading_takes_the_status_of_the_body() -> None:
    text = (
        "Amazon verhandelt über Einstieg bei OpenAI\n\n"
        "Medienberichten zufolge verhandelt Amazon über einen Einstieg bei OpenAI. Die Aktie stieg um zwei Prozent."
    )
    head, body, _ = readings(text)
    assert (head.status.value, head.rule, head.surer_than) == ("rumour", "heading-surer", body.sentence)


def test_a_heading_that_the_body_states_as_well_stays_as_it_is() -> None:
    head = "Amazon kauft OpenAI in Wien"
    text = f"{head}\n\n{head}. Laut Bloomberg zahlt Amazon für OpenAI in Wien viel."
    assert readings(text)[0].surer_than is None


def test_explain_shows_every_cue_and_which_count() -> None:
    text = "Karl Moser sagte, die Brücke sei sicher, was dem Kurs nützen könnte."
    found = explain(text, segment(text, Language.GERMAN), Language.GERMAN, 1)
    by_rule = {cue.rule: cue for cue in found.cues}
    assert by_rule["speech"].counts
    assert not by_rule["hedge-modal"].counts
    assert text[slice(*by_rule["hedge-modal"].reach)] == "was dem Kurs nützen könnte."
    assert [reading.rule for reading in found.readings] == ["speech"]


def test_explain_names_a_sentence_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        explain("Ein Satz.", segment("Ein Satz.", Language.GERMAN), Language.GERMAN, 2)


def test_a_language_without_a_grammar_gives_nothing() -> None:
    text = "Ceci est une phrase."
    assert read(text, segment(text, Language.UNKNOWN), Language.UNKNOWN) == ()
