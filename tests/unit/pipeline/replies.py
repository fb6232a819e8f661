"""Replies as a model would word them, made from the rule reading of the article."""

from __future__ import annotations

import json
import re
from typing import Any

from reportedly.language.analysis import Analysis, analyse
from reportedly.llm.interface import ChatRequest
from reportedly.pipeline import Wanted, drive, report_by_rules
from reportedly.schema import Article, Claim, Language

GERMAN = Article(
    id="de",
    language=Language.GERMAN,
    text=(
        "Die Brauerei Hollfeld beschäftigt 240 Menschen. "
        "Nach Informationen des Kreisblatts will der Eigentümer 60 Stellen streichen. "
        "Der Umsatz sank im vergangenen Jahr um acht Prozent. "
        "Geschäftsführerin Ida Lohr wies den Bericht zurück. "
        "Die Gewerkschaft fordert ein Gespräch."
    ),
)
ENGLISH = Article(
    id="en",
    language=Language.ENGLISH,
    text=(
        "Calder Ferries carries 2.4 million passengers a year. "
        "The company is in talks to sell a majority stake, the Clyde Times reported on Wednesday. "
        "An announcement could come before Christmas, according to the newspaper. "
        "Chief executive Mora Finlay dismissed the report as premature. "
        "The union has asked for a meeting."
    ),
)
SHOWN = re.compile(r"^\[(\d+)\] ", re.MULTILINE)


def claim_of(claim: Claim) -> dict[str, Any]:
    attribution = claim.attribution
    return {
        "sentence": claim.sentence,
        "claim": None,
        "kind": attribution.kind.value,
        "source": attribution.name if attribution.span else None,
        "origin": None,
        "carried_from": claim.inherited_from,
        "firmness": claim.firmness.value,
        "cue": claim.cue.text if claim.cue else None,
    }


def good(article: Article) -> dict[str, Any]:
    """What a model would say that reads as the rules do and writes the extractive summary."""
    analysis = analyse(article)
    report = drive(report_by_rules(article, Wanted()))
    assert report.summary is not None
    return {
        "claims": [_honest(analysis, claim) for claim in report.claims],
        "summary": [{"text": told.text, "sentences": list(told.sentences)} for told in report.summary.sentences],
    }


def _honest(analysis: Analysis, claim: Claim) -> dict[str, Any]:
    reply = claim_of(claim)
    span = claim.attribution.span
    if span is not None:
        reply["source"] = span.of(analysis.article.text)
        named_in = next((s.id for s in analysis.sentences if s.span.contains(span)), claim.sentence)
        reply["carried_from"] = named_in if named_in != claim.sentence else None
    return reply


def written(reply: object) -> str:
    return json.dumps(reply, ensure_ascii=False)


def shown(request: ChatRequest) -> list[int]:
    """The sentence numbers that a request shows."""
    return [int(number) for number in SHOWN.findall(request.turns[0].text)]
