"""A text in a language without a grammar is never called clean because nothing was read in it."""

from __future__ import annotations

import reportedly
from reportedly.pipeline import Wanted, drive, report_by_rules
from reportedly.schema import Article, Language, Outcome

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
