"""Every provider that langchain knows: Anthropic, Google, Bedrock, Ollama, and whatever model object is handed in."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from reportedly.errors import AuthFailed, MissingExtraError, RequestInvalid, UsageError
from reportedly.llm.chat_completions import schema_text
from reportedly.llm.dialect import LEARNT, Dialect, Dialects, Rejected, Speaker, Unable
from reportedly.llm.interface import ChatReply, ChatRequest, ModelIdentity, ReplySchema, Structured
from reportedly.llm.langchain_dialects import SYSTEM_CACHED, build_settings, call_settings
from reportedly.llm.langchain_replies import reply_of_message
from reportedly.llm.loop import in_shared_loop
from reportedly.llm.providers import Provider, provider_of
from reportedly.llm.redaction import provider_message, remember_secret
from reportedly.llm.sdk_errors import understand
from reportedly.llm.through_openai import address_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

THREADS: Final = 64
"""Calls at once for models that know no asyncio (Bedrock's boto3): each holds a thread."""
SCHEMA_DESCRIPTION: Final = "The reply."
_METHODS: Final = {
    Structured.JSON_SCHEMA: "json_schema",
    Structured.JSON_OBJECT: "json_mode",
    Structured.TOOL: "function_calling",
}
_NO_JSON_MODE: Final = frozenset({"anthropic", "bedrock_converse", "bedrock"})
"""They know no such mode; langchain would quietly take another."""
_TELLING: Final = (
    "temperature", "top_p", "top_k", "max_tokens", "max_output_tokens", "num_predict", "num_ctx", "seed", "effort",
    "reasoning_effort", "reasoning", "thinking", "thinking_budget", "thinking_level", "stop", "stop_sequences",
    "additional_model_request_fields", "model_kwargs",
)  # fmt: skip
"""Fields of a langchain model that change its output; others (keys, headers, clients) are kept out of the identity."""


class ThroughLangChain:
    """A `ChatModel` around a langchain `BaseChatModel`.

    Works on the process's shared loop wherever it is awaited, because langchain's clients are cached for the process
    and belong to the first loop that uses them. Retries of a model that you build yourself are yours to turn off.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        provider: str | None = None,
        base_url: str | None = None,
        structured: Structured | None = None,
        options: Mapping[str, Any] | None = None,
        dialects: Dialects = LEARNT,
    ) -> None:
        from langchain_core.language_models import BaseChatModel

        if not isinstance(model, BaseChatModel):
            raise UsageError(f"expected a langchain BaseChatModel, got {type(model).__name__}")
        self._model = model
        self._kind = provider or _provider_by_package(model)
        self._bound: dict[tuple[str, Structured], Runnable[Any, Any]] = {}
        told = {name: _plain(getattr(model, name)) for name in _TELLING if getattr(model, name, None) is not None}
        pinned = {"structured": structured.value} if structured else {}
        self._identity = ModelIdentity(
            provider=self._kind,
            model=_model_id(model),
            address=address_of(base_url),
            options={**told, **(options or {}), **pinned},
        )
        self._speaker = Speaker(self._identity.model, self._address(), Dialect(), structured, dialects)
        self._pool = None if _knows_asyncio(model) else ThreadPoolExecutor(THREADS, thread_name_prefix="reportedly-llm")
        for secret in _secrets_of(model):
            remember_secret(secret)

    @classmethod
    def named(
        cls,
        provider: str,
        model: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        structured: Structured | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> ThroughLangChain:
        """A model by langchain's provider name (`anthropic`, `google_genai`, `bedrock_converse`, `ollama`, …).

        Raises `MissingExtraError` where the provider's package is absent, `AuthFailed` where its key is, `UsageError`
        where langchain knows no such provider.
        """
        remember_secret(api_key)
        known = provider_of(provider)
        built = _build(known, provider, model, build_settings(provider, api_key, base_url, options or {}))
        return cls(built, provider=provider, base_url=base_url, structured=structured, options=options)

    @property
    def name(self) -> str:
        """The model as a user would ask for it."""
        return str(self._identity)

    @property
    def identity(self) -> ModelIdentity:
        """Provider, model, address and what else changes the output."""
        return self._identity

    def __repr__(self) -> str:
        return f"ThroughLangChain({self.name!r})"

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask in a way that the provider takes (see `dialect`)."""
        return await in_shared_loop(self._speaker.speak(request, self._ask))

    async def aclose(self) -> None:
        """Let the threads go; the connections are langchain's own, cached for the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _address(self) -> str:
        return f"{self._kind}@{self._identity.address}"

    async def _ask(self, request: ChatRequest, dialect: Dialect, mode: Structured) -> ChatReply:
        asked = self._bind(request.reply_schema, mode)
        messages = self._messages(request, mode)
        settings = call_settings(self._kind, request, dialect.dropped)
        try:
            if self._pool is None:
                message = await asked.ainvoke(messages, **settings)
            else:
                message = await self._in_thread(asked, messages, settings)
        except Exception as failure:  # noqa: BLE001 - a model object from anywhere raises anything; see `understand`
            raise Rejected(understand(failure, self.name, request)) from None
        return reply_of_message(message, request, mode, provider=self._kind, subject=self.name)

    async def _in_thread(self, asked: Runnable[Any, Any], messages: list[BaseMessage], settings: dict[str, Any]) -> Any:
        call = functools.partial(contextvars.copy_context().run, asked.invoke, messages, **settings)
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def _bind(self, schema: ReplySchema | None, mode: Structured) -> Runnable[Any, Any]:
        """The model with the schema bound to it, once for each schema and mode: binding costs a millisecond."""
        if schema is None or mode is Structured.PLAIN:
            return self._model
        if mode not in _METHODS or (mode is Structured.JSON_OBJECT and self._kind in _NO_JSON_MODE):
            raise Unable(f"{self.name} can't be asked in the mode {mode.value!r}")
        key = (schema.digest(), mode)
        if key not in self._bound:
            titled = {"title": schema.name, "description": SCHEMA_DESCRIPTION, **schema.body}
            try:
                chain: Any = self._model.with_structured_output(titled, method=_METHODS[mode])
                self._bound[key] = chain.first
            except (NotImplementedError, AttributeError, TypeError, ValueError) as failure:
                raise Unable(f"{self.name} can't be asked in the mode {mode.value!r}: {failure}") from None
            except (AssertionError, KeyError) as failure:
                raise RequestInvalid(f"{self.name}: the schema {schema.name!r} is not taken: {failure}") from None
        return self._bound[key]

    def _messages(self, request: ChatRequest, mode: Structured) -> list[BaseMessage]:
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

        system = request.system
        if request.reply_schema is not None and mode in {Structured.JSON_OBJECT, Structured.PLAIN}:
            system += schema_text(request.reply_schema.body)
        messages: list[BaseMessage] = []
        if system and self._kind in SYSTEM_CACHED:
            block = {"type": "text", "text": system, **SYSTEM_CACHED[self._kind]}
            messages.append(SystemMessage(content=[block]))
        elif system:
            messages.append(SystemMessage(content=system))
        turns = (
            AIMessage(turn.text) if turn.role == "assistant" else HumanMessage(turn.text) for turn in request.turns
        )
        return [*messages, *turns]


def _build(known: Provider | None, provider: str, model: str, settings: dict[str, Any]) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model
    except ImportError:
        raise MissingExtraError(f"the provider {provider!r}", "langchain") from None
    built: BaseChatModel
    try:
        built = init_chat_model(model, model_provider=provider, **settings)
        if "max_retries" in type(built).model_fields and "max_retries" not in settings:
            built = init_chat_model(model, model_provider=provider, **settings, max_retries=0)
    except ImportError as failure:
        if known is not None and known.extra:
            raise MissingExtraError(f"the provider {provider!r}", known.extra) from None
        raise UsageError(f"{provider}: {failure}", hint="install the package that langchain names") from None
    except Exception as failure:  # noqa: BLE001 - each integration refuses to start in its own way
        raise _why_not_built(known, provider, failure) from None
    return built


def _why_not_built(known: Provider | None, provider: str, failure: Exception) -> Exception:
    said = provider_message(str(failure))
    if "Unsupported provider" in said:
        return UsageError(f"langchain knows no provider {provider!r}", hint="'reportedly models' lists them")
    if known is not None and known.key_variables:
        needs = " or ".join(known.key_variables)
        return AuthFailed(f"{provider}: {said}", hint=f"set {needs}")
    return UsageError(f"{provider}: {said}")


def _provider_by_package(model: object) -> str:
    """The provider of a model object, by the package that it or an ancestor comes from."""
    packages = {
        "langchain_anthropic": "anthropic",
        "langchain_google_genai": "google_genai",
        "langchain_aws": "bedrock_converse",
        "langchain_ollama": "ollama",
        "langchain_openai": "openai",
    }
    for ancestor in type(model).__mro__:
        package = ancestor.__module__.partition(".")[0]
        if package in packages:
            return packages[package]
    return type(model).__name__


def _knows_asyncio(model: BaseChatModel) -> bool:
    from langchain_core.language_models import BaseChatModel

    own = type(model)
    return own._agenerate is not BaseChatModel._agenerate or own._astream is not BaseChatModel._astream


def _model_id(model: object) -> str:
    for name in ("model", "model_name", "model_id", "deployment_name"):
        value = getattr(model, name, None)
        if isinstance(value, str) and value:
            return value.removeprefix("models/")
    return type(model).__name__


def _secrets_of(model: BaseChatModel) -> list[str]:
    values = (getattr(model, name, None) for name in type(model).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]


def _plain(value: object) -> Any:
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        return repr(value)
