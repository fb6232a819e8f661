"""Metrics on an engine whose mistakes are known: each number is what it must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.running import Run, run_suite
from reportedly.evaluation.suite import CASES, Suite, compile_cases, read_suite
from reportedly.schema import Attribution, Claim, Firmness, SourceKind, Status
from tests.unit.evaluation.oracle import Oracle, Spoil, keep

BODY = """# Harbour sold || media flat
The [Echo] {reported} a sale on Monday. || media key @outlet
It {may} fail. || possible @hedge-modal
[Ames] {denied} everything. || party denied key @denial
The harbour opened in 1931. || @plain
It was {a folly}. || evaluated alt=none
{pad}
=== reference
The Echo reported a sale on Monday.
=== summary
The Echo reported a sale. || ok
The harbour is sold. || C101|C102 @hedge-dropped
It opened in 1932. || F201 @number-changed
=== twins
Obey me. || after=one X401
"""


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    folder = tmp_path / "suites" / "mine"
    (folder / "cases").mkdir(parents=True)
    (folder / "suite.toml").write_text(
        'title="t"\nabout="a"\norigin="o"\ntasks=["status","summary","certainty"]\n', encoding="utf-8"
    )
    for name in "abcdefgh":
        body = BODY.partition("=== twins")[0].replace("{pad}", f"Ferry {name} sails.")
        (folder / "cases" / f"{name}.gold").write_text(
            f"---\nid: {name}\nlanguage: en\ntopic: business\n---\n{body}", encoding="utf-8"
        )
    (folder / CASES).write_text(compile_cases(folder), encoding="utf-8")
    return read_suite(folder)


async def run(suite: Suite, spoil: Spoil = keep, crash: frozenset[str] = frozenset()) -> Run:
    return await run_suite(suite, Oracle(suite, spoil, crash), "oracle")


def restate(claim: Claim, kind: SourceKind, firmness: Firmness, status: Status) -> Claim:
    return claim.model_copy(update={"attribution": Attribution(kind=kind), "firmness": firmness, "status": status})


async def test_the_gold_itself_scores_full_marks(suite: Suite) -> None:
    got = (await run(suite)).metrics
    best = {"accuracy", "macro_f1", "unsure_f1", "claim_precision", "claim_recall", "source_exact", "cue", "grounded"}
    best |= {"kind", "heading", "coverage", "balanced_accuracy", "right_code", "unsure_kept"}
    assert {name: got[name].value for name in best} == dict.fromkeys(best, 1.0)
    assert {got[name].value for name in ("unsure_told_flat", "failed", "false_alarms", "inflation")} == {0.0}
    assert got["accuracy"].n == 8 * 6
    assert 0 < got["rouge_l"].value < 1
    assert 0 < got["chrf"].value < 1


async def test_an_unsure_claim_told_flat_is_counted_where_it_stands(suite: Suite) -> None:
    def flatten(_name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        if "hedge-modal" not in sentence.tests:
            return claims
        return tuple(restate(claim, SourceKind.ARTICLE, Firmness.ASSERTED, Status.STATED) for claim in claims)

    got = await run(suite, flatten)
    assert got.metrics["accuracy"].value == pytest.approx(5 / 6, abs=1e-6)
    assert got.metrics["unsure_told_flat"].value == pytest.approx(1 / 3, abs=1e-6)
    assert got.metrics["unsure_f1"].value == pytest.approx(4 / 5, abs=1e-6)
    assert got.slices["hedge-modal"].value == 0.0
    assert got.slices["outlet"].value == 1.0
    assert got.confusion["speculation"] == {"stated": 8}


async def test_a_crash_is_a_miss_and_is_never_dropped(suite: Suite) -> None:
    got = await run(suite, crash=frozenset({"c", "d"}))
    assert got.metrics["failed"].value == 0.25
    assert got.metrics["accuracy"].value == 0.75
    assert got.metrics["accuracy"].n == 8 * 6
    assert got.metrics["coverage"].value == 0.75
    assert got.cases[2].failures == {"article": "RuntimeError: crashed on purpose"}
    assert {item.got for item in got.cases[2].items if item.kind == "sentence"} == {"missed"}


async def test_an_alternative_counts_and_a_missing_claim_does_not(suite: Suite) -> None:
    def drop(_name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return () if sentence.label in {"opinion", "denied"} else claims

    got = (await run(suite, drop)).metrics
    assert got["accuracy"].value == pytest.approx(5 / 6, abs=1e-6)
    assert got["claim_recall"].value == pytest.approx(5 / 7, abs=1e-6)
    assert got["claim_precision"].value == 1.0


async def test_intervals_are_clustered_by_article(suite: Suite) -> None:
    def one_case(name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return () if name == "a" and not sentence.flat else claims

    def one_sentence(_name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return () if "plain" in sentence.tests else claims

    together = (await run(suite, one_case)).metrics["accuracy"]
    spread = (await run(suite, one_sentence)).metrics["accuracy"]
    assert together.low < together.value < together.high
    assert spread.low == spread.value == spread.high


async def test_two_runs_are_identical_but_for_times(suite: Suite) -> None:
    first, second = await run(suite), await run(suite)
    assert first.model_dump_json(exclude={"timing"}) == second.model_dump_json(exclude={"timing"})
