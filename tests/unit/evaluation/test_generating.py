"""Templates expand to the same cases every time, and a slot that is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluation.generating import TEMPLATES, generate

TEMPLATE = """
language = "en"
topic = "business"
cases = 3
subjects = ["The Ames Group", "Luvia", "Fruvo"]
outlets = ["The Echo"]
before = ["Rain fell."]
after = ["The sun rose."]
deeds = [{ inf = "close" }, { inf = "move" }]
[[frames]]
id = "may"
text = "Later, <subject_mid> {may} <inf>."
gold = "possible"
swapped = "Later, <subject_mid> will reportedly <inf>."
swapped_label = "rumour"
kept = ["<subject> could <inf>."]
inflated = ["<subject> will <inf>."]
"""


def test_every_case_has_its_twins_and_summaries(tmp_path: Path) -> None:
    (tmp_path / TEMPLATES).write_text(TEMPLATE, encoding="utf-8")
    cases = generate(tmp_path)
    assert len({case.question.article.text for case in cases}) == 3
    first = cases[0]
    assert first.question.article.text == "Rain fell. Later, the Ames Group may close. The sun rose."
    assert [sentence.label for sentence in first.gold.sentences] == ["stated", "speculation", "stated"]
    swapped, renamed = first.question.twins
    assert swapped.text == "Rain fell. Later, the Ames Group will reportedly close. The sun rose."
    assert renamed.text == "Rain fell. Later, Luvia may close. The sun rose."
    assert [verdict.label for verdict in first.gold.twins] == ["rumour", None]
    assert [verdict.codes for verdict in first.gold.verdicts] == [(), ("C101", "C102")]
    assert generate(tmp_path) == cases


def test_a_missing_slot_is_named(tmp_path: Path) -> None:
    (tmp_path / TEMPLATES).write_text(TEMPLATE.replace("<inf>.", "<past>."), encoding="utf-8")
    with pytest.raises(UsageError, match="no slot <past>"):
        generate(tmp_path)
