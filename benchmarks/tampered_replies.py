"""Model replies with one thing changed: none may come out as grounded and clean with the change still in it.

`python -m benchmarks.tampered_replies` changes one number, name, negation, cited id, cue or source in the good reply of
the stand-in model, over the project's own articles and the shared ones, and counts what gets through. The model repeats
the changed reply in every repair.
"""

from __future__ import annotations

import asyncio
import copy
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.shared import shared_data
from benchmarks.tampering import STRANGERS, articles, with_name, with_negation, with_number
from reportedly.evaluation.standing_in import answer
from reportedly.evaluation.suite import read_suite
from reportedly.language.analysis import Analysis, analyse
from reportedly.language.facts import read_facts
from reportedly.llm.scripted import Scripted
from reportedly.pipeline import Asked, Wanted, adrive, report_by_model
from reportedly.schema import Article, Language, Report, Severity
from reportedly.stages.repair import MAX_REPAIRS

SEED = 20_261_124
SUITES = Path(__file__).resolve().parent.parent / "evals" / "suites"
OWN = ("rumour-de", "rumour-en", "certainty-de", "certainty-en", "seed")
"""Suites with whole articles."""
SHARED = 60
"""Shared articles that are taken besides, German and English."""
HEDGES = {
    Language.GERMAN: ("angeblich", "womöglich", "bestätigte"),
    Language.ENGLISH: ("allegedly", "perhaps", "vowed"),
}

Reply = dict[str, Any]


@dataclass(frozen=True)
class Tampered:
    """A reply with one thing changed."""

    kind: str
    """What was changed where, for example `number in summary`."""
    reply: Reply
    where: str
    """`summary`, `claims`, `cue` or `source`."""
    words: str
    """The words that must not stay there unmarked, with these numbers."""
    sentences: tuple[int, ...]


class Tamperer:
    """Changes one thing at a time in the good reply about one article."""

    def __init__(self, analysis: Analysis, reply: Reply, chance: random.Random) -> None:
        self._analysis, self._reply, self._chance = analysis, reply, chance
        self._language = analysis.article.language

    def all(self) -> Iterator[Tampered]:
        """One of each kind that the reply allows."""
        for kind, change in (("number", with_number), ("name", with_name), ("negation", with_negation)):
            yield from self._in_summary(f"{kind} in summary", partial(self._changed, change))
            yield from self._in_claim(f"{kind} in claim", partial(self._changed, change))
        yield from self._ids()
        yield from self._evidence()

    def _changed(self, change: Callable[..., str | None], text: str) -> str | None:
        return change(text, read_facts(text, self._language), self._chance)

    def _in_summary(self, kind: str, change: Callable[[str], str | None]) -> Iterator[Tampered]:
        for at in self._shuffled(self._reply["summary"]):
            text = change(self._reply["summary"][at]["text"])
            if text is not None:
                yield self._with(kind, "summary", at, text, text=text)
                return

    def _in_claim(self, kind: str, change: Callable[[str], str | None]) -> Iterator[Tampered]:
        for at in self._shuffled(self._reply["claims"]):
            text = change(self._words(self._reply["claims"][at]["sentence"]))
            if text is not None:
                yield self._with(kind, "claims", at, text, claim=text)
                return

    def _ids(self) -> Iterator[Tampered]:
        """Another sentence's number beside the same words."""
        for at in self._shuffled(self._reply["summary"])[:1]:
            told = self._reply["summary"][at]
            other = self._other(told["sentences"])
            if other:
                yield self._with("id in summary", "summary", at, told["text"], sentences=[other])
        for at in self._shuffled(self._reply["claims"])[:1]:
            number = self._reply["claims"][at]["sentence"]
            other = self._other([number])
            if other:
                words = self._words(number)
                yield self._with("id in claim", "claims", at, words, claim=words, sentence=other)

    def _evidence(self) -> Iterator[Tampered]:
        """A cue or a source that the sentence does not have."""
        for key, words in (("cue", HEDGES), ("source", STRANGERS)):
            for at in self._shuffled(self._reply["claims"]):
                claim = self._reply["claims"][at]
                wrong = self._chance.choice(words[self._language])
                if claim[key] and wrong not in self._words(claim["sentence"]):
                    yield self._with(key, "claims", at, wrong, **{key: wrong})
                    break

    def _with(self, kind: str, where: str, at: int, words: str, **change: Any) -> Tampered:
        reply = copy.deepcopy(self._reply)
        reply[where][at].update(change)
        changed = reply[where][at]
        numbers: list[int] = changed["sentences"] if where == "summary" else [changed["sentence"]]
        place = kind if kind in ("cue", "source") else where
        return Tampered(kind, reply, place, " ".join(words.split()), tuple(numbers))

    def _words(self, number: int) -> str:
        return " ".join(self._analysis.words(number).split())

    def _other(self, numbers: Sequence[int]) -> int | None:
        others = [s.id for s in self._analysis.sentences if s.id not in numbers]
        return self._chance.choice(others) if others else None

    def _shuffled(self, items: Sequence[object]) -> list[int]:
        return self._chance.sample(range(len(items)), len(items))


