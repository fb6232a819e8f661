"""The second door's conversation: a summary that somebody else wrote is held against its source."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from reportedly._version import __version__
from reportedly.language.analysis import sentences_of
from reportedly.language.segment import segment
from reportedly.llm.interface import ChatReply, ChatRequest, Structured, Turn
from reportedly.pipeline.asking import Failed, Meter, put
from reportedly.pipeline.by_rules import ENGINE
from reportedly.prompting import Prompt, ReplyFault, fill, load_prompt
from reportedly.schema import Article, Finding, Outcome, Provenance, Review, Selection, outcome_of
from reportedly.stages.check import CHECKS, Material, Source, run, support_of
from reportedly.stages.check.by_model import Judgement, ask_judgement, read_judgement, weigh
from reportedly.stages.repair import problem_list

ReviewConversation: TypeAlias = Generator[ChatRequest, ChatReply, Review]
"""Yields requests, is sent replies, returns a review."""

_ROUNDS: Final = 2
"""Requests a summary: one, and one more where the reply could not be read."""


@dataclass(frozen=True, slots=True)
class Judging:
    """How a model is asked about a summary."""

    model: str
    """The model as the user named it."""
    structured: Structured | None = None
    prompt: Prompt = field(default_factory=lambda: load_prompt("judge"))
    repair: Prompt = field(default_factory=lambda: load_prompt("repair"))


def read_source(article: Article) -> Source:
    """The source's side of a check, to be read once and used for every summary of it."""
    return Source(article, sentences_of(article))


def review_by_rules(
    name: str, source: Source, summary: str, selection: Selection, findings: tuple[Finding, ...] = ()
) -> ReviewConversation:
    """Checks by rules; `findings` are those of the inputs. Only selected codes come out."""
    material = _material(source, summary)
    provenance = Provenance(engine=ENGINE, version=__version__)
    return _review(name, material, selection, (*findings, *run(material, CHECKS)), provenance)
    yield


def review_by_model(
    name: str, source: Source, summary: str, selection: Selection, asked: Judging
) -> ReviewConversation:
    """Checks by rules, and asks a model about every clause in one request.

    Each finding of the rules is confirmed or disputed, never dropped. Without a usable reply the rules' findings stand
    and the review is undetermined.
    """
    material = _material(source, summary)
    checked = run(material, CHECKS)
    meter = Meter()
    judgement = yield from _judged(material, asked, meter)
    provenance = Provenance(
        engine="model",
        version=__version__,
        model=asked.model,
        model_returned=meter.model_returned,
        prompt=asked.prompt.label,
        prompt_digest=asked.prompt.digest,
        usage=meter.usage,
    )
    if isinstance(judgement, Failed):
        findings = (*checked, judgement.finding)
        return _review(name, material, selection, findings, provenance, reason=judgement.reason)
    return _review(name, material, selection, weigh(material, checked, judgement), provenance)


def _judged(material: Material, asked: Judging, meter: Meter) -> Generator[ChatRequest, ChatReply, Judgement | Failed]:
    request = ask_judgement(material, asked.prompt, asked.structured)
    failed = Failed(Finding.of("P508", "there was nothing to ask"))
    for _ in range(_ROUNDS):
        reply = yield from put(request, meter)
        if isinstance(reply, Failed):
            return reply
        try:
            return read_judgement(reply.text, material)
        except ReplyFault as fault:
            failed = Failed(Finding.of("P504", f"the reply can't be used: {fault}"))
            problems = fill(asked.repair, {"problems": problem_list([str(fault)])})
            again = (Turn(role="assistant", text=reply.text or "{}"), Turn(role="user", text=problems))
            request = request.model_copy(update={"turns": (request.turns[0], *again)})
    return failed


def _material(source: Source, summary: str) -> Material:
    sentences = tuple(sentence.span for sentence in segment(summary, source.article.language))
    return Material(source, summary, sentences)


def _review(
    name: str,
    material: Material,
    selection: Selection,
    findings: tuple[Finding, ...],
    provenance: Provenance,
    *,
    reason: str | None = None,
) -> Review:
    kept = tuple(finding for finding in findings if selection.keeps(finding.code))
    return Review(
        id=name,
        article=material.source.article,
        summary=material.summary,
        sentences=material.sentences,
        findings=kept,
        support=tuple(round(value, 4) for value in support_of(material, findings)),
        outcome=Outcome.UNDETERMINED if reason else outcome_of(kept),
        reason=reason,
        provenance=provenance,
    )
