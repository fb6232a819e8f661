"""Claims, their cues and sources, findings and the summary's links as W3C Web Annotations (JSON-LD).

Positions count Unicode code points, as the Web Annotation Data Model asks (section 4.2.5), which is how a report counts
too; JavaScript counts UTF-16 units, so convert there, or search for the quotation. They are positions in the text as it
was read, which is why the source is named by that text's digest and only `via` says from which page it came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TextIO

from reportedly._version import __version__
from reportedly.formats.addresses import web_address
from reportedly.formats.standards.documents import OpenDocument
from reportedly.formats.standards.names import VOCABULARY, term, text_name, thing_name
from reportedly.formats.wording import reason
from reportedly.schema import Claim, Failure, Language, Report, Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
CONTEXT_LENGTH: Final = 32
"""Code points before and after a quotation, as the reference clients of Hypothesis record them."""

_GENERATOR: Final = {"id": VOCABULARY, "type": "Software", "name": f"reportedly {__version__}"}
_LABEL: Final = "Claims, their status and what vouches for it"


class Annotations:
    """One annotation collection. Failed inputs have no text, hence no annotation."""

    def __init__(self, out: TextIO) -> None:
        head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": _LABEL, "generator": _GENERATOR}
        page = {"type": "AnnotationPage", "startIndex": 0}
        opening = json.dumps(head)[:-1] + ', "first": ' + json.dumps(page)[:-1] + ', "items": ['
        self._document = OpenDocument(out, opening)
        self._total = 0
        self._held = hashlib.sha256()

    def write(self, record: Report | Failure) -> None:
        """The annotations of one article, at once."""
        if isinstance(record, Failure):
            return
        for annotation in annotate(record):
            self._document.add(annotation)
            self._held.update(annotation["id"].encode())
            self._total += 1

    def close(self) -> None:
        """How many there were, the names of page and collection (which follow from what they hold), and the end."""
        held = self._held.hexdigest()
        page, collection = (json.dumps(thing_name(held, what)) for what in ("page", "collection"))
        self._document.close(f'], "id": {page}}}, "id": {collection}, "total": {self._total}}}')


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text that annotations point into."""

    text: str
    name: str
    language: Language
    via: str | None = None

    def part(self, span: Span) -> dict[str, Any]:
        """A stretch of it, by position and by quotation."""
        quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.of(self.text)}
        if before := self.text[max(0, span.start - CONTEXT_LENGTH) : span.start]:
            quote["prefix"] = before
        if after := self.text[span.end : span.end + CONTEXT_LENGTH]:
            quote["suffix"] = after
        return {
            "type": "SpecificResource",
            "source": self.source(),
            "selector": [{"type": "TextPositionSelector", "start": span.start, "end": span.end}, quote],
        }

    def source(self) -> dict[str, Any]:
        """The whole of it."""
        source = {"id": self.name, "type": "Text", "format": "text/plain"}
        if self.language is not Language.UNKNOWN:
            source["language"] = self.language.value
        if self.via:
            source["via"] = self.via
        return source


def annotate(report: Report) -> Iterator[dict[str, Any]]:
    """All annotations of a report, in the order of its parts."""
    article = report.article
    text = _Shown(article.text, text_name(article.text), article.language, web_address(article.url))
    for claim in report.claims:
        yield from _of_claim(claim, text)
    if report.summary:
        told = _Shown(report.summary.text, text_name(report.summary.text), article.language)
        where = {sentence.id: sentence.span for sentence in report.sentences}
        for line in report.summary.sentences:
            rests_on = [text.part(where[cited]) | _purpose("linking") for cited in line.sentences if cited in where]
            if rests_on:
                yield _annotation(text, "linking", rests_on, [told.part(line.span)])
    for finding in report.findings:
        targets = [text.part(span) for span in finding.source]
        if finding.summary and report.summary:
            targets.append(told.part(finding.summary))
        says = ". ".join(filter(None, (f"{finding.code} {finding.severity.value}: {finding.message}", finding.hint)))
        body = _words(says, "commenting", Language.ENGLISH)
        yield _annotation(text, "commenting", [body], targets or [text.source()])


def _of_claim(claim: Claim, text: _Shown) -> Iterator[dict[str, Any]]:
    axes = (claim.status, claim.attribution.kind, claim.firmness)
    bodies: list[dict[str, Any]] = [
        {"type": "SpecificResource", "source": term(member), "purpose": "classifying"} for member in axes
    ]
    if why := reason(claim):
        bodies.append(_words(why, "describing", Language.UNKNOWN))
    yield _annotation(text, "classifying", bodies, [text.part(claim.span)])
    if claim.cue:
        body = _words("cue", "tagging", Language.ENGLISH)
        yield _annotation(text, "highlighting", [body], [text.part(claim.cue.span)])
    if claim.attribution.name and claim.attribution.span:
        body = _words(claim.attribution.name, "identifying", Language.UNKNOWN)
        yield _annotation(text, "identifying", [body], [text.part(claim.attribution.span)])


def _words(value: str, purpose: str, language: Language) -> dict[str, Any]:
    body = {"type": "TextualBody", "value": value, "format": "text/plain"} | _purpose(purpose)
    return body if language is Language.UNKNOWN else body | {"language": language.value}


def _purpose(purpose: str) -> dict[str, str]:
    return {"purpose": purpose}


def _annotation(
    text: _Shown, motivation: str, bodies: Iterable[dict[str, Any]], targets: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    said = {"motivation": motivation, "body": _one_or_many(bodies), "target": _one_or_many(targets)}
    return {"id": thing_name(text.name, json.dumps(said)), "type": "Annotation"} | said


def _one_or_many(things: Iterable[dict[str, Any]]) -> Any:
    """A single thing stands for itself, as JSON-LD writes it."""
    listed = list(things)
    return listed[0] if len(listed) == 1 else listed
