"""Sentences that rest on somebody's word, with that word taken out or exchanged: family C must tell the two apart.

`python -m benchmarks.stripping` takes every sentence of the shared articles that the reader calls rumour, speculation
or attributed for words of its own, takes the words out by rule, and prints how many the checks find; and how many false
alarms come of the same sentences with the words kept or said otherwise.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared import shared_data
from benchmarks.tampering import articles
from reportedly.language.evidence import Evidence
from reportedly.language.segment import segment
from reportedly.schema import Article, Finding, Language, Sentence, SentenceKind, Severity, Span, Status
from reportedly.stages.check import CERTAINTY_CHECKS, Material, Source, run

SHORTEST = 8
LONGEST = 32
"""Words of a sentence that is taken: a summary's."""
_UNSURE = frozenset({Status.RUMOUR, Status.SPECULATION, Status.ATTRIBUTED})
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.;])")
_HEDGES = re.compile(
    r"\b(?:möglicherweise|vermutlich|wahrscheinlich|offenbar|angeblich|anscheinend|womöglich|voraussichtlich|"
    r"reportedly|allegedly|apparently|probably|possibly|perhaps)\b ?",
    re.IGNORECASE,
)
_SOLL = re.compile(r"\bsoll(en)?\b(.{8,160}?\w(?:t|en)) haben\b")
_MODAL = re.compile(r"\b(?:could|may|might)\b")
_WHO = re.compile(r"(?:, )?according to (?:the |a |an )?[\w'’. -]{3,60}(?=[,.]|$)", re.IGNORECASE)
_SAID = re.compile(r",? [^,.\"“”]{3,60} (?:said|told [^,.]{3,30})(?: on [A-Z]\w+day)?\.$")
_LAUT = re.compile(r"\b[Ll]aut (?:(?:der|dem|den|einem|einer) )?[\w-]+(?: [A-ZÄÖÜ][\w-]+)* ?")


@dataclass(frozen=True)
class Variant:
    """A sentence made from one of the article's."""

    kind: str
    text: str
    flat: bool
    """Whether the words are gone, so that something must be found."""


def _tidied(text: str) -> str:
    text = _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip(" ,")
    return text[:1].upper() + text[1:]


def german(text: str) -> Iterator[Variant]:
    """A German sentence without what makes it unsure, or with other such words."""
    if match := _SOLL.search(text):
        plural = match[1] is not None
        flat = text[: match.start()] + ("haben" if plural else "hat") + match[2] + text[match.end() :]
        yield Variant("soll", flat, True)
        yield Variant("soll → laut", "Laut Medienberichten: " + flat, False)
        yield Variant(
            "soll → angeblich", flat[: match.start()] + flat[match.start() :].replace(" ", " angeblich ", 1), False
        )
    if _LAUT.search(text) and not text.lower().startswith("laut"):
        flat = _LAUT.sub("", text, count=1)
        yield Variant("laut", flat, True)
    for modal, sure in (("könnte", "wird"), ("könnten", "werden"), ("dürfte", "wird"), ("dürften", "werden")):
        if f" {modal} " in text:
            yield Variant("könnte", text.replace(f" {modal} ", f" {sure} ", 1), True)
            yield Variant("könnte → womöglich", text.replace(f" {modal} ", f" {sure} womöglich ", 1), False)
            break


def english(text: str) -> Iterator[Variant]:
    """The same in English."""
    if match := _MODAL.search(text):
        yield Variant("could", text[: match.start()] + "will" + text[match.end() :], True)
        yield Variant("could → possibly", text[: match.start()] + "will possibly" + text[match.end() :], False)
    if match := _WHO.search(text):
        flat = text[: match.start()] + text[match.end() :]
        yield Variant("according to", flat, True)
        name = match[0].split("ccording to ", 1)[1]
        yield Variant("according to → says", f"{name[:1].upper()}{name[1:]} says: {_tidied(flat)}", False)
    if match := _SAID.search(text):
        yield Variant("said", text[: match.start()] + ".", True)


def variants(text: str, language: Language) -> Iterator[Variant]:
    """All that can be made of a sentence."""
    yield Variant("as it stands", text, False)
    if _HEDGES.search(text):
        yield Variant("adverb", _HEDGES.sub("", text), True)
    yield from german(text) if language is Language.GERMAN else english(text)


def taken(source: Source) -> Iterator[int]:
    """Sentences that are unsure, or on somebody's word, for one cue of their own."""
    for index, sentence in enumerate(source.sentences):
        readings = source.voices[index].readings
        if sentence.kind is not SentenceKind.PROSE or len(readings) != 1 or readings[0].status not in _UNSURE:
            continue
        cues = [cue for cue in source.voices[index].cues if _decides(cue)]
        words = sentence.span.of(source.article.text).split()
        if readings[0].cue_at and len(cues) == 1 and SHORTEST <= len(words) <= LONGEST:
            yield index


def _decides(cue: Evidence) -> bool:
    return cue.kind is not None or cue.firmness is not None


def judge(source: Source, variant: Variant) -> tuple[Finding, ...]:
    """What family C finds in it above a note."""
    text = _tidied(variant.text)
    found = run(Material(source, text, [Span(start=0, end=len(text))]), CERTAINTY_CHECKS)
    return tuple(finding for finding in found if finding.severity is not Severity.NOTE)


def sources(folder: Path) -> Iterator[Source]:
    """Every shared raw article, read."""
    for article in articles(folder):
        yield Source(article, _sentences(article))


def _sentences(article: Article) -> tuple[Sentence, ...]:
    return segment(article.text, article.language)


def main(verbose: bool) -> int:
    """Print how many of each kind are found."""
    folder = shared_data()
    if folder is None:
        sys.stdout.write("no shared data beside the repository\n")
        return 0
    made: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for source in sources(folder):
        language = source.article.language
        for index in taken(source):
            text = _tidied(source.sentences[index].span.of(source.article.text))
            for variant in variants(text, language):
                key = (language.value, variant.kind + (" (flat)" if variant.flat else ""))
                made[key] += 1
                findings = judge(source, variant)
                found[key] += bool(findings)
                if verbose and bool(findings) is not variant.flat:
                    sys.stdout.write(f"{key} {[f.code for f in findings]} {variant.text}\n    {text}\n")
    for key in sorted(made):
        sys.stdout.write(f"{key[0]} {key[1]:28} {found[key]:5} of {made[key]:5}  {found[key] / made[key]:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main("-v" in sys.argv))
