"""How well the reader labels: rumour status by the guide, and reported-or-not with speakers, on the shared data.

`python -m benchmarks.status [NAME…]` scores `status/<NAME>.jsonl` (all of them without a name) and the German
quotations; prints one line a file and nothing where the data is missing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.shared import shared_data
from reportedly.language.reader import read
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.schema import UNSURE, Language, SourceKind, Status

_FLAT = frozenset({"stated", "confirmed", "none", "opinion"})
_UNSURE = frozenset(status.value for status in UNSURE)
_REPORTED = frozenset({Status.ATTRIBUTED, Status.RUMOUR, Status.CONFIRMED, Status.DENIED})


@dataclass(frozen=True)
class Scores:
    """As `score_status.py` beside the data computes them."""

    sentences: int
    accuracy: float
    unsure_f1: float
    unsure_told_flat: float
    per_second: float
    """Articles a second, segmentation and reading."""


@dataclass(frozen=True)
class Quotation:
    """Human-labelled quotations: sentence by sentence, and who speaks."""

    precision: float
    recall: float
    f1: float
    speaker: float
    """Share of direct and indirect quotations with a named speaker whose speaker was found, by overlap."""


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def label(readings: Sequence[Reading], start: int, end: int) -> str:
    """The status of the reading that overlaps a stretch of text most."""
    best, found = 0, "none"
    for reading in readings:
        overlap = min(reading.end, end) - max(reading.start, start)
        if overlap > best:
            best, found = overlap, reading.status.value
    return found


def score_status(path: Path) -> Scores:
    """Labels a file of gold articles and compares; sentences marked `flat` are not scored."""
    pairs: list[tuple[str, str]] = []
    seconds, count = 0.0, 0
    for article in articles(path):
        language = Language(article["lang"])
        begun = time.process_time()
        readings = read(article["text"], segment(article["text"], language), language)
        seconds, count = seconds + time.process_time() - begun, count + 1
        for gold in article["sentences"]:
            if not gold.get("flat"):
                found = label(readings, gold["start"], gold["end"])
                pairs.append((found if found in gold.get("alt", ()) else gold["label"], found))
    both = sum(g in _UNSURE and f in _UNSURE for g, f in pairs)
    either = sum((g in _UNSURE) + (f in _UNSURE) for g, f in pairs)
    hard = [f for g, f in pairs if g in _UNSURE]
    return Scores(
        len(pairs),
        sum(g == f for g, f in pairs) / len(pairs),
        2 * both / either,
        sum(f in _FLAT for f in hard) / len(hard),
        count / seconds,
    )


def score_quotations(path: Path) -> Quotation:
    """Reported-or-not of every sentence, and speakers, against human quotation spans."""
    hits = predicted = gold = found = speakers = 0
    for article in articles(path):
        readings = read(article["text"], segment(article["text"], Language.GERMAN), Language.GERMAN)
        told = [r for r in readings if r.status in _REPORTED or r.kind is not SourceKind.ARTICLE]
        for sentence in article["sentences"]:
            is_reported = bool(sentence["reported"])
            is_told = any(r.start < sentence["end"] and sentence["start"] < r.end for r in told)
            hits += is_reported and is_told
            predicted += is_told
            gold += is_reported
        for quote in article["attributions"]:
            if quote["type"] in ("Direct", "Indirect") and quote["speaker"] and not quote["nested"]:
                speakers += 1
                found += _names_speaker(readings, quote)
    precision, recall = hits / predicted, hits / gold
    return Quotation(precision, recall, 2 * precision * recall / (precision + recall), found / speakers)


def _names_speaker(readings: Sequence[Reading], quote: dict[str, Any]) -> bool:
    return any(
        reading.source_at is not None
        and reading.source_at[0] < speaker["end"]
        and speaker["start"] < reading.source_at[1]
        for part in quote["quote"]
        for reading in readings
        if reading.start < part["end"] and part["start"] < reading.end
        for speaker in quote["speaker"]
    )


def main() -> None:
    """Prints the scores of the files named on the command line, or of all."""
    shared = shared_data()
    if shared is None:
        return
    names = sys.argv[1:]
    for path in sorted((shared / "data" / "status").glob("*.jsonl")):
        if not names or path.stem in names:
            scores = score_status(path)
            print(
                f"{path.stem}: accuracy {scores.accuracy:.3f}  unsure_f1 {scores.unsure_f1:.3f}  "
                f"unsure_told_flat {scores.unsure_told_flat:.3f}  ({scores.sentences} sentences, "
                f"{scores.per_second:.0f} articles/s)"
            )
    if not names or "quotes" in names:
        quotes = score_quotations(shared / "data" / "attribution" / "de_news_quotes_train.jsonl")
        print(
            f"quotes: precision {quotes.precision:.3f}  recall {quotes.recall:.3f}  f1 {quotes.f1:.3f}  "
            f"speaker {quotes.speaker:.3f}"
        )


if __name__ == "__main__":
    main()
