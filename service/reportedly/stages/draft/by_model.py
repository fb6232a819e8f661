"""The model's draft: what is asked, in one request an article, and how strictly the reply is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from reportedly.language.analysis import Analysis
from reportedly.llm.interface import ChatRequest, ReplySchema, Structured, Turn
from reportedly.prompting import Example, Prompt, fill, nonce_for, numbered, read_as
from reportedly.prompting.render import inert
from reportedly.schema import Claim, Language
from reportedly.stages.draft.reply import MERGE_SCHEMA, REPLY_SCHEMA, MergeReply, Reply

_LANGUAGES: Final = {"de": "German", "en": "English", "und": "the article's own language"}
_TOKENS_A_CLAIM: Final = 110
"""Reply tokens that one claim takes at most in the examples, keys included, with room for long names."""
_TOKENS_BASE: Final = 2_500
"""Reply tokens for the summary and for a model that reasons first."""
_CLAIMS_CAP: Final = 400
"""Sentences a window can have at the most; bounds what a hostile article can make a model write."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a summary is wanted, and how the reply's schema is enforced."""

    words: int | None = None
    """At most so many words; None for two to four sentences."""
    language: Language | None = None
    """Language of the summary; the article's without it."""
    structured: Structured | None = None


def ask(analysis: Analysis, shown: Sequence[int], prompt: Prompt, style: Style) -> ChatRequest:
    """One request for the sentences with these numbers; the system text is the same for every article."""
    published = analysis.article.published
    values = {
        **_frame(analysis, style),
        "published": f"Published: {published.date().isoformat()}\n" if published else "",
        "sentences": numbered((number, analysis.words(number)) for number in shown),
    }
    cap = _TOKENS_BASE + _TOKENS_A_CLAIM * min(len(shown), _CLAIMS_CAP)
    return _request(prompt, values, REPLY_SCHEMA, cap, style)


def ask_merge(analysis: Analysis, claims: Sequence[Claim], prompt: Prompt, style: Style) -> ChatRequest:
    """A request for the summary alone, written from the claims of all windows."""
    values = {**_frame(analysis, style), "claims": "\n".join(_claim_line(claim) for claim in claims)}
    return _request(prompt, values, MERGE_SCHEMA, _TOKENS_BASE, style)


def _frame(analysis: Analysis, style: Style) -> dict[str, str]:
    article = analysis.article
    return {
        "nonce": nonce_for(article.text),
        "language": _LANGUAGES[(style.language or article.language).value],
        "length": f"at most {style.words} words" if style.words else "two to four sentences",
        "title": f"Title: {inert(article.title)}\n" if article.title else "",
    }


def _request(prompt: Prompt, values: dict[str, str], schema: dict[str, Any], cap: int, style: Style) -> ChatRequest:
    return ChatRequest(
        system=system_text(prompt),
        turns=(Turn(role="user", text=fill(prompt, values)),),
        reply_schema=ReplySchema(name=str(schema["title"]), body=schema),
        structured=style.structured,
        max_output_tokens=cap,
        temperature=0.0,
    )


def ask_again(request: ChatRequest, reply: str, prompt: Prompt, problems: str) -> ChatRequest:
    """The re-ask: the first request, the last reply and what is wrong with it; never a growing conversation."""
    user = fill(prompt, {"problems": problems})
    again = (
        (Turn(role="assistant", text=reply), Turn(role="user", text=user)) if reply else (Turn(role="user", text=user),)
    )
    return request.model_copy(update={"turns": (request.turns[0], *again)})


@cache
def system_text(prompt: Prompt) -> str:
    """The static prefix: instructions and worked examples, the same bytes in every request."""
    return "\n\n".join([prompt.system.rstrip(), *map(_worked, prompt.examples)])


def _worked(example: Example) -> str:
    reply = json.dumps(example_reply(example.reply), ensure_ascii=False, separators=(",", ":"))
    return f"# Example ({_LANGUAGES[example.language]})\n{numbered(enumerate(example.sentences, 1))}\n\n{reply}"


def example_reply(reply: dict[str, Any]) -> dict[str, Any]:
    """An example's reply with every key of the schema; what the file leaves out is null."""
    keys = REPLY_SCHEMA["properties"]["claims"]["items"]["required"]
    return {
        "claims": [{key: claim.get(key) for key in keys} for claim in reply["claims"]],
        "summary": reply["summary"],
    }


def read_reply(text: str) -> Reply:
    """The reply to `ask`. Raises ReplyFault where it is not what was asked for."""
    return read_as(text, Reply)


def read_merge(text: str) -> MergeReply:
    """The reply to `ask_merge`. Raises ReplyFault where it is not what was asked for."""
    return read_as(text, MergeReply)


def _claim_line(claim: Claim) -> str:
    attribution = claim.attribution
    source = f"; source: {inert(attribution.name)}" if attribution.name else ""
    return f"[{claim.sentence}] ({attribution.kind.value}, {claim.firmness.value}{source}) {inert(claim.text)}"
