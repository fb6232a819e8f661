"""What was reached is held: the rule engine on every suite of `evals/`, against the pinned floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.evaluation.engines import RULES, ByModel, ByRules
from reportedly.evaluation.gate import hold
from reportedly.evaluation.recordings import Replaying, read_recording, recording_path
from reportedly.evaluation.running import run_suite
from reportedly.evaluation.suite import read_suite
from reportedly.pipeline import Asked, review
from reportedly.stages.check import CHECKS
from reportedly.stages.check.certainty import Certainty
from reportedly.stages.check.numbers import Numbers

EVALS = Path(__file__).parents[3] / "evals"
SUITES = sorted(path.parent.name for path in EVALS.glob("suites/*/suite.toml"))


@pytest.mark.parametrize("name", SUITES)
async def test_no_floor_is_undercut(name: str) -> None:
    run = await run_suite(read_suite(EVALS / "suites" / name), ByRules(), RULES)
    assert [f"{breach.what}: {breach.message}" for breach in hold(run, EVALS)] == []


@pytest.mark.parametrize(
    ("lost", "suite", "phenomenon"),
    [(Numbers, "certainty-en", "number-changed"), (Certainty, "metamorphic-de", "hedge-dropped")],
)
async def test_a_check_that_is_lost_is_named(
    monkeypatch: pytest.MonkeyPatch, lost: type[object], suite: str, phenomenon: str
) -> None:
    monkeypatch.setattr(review, "CHECKS", tuple(check for check in CHECKS if not isinstance(check, lost)))
    run = await run_suite(read_suite(EVALS / "suites" / suite), ByRules(), RULES)
    breaches = {(breach.suite, breach.kind, breach.what) for breach in hold(run, EVALS)}
    assert (suite, "phenomenon", phenomenon) in breaches


async def test_a_recording_fits_the_prompt_of_today() -> None:
    suite = read_suite(EVALS / "suites" / "seed")
    model = "openai:reportedly-rules"
    replaying = Replaying(recording_path(suite.folder, model), model)
    run = await run_suite(suite, ByModel(replaying, Asked(model=model)), model)
    assert [f"{breach.what}: {breach.message}" for breach in hold(run, EVALS)] == []
    assert {line.produced_by for line in read_recording(recording_path(suite.folder, model)).values()} == {"stand-in"}
