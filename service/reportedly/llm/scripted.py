"""A model that says what it is told to: for tests, evals and recordings."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from reportedly.errors import ConfigError, ModelError, RequestInvalid
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, ModelIdentity
from reportedly.llm.tokens import estimate, estimate_request

Answer = str | ChatReply | ModelError
"""A text stands for a complete reply; an error is raised."""
Script = Callable[[ChatRequest], Answer | Awaitable[Answer]]

MODEL: Final = "scripted"


class Scripted:
    """A `ChatModel` that plays a list in order, or asks a function; every request is kept in `requests`.

    A list that is used up raises `RequestInvalid`: a script that is too short is a mistake, never an empty reply.
    """

    def __init__(self, script: Iterable[Answer] | Script, *, model: str = MODEL) -> None:
        self.requests: list[ChatRequest] = []
        self._model = model
        self._script = script if callable(script) else _Playlist(script)

    @classmethod
    def from_jsonl(cls, path: Path, *, model: str = MODEL) -> Scripted:
        """A script file: one JSON object a line, `{"text": …}` or all fields of a `ChatReply`."""
        return cls(list(_read(path, model)), model=model)

    @property
    def name(self) -> str:
        """`scripted:` and the model's name."""
        return f"scripted:{self._model}"

    @property
    def identity(self) -> ModelIdentity:
        """Provider `scripted`."""
        return ModelIdentity(provider="scripted", model=self._model)

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The next answer of the script."""
        self.requests.append(request)
        answer = self._script(request)
        if inspect.isawaitable(answer):
            answer = await answer
        if isinstance(answer, ModelError):
            raise answer
        if isinstance(answer, ChatReply):
            return answer
        tokens = estimate_request(request).model_copy(update={"output": estimate(answer), "estimated": False})
        return ChatReply(text=answer, finish=Finish.STOP, model=self._model, tokens=tokens)


class _Playlist:
    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = iter(answers)
        self._played = 0

    def __call__(self, _: ChatRequest) -> Answer:
        try:
            answer = next(self._answers)
        except StopIteration:
            raise RequestInvalid(f"the script has only {self._played} replies", hint="add replies to it") from None
        self._played += 1
        return answer


def _read(path: Path, model: str) -> Iterable[ChatReply]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield ChatReply.model_validate({"finish": "stop", "model": model, **json.loads(line)})
            except (ValueError, TypeError, ValidationError) as failure:
                raise ConfigError(f"{path.name}, line {number}: not a scripted reply: {failure}") from None
