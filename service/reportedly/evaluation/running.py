"""Run a suite on an engine: pydantic-evals drives the cases, our judges count, the counts become a run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field
from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from pydantic_evals.reporting import EvaluationReport

from reportedly._version import __version__
from reportedly.errors import ReportedlyError
from reportedly.evaluation.asking import Answer, Engine, ask
from reportedly.evaluation.estimating import Estimate, estimate, sums_of, weights
from reportedly.evaluation.gold import LABELS, About, Gold, Question
from reportedly.evaluation.judging import (
    Item,
    Tally,
    judge_certainty,
    judge_faults,
    judge_status,
    judge_summary,
    judge_twins,
)
from reportedly.evaluation.judging.tally import MISSED
from reportedly.evaluation.measuring import METRICS, code_metrics, slice_metrics
from reportedly.evaluation.suite import Suite, Task
from reportedly.schema import Record, Usage

IN_FLIGHT: Final = 16
"""Cases asked at once, where an engine waits for a model; the rule engine answers one by one in any case."""


class Ran(Record):
    """What ran: two runs can be compared only where the suite is the same."""

    suite: str
    """Name of the suite."""
    digest: str
    """Digest of the suite."""
    engine: str
    """`rules`, or the model as asked for."""
    version: str
    """Version of this package."""
    prompt_digest: str | None = None
    """Digest of the prompt, for a model."""
    schema_digest: str | None = None
    """Digest of the reply schema, for a model."""


class CaseResult(Record):
    """One case, judged."""

    name: str
    counts: dict[str, int]
    """What adds up to the metrics."""
    items: tuple[Item, ...]
    """Each thing that was asked."""
    failures: dict[str, str] = Field(default_factory=dict)
    """Why something is missing."""


class Timing(Record):
    """Wall time; the only part of a run that two runs don't share."""

    seconds: float
    """Of the whole run."""
    slowest: float
    """Of the slowest case."""


class Run(Record):
    """A suite on an engine: what it got and how good that is."""

    ran: Ran
    metrics: dict[str, Estimate]
    """By name, in the order of tables."""
    slices: dict[str, Estimate]
    """Share right by phenomenon."""
    codes: dict[str, Estimate]
    """Precision and recall by finding code."""
    confusion: dict[str, dict[str, int]]
    """Gold label, then label got."""
    cases: tuple[CaseResult, ...]
    timing: Timing | None = None


@dataclass(repr=False)
class Judge(Evaluator[Question, Any, About]):
    """Scores a case with its share of right items; the whole tally is laid down in `tallies` under the case's name."""

    tasks: tuple[Task, ...] = ()

    def __post_init__(self) -> None:
        # No field: pydantic-evals writes an evaluator's fields into every result.
        self.tallies: dict[str, Tally] = {}

    def evaluate(self, ctx: EvaluatorContext[Question, Any, About]) -> Mapping[str, float | int]:
        answer, gold, tally = ctx.output, ctx.expected_output, Tally()
        assert isinstance(answer, Answer)
        assert isinstance(gold, Gold)
        if Task.STATUS in self.tasks:
            judge_status(answer, gold, ctx.inputs.article.text, tally)
        if Task.SUMMARY in self.tasks:
            judge_summary(answer, gold, tally)
        if Task.CERTAINTY in self.tasks:
            judge_certainty(answer, gold, tally)
        if Task.TWINS in self.tasks:
            judge_twins(answer, ctx.inputs, gold, tally)
        if Task.FAULTS in self.tasks:
            judge_faults(answer, gold, tally)
        _count_spending(answer, tally)
        self.tallies[str(ctx.name)] = tally
        return {"items": len(tally.items), "right": sum(item.right for item in tally.items)}


async def run_suite(suite: Suite, engine: Engine, named: str) -> Run:
    """Run a suite on an engine, as `run_cases`."""
    return await run_cases(suite, lambda question: ask(question, engine, suite.manifest.tasks), named)


