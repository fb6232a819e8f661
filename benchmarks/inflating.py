"""A model that inflates everything gets nothing inflated out, and one that answers well is left alone.

`python -m benchmarks.inflating` asks two scripted models about our own articles and the shared ones. One drops
every source and hedge: it tells what stands in hedged or borrowed sentences as the writer's own fact. The other answers
as the stand-in does. Printed: how many inflated sentences leave, and how many good ones are replaced.
"""

from __future__ import annotations

import copy
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from benchmarks.shared import shared_data
from benchmarks.stripping import english, german
from benchmarks.tampered_replies import SEED, Reply, good_reply, own_articles, report_on
from benchmarks.tampering import articles
from reportedly.language.analysis import Analysis, analyse
from reportedly.schema import UNSURE, Article, Language, Origin, Report, Status

SHARED: Final = 60
"""Shared articles that are taken besides."""
MOST: Final = 6
"""Sentences of an inflated summary; the least sure ones come first."""

_OPEN: Final = frozenset({Status.RUMOUR, Status.SPECULATION, Status.DENIED, Status.OPINION})


@dataclass
class Count:
    """What came out."""

    told: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)
    """What should not have left or should not have been replaced."""


def flattened(analysis: Analysis, number: int) -> Iterator[str]:
    """A sentence without its source or its hedge, by the rules of `benchmarks.stripping`, where it is flat then.

    One that keeps another hedge („would likely“) or another source is not surer and does not count.
    """
    words = " ".join(analysis.words(number).split())
    strip = german if analysis.article.language is Language.GERMAN else english
    for variant in strip(words):
        text = variant.text.strip(" ,")
        readings = analyse(Article(id="flat", text=text, language=analysis.article.language)).readings
        if variant.flat and text != words and readings and not any(r.status in _OPEN for r in readings):
            yield text[0].upper() + text[1:]


def inflated(article: Article, good: Reply) -> tuple[Reply, list[str]]:
    """A reply in which the writer vouches for everything, and its sentences that are surer than the article."""
    analysis = analyse(article)
    reply = copy.deepcopy(good)
    for claim in reply["claims"]:
        claim.update(kind="article", source=None, origin=None, carried_from=None, firmness="asserted", cue=None)
    unsure = dict.fromkeys(r.sentence for r in analysis.readings if r.status in UNSURE and r.cue_at is not None)
    flat = [{"text": text, "sentences": [number]} for number in unsure for text in flattened(analysis, number)]
    reply["summary"] = [*flat[:MOST], *reply["summary"]]
    return reply, [str(part["text"]) for part in flat[:MOST]]


def sentences(report: Report) -> list[tuple[str, Origin]]:
    """The summary's sentences and where each comes from."""
    return [(part.text, part.origin) for part in report.summary.sentences] if report.summary else []


def measure(found: Iterator[Article]) -> tuple[Count, Count]:
    """What leaves of the inflating model's sentences, and what is replaced of the good one's."""
    bad, well = Count(), Count()
    for article in found:
        good = good_reply(article)
        reply, surer = inflated(article, good)
        told = {text for text, _ in sentences(report_on(article, reply))}
        bad.told["sentences"] += len(surer)
        bad.left += [f"{article.id}: {text}" for text in surer if text in told]
        kept = sentences(report_on(article, good))
        well.told["sentences"] += len(good["summary"])
        well.told["replaced"] += sum(origin is not Origin.WRITTEN for _, origin in kept)
        written = {text for text, _ in kept}
        well.left += [f"{article.id}: {part['text']}" for part in good["summary"] if part["text"] not in written]
    return bad, well


def main() -> int:
    folder = shared_data()
    every = list(articles(folder)) if folder else []
    random.Random(SEED).shuffle(every)
    bad, well = measure(chain(own_articles(), every[:SHARED]))
    if "-v" in sys.argv:
        print(*(f"inflated: {line}" for line in bad.left), sep="\n")
        print(*(f"replaced: {line}" for line in well.left), sep="\n")
    print(f"{len(bad.left)} of {bad.told['sentences']} inflated sentences leave")
    print(f"{len(well.left)} of {well.told['sentences']} good sentences are replaced or left out")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
