"""The rule engine as a chat model: it reads our own prompts and answers in our own reply schema.

What it says is what the rules say, no more: it shows that the model path works, not how good a model is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from reportedly.language.analysis import Analysis
from reportedly.language.reader import read
from reportedly.language.segment import detect_language, segment
from reportedly.schema import Article, Attribution, Claim, Language, Sentence, SentenceKind, SourceKind, Span
from reportedly.stages.draft import Extracts, claims_of
from reportedly.stages.draft.restore import with_source
from reportedly.text.view import clean

MODEL: Final = "reportedly-rules"
"""The name under which it is served: no provider's."""
MERGED: Final = 3
"""Claims that a merged summary is made of, as many as the rule engine's own summary has sentences."""
_FENCE: Final = re.compile(r"^=== (ARTICLE|CLAIMS) ([0-9a-f]{1,64}) ===$", re.MULTILINE)
_TITLE: Final = re.compile(r"^Title: (.*)$", re.MULTILINE)
_LINE: Final = re.compile(r"^\[(\d{1,6})\] (.*)$", re.MULTILINE)
_CLAIM: Final = re.compile(r"^\((\w+), \w+(?:; source: ([^)]*))?\) (.*)$")
_LENGTH: Final = re.compile(r"Length of the summary: at most (\d{1,6}) words")


class NotOurPrompt(ValueError):
    """The request is none of this package's; the stand-in knows no other."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Sentences as the prompt shows them, read as one article; `numbers` are the prompt's own."""

    analysis: Analysis
    numbers: tuple[int, ...]

    def number(self, position: int) -> int:
        """The prompt's number for our position, both from 1."""
        return self.numbers[position - 1]


def answer(user: str) -> str:
    """The reply, as JSON, to the user's text of the summarise or merge prompt. Raises NotOurPrompt."""
    fence = _FENCE.search(user)
    end = user.find(f"\n=== END {fence[2]} ===", fence.end()) if fence else -1
    if fence is None or end < 0:
        raise NotOurPrompt("this stand-in only answers Reportedly's own prompts")
    shown = user[fence.end() : end]
    length = _LENGTH.search(user[: fence.start()])
    words = int(length[1]) if length else None
    reply = _evidence(shown, words) if fence[1] == "ARTICLE" else _merged(shown)
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def _evidence(shown: str, words: int | None) -> dict[str, Any]:
    article = _read(shown)
    summary = [
        {"text": part.text, "sentences": [article.number(position) for position in part.sentences]}
        for part in Extracts(article.analysis).choose(words=words)
    ]
    return {"claims": [_claim(claim, article) for claim in claims_of(article.analysis)], "summary": summary}


def _read(shown: str) -> _Numbered:
    lines = [(int(number), clean(words).text) for number, words in _LINE.findall(shown)]
    if not lines:
        raise NotOurPrompt("there are no numbered sentences in the article")
    text = " ".join(words for _, words in lines)
    language = detect_language(text)
    sentences, start = [], 0
    for position, (_, words) in enumerate(lines, 1):
        kind = _kind(words, language)
        span = Span(start=start, end=start + len(words))
        sentences.append(Sentence(id=position, span=span, kind=kind, paragraph=0))
        start = span.end + 1
    title = _TITLE.search(shown)
    article = Article(id="shown", text=text, title=title[1] if title else None, language=language)
    readings = read(text, tuple(sentences), language, title=article.title)
    return _Numbered(Analysis(article, tuple(sentences), readings), tuple(number for number, _ in lines))


def _kind(words: str, language: Language) -> SentenceKind:
    """What a line is by itself; the prompt does not say where it stood on the page."""
    pieces = segment(words, language)
    return pieces[0].kind if len(pieces) == 1 else SentenceKind.PROSE


def _claim(claim: Claim, article: _Numbered) -> dict[str, Any]:
    source = claim.attribution.span
    named_in = next((one.id for one in article.analysis.sentences if source and one.span.contains(source)), None)
    carried = named_in if named_in and named_in != claim.sentence else None
    return {
        "sentence": article.number(claim.sentence),
        "claim": None,
        "kind": claim.attribution.kind.value,
        "source": source.of(article.analysis.article.text) if source and named_in else None,
        "origin": None,
        "carried_from": article.number(carried) if carried else None,
        "firmness": claim.firmness.value,
        "cue": claim.cue.text if claim.cue else None,
    }


def _merged(shown: str) -> dict[str, Any]:
    """The first claims, each with its source restored."""
    summary = []
    for number, line in _LINE.findall(shown)[:MERGED]:
        if match := _CLAIM.match(line):
            kind, name, words = SourceKind(match[1]), match[2], match[3]
            attribution = Attribution(kind=kind, name=name if kind is not SourceKind.ARTICLE else None)
            borrowed = kind is not SourceKind.ARTICLE
            text = with_source(words, attribution, detect_language(shown)) if borrowed else words
            summary.append({"text": text, "sentences": [int(number)]})
    return {"summary": summary}
