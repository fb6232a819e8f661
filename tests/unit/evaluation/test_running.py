"""Metrics on an engine whose mistakes are known: each number is what it must be."""

from __future__ import annotations

import pytest

from reportedly.errors import AuthFailed
from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.running import Run, run_suite
from reportedly.evaluation.suite import Suite
from reportedly.schema import Article, Attribution, Claim, Firmness, Report, SourceKind, Status
from tests.unit.evaluation.oracle import Oracle, Spoil, keep


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


async def test_twins_must_stay_or_follow(suite: Suite) -> None:
    got = await run(suite)
    assert got.slices["planted-order"].value == 1.0
    assert got.slices["swap-cue"].value == 0.0
    assert {item.got for case in got.cases for item in case.items if item.id == "t002"} == {"follows opinion"}


async def test_what_stops_a_run_stops_it(suite: Suite) -> None:
    class Keyless(Oracle):
        async def read(self, article: Article, *, summarise: bool) -> Report:
            raise AuthFailed("no key")

    with pytest.raises(AuthFailed):
        await run_suite(suite, Keyless(suite), "keyless")
