"""What a batch and its executors are built of."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Final

from reportedly.batch import Configuration, Desk, ExecutorName, Hands, ModelPlan, Paths
from reportedly.errors import UsageError
from reportedly.llm.budgeting import Spending
from reportedly.llm.interface import close
from reportedly.llm.providers import parse_model
from reportedly.llm.stacking import stack
from reportedly.pipeline import Wanted
from reportedly.schema import Failure, Language, Report
from reportedly.settings import Settings
from reportedly.sources import Loaded
from reportedly.wiring import AnyModel, RuleEngine, engine_for, guards_for, model_named

PER_DESK: Final = 4
"""Conversations that are led at once for each process that reads articles, so that none waits for the disk."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a batch is worked at."""

    executor: ExecutorName
    workers: int = 1
    """Processes that read and check articles."""
    scheduler: str | None = None
    """Address of a Dask scheduler; None starts one here."""
    warn: Callable[[str], None] = lambda _: None
    """Is told what a user should know on the way."""


def batch_configuration(
    settings: Settings,
    *,
    words: int | None = None,
    summary: bool = True,
    language: Language | None = None,
    read_as: Language | None = None,
) -> Configuration:
    """What a batch does to each article, without the model itself."""
    plan: ModelPlan | None = None
    if settings.model is not None:
        plan = ModelPlan(
            name=settings.model,
            identity=model_named(settings.model, settings).identity,
            language=language,
            on_unsure=settings.on_unsure,
            window_tokens=settings.window,
            structured=settings.structured,
        )
    return Configuration(model=plan, words=words, summary=summary, read_as=read_as)


def hands_for(
    settings: Settings, configuration: Configuration, place: Workplace, already: Spending, paths: Paths
) -> Hands:
    """The executor of a batch with all that it needs. Raises UsageError for a choice that does not go together."""
    if place.executor is ExecutorName.LOCAL:
        return _local_hands(settings, configuration, place, already)
    if place.executor is ExecutorName.OPENAI_BATCH:
        return _openai_batch_hands(settings, configuration, place, already, paths)
    return _dask_hands(settings, configuration, place)


def _local_hands(settings: Settings, configuration: Configuration, place: Workplace, already: Spending) -> Hands:
    from reportedly.batch.executors.local import SLACK, Local

    desk = _desk(configuration, place.workers)
    if settings.model is None:
        return Hands(Local(desk, None, PER_DESK * place.workers))
    guards = replace(guards_for(settings), already=already)
    built = stack(model_named(settings.model, settings), guards)
    most = ceil(SLACK * settings.concurrency) + place.workers
    return Hands(Local(desk, built.model, most), lambda: built.budget.spent, partial(close, built.model))


def _openai_batch_hands(
    settings: Settings, configuration: Configuration, place: Workplace, already: Spending, paths: Paths
) -> Hands:
    if settings.model is None or parse_model(settings.model).provider != "openai":
        raise UsageError("the Batch API is OpenAI's", hint="--executor openai-batch --model openai:…")
    from reportedly.batch.executors.openai_batch import BatchBudget, OpenAIBatch, Provider
    from reportedly.llm.openai_batches import OpenAIBatches
    from reportedly.llm.through_openai import ThroughOpenAI

    adapter = model_named(settings.model, settings)
    assert isinstance(adapter, ThroughOpenAI)
    guards = replace(guards_for(settings), already=already, cache=None)
    live = stack(adapter, guards).model
    provider = Provider(adapter, live, OpenAIBatches(adapter), settings.batch_look, PER_DESK * place.workers)
    budget = BatchBudget(adapter.identity, guards.limits, already.committed_tokens, already.committed_cost or 0.0)
    executor = OpenAIBatch(_desk(configuration, place.workers), provider, paths.batches, budget, place.warn)
    return Hands(executor, close=partial(close, live))


def _dask_hands(settings: Settings, configuration: Configuration, place: Workplace) -> Hands:
    if settings.max_cost is not None or settings.max_tokens is not None:
        raise UsageError(
            "a limit of a run can't be kept by many machines", hint="limit the spending of the key with the provider"
        )
    from reportedly.batch.executors.dask import Cluster, OnDask

    told = settings.model_dump_json(
        exclude={"api_key"}, exclude_none=True
    )  # the key stays here: workers have their own
    make = partial(_work_on_cluster, told, configuration.model_dump_json())
    return Hands(OnDask(make, Cluster(place.scheduler, place.workers, settings.concurrency), place.warn))


def _work_on_cluster(told: str, configured: str, concurrency: int) -> Callable[[Loaded], Awaitable[Report]]:
    """What a worker of a cluster does with an article; engines are kept between its tasks."""
    given = json.loads(told) | {"concurrency": concurrency}
    configuration = Configuration.model_validate_json(configured)
    language = configuration.model.language if configuration.model else None
    engine = engine_for(Settings(**given), language=language)
    return partial(engine.areport, wanted=Wanted(summary=configuration.summary, words=configuration.words))


def work_for_many(
    settings: Settings, model: AnyModel | None, wanted: Wanted, language: Language | None, processes: int
) -> tuple[Callable[[Loaded], Awaitable[Report | Failure]], Callable[[], Awaitable[None]], int]:
    """What is done with each of many articles, what closes it, and how many to hold at once."""
    from reportedly.batch.many import at_desk
    from reportedly.batch.working import InProcesses

    if model is None and settings.model is None and processes > 1:
        desk = InProcesses(Configuration(words=wanted.words, summary=wanted.summary), processes)
        return at_desk(desk), desk.aclose, 2 * processes
    engine = engine_for(settings, model, language=language)
    most = 1 if isinstance(engine, RuleEngine) else settings.concurrency
    return partial(engine.areport, wanted=wanted), _nothing, most


async def _nothing() -> None:
    """Engines are kept and shared: there is nothing to close."""


def _desk(configuration: Configuration, workers: int) -> Desk:
    from reportedly.batch.conversing import InProcess
    from reportedly.batch.working import InProcesses

    return InProcesses(configuration, workers) if workers > 1 else InProcess(configuration)
