"""Claims as schema.org has them (JSON-LD): who says what, where it appears, under which rumour status.

What it leaves out, because it would not be true: `ClaimReview`, since that type reviews whether a claim holds and we
only say who vouches for it; `reviewRating`, since we rate nothing; opinions, since schema.org's `Claim` is factual; an
`author` where nobody is named or the article speaks itself. The type of an author is given only for another outlet,
which is an organisation; who else is named may be a person or a body.
"""

from __future__ import annotations

import json
from typing import Any, Final, TextIO

from reportedly.formats.addresses import web_address
from reportedly.formats.standards.documents import OpenDocument
from reportedly.formats.standards.names import scheme, term, text_name, thing_name
from reportedly.schema import Article, Claim, Failure, Firmness, Language, Report, SourceKind, Status

CONTEXT: Final = "https://schema.org"

_GERMAN: Final = {
    Status.RUMOUR: "Gerücht",
    Status.SPECULATION: "Vermutung",
    Status.DENIED: "dementiert",
    Status.ATTRIBUTED: "zugeschrieben",
    Status.CONFIRMED: "bestätigt",
    Status.STATED: "eigene Stimme",
}


class SchemaOrgClaims:
    """One JSON-LD graph of articles, their claims and the terms that they use. Failed inputs have no place in it."""

    def __init__(self, out: TextIO) -> None:
        self._document = OpenDocument(out, f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')
        self._terms: dict[Status | SourceKind | Firmness, None] = {}

    def write(self, record: Report | Failure) -> None:
        """An article and its claims, at once."""
        if isinstance(record, Failure):
            return
        text = text_name(record.article.text)
        article = _article(record.article, text)
        self._document.add(article)
        for claim in record.claims:
            if claim.status is not Status.OPINION:
                self._document.add(_claim(claim, record.article, article["@id"], text))
                self._terms |= dict.fromkeys(_axes(claim))

    def close(self) -> None:
        """The terms that occurred, and the end."""
        for member in self._terms:
            self._document.add(_term(member))
        self._document.close("]}")


def _article(article: Article, text: str) -> dict[str, Any]:
    url = web_address(article.url)
    node: dict[str, Any] = {"@type": "Article", "@id": url or text, "identifier": article.id}
    if url:
        node["url"] = url
    if article.title:
        node["headline"] = article.title
    if article.published:
        node["datePublished"] = article.published.isoformat()
    if article.publisher:
        node["publisher"] = {"@type": "Organization", "name": article.publisher}
    return node | _in_language(article)


def _claim(claim: Claim, article: Article, appearance: str, text: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": thing_name(text, f"claim {claim.span.start}-{claim.span.end} {claim.text}"),
        "text": claim.text,
        "position": claim.id,
        "appearance": {"@id": appearance},
        "additionalType": term(claim.status),
        "keywords": [{"@id": term(member)} for member in _axes(claim)],
    }
    if author := _author(claim):
        node["author"] = author
    return node | _in_language(article)


def _author(claim: Claim) -> dict[str, Any] | None:
    attribution = claim.attribution
    name = attribution.chain[0] if attribution.chain else attribution.name
    if name is None or attribution.kind is SourceKind.UNNAMED:
        return None
    typed = {"@type": "Organization"} if attribution.kind is SourceKind.MEDIA else {}
    return typed | {"name": name}


def _axes(claim: Claim) -> tuple[Status | SourceKind | Firmness, ...]:
    return claim.status, claim.attribution.kind, claim.firmness


def _term(member: Status | SourceKind | Firmness) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "DefinedTerm",
        "@id": term(member),
        "name": member.value,
        "termCode": member.value,
        "inDefinedTermSet": scheme(member),
    }
    if isinstance(member, Status):
        node["alternateName"] = {"@value": _GERMAN[member], "@language": "de"}
    return node


def _in_language(article: Article) -> dict[str, str]:
    return {} if article.language is Language.UNKNOWN else {"inLanguage": article.language.value}
