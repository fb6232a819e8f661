"""A summary judged by a model as well: one request, the rules' findings stay, confirmed or disputed."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from reportedly.errors import ProviderFault
from reportedly.llm.scripted import Answer, Scripted
from reportedly.pipeline import Judging, adrive, read_source, review_by_model
from reportedly.schema import Opinion, Outcome, Review, Selection
from tests.unit.pipeline.replies import GERMAN

SUMMARY = "Der Eigentümer streicht 60 Stellen. Die Brauerei beschäftigt 240 Menschen."


def talk(*answers: Answer, summary: str = SUMMARY) -> tuple[Review, Scripted]:
    model = Scripted(answers)
    source = read_source(GERMAN)
    conversation = review_by_model("pair", source, summary, Selection(), Judging(model="scripted"))
    return asyncio.run(adrive(conversation, model)), model


def judged(*clauses: tuple[str, str, int | None], **changes: Any) -> str:
    rows = [
        {"clause": number, "support": support, "certainty": certainty, "sentence": sentence}
        for number, (support, certainty, sentence) in enumerate(clauses, 1)
    ]
    return json.dumps({"clauses": rows, **changes})


def test_a_finding_of_the_rules_is_confirmed() -> None:
    review, model = talk(judged(("supported", "raised", 2), ("supported", "kept", 1)))
    assert len(model.requests) == 1
    assert [(f.code, f.opinion) for f in review.findings if f.code == "C101"] == [("C101", Opinion.CONFIRMED)]
    assert review.provenance.prompt == "judge/v1"


def test_a_finding_that_the_model_disputes_stays() -> None:
    review, _ = talk(judged(("supported", "kept", 2), ("supported", "kept", 1)))
    assert [(f.code, f.opinion) for f in review.findings if f.code == "C101"] == [("C101", Opinion.DISPUTED)]
    assert review.outcome is Outcome.FLAGGED


@pytest.mark.parametrize(
    ("support", "certainty", "code"),
    [
        ("contradicted", "kept", "F205"),
        ("not_in_source", "kept", "F205"),
        ("supported", "raised", "C101"),
        ("supported", "lowered", "C105"),
    ],
)
def test_what_only_the_model_finds_is_a_warning(support: str, certainty: str, code: str) -> None:
    review, _ = talk(judged((support, certainty, 1)), summary="Die Brauerei beschäftigt 240 Menschen.")
    (finding,) = review.findings
    assert (finding.code, finding.severity.value, finding.opinion) == (code, "warning", None)
    assert finding.summary is not None
    assert finding.source


@pytest.mark.parametrize(
    "bad",
    [
        "no JSON",
        judged(("supported", "kept", 1)),
        judged(("supported", "kept", 1), ("supported", "kept", 99)),
        judged(("certainly", "kept", 1), ("supported", "kept", 1)),
        judged(("supported", "kept", 1), ("supported", "kept", 1), extra=1),
    ],
)
def test_a_reply_that_can_not_be_read_is_asked_for_once_more(bad: str) -> None:
    review, model = talk(bad, judged(("supported", "raised", 2), ("supported", "kept", 1)))
    assert len(model.requests) == 2
    assert review.reason is None
    review, model = talk(bad, bad)
    assert review.outcome is Outcome.UNDETERMINED
    assert "C101" in {finding.code for finding in review.findings}


def test_without_a_reply_the_rules_findings_stand() -> None:
    review, _ = talk(ProviderFault("down"))
    assert review.outcome is Outcome.UNDETERMINED
    assert {"C101", "P508"} <= {finding.code for finding in review.findings}
    assert len(review.support) == len(review.sentences)
