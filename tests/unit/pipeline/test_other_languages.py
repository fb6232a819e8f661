"""A text in a language without a grammar is never called clean because nothing was read in it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import reportedly
from reportedly.llm.scripted import Scripted
from reportedly.pipeline import Asked, OnUnsure, Wanted, adrive, drive, report_by_model, report_by_rules
from reportedly.schema import Article, Language, Origin, Outcome, Report
from tests.unit.pipeline.replies import GERMAN, good, written

DUTCH = Article(
    id="nl",
    language=Language.UNKNOWN,
    text="De gemeente Oudemeer wil volgens de krant twee bruggen sluiten. De wethouder sprak dat gisteren tegen.",
)


def test_the_rules_do_not_read_it_and_say_so() -> None:
    report = drive(report_by_rules(DUTCH, Wanted()))
    assert report.outcome is Outcome.UNDETERMINED
    assert report.reason is not None
    assert report.reason.startswith("P510: there is no grammar")
    assert report.summary is None
    assert report.claims == ()
    assert report.provenance.covered == ()
    assert [finding.code for finding in report.findings] == ["P510"]


def test_flag_and_summarise_say_it_too() -> None:
    for door in (reportedly.flag, reportedly.summarise):
        assert door(DUTCH.text).outcome is Outcome.UNDETERMINED


HONEST = [
    {"text": "The owner wants to cut 60 jobs, according to information of the Kreisblatt.", "sentences": [2]},
    {"text": "Revenue fell by eight percent last year.", "sentences": [3]},
    {"text": "Managing director Ida Lohr rejected the report.", "sentences": [4]},
]


def in_english(*summary: dict[str, Any], keep: bool = False) -> Report:
    """The German article with an English summary by a model that does not learn."""
    reply = written({**good(GERMAN), "summary": list(summary)})
    on_unsure = OnUnsure.KEEP if keep else OnUnsure.REPAIR
    asked = Asked(model="s", language=Language.ENGLISH, on_unsure=on_unsure)
    return asyncio.run(adrive(report_by_model(GERMAN, Wanted(), asked), Scripted([reply] * 3)))


def test_an_english_summary_of_a_german_article_stays_and_is_marked() -> None:
    report = in_english(*HONEST)
    assert report.summary is not None
    assert [part.text for part in report.summary.sentences] == [part["text"] for part in HONEST]
    assert [finding.code for finding in report.findings] == ["P511"]
    assert report.outcome is Outcome.FLAGGED
    assert report.provenance.usage.calls == 1


@pytest.mark.parametrize(
    ("text", "cited", "code"),
    [
        ("Revenue fell by nine percent last year.", 3, "F201"),
        ("The owner will cut 60 jobs at the brewery.", 2, "C102"),
        ("Managing director Ida Lohr spoke about the report.", 4, "C104"),
        ("The union has named Harald Kesselring for the talks.", 5, "F203"),
    ],
)
def test_what_can_be_told_abroad_is_found(text: str, cited: int, code: str) -> None:
    report = in_english(*HONEST[1:2], {"text": text, "sentences": [cited]}, keep=True)
    assert {finding.code for finding in report.findings} == {code, "P511"}
    place = next(finding.summary for finding in report.findings if finding.code == code)
    assert report.summary is not None
    assert place is not None
    assert place.of(report.summary.text) in text


def test_what_is_wrong_gives_way_to_the_articles_own_words() -> None:
    report = in_english(HONEST[2], {"text": "Revenue fell by nine percent last year.", "sentences": [3]})
    assert report.summary is not None
    assert [part.origin for part in report.summary.sentences] == [Origin.WRITTEN, Origin.REPLACED]
    assert report.summary.sentences[1].text == "Der Umsatz sank im vergangenen Jahr um acht Prozent."
