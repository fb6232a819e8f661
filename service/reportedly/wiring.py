"""The composition root: settings in, built parts out; the only place that knows concrete classes."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from reportedly.errors import UsageError
from reportedly.llm.budgeting import Limits, Spending
from reportedly.llm.caching import ReplyStore
from reportedly.llm.interface import ChatModel, ModelIdentity, close
from reportedly.llm.loop import run_sync
from reportedly.llm.providers import ModelName, Route, parse_model, provider_of
from reportedly.llm.retrying import Patience
from reportedly.llm.scripted import MODEL, Scripted
from reportedly.llm.stacking import Guards, Stack, stack
from reportedly.pipeline import (
    Asked,
    Judging,
    Wanted,
    adrive,
    drive,
    report_by_model,
    report_by_rules,
    review_by_model,
    review_by_rules,
)
from reportedly.schema import Failure, Language, Report, Review, Selection
from reportedly.settings import Settings
from reportedly.sources import Loaded
from reportedly.stages.check import Source

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from reportedly.batch import Configuration, Desk, ExecutorName, Hands, Paths
    from reportedly.evaluation.asking import Engine as MeasuredEngine
    from reportedly.evaluation.recordings import Producer, Recording

AnyModel: TypeAlias = "str | ChatModel | BaseChatModel"
"""A model by name (`openai:gpt-5-mini`), one of our own kind, or a langchain chat model."""


PER_DESK: Final = 4
"""Conversations that are led at once for each process that reads articles, so that none waits for the disk."""
LOCAL: Final = re.compile(r"localhost[:/]|127\.|\[::1\]|0\.0\.0\.0")
"""Addresses of this machine."""


class Playing(StrEnum):
    """Where a measured model's replies come from."""

    REPLAY = "replay"
    """The recording alone."""
    RECORD = "record"
    """The recording, and the model for what is not in it."""
    LIVE = "live"
    """The model; nothing is kept."""


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


@dataclass(frozen=True, slots=True)
class Measured:
    """An engine to be measured, and its recording where one is being made."""

    build: Callable[[], MeasuredEngine]
    """Makes the engine; picklable where it reads by rules or from a recording."""
    name: str
    recording: Recording | None = None


class Engine(Protocol):
    """Turns a loaded article into a report."""

    def report(self, loaded: Loaded, wanted: Wanted) -> Report:
        """In a plain call."""
        ...

    def review(self, name: str, source: Source, summary: str, selection: Selection) -> Review:
        """A summary that somebody wrote, held against its source; in a plain call."""
        ...

    async def areport(self, loaded: Loaded, wanted: Wanted) -> Report:
        """On the caller's event loop."""
        ...


class RuleEngine:
    """The embedded engine: no key, no network, no model."""

    def report(self, loaded: Loaded, wanted: Wanted) -> Report:
        """Reads by rules."""
        return drive(report_by_rules(loaded.article, wanted, loaded.findings))

    def review(self, name: str, source: Source, summary: str, selection: Selection) -> Review:
        """Checks by rules."""
        return drive(review_by_rules(name, source, summary, selection))

    async def areport(self, loaded: Loaded, wanted: Wanted) -> Report:
        """The same: it waits for nothing."""
        return self.report(loaded, wanted)


class ModelEngine:
    """One request an article to a guarded model."""

    def __init__(self, built: Stack, asked: Asked) -> None:
        self.stack = built
        self.asked = asked

    def report(self, loaded: Loaded, wanted: Wanted) -> Report:
        """On the process's own loop, so that it works inside a running one and in notebooks."""
        return run_sync(self.areport(loaded, wanted))

    def review(self, name: str, source: Source, summary: str, selection: Selection) -> Review:
        """Checks by rules and asks the model about every clause, once."""
        judging = Judging(model=self.asked.model, structured=self.asked.structured)
        return run_sync(adrive(review_by_model(name, source, summary, selection, judging), self.stack.model))

    async def areport(self, loaded: Loaded, wanted: Wanted) -> Report:
        """Asks the model; errors that stop a run are raised, others end in the report."""
        return await adrive(report_by_model(loaded.article, wanted, self.asked, loaded.findings), self.stack.model)


def engine_for(settings: Settings, model: AnyModel | None = None, *, language: Language | None = None) -> Engine:
    """The rule engine where no model is named, else a model behind all its guards.

    The same settings and name give the same engine, so that connections and limits are shared.
    """
    chosen = model if model is not None else settings.model
    if chosen is None:
        return RuleEngine()
    if isinstance(chosen, str):
        return _named_engine(settings, chosen, language)
    built = stack(_as_chat_model(chosen), guards_for(settings))
    return ModelEngine(built, asked_for(settings, built.model.name, language))


@lru_cache(maxsize=8)
def _named_engine(settings: Settings, name: str, language: Language | None) -> ModelEngine:
    built = stack(model_named(name, settings), guards_for(settings))
    return ModelEngine(built, asked_for(settings, name, language))


def asked_for(settings: Settings, name: str, language: Language | None) -> Asked:
    """How the model of this name is asked."""
    return Asked(
        model=name,
        language=language,
        on_unsure=settings.on_unsure,
        window_tokens=settings.window,
        structured=settings.structured,
    )


