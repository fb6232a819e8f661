"""Claims, statuses, sources, cues and spans of an article against the gold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reportedly.evaluation.asking import Answer
from reportedly.evaluation.gold import NONE, Gold, GoldClaim, GoldSentence
from reportedly.evaluation.judging.tally import MISSED, Item, Tally
from reportedly.schema import UNSURE, Claim, Report, Span

UNSURE_LABELS: Final = frozenset(status.value for status in UNSURE)
FLAT_LABELS: Final = frozenset({"stated", "confirmed", "opinion", NONE, MISSED})
"""What tells an unsure claim as if it were none: the costliest error there is."""
SAME_SPAN: Final = 0.5
"""Share of the joint extent that two claims must have in common to be one: above it, no claim can match two others."""
_NO_NAME: Final = re.compile(r"[^\w]+")
_ARTICLES: Final = frozenset(
    ["der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "einem", "einen", "the", "a", "an"]
)


def judge_status(answer: Answer, gold: Gold, text: str, tally: Tally) -> None:
    """Count what the report says of each sentence. A crash misses everything."""
    report = answer.report
    claims: Sequence[Claim] = report.claims if report else ()
    tally.add("cases.n")
    tally.add("cases.failed", report is None)
    for sentence in gold.sentences:
        if sentence.flat:
            tally.add("heading.n")
            tally.add("heading.found", report is not None and _heading_found(report, sentence))
        else:
            _judge_label(sentence, label_of(sentence.span, claims) if report else MISSED, tally)
    _judge_claims(gold, claims, tally)
    for claim in claims:
        tally.add("grounded.n")
        tally.add("grounded.right", _grounded(claim, text))


def _judge_label(sentence: GoldSentence, got: str, tally: Tally) -> None:
    gold = got if got in sentence.alt else sentence.label
    tally.add("status.n")
    tally.add("status.right", gold == got)
    tally.add(f"gold.{gold}")
    tally.add(f"got.{got}")
    tally.add(f"both.{gold}", gold == got)
    unsure = gold in UNSURE_LABELS
    tally.add("unsure.gold", unsure)
    tally.add("unsure.got", got in UNSURE_LABELS)
    tally.add("unsure.both", unsure and got in UNSURE_LABELS)
    tally.add("unsure.flat", unsure and got in FLAT_LABELS)
    tally.note(Item(kind="sentence", id=str(sentence.id), gold=gold, got=got, right=gold == got, tests=sentence.tests))


def label_of(span: Span, claims: Sequence[Claim]) -> str:
    """The label of the claim that overlaps most; the first of equals."""
    best, label = 0, NONE
    for claim in claims:
        common = min(claim.span.end, span.end) - max(claim.span.start, span.start)
        if common > best:
            best, label = common, claim.status.value
    return label


def _judge_claims(gold: Gold, claims: Sequence[Claim], tally: Tally) -> None:
    free = [sentence.span for sentence in gold.sentences if not sentence.claims and sentence.instead_of_none]
    left = [claim for claim in claims if not any(span.overlaps(claim.span) for span in free)]
    tally.add("claims.got", len(left))
    for sentence in gold.sentences:
        for wanted in sentence.claims:
            tally.add("claims.gold")
            found = next((claim for claim in left if _same(claim.span, wanted.span)), None)
            if found:
                left.remove(found)
            tally.add("claims.both", found is not None)
            _judge_source(wanted, found, tally)
            if wanted.cue:
                tally.add("cue.n")
                tally.add("cue.right", bool(found and found.cue and found.cue.span.overlaps(wanted.cue)))
            if wanted.inherited_from is not None:
                tally.add("carry.n")
                tally.add("carry.right", bool(found and found.attribution.kind is wanted.kind))


def _judge_source(wanted: GoldClaim, found: Claim | None, tally: Tally) -> None:
    tally.add("kind.n")
    tally.add("kind.right", bool(found and found.attribution.kind is wanted.kind))
    if not wanted.source:
        return
    tally.add("source.n")
    name = found.attribution.name if found else None
    words, due = _name_words(name or ""), _name_words(wanted.source)
    spans = bool(
        found and wanted.source_span and found.attribution.span and found.attribution.span.overlaps(wanted.source_span)
    )
    tally.add("source.exact", bool(name) and words == due)
    tally.add("source.overlap", bool(set(words) & set(due)) or spans)


def _name_words(name: str) -> list[str]:
    return [word for word in _NO_NAME.split(name.casefold()) if word and word not in _ARTICLES]


def _same(one: Span, other: Span) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    extent = max(one.end, other.end) - min(one.start, other.start)
    return common > SAME_SPAN * extent


def _grounded(claim: Claim, text: str) -> bool:
    """Whether every span slices words of the text, and the cue is what it says it is."""
    cue = claim.cue
    if cue and (cue.span.of(text) != cue.text or not claim.span.contains(cue.span)):
        return False
    spans = [claim.span, *([claim.attribution.span] if claim.attribution.span else [])]
    return all(len(span.of(text)) == len(span) > 0 for span in spans)


def _heading_found(report: Report, sentence: GoldSentence) -> bool:
    return any(
        finding.code == "C106" and any(span.overlaps(sentence.span) for span in finding.source)
        for finding in report.findings
    )
