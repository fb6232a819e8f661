"""What the English reader makes of single sentences and of short runs of them."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.language.reader import read
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.schema import Language
from tests.conftest import Calls


def readings(text: str, publisher: str | None = None) -> tuple[Reading, ...]:
    return read(text, segment(text, Language.ENGLISH), Language.ENGLISH, publisher=publisher)


def statuses(text: str) -> list[str]:
    return [reading.status.value for reading in readings(text)]


SINGLE = {
    "attributed": [
        "Two union leaders have both said the bridge is old.",
        "Analysts expect the firm to grow.",
        "Drivers fear a ban.",
        "He made his case: “The bridge is old, and nobody has looked at it for years.”",
        "Traffic fell, a new city study showed.",
        "Acme Ltd <ACM.N> has said it will move.",
        "The mayor’s argument is that the bridge is old.",
        "Four drivers told the Herald that the bridge was shut.",
        "The bridge is safe, said Ann Lee, a spokeswoman for the city.",
        "Ann Lee, the mayor of Oakton, said the bridge was safe.",
        "Lee told reporters on Monday that the bridge was safe.",
        "“The bridge is safe,” Lee said in a statement.",
        "According to the ministry, the bridge is safe.",
        "The ministry is promising drivers that the bridge will be repaired.",
        "A survey by the university found that most drivers are unhappy.",
        "The union accused the firm of breaking its word.",
        "The city, Lee added, will pay for it.",
        "Lee was quoted as saying that the bridge was safe.",
        "Lee went on to say that the bridge was safe.",
        "Lee thanked the drivers, saying they had been patient.",
        "Police issued a statement saying the road was shut.",
        "Groups that defend drivers said the bridge was old.",
        "As Lee put it on Monday, the bridge is safe, the mayor said.",
        "She vowed to repair the bridge.",
    ],
    "rumour": [
        "The firm is for sale, three company insiders told reporters.",
        "NewsHound reports that the firm is for sale.",
        "The firm is for sale, KQRX reported.",
        "Two of the insiders said the firm was for sale.",
        "The firm is understood to be for sale.",
        "The bridge ’s closure was first reported by the Oakton Gazette.",
        "The firm is reportedly for sale.",
        "The firm is said to be for sale.",
        "It was reported that the firm was for sale.",
        "Two men were reported dead.",
        "According to the Oakton Gazette, the firm is for sale.",
        "The firm is for sale, the Daily Herald reported.",
        "Sources said the firm was for sale.",
        "People familiar with the matter said the firm was for sale.",
        "The firm is for sale, said an official who asked not to be named.",
        "An anonymous source confirmed the sale to the paper.",
        "There are rumours that the firm is for sale.",
        "News that the singer has allegedly died spread fast.",
    ],
    "speculation": [
        "This suggests that the plan has failed.",
        "No talks were expected.",
        "The firm could be sold this year.",
        "The firm may be sold, said Ann Lee, an analyst.",
        "The law is expected to pass.",
        "It is believed that the men fled.",
        "It seems the plan has failed.",
        "If the plan fails, the firm will be sold.",
        "Should the plan fail, the firm will be sold.",
        "A sale would be the largest in years.",
        "Perhaps the firm will be sold.",
        "The sale is likely to fail.",
    ],
    "confirmed": [
        "The judge found that the law was broken.",
        "She confessed that she had lied.",
        "The firm confirmed the sale.",
        "The firm announced that it had been sold.",
        "The minister has admitted that he lied.",
        "The sale was announced on Monday.",
        "The court ruled that the law stands.",
    ],
    "denied": [
        "Both men deny connections to the theft.",
        "The firm has flatly denied any link.",
        "The firm denied that it was for sale.",
        "The firm dismissed reports of a sale.",
        "The minister rejected the allegations.",
        "The firm dismissed the story as nonsense.",
        "“The story is categorically false,” the minister said.",
    ],
    "stated": [
        "The insiders asked not to be named.",
        "The judge held a party.",
        "A drop in rules disputes was seen.",
        "Neither man would speak to the paper.",
        "He would later become mayor.",
        "The firm may look small, but it never closed a shop.",
        "The firm employs 400 people.",
        "The firm rejected a demand for higher wages.",
        "The judge denied him bail.",
        "The firm declined to comment.",
        "The driver could not be reached for comment.",
        "The city has not announced a date.",
        "The song comes from a band called Night Owls.",
        "The bridge, which could collapse, was shut on Monday.",
        "The firm was founded in May 1990.",
        "It may be small, but the firm has never lost money.",
        "Police did not say who the driver was.",
    ],
    "opinion": ["The city should be ashamed of it.", "Unfortunately, the sequel is dull.", "The plan makes no sense."],
}


PIECES = (
    "Lee", "said", "that", "the bridge", "is safe", ".", ",", "“", "”", "but", "who", "according to", "sources", "may",
    "not", "if", "would", "reportedly", "denied", ":", "The Herald", "citing", "he", "was said to", "and", ";",
    "told", "?",
)  # fmt: skip


@pytest.mark.parametrize(("status", "text"), [(status, text) for status, texts in SINGLE.items() for text in texts])
def test_a_sentence_has_its_status(status: str, text: str) -> None:
    assert statuses(text) == [status]


@pytest.mark.parametrize(
    "text", ["Watch the video above.", "Is the bridge safe?", "A picture of the bridge in the rain.", "Don’t worry."]
)
def test_what_claims_nothing_gives_none(text: str) -> None:
    assert statuses("It rained on Monday. " + text + " It rained on Tuesday.") == ["stated", "stated"]


def test_a_quotation_keeps_its_speaker_over_sentences() -> None:
    found = readings("“The bridge is safe. We have looked at it,” Ann Lee said. “Nobody needs to worry about it now.”")
    assert [reading.status.value for reading in found] == ["attributed"] * 3
    assert found[2].source == "Ann Lee"
    assert found[2].inherited_from == 2


def test_a_pronoun_stands_for_the_last_speaker() -> None:
    found = readings("Ann Lee said the bridge was safe. She added that the tunnel was not.")
    assert [reading.source for reading in found] == ["Ann Lee", "Ann Lee"]


def test_an_outlet_on_itself_is_a_party() -> None:
    text = "The firm has been sold, the Daily Herald said."
    assert [r.status.value for r in readings(text)] == ["rumour"]
    assert [r.status.value for r in readings(text, publisher="Daily Herald")] == ["attributed"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Mayor: Bridge is safe for cars\n\nThe bridge in Oakton is safe, the mayor said on Monday.", "Mayor"),
        ("Seven cars hit on the bridge: police\n\nSeven cars were hit in Oakton, police said on Monday.", "police"),
    ],
)
def test_a_heading_names_its_source_around_a_colon(text: str, source: str) -> None:
    first = readings(text)[0]
    assert (first.status.value, first.source) == ("attributed", source)


def test_cues_and_sources_are_exact_words() -> None:
    text = "The bridge, said Ann Lee, may collapse."
    found = readings(text)[0]
    assert found.cue_at is not None
    assert found.source_at is not None
    assert text[slice(*found.cue_at)] == "may"
    assert text[slice(*found.source_at)] == "Ann Lee"


def test_a_role_points_back_to_the_unnamed_source_that_bore_it() -> None:
    found = readings(
        "A city officer, speaking on condition of anonymity, said the bridge was old. It was built in 1950. "
        "The officer said it had cracks."
    )
    assert [reading.status.value for reading in found] == ["rumour", "stated", "rumour"]


def test_two_main_clauses_of_two_statuses_are_two_claims() -> None:
    text = "The bridge was shut on Monday, but the mayor said that it was safe."
    found = readings(text)
    assert [(r.status.value, text[r.start : r.end]) for r in found] == [
        ("stated", "The bridge was shut on Monday, "),
        ("attributed", "but the mayor said that it was safe."),
    ]


def test_a_chain_names_every_hop() -> None:
    found = readings("The firm is for sale, the Daily Herald reported, citing people familiar with the matter.")[0]
    assert found.chain == ("Daily Herald", "people familiar with the matter")


def test_a_frame_with_a_colon_gives_its_source_to_what_follows() -> None:
    found = readings("The Oakton Gazette writes:\n\nThe firm has been sold to a rival in the north.")
    assert [(r.status.value, r.source) for r in found] == [("rumour", "Oakton Gazette")]


def test_a_quoted_question_and_its_frame_claim_nothing() -> None:
    assert statuses("“Is the bridge safe?” Lee asked.") == []


def test_an_outlet_that_speaks_of_itself_is_a_party() -> None:
    assert statuses("CNN said it could not check the tape.") == ["attributed"]


def test_a_common_word_is_no_outlet() -> None:
    assert statuses("Sun Wei said the bridge was safe.") == ["attributed"]


@pytest.mark.parametrize(
    "unit",
    [
        "Lee said the bridge could be safe. ",
        "said ",
        "may ",
        "no would ",
        "he said it; ",
        "that ",
        "(according to Lee ",
        '"',
    ],
)
def test_work_grows_with_the_length(unit: str, calls: Calls) -> None:
    small, large = (calls(partial(readings, unit * (size // len(unit)))) for size in (4_000, 16_000))
    assert large <= 4 * small * 1.2 + 500


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PIECES]), max_size=40).map(" ".join))
def test_readings_stand_in_order_inside_their_sentences(text: str) -> None:
    sentences = segment(text, Language.ENGLISH)
    at = 0
    for reading in read(text, sentences, Language.ENGLISH):
        span = sentences[reading.sentence - 1].span
        assert at <= reading.start < reading.end <= len(text)
        assert span.start <= reading.start
        assert reading.end <= span.end
        at = reading.end
        for place in (reading.cue_at, reading.source_at):
            assert place is None or 0 <= place[0] <= place[1] <= len(text)
