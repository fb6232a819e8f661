"""Tokens of one request an article, against a design that asks about one claim at a time.

`python -m benchmarks.asking` counts locally, on the seed article and fifty shared ones, what is sent and received. Ours
is the request that the pipeline makes, with the stand-in's reply; the other design sends the article as context with
every checkable sentence, under short instructions, and asks for the summary once more. Nothing is sent anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from benchmarks.shared import shared_data
from benchmarks.tampered_replies import SUITES
from benchmarks.tampering import articles
from reportedly.evaluation.standing_in import answer
from reportedly.evaluation.suite import read_suite
from reportedly.language.analysis import analyse
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, Turn
from reportedly.llm.tokens import estimate, estimate_request
from reportedly.pipeline import Asked, Wanted, report_by_model
from reportedly.schema import Article

SHARED: Final = 50
_INSTRUCTIONS: Final = (
    "You check one sentence of a news article. Say who vouches for it (the writer, a party on the record, another "
    "outlet, unnamed sources), name the source in the article's words, say how firmly it is put (asserted, possible, "
    "conditional, planned, denied, confirmed, evaluated) and quote the words that show it. Use the article as context "
    "for pronouns and for reports that run on. Reply with one JSON object with the keys kind, source, origin, "
    "carried_from, firmness, cue."
)
"""What the other design needs to say at the least; ours sends about ten times as many instructions and examples."""
_SUMMING: Final = "Sum the article up in two to four sentences. Keep every source, hedge, number and name."


class Use(NamedTuple):
    """Requests and tokens."""

    requests: int
    sent: int
    received: int

    def __add__(self, other: object) -> Use:
        assert isinstance(other, Use)
        return Use(self.requests + other.requests, self.sent + other.sent, self.received + other.received)

    @property
    def total(self) -> int:
        """Sent and received."""
        return self.sent + self.received


NOTHING: Final = Use(0, 0, 0)


@dataclass
class Designs:
    """What each design uses."""

    ours: Use = NOTHING
    repaired: Use = NOTHING
    """Ours, with one repair an article."""
    prefix: int = 0
    """Tokens of ours that are the same in every request, so that providers read them from their caches."""
    single: Use = NOTHING
    """Claim by claim."""

    def add(self, article: Article) -> None:
        """Counts one article in."""
        conversation = report_by_model(article, Wanted(), Asked(model="counted"))
        request = next(conversation)
        reply = answer(request.turns[0].text)
        once = _used(request, reply)
        again = _repair(article, reply)
        self.ours += once
        self.repaired += once + (_used(again, reply) if again else Use(0, 0, 0))
        self.prefix += estimate(request.system)
        self.single += claim_by_claim(article, reply)
        conversation.close()


def _used(request: ChatRequest, reply: str) -> Use:
    return Use(1, estimate_request(request).input, estimate(reply))


def _repair(article: Article, reply: str) -> ChatRequest | None:
    """The re-ask after a reply of the same size in which one number of a sentence is wrong."""
    conversation = report_by_model(article, Wanted(), Asked(model="counted"))
    next(conversation)
    wrong = json.loads(reply)
    if not wrong["summary"]:
        return None
    wrong["summary"][0]["sentences"] = [10_000]
    text = json.dumps(wrong, ensure_ascii=False, separators=(",", ":"))
    again = conversation.send(ChatReply(text=text, finish=Finish.STOP, model="counted"))
    conversation.close()
    return again


def claim_by_claim(article: Article, reply: str) -> Use:
    """One request a checkable sentence with the article as context, and one for the summary."""
    analysis = analyse(article)
    said = json.loads(reply)
    total = Use(0, 0, 0)
    for number in dict.fromkeys(claim["sentence"] for claim in said["claims"]):
        question = f"{article.text}\n\nThe sentence: {analysis.words(number)}"
        claims = [{k: v for k, v in c.items() if k != "sentence"} for c in said["claims"] if c["sentence"] == number]
        total += _used(_plain(_INSTRUCTIONS, question), json.dumps(claims, ensure_ascii=False))
    told = " ".join(part["text"] for part in said["summary"])
    return total + _used(_plain(_SUMMING, article.text), told)


def _plain(system: str, user: str) -> ChatRequest:
    return ChatRequest(system=system, turns=(Turn(role="user", text=user),))


def count(found: Iterable[Article]) -> Designs:
    """What each design uses on these articles."""
    designs = Designs()
    for article in found:
        designs.add(article)
    return designs


def show(name: str, designs: Designs) -> None:
    """Prints one table."""
    print(f"\n{name}, {designs.ours.requests} articles")
    print(f"{'design':<28}{'requests an article':>20}{'tokens in':>12}{'out':>9}{'total':>10}{'cheaper':>9}")
    for label, use in (
        ("one request an article", designs.ours),
        ("the same with one repair", designs.repaired),
        ("claim by claim", designs.single),
    ):
        each = use.requests / designs.ours.requests
        times = designs.single.total / use.total
        print(f"{label:<28}{each:>20.1f}{use.sent:>12,}{use.received:>9,}{use.total:>10,}{times:>8.1f}x")
    fresh = designs.single.total / (designs.ours.total - designs.prefix)
    print(f"{designs.prefix:,} of our tokens are the same prefix every time; without them {fresh:.1f}x")


def main() -> int:
    show("the seed article", count(case.inputs.article for case in read_suite(SUITES / "seed").cases))
    folder = shared_data()
    if folder is None:
        print("skipped: no shared data beside the repository")
        return 0
    every = list(articles(folder))
    show("shared articles", count(every[:: len(every) // SHARED][:SHARED]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