def guards_for(settings: Settings) -> Guards:
    """The wrappers that the settings ask for."""
    return Guards(
        seconds=settings.timeout,
        patience=Patience(attempts=settings.retries + 1),
        limits=Limits(cost=settings.max_cost, tokens=settings.max_tokens),
        most_in_flight=settings.concurrency,
        cache=ReplyStore(settings.cache) if settings.cache else None,
    )


def batch_configuration(
    settings: Settings,
    *,
    words: int | None = None,
    summary: bool = True,
    language: Language | None = None,
    read_as: Language | None = None,
) -> Configuration:
    """What a batch does to each article, without the model itself."""
    from reportedly.batch import Configuration, ModelPlan

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
    from reportedly.batch import ExecutorName

    if place.executor is ExecutorName.LOCAL:
        return _local_hands(settings, configuration, place, already)
    if place.executor is ExecutorName.OPENAI_BATCH:
        return _openai_batch_hands(settings, configuration, place, already, paths)
    return _dask_hands(settings, configuration, place)


def _local_hands(settings: Settings, configuration: Configuration, place: Workplace, already: Spending) -> Hands:
    from reportedly.batch import Hands
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
    from reportedly.batch import Hands
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
    from reportedly.batch import Hands
    from reportedly.batch.executors.dask import Cluster, OnDask

    told = settings.model_dump_json(
        exclude={"api_key"}, exclude_none=True
    )  # the key stays here: workers have their own
    make = partial(_work_on_cluster, told, configuration.model_dump_json())
    return Hands(OnDask(make, Cluster(place.scheduler, place.workers, settings.concurrency), place.warn))


def _work_on_cluster(told: str, configured: str, concurrency: int) -> Callable[[Loaded], Awaitable[Report]]:
    """What a worker of a cluster does with an article; engines are kept between its tasks."""
    from reportedly.batch import Configuration

    given = json.loads(told) | {"concurrency": concurrency}
    configuration = Configuration.model_validate_json(configured)
    language = configuration.model.language if configuration.model else None
    engine = engine_for(Settings(**given), language=language)
    return partial(engine.areport, wanted=Wanted(summary=configuration.summary, words=configuration.words))


def work_for_many(
    settings: Settings, model: AnyModel | None, wanted: Wanted, language: Language | None, processes: int
) -> tuple[Callable[[Loaded], Awaitable[Report | Failure]], Callable[[], Awaitable[None]], int]:
    """What is done with each of many articles, what closes it, and how many to hold at once."""
    from reportedly.batch import Configuration
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


def model_named(name: str, settings: Settings) -> ChatModel:
    """The adapter for `provider:model`; its SDK is loaded here and nowhere before.

    Raises UsageError for a name that is none, MissingExtraError where the provider's package is not installed.
    """
    parsed = parse_model(name)
    provider = provider_of(parsed.provider)
    route = provider.route if provider else Route.LANGCHAIN
    if route is Route.SCRIPT:
        return _scripted(parsed)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    if route is Route.OPENAI:
        from reportedly.llm.through_openai import ThroughOpenAI

        return ThroughOpenAI(parsed.model, api_key=key, base_url=settings.base_url, structured=settings.structured)
    from reportedly.llm.through_langchain import ThroughLangChain

    return ThroughLangChain.named(
        parsed.provider, parsed.model, api_key=key, base_url=settings.base_url, structured=settings.structured
    )


def _scripted(name: ModelName) -> Scripted:
    path = Path(name.model)
    if not path.is_file():
        raise UsageError(
            f"there is no file of scripted replies at {name.model!r}", hint="scripted:PATH/TO/replies.jsonl"
        )
    return Scripted.from_jsonl(path)


def _as_chat_model(model: ChatModel | BaseChatModel) -> ChatModel:
    if isinstance(model, ChatModel):
        return model
    from reportedly.llm.through_langchain import ThroughLangChain

    return ThroughLangChain(model)


def engine_to_measure(settings: Settings, model: str | None, folder: Path, playing: Playing) -> Measured:
    """The rule engine, or a model behind its recording in a suite's folder. Raises RecordingMissing, SetupError."""
    from reportedly.evaluation.engines import RULES, ByModel, ByRules
    from reportedly.evaluation.recordings import Recording, Replaying, recording_path

    if model is None:
        return Measured(ByRules, RULES)
    path = recording_path(folder, model)
    asked = asked_for(settings, model, None)
    if playing is Playing.REPLAY:
        Replaying(path, model)  # a recording that is missing or broken is told before anything runs
        return Measured(partial(_replaying, path, model, asked), model)
    live = stack(model_named(model, settings), guards_for(settings)).model
    if playing is Playing.LIVE:
        return Measured(lambda: ByModel(live, asked), model)
    recording = Recording(live, path, _producer(live.identity))
    return Measured(lambda: ByModel(recording, asked), model, recording)


def _replaying(path: Path, model: str, asked: Asked) -> MeasuredEngine:
    from reportedly.evaluation.engines import ByModel
    from reportedly.evaluation.recordings import Replaying

    return ByModel(Replaying(path, model), asked)


def _producer(identity: ModelIdentity) -> Producer:
    """What a recording says of where it comes from; a server on one's own machine is never taken for a provider."""
    if identity.provider == MODEL:
        return "scripted"
    return "stand-in" if LOCAL.match(identity.address) else "service"
