"""The composition root: settings in, built parts out; the only place that knows concrete classes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from reportedly.errors import UsageError
from reportedly.llm.budgeting import Limits
from reportedly.llm.caching import ReplyStore
from reportedly.llm.interface import ChatModel, ModelIdentity
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
from reportedly.schema import Language, Report, Review, Selection
from reportedly.settings import Settings
from reportedly.sources import Loaded
from reportedly.stages.check import Source

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from reportedly.evaluation.asking import Engine as MeasuredEngine
    from reportedly.evaluation.recordings import Producer, Recording

AnyModel: TypeAlias = "str | ChatModel | BaseChatModel"
"""A model by name (`openai:gpt-5-mini`), one of our own kind, or a langchain chat model."""


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
