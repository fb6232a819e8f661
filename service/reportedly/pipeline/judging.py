"""Judges a model's reply: grounded, held against the rules, checked; what is wrong is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportedly.language.analysis import Analysis
from reportedly.pipeline.checking import Checker
from reportedly.pipeline.settling import errors_in, settle
from reportedly.schema import Claim, Finding, Language, Severity, Span, Status, SummaryPart, least_sure
from reportedly.stages.draft import Extracts, MergeReply, Reply, claims_of
from reportedly.stages.ground import cross_check, ground
from reportedly.stages.repair import Replacement, left_out, replace_unsafe

_MENDED_HERE: Final = frozenset({"C104"})
"""Errors that cost no request: a denial that is missing is added from the article."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply that could be read, and what the checks say of it."""

    claims: tuple[Claim, ...]
    claim_findings: tuple[Finding, ...]
    """Grounding and cross-check findings, and what the checks say of the claims' wording."""
    summary: tuple[SummaryPart, ...]
    summary_findings: dict[int, tuple[Finding, ...]]
    """What the checks say of each summary sentence, by its index."""
    asks: tuple[str, ...]
    """What the model is told in a repair; empty where nothing needs one."""

    by_model: tuple[Claim, ...] = ()
    """Of the claims, those that the model made."""
    needs_repair: bool = False
    """Whether something is wrong that must not stay: errors, not warnings."""

    @property
    def badness(self) -> tuple[int, int]:
        """For the choice of the best version: errors in the summary first, then all that would be asked again."""
        return len(self.unsafe), len(self.asks)

    @property
    def unsafe(self) -> dict[int, tuple[str, ...]]:
        """Summary sentences that must not leave as they are, with the codes that make them so."""
        codes = {
            index: tuple(finding.code for finding in errors_in(findings))
            for index, findings in self.summary_findings.items()
        }
        for index, part in enumerate(self.summary):
            if not part.sentences:
                codes[index] = (*codes.get(index, ()), "G301")
        return {index: found for index, found in codes.items() if found}


class Judge:
    """Judges every reply about one article."""

    def __init__(self, analysis: Analysis, sentinels: Sequence[str] = (), language: Language | None = None) -> None:
        self._analysis = analysis
        self._checker = Checker(analysis, language)
        self._sentinels = tuple(name for name in sentinels if name not in analysis.article.text)

    def reply(self, reply: Reply, own: Sequence[int], shown: Sequence[int]) -> Judged:
        """Claims and summary of one window; `own` are the sentences to be claimed, `shown` those that may be cited."""
        grounded = ground(self._analysis, reply.claims, reply.summary, frozenset(shown))
        claims, differences = cross_check(self._analysis, [c for c in grounded.claims if c.sentence in set(own)])
        wording = self._checker.claims(claims)
        by_model = claims
        claims, filled = self._filled(claims, own)
        asks = [problem.ask for problem in grounded.problems]
        asks += [f"claim on sentence {claim.sentence}: {finding.message}" for claim, finding in wording]
        findings = (
            *(problem.finding for problem in grounded.problems),
            *differences,
            *(finding for _, finding in wording),
            *filled,
        )
        judged = self._with_summary(claims, findings, grounded.summary, asks)
        return replace(judged, by_model=by_model)

    def merged(self, reply: MergeReply, claims: Sequence[Claim]) -> Judged:
        """The summary that was written from the claims of all windows."""
        shown = frozenset(claim.sentence for claim in claims)
        grounded = ground(self._analysis, (), reply.summary, shown)
        findings = tuple(problem.finding for problem in grounded.problems)
        asks = [problem.ask for problem in grounded.problems]
        return self._with_summary(tuple(claims), findings, grounded.summary, asks)

    def _with_summary(
        self,
        claims: tuple[Claim, ...],
        findings: tuple[Finding, ...],
        summary: Sequence[SummaryPart],
        asks: list[str],
    ) -> Judged:
        told = self.labelled(summary, claims)
        checked = self._checker.summary(told)
        for index, found in checked.items():
            asks += [f"summary sentence {index + 1}: {finding.message}" for finding in found if _matters(finding)]
        if not told:
            asks.append("there is no summary")
        copied = [name for name in self._sentinels if any(name in part.text for part in told)]
        asks += [f"“{name}” belongs to an example, not to the article" for name in copied]
        wrong = [*findings, *(finding for found in checked.values() for finding in found)]
        serious = not told or bool(copied) or any(error.code not in _MENDED_HERE for error in errors_in(wrong))
        return Judged(claims, findings, told, checked, tuple(asks), needs_repair=serious)

    def safe(self, judged: Judged, *, keep: bool) -> Replacement:
        """The summary as it may leave: sentences with an error give way to the article's own words for the same claims.

        With `keep` they stay, with their findings. What is put in is checked as well, and left out if it fails.
        """
        if keep:
            found = _flat(judged.summary_findings, range(len(judged.summary)))
            return Replacement(judged.summary, (*found, *self._abroad(judged.summary)))
        extract = Extracts(self._analysis)
        unsafe = {index: codes for index, codes in judged.unsafe.items() if not _MENDED_HERE.issuperset(codes)}
        replaced = replace_unsafe(judged.summary, unsafe, extract.sentence)
        settled = settle(self._checker, replaced.summary, extract.at)
        found = (*replaced.findings, *left_out(settled.dropped), *settled.findings, *self._abroad(settled.summary))
        return Replacement(settled.summary, found)

    def _abroad(self, summary: Sequence[SummaryPart]) -> tuple[Finding, ...]:
        """That a summary in another language is checked only in part."""
        language = self._checker.foreign(summary)
        if language is None:
            return ()
        own = self._analysis.article.language
        message = f"the summary is in '{language.value}', the article in '{own.value}': its words were not compared"
        return (
            Finding.of("P511", message, hint="numbers, dates, names and certainty were; read it beside the article"),
        )

    def labelled(self, summary: Sequence[SummaryPart], claims: Sequence[Claim]) -> tuple[SummaryPart, ...]:
        """The summary sentences, each with the least sure status of the claims that it rests on."""
        statuses: dict[int, list[Status]] = defaultdict(list)
        for claim in claims:
            statuses[claim.sentence].append(claim.status)
        return tuple(
            part._replace(status=least_sure(status for number in part.sentences for status in statuses[number]))
            for part in summary
        )

    def _filled(self, claims: tuple[Claim, ...], own: Sequence[int]) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
        """The claims, and for sentences that the model passed over those of the rules, so that none is missing."""
        covered = {claim.sentence for claim in claims}
        wanted = set(own) - covered
        missing = [claim for claim in claims_of(self._analysis) if claim.sentence in wanted]
        if not missing:
            return claims, ()
        merged = sorted((*claims, *missing), key=lambda claim: claim.sentence)
        renumbered = tuple(claim.model_copy(update={"id": number}) for number, claim in enumerate(merged, 1))
        spans = tuple(Span(start=claim.span.start, end=claim.span.end) for claim in missing)
        count = len({claim.sentence for claim in missing})
        message = f"the model passed over {count} checkable sentence{'s' * (count > 1)}; the rules read them"
        return renumbered, (Finding.of("P509", message, source=spans),)


def _flat(findings: Mapping[int, tuple[Finding, ...]], order: Iterable[int]) -> tuple[Finding, ...]:
    return tuple(finding for index in order for finding in findings.get(index, ()))


def _matters(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE
