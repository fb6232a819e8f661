"""The gate fails where it must, names what fell, and lowers nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluation.comparing import compare
from reportedly.evaluation.gate import FLOORS, hold, pin, read_floors, write_floors
from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.running import Run, run_suite
from reportedly.evaluation.suite import CASES, Suite, read_suite
from reportedly.schema import Claim
from tests.unit.evaluation.oracle import Oracle, Spoil, keep


async def run(suite: Suite, spoil: Spoil = keep) -> Run:
    return await run_suite(suite, Oracle(suite, spoil), "oracle")


def losing(test: str, cases: str) -> Spoil:
    """Loses the claims of one phenomenon in some cases."""

    def spoil(name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return () if test in sentence.tests and name in cases else claims

    return spoil


async def test_a_run_holds_its_own_floor(suite: Suite, evals: Path) -> None:
    good = await run(suite)
    pin(good, evals, allow_regression=False)
    assert hold(good, evals) == ()


async def test_a_loss_names_the_suite_and_the_phenomenon(suite: Suite, evals: Path) -> None:
    pin(await run(suite), evals, allow_regression=False)
    breaches = hold(await run(suite, losing("hedge-modal", "abcde")), evals)
    assert {breach.suite for breach in breaches} == {"mine"}
    phenomena = [breach for breach in breaches if breach.kind == "phenomenon"]
    assert [breach.what for breach in phenomena] == ["hedge-modal"]
    assert phenomena[0].cases == tuple("abcde")
    assert "accuracy" in {breach.what for breach in breaches if breach.kind == "metric"}


async def test_noise_inside_the_interval_passes(suite: Suite, evals: Path) -> None:
    pin(await run(suite, losing("hedge-modal", "ab")), evals, allow_regression=False)
    assert hold(await run(suite, losing("hedge-modal", "bc")), evals) == ()


async def test_a_floor_is_lowered_only_on_purpose(suite: Suite, evals: Path) -> None:
    pin(await run(suite), evals, allow_regression=False)
    worse = await run(suite, losing("denial", "a"))
    with pytest.raises(UsageError, match="would lower"):
        pin(worse, evals, allow_regression=False)
    assert read_floors(evals)["mine", "oracle"].metrics["accuracy"].value == 1.0
    pin(worse, evals, allow_regression=True)
    assert read_floors(evals)["mine", "oracle"].metrics["accuracy"].value < 1.0


async def test_a_changed_suite_demands_pinning_again(suite: Suite, evals: Path) -> None:
    pin(await run(suite), evals, allow_regression=False)
    path = suite.folder / CASES
    path.write_text(path.read_text().replace('"possible"', '"conditional"'))
    breaches = hold(await run(read_suite(suite.folder)), evals)
    assert [breach.kind for breach in breaches] == ["stale"]


async def test_without_a_floor_it_fails(suite: Suite, evals: Path) -> None:
    assert [breach.kind for breach in hold(await run(suite), evals)] == ["unpinned"]


async def test_floors_read_back_as_written(suite: Suite, evals: Path) -> None:
    pin(await run(suite), evals, allow_regression=False)
    before = (evals / FLOORS).read_text()
    write_floors(evals, read_floors(evals))
    assert (evals / FLOORS).read_text() == before
    (evals / FLOORS).write_text("[mine]\noracle = 3\n")
    with pytest.raises(UsageError, match="can't be read"):
        read_floors(evals)


async def test_a_comparison_shows_what_flipped(suite: Suite) -> None:
    old, new = await run(suite, losing("denial", "a")), await run(suite, losing("hedge-modal", "bcdefg"))
    comparison = compare(old, new)
    assert [(flip.case, flip.better) for flip in comparison.flips if flip.case in "ab"] == [("a", True), ("b", False)]
    change = comparison.metrics["accuracy"]
    assert change.change == pytest.approx(-5 / 48, abs=1e-5)
    assert change.low < change.change < change.high < 0
    with pytest.raises(UsageError, match="different suites"):
        compare(old, new.model_copy(update={"ran": new.ran.model_copy(update={"digest": "0"})}))
