"""What a report by a model will use, before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportedly.language.analysis import analyse
from reportedly.llm.interface import Tokens
from reportedly.llm.tokens import estimate_request
from reportedly.pipeline.by_model import Asked
from reportedly.pipeline.interface import Wanted
from reportedly.pipeline.windows import windows_of
from reportedly.schema import Article
from reportedly.stages.draft import Style, ask
from reportedly.stages.repair import MAX_REPAIRS

_TOKENS_A_SENTENCE: Final = 62
"""Reply tokens a sentence in the prompt's own examples, counted with the local estimate; names longer cost more."""
_TOKENS_SUMMARY: Final = 130
"""Reply tokens of a summary of three sentences with its numbers."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Requests and tokens of one article."""

    requests: int
    expected: Tokens
    """Where every reply is good at once."""
    at_most: Tokens
    """Where every request needs both repairs and every reply runs into its cap."""


def estimate_report(article: Article, wanted: Wanted, asked: Asked) -> Estimate:
    """Counts locally what asking about the article takes; nothing is sent."""
    analysis = analyse(article)
    style = Style(words=wanted.words, language=asked.language, structured=asked.structured)
    requests = [
        (ask(analysis, window.shown, asked.prompt, style), len(window.own))
        for window in windows_of(analysis, asked.window_tokens)
    ]
    sent = [estimate_request(request) for request, _ in requests]
    replies = sum(_TOKENS_A_SENTENCE * own + _TOKENS_SUMMARY for _, own in requests)
    rounds = 1 + MAX_REPAIRS
    return Estimate(
        requests=len(requests),
        expected=Tokens(input=sum(tokens.input for tokens in sent), output=replies, estimated=True),
        at_most=Tokens(
            input=rounds * sum(tokens.input + tokens.output for tokens in sent),
            output=rounds * sum(tokens.output for tokens in sent),
            estimated=True,
        ),
    )
