"""The model's conversation: one request an article, judged, repaired at most twice, and never surer than its source."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from reportedly._version import __version__
from reportedly.language.analysis import Analysis, analyse
from reportedly.llm.interface import ChatReply, ChatRequest, Structured
from reportedly.pipeline.asking import Failed, Meter, put
from reportedly.pipeline.checking import Checker
from reportedly.pipeline.interface import Conversation, Wanted
from reportedly.pipeline.judging import Judge, Judged
from reportedly.pipeline.windows import WINDOW_TOKENS, Window, windows_of
from reportedly.prompting import Prompt, ReplyFault, load_prompt
from reportedly.schema import (
    Article,
    Claim,
    Finding,
    Language,
    Outcome,
    Provenance,
    Report,
    Span,
    Summary,
    outcome_of,
)
from reportedly.stages.draft import (
    Style,
    ask,
    ask_again,
    ask_merge,
    read_merge,
    read_reply,
    reply_schema_digest,
    surer_headings,
)
from reportedly.stages.repair import MAX_REPAIRS, problem_list
from reportedly.stages.screen import screen

ENGINE = "model"

Asking: TypeAlias = Generator[ChatRequest, ChatReply, Judged | Failed]


class OnUnsure(StrEnum):
    """What happens to a summary sentence that the checks reject."""

    REPAIR = "repair"
    """Ask again, then put the article's own words in its place."""
    EXTRACT = "extract"
    """Put the article's own words in its place at once."""
    KEEP = "keep"
    """Keep it, with its findings."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the model is asked."""

    model: str
    """The model as the user named it."""
    language: Language | None = None
    """Language of the summary; the article's without it."""
    on_unsure: OnUnsure = OnUnsure.REPAIR
    window_tokens: int = WINDOW_TOKENS
    structured: Structured | None = None
    prompt: Prompt = field(default_factory=lambda: load_prompt("summarise"))
    repair: Prompt = field(default_factory=lambda: load_prompt("repair"))
    merge: Prompt = field(default_factory=lambda: load_prompt("merge"))


def report_by_model(article: Article, wanted: Wanted, asked: Asked, findings: tuple[Finding, ...] = ()) -> Conversation:
    """Asks a model about the article; `findings` are those of the input."""
    return (yield from _Talk(analyse(article), wanted, asked, findings).run())


class _Talk:
    """One article's conversation."""

    def __init__(self, analysis: Analysis, wanted: Wanted, asked: Asked, findings: tuple[Finding, ...]) -> None:
        self._analysis = analysis
        self._wanted = wanted
        self._asked = asked
        self._findings = [*findings, *screen(analysis), *surer_headings(analysis), *Checker(analysis).title()]
        self._meter = Meter()
        self._judge = Judge(analysis, asked.prompt.sentinels, asked.language)

    def run(self) -> Conversation:
        """Window by window, then the summary over all of them."""
        windows = windows_of(self._analysis, self._asked.window_tokens)
        claims: list[Claim] = []
        covered: list[Span] = []
        judged: Judged | Failed = Failed(Finding.of("P508", "there was nothing to ask"))
        for window in windows:
            judged = yield from self._window(window)
            if isinstance(judged, Failed):
                return self._report(claims, covered, failed=judged)
            claims += judged.claims
            self._findings += judged.claim_findings
            covered.append(self._span(window))
        if len(windows) > 1 and self._wanted.summary:
            judged = yield from self._merge(claims)
        if isinstance(judged, Failed):
            return self._report(claims, covered, failed=judged)
        return self._report(claims, covered, judged=judged)

    def _window(self, window: Window) -> Asking:
        request = ask(self._analysis, window.shown, self._asked.prompt, self._style())
        return self._converse(request, lambda text: self._judge.reply(read_reply(text), window.own, window.shown))

    def _merge(self, claims: Sequence[Claim]) -> Asking:
        request = ask_merge(self._analysis, claims, self._asked.merge, self._style())
        return self._converse(request, lambda text: self._judge.merged(read_merge(text), claims))

    def _style(self) -> Style:
        return Style(self._wanted.words, self._asked.language, self._asked.structured)

    def _converse(self, request: ChatRequest, judge: Callable[[str], Judged]) -> Asking:
        """Asks, judges and asks again while that helps; returns the best version that could be read."""
        best: Judged | None = None
        failed: Failed | None = None
        asking = request
        for _ in range(1 + MAX_REPAIRS):
            reply = yield from put(asking, self._meter)
            if isinstance(reply, Failed):
                failed = reply
                break
            try:
                judged = judge(reply.text)
            except ReplyFault as fault:
                failed = Failed(Finding.of("P504", f"the reply can't be used: {fault}"))
                asks: Sequence[str] = (str(fault),)
            else:
                self._note_removed(best, judged)
                best = judged if best is None or judged.badness < best.badness else best
                if not judged.needs_repair or self._asked.on_unsure is not OnUnsure.REPAIR:
                    break
                asks = judged.asks
            asking = ask_again(request, reply.text, self._asked.repair, problem_list(asks))
        return best or failed or Failed(Finding.of("P508", "the model gave no reply"))

    def _note_removed(self, before: Judged | None, after: Judged) -> None:
        """A repair that mends by deleting is told: its claims are read by the rules instead."""
        if before is None:
            return
        lost = {claim.sentence for claim in before.by_model} - {claim.sentence for claim in after.by_model}
        if lost:
            spans = tuple(self._analysis.sentences[number - 1].span for number in sorted(lost))
            self._findings.append(
                Finding.of("P507", f"a repair removed the claims of {len(lost)} sentences", source=spans)
            )

    def _report(
        self,
        claims: Sequence[Claim],
        covered: Sequence[Span],
        *,
        judged: Judged | None = None,
        failed: Failed | None = None,
    ) -> Report:
        summary: Summary | None = None
        if judged is not None and self._wanted.summary:
            safe = self._judge.safe(judged, keep=self._asked.on_unsure is OnUnsure.KEEP)
            summary = Summary.of(safe.summary) if safe.summary else None
            self._findings += safe.findings
            if not safe.summary:
                failed = Failed(Finding.of("P504", "no sentence of the summary could be kept or replaced"))
        if failed is not None:
            self._findings.append(failed.finding)
        findings = tuple(self._findings)
        return Report(
            article=self._analysis.article,
            sentences=self._analysis.sentences,
            summary=summary,
            claims=tuple(claim.model_copy(update={"id": number}) for number, claim in enumerate(claims, 1)),
            findings=findings,
            outcome=outcome_of(findings) if failed is None else Outcome.UNDETERMINED,
            reason=None if failed is None else failed.reason,
            provenance=self._provenance(covered),
        )

    def _provenance(self, covered: Sequence[Span]) -> Provenance:
        return Provenance(
            engine=ENGINE,
            version=__version__,
            model=self._asked.model,
            model_returned=self._meter.model_returned,
            prompt=self._asked.prompt.label,
            prompt_digest=self._asked.prompt.digest,
            schema_digest=reply_schema_digest(),
            usage=self._meter.usage,
            covered=tuple(covered),
        )

    def _span(self, window: Window) -> Span:
        sentences = self._analysis.sentences
        return Span(start=sentences[window.own[0] - 1].span.start, end=sentences[window.own[-1] - 1].span.end)
