"""Put a case to an engine and keep what comes back; a crash is an answer too, and always a miss."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from reportedly.errors import ProviderFault, ReportedlyError
from reportedly.evaluation.engines import ByModel
from reportedly.evaluation.gold import Question
from reportedly.evaluation.suite import Task
from reportedly.llm.scripted import Scripted
from reportedly.pipeline import Asked
from reportedly.schema import Article, Finding, Outcome, Report
from reportedly.stages.repair import MAX_REPAIRS

_USED_UP: Final = ProviderFault("the script has no more replies")
"""What a pipeline meets that asks more often than it should: its miss, not the run's end."""

T = TypeVar("T")


class Engine(Protocol):
    """What is measured: the rule engine, a model, anything that answers in our types."""

    async def read(self, article: Article, *, summarise: bool) -> Report:
        """The claims of an article and, where asked for, a summary."""

    async def check(self, article: Article, summary: str) -> tuple[Finding, ...]:
        """Where a summary parts from its article."""


@dataclass(slots=True)
class Answer:
    """All that an engine said to one case."""

    report: Report | None = None
    """None where it crashed, was not asked, or ended undetermined."""
    spent: Report | None = None
    """The report whose usage counts: also an undetermined one has cost something."""
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """By name of the summary; one that is missing here crashed."""
    twins: dict[str, Report] = field(default_factory=dict)
    """By name of the twin; one that is missing here crashed or ended undetermined."""
    failures: dict[str, str] = field(default_factory=dict)
    """Why something is missing, by what was asked."""


async def ask(question: Question, engine: Engine, tasks: tuple[Task, ...]) -> Answer:
    """Everything that the tasks want to know about one case."""
    answer = Answer()
    reads = {Task.STATUS, Task.SUMMARY, Task.TWINS} & set(tasks)
    if reads:
        summarise = Task.SUMMARY in tasks
        answer.spent = await _try(answer, "article", lambda: engine.read(question.article, summarise=summarise))
        answer.report = _determined(answer, "article", answer.spent)
    if Task.FAULTS in tasks and question.replies:
        model = Scripted([*question.replies, *[_USED_UP] * MAX_REPAIRS])
        scripted = ByModel(model, Asked(model=model.name))
        answer.spent = await _try(answer, "ending", lambda: scripted.read(question.article, summarise=True))
    if Task.CERTAINTY in tasks:
        for line in question.summaries:
            found = await _try(answer, line.id, lambda text=line.text: engine.check(question.article, text))  # type: ignore[misc]
            if found is not None:
                answer.findings[line.id] = found
    if Task.TWINS in tasks:
        for twin in question.twins:
            changed = question.article.model_copy(update={"text": twin.text, "id": f"{question.article.id}/{twin.id}"})
            report = await _try(answer, twin.id, lambda article=changed: engine.read(article, summarise=False))  # type: ignore[misc]
            if determined := _determined(answer, twin.id, report):
                answer.twins[twin.id] = determined
    return answer


async def _try(answer: Answer, what: str, call: Callable[[], Awaitable[T]]) -> T | None:
    try:
        return await call()
    except ReportedlyError as error:
        if error.stops_run:
            raise
        answer.failures[what] = f"{type(error).__name__}: {error}"
        return None
    except Exception as error:  # noqa: BLE001 - whatever an engine raises is its miss, and must not end the run
        answer.failures[what] = f"{type(error).__name__}: {error}"
        return None


def _determined(answer: Answer, what: str, report: Report | None) -> Report | None:
    if report is not None and report.outcome is Outcome.UNDETERMINED:
        answer.failures[what] = f"undetermined: {report.reason}"
        return None
    return report