async def run_cases(suite: Suite, asked: Callable[[Question], Awaitable[Answer]], named: str) -> Run:
    """Ask every case, judge every answer. A crash or an undetermined report is a miss, never dropped.

    Raises what stops a run (a wrong key, a missing recording): that says nothing about the engine.
    """
    began = time.perf_counter()
    judge = Judge(tasks=suite.manifest.tasks)
    dataset: Dataset[Question, Any, About] = Dataset(
        name=suite.name,
        cases=[
            Case(name=case.name, inputs=case.inputs, expected_output=case.expected_output, metadata=case.metadata)
            for case in suite.cases
        ],
        evaluators=[judge],
    )

    stopped: list[ReportedlyError] = []

    async def task(question: Question) -> Answer:
        if stopped:
            return Answer()
        try:
            return await asked(question)
        except ReportedlyError as error:
            stopped.append(error)
            return Answer()

    report = await dataset.evaluate(task, name=named, max_concurrency=IN_FLIGHT, progress=False)
    if stopped:
        raise stopped[0]
    _must_be_whole(report, suite)
    results = tuple(_result(case.name, judge.tallies[case.name], case.output) for case in report.cases)
    spent = next((case.output.spent.provenance for case in report.cases if case.output.spent), None)
    ran = Ran(
        suite=suite.name,
        digest=suite.digest,
        engine=named,
        version=__version__,
        prompt_digest=spent.prompt_digest if spent else None,
        schema_digest=spent.schema_digest if spent else None,
    )
    timing = Timing(
        seconds=round(time.perf_counter() - began, 3),
        slowest=round(max((case.task_duration for case in report.cases), default=0.0), 3),
    )
    return measure(ran, results, timing)


def measure(ran: Ran, results: tuple[CaseResult, ...], timing: Timing | None) -> Run:
    """All metrics of judged cases, with intervals. Cases are put in the order of their names."""
    ordered = tuple(sorted(results, key=lambda result: result.name))
    sums = sums_of([result.counts for result in ordered], weights(len(ordered)))

    def every(metrics: tuple[Any, ...]) -> dict[str, Estimate]:
        made = {metric.name: estimate(metric, sums) for metric in metrics}
        return {name: value for name, value in made.items() if value is not None}

    return Run(
        ran=ran,
        metrics=every(METRICS),
        slices=every(slice_metrics(sums)),
        codes=every(code_metrics(sums)),
        confusion=_confusion(ordered),
        cases=ordered,
        timing=timing,
    )


def _must_be_whole(report: EvaluationReport[Question, Any, About], suite: Suite) -> None:
    """Every case came back judged: a fault of ours must not look like a case that was never asked."""
    broken = [failure.error_message for case in report.cases for failure in case.evaluator_failures]
    broken += [failure.error_message for failure in report.failures]
    if broken or len(report.cases) != len(suite.cases):
        raise RuntimeError(f"{suite.name}: {len(broken)} cases could not be judged: {broken[:1]}")


def _result(name: str, tally: Tally, answer: Answer) -> CaseResult:
    return CaseResult(
        name=name,
        counts=dict(sorted(tally.counts.items())),
        items=tuple(tally.items),
        failures=dict(sorted(answer.failures.items())),
    )


def _confusion(results: tuple[CaseResult, ...]) -> dict[str, dict[str, int]]:
    found = Counter[tuple[str, str]]()
    for result in results:
        found.update((item.gold, item.got) for item in result.items if item.kind == "sentence")
    columns = (*LABELS, MISSED)
    table = {gold: {got: found[gold, got] for got in columns if found[gold, got]} for gold in LABELS}
    return {gold: row for gold, row in table.items() if row}


def _count_spending(answer: Answer, tally: Tally) -> None:
    usage = answer.spent.provenance.usage if answer.spent else Usage()
    if not usage.attempts and not usage.calls:
        return
    tally.add("spent.n")
    tally.add("spent.calls", usage.calls)
    tally.add("spent.input", usage.input_tokens)
    tally.add("spent.output", usage.output_tokens)
    if usage.cost is not None:
        tally.add("spent.priced")
        tally.add("spent.microdollars", round(usage.cost * 1e6))
