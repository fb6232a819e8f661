"""How a report's parts are put in words for people; shared by the terminal and Markdown."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from reportedly.schema import Claim, Report, SourceKind, Status

MEANING: Final = {
    Status.RUMOUR: "somebody else says so, unconfirmed",
    Status.SPECULATION: "may be, or would be if",
    Status.DENIED: "the party concerned denies it",
    Status.ATTRIBUTED: "somebody on the record says so",
    Status.CONFIRMED: "the party concerned confirms it",
    Status.OPINION: "a judgement, nothing to check",
    Status.STATED: "the article says so itself",
}
"""Each status in the order in which it is shown, the least sure first."""

LANGUAGES: Final = {"de": "German", "en": "English", "und": "unknown language"}


def by_status(report: Report) -> list[tuple[Status, list[Claim]]]:
    """The claims grouped by status, the least sure first, groups without a claim left out."""
    groups: dict[Status, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        groups[claim.status].append(claim)
    return [(status, groups[status]) for status in MEANING if groups[status]]


def voucher(claim: Claim) -> str:
    """Who vouches, in a few words; empty for the writer's own voice."""
    attribution = claim.attribution
    if attribution.kind is SourceKind.ARTICLE:
        return ""
    name = " < ".join(attribution.chain) if attribution.chain else attribution.name
    return f"{attribution.kind.value}: {name}" if name else f"{attribution.kind.value} source"


def reason(claim: Claim) -> str:
    """Who vouches, by which words, inherited from where: one line."""
    parts = [voucher(claim)]
    if claim.cue:
        parts.append(f"“{claim.cue.text}”")
    if claim.inherited_from:
        parts.append(f"carried over from sentence {claim.inherited_from}")
    return " · ".join(part for part in parts if part)


def headline(report: Report) -> str:
    """What the article is called: its title, else its first heading, else its id."""
    if report.article.title:
        return report.article.title
    first = report.sentences[0] if report.sentences else None
    if first and first.kind.value == "heading":
        return first.span.of(report.article.text)
    return report.article.id


def facts_line(report: Report) -> str:
    """Id, language, counts and engine in one line."""
    article, provenance = report.article, report.provenance
    engine = provenance.engine if provenance.model is None else f"{provenance.engine} {provenance.model}"
    return (
        f"{article.id} · {LANGUAGES[article.language.value]} · {len(report.sentences)} sentences"
        f" · {len(report.claims)} claims · {engine}"
    )
