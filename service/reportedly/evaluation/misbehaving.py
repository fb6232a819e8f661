"""Cases in which a model misbehaves: scripted replies in `faults.toml`, and how the report must end."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from reportedly.errors import UsageError
from reportedly.evaluation.authored import Authored
from reportedly.evaluation.gold import About, Ending, Gold, Question
from reportedly.llm import ChatReply, Finish, Tokens
from reportedly.schema import Article, Language, Record

FAULTS: Final = "faults.toml"
MODEL: Final = "scripted"
_TOKENS: Final = 500
"""Reply tokens that a scripted reply claims; any number, so that nothing hangs on an estimate."""


class Wrong(Record):
    """One reply: the article's good one, unless `text` is given, with something done to it."""

    text: str | None = None
    """The whole reply."""
    change: tuple[tuple[str, str], ...] = ()
    """Words of it that are replaced, each exactly once."""
    before: str = ""
    """What stands before it."""
    after: str = ""
    """What stands after it."""
    keep: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Share of it that arrives."""
    times: Annotated[int, Field(ge=1)] = 1
    """How often the text is repeated."""
    finish: Finish = Finish.STOP
    """Why it ended."""
    refusal: str | None = None
    """The model's words of refusal."""
    reasoning: int = 0
    """Tokens spent on reasoning."""


class Fault(Record):
    """One way to misbehave."""

    id: str
    about: str
    article: str
    replies: Annotated[tuple[Wrong, ...], Field(min_length=1)]
    """In order; a pipeline that asks more often than there are replies fails."""
    ending: Ending


class Told(Record):
    """An article and a reply to it that is right."""

    language: Language
    text: str
    good: str


class Faults(Record):
    """`faults.toml`."""

    articles: dict[str, Told]
    faults: tuple[Fault, ...]


def misbehave(folder: Path) -> list[Authored]:
    """All cases of a suite's `faults.toml`. Raises UsageError."""
    path = folder / FAULTS
    try:
        written = Faults.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", hint="see evals/README.md") from None
    return [_case(fault, written, path) for fault in written.faults]


def _case(fault: Fault, written: Faults, path: Path) -> Authored:
    if fault.article not in written.articles:
        raise UsageError(f"{path}: {fault.id}: there is no article {fault.article!r}")
    told = written.articles[fault.article]
    article = Article(id=fault.id, text=told.text, language=told.language)
    return Authored(
        name=fault.id,
        question=Question(article=article, replies=tuple(_reply(one, told.good, fault, path) for one in fault.replies)),
        gold=Gold(ending=fault.ending),
        about=About(language=told.language, topic="faults", note=fault.about, source=FAULTS),
    )


def _reply(wrong: Wrong, good: str, fault: Fault, path: Path) -> ChatReply:
    text = good if wrong.text is None else wrong.text * wrong.times
    for old, new in wrong.change:
        if text.count(old) != 1:
            raise UsageError(f"{path}: {fault.id}: {old!r} stands {text.count(old)} times in the reply, not once")
        text = text.replace(old, new)
    text = wrong.before + text + wrong.after
    return ChatReply(
        text=text[: round(len(text) * wrong.keep)],
        finish=wrong.finish,
        refusal=wrong.refusal,
        model=MODEL,
        tokens=Tokens(input=_TOKENS, output=max(_TOKENS, wrong.reasoning), reasoning=wrong.reasoning),
    )
