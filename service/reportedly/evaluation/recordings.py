"""Replies of a model kept beside a suite, so that anyone can score it again without a key or a network."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from reportedly.errors import SetupError, UsageError
from reportedly.llm import ChatModel, ChatReply, ChatRequest, ModelIdentity
from reportedly.llm.interface import digest_of
from reportedly.llm.wrapping import Wrapping
from reportedly.schema import Record

Producer = Literal["service", "stand-in", "scripted"]
"""A provider's own service; a server that stands in for one (`reportedly serve-model`); replies written by hand."""
SHOWN_DIGEST: Final = 12
"""Hex digits of a prompt's or schema's digest that a message shows."""


class RecordingMissing(SetupError):
    """There is no recorded reply to this request."""

    hint = "record again: reportedly eval run SUITE --model MODEL --record (needs the model's key)"

    def __init__(self, message: str, stale: str = "recording") -> None:
        super().__init__(message)
        self.stale = stale
        """What changed since: `prompt`, `reply schema`, `article`; `recording` where there is none."""


class Recorded(Record):
    """One line of a recording."""

    key: str
    """Digest of the request."""
    prompt: str
    """Digest of the request's static text: tells a changed prompt from a changed article."""
    reply_schema: str
    """Digest of the reply schema."""
    produced_by: Producer
    """What answered."""
    identity: ModelIdentity
    """Which model that was."""
    recorded: datetime.date
    """When."""
    reply: ChatReply
    """The reply."""


def recording_path(folder: Path, model: str) -> Path:
    """Where the recording of a model lies in a suite's folder."""
    name = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in model)
    return folder / "recordings" / f"{name}.jsonl"


def read_recording(path: Path) -> dict[str, Recorded]:
    """All lines by key. Raises UsageError naming the line that can't be read."""
    found: dict[str, Recorded] = {}
    if not path.exists():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            try:
                recorded = Recorded.model_validate_json(line)
            except ValidationError as error:
                raise UsageError(f"{path}:{number}: {error}", hint="restore it from version control") from None
            found[recorded.key] = recorded
    return found


class Replaying:
    """A `ChatModel` that answers from a recording and nowhere else."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._lines = read_recording(path)
        if not self._lines:
            raise RecordingMissing(f"there is no recording of {name!r}: {path.name}")
        self.played: set[str] = set()

    @property
    def name(self) -> str:
        """The model as asked for."""
        return self._name

    @property
    def identity(self) -> ModelIdentity:
        """The model that was recorded."""
        return next(iter(self._lines.values())).identity

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The recorded reply. Raises RecordingMissing, which names the prompt or schema that is stale."""
        key = request.digest()
        if key not in self._lines:
            raise self._missing(request)
        self.played.add(key)
        return self._lines[key].reply

    @property
    def unused(self) -> tuple[str, ...]:
        """Keys that were never asked for: left over from an older suite or prompt."""
        return tuple(sorted(set(self._lines) - self.played))

    def _missing(self, request: ChatRequest) -> RecordingMissing:
        start = f"{self._path.name} has no reply to this request: "
        for stale, now, known in (
            ("prompt", prompt_digest(request), {line.prompt for line in self._lines.values()}),
            ("reply schema", schema_digest(request), {line.reply_schema for line in self._lines.values()}),
        ):
            if now not in known:
                was = ", ".join(sorted(digest[:SHOWN_DIGEST] for digest in known))
                return RecordingMissing(
                    f"{start}it was recorded with the {stale} {was}, which is now {now[:SHOWN_DIGEST]}", stale
                )
        return RecordingMissing(
            f"{start}prompt and schema are the same, so the article or an option changed", "article"
        )


class Recording(Wrapping):
    """Answers from the wrapped model and keeps every reply; `save` writes them, sorted by key."""

    def __init__(self, inner: ChatModel, path: Path, produced_by: Producer) -> None:
        super().__init__(inner)
        self._path, self._produced_by = path, produced_by
        self._lines = read_recording(path)
        self._fresh: set[str] = set()

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The reply kept for the same request and model, else a fresh one."""
        key = request.digest()
        kept = self._lines.get(key)
        if kept is None or kept.identity != self.identity:
            reply = await self.inner.complete(request)
            kept = Recorded(
                key=key,
                prompt=prompt_digest(request),
                reply_schema=schema_digest(request),
                produced_by=self._produced_by,
                identity=self.identity,
                recorded=datetime.datetime.now(datetime.UTC).date(),
                reply=reply.model_copy(update={"request_id": None}),
            )
            self._lines[key] = kept
        self._fresh.add(key)
        return kept.reply

    def save(self) -> int:
        """Write what this run asked for, and drop what it did not; returns how many lines there are."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [self._lines[key].model_dump_json(exclude_defaults=True) for key in sorted(self._fresh)]
        self._path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return len(lines)


def prompt_digest(request: ChatRequest) -> str:
    """Digest of the static text of a request."""
    return digest_of(request.system)


def schema_digest(request: ChatRequest) -> str:
    """Digest of the reply schema of a request."""
    return digest_of(request.reply_schema.model_dump(mode="json") if request.reply_schema else None)