def good_reply(article: Article) -> Reply:
    """What the stand-in model answers to our prompt about the article."""
    conversation = report_by_model(article, Wanted(), Asked(model="scripted"))
    request = next(conversation)
    conversation.close()
    reply: Reply = json.loads(answer(request.turns[0].text))
    return reply


def report_on(article: Article, reply: Reply) -> Report:
    """The report where a model replies this, and the same again to each repair."""
    model = Scripted([json.dumps(reply, ensure_ascii=False)] * (1 + MAX_REPAIRS))
    return asyncio.run(adrive(report_by_model(article, Wanted(), Asked(model="scripted")), model))


def marks(report: Report) -> Counter[str]:
    """The findings above a note, by code."""
    return Counter(finding.code for finding in report.findings if finding.severity is not Severity.NOTE)


def got_through(tampered: Tampered, report: Report, before: Counter[str]) -> bool:
    """Whether the change is still in the report and nothing in the report is new."""
    summary = report.summary.sentences if report.summary else ()
    told: dict[str, list[tuple[str, tuple[int, ...]]]] = {
        "summary": [(part.text, part.sentences) for part in summary],
        "claims": [(claim.text, (claim.sentence,)) for claim in report.claims],
        "cue": [(claim.cue.text, (claim.sentence,)) for claim in report.claims if claim.cue],
        "source": [(claim.attribution.name or "", (claim.sentence,)) for claim in report.claims],
    }
    inside = any(tampered.words in text and tampered.sentences == numbers for text, numbers in told[tampered.where])
    return inside and not marks(report) - before


def own_articles() -> Iterator[Article]:
    """The articles of our own suites."""
    for name in OWN:
        for case in read_suite(SUITES / name).cases:
            yield case.inputs.article


def measure(found: Iterator[Article], chance: random.Random) -> Iterator[tuple[Article, Tampered, bool]]:
    """Every tampered reply about these articles, and whether it got through."""
    for article in found:
        good = good_reply(article)
        before = marks(report_on(article, good))
        for tampered in Tamperer(analyse(article), good, chance).all():
            yield article, tampered, got_through(tampered, report_on(article, tampered.reply), before)


def _every() -> Iterator[Article]:
    yield from own_articles()
    folder = shared_data()
    if folder is not None:
        every = list(articles(folder))
        yield from every[:: max(1, len(every) // SHARED)]


def main() -> int:
    total: Counter[str] = Counter()
    through: Counter[str] = Counter()
    for article, tampered, passed in measure(_every(), random.Random(SEED)):
        total[tampered.kind] += 1
        through[tampered.kind] += passed
        if passed and "-v" in sys.argv:
            print(article.id, tampered.kind, repr(tampered.words))
    print(json.dumps({kind: f"{through[kind]} of {total[kind]}" for kind in sorted(total)}))
    print(f"{sum(through.values())} of {sum(total.values())} tampered replies come out as grounded and clean")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
