"""The service behind the routes: gets the page where one is to be fetched, and has the task done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from reportedly.web.bodies import ArticleBody
from reportedly.web.configuration import RULES, Serving
from reportedly.web.fetching import fetch
from reportedly.web.problems import Refused
from reportedly.web.tasks import Kind, Task
from reportedly.web.telling import Metrics

if TYPE_CHECKING:
    from reportedly.web.jobs import Jobs
    from reportedly.web.readers import Readers


class Wishes(TypedDict, total=False):
    """What a task may be told beside the article."""

    summary: str
    words: int | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]


@dataclass(slots=True)
class Service:
    """What the routes share."""

    serving: Serving
    readers: Readers
    metrics: Metrics = field(default_factory=Metrics)
    jobs: Jobs | None = None
    """None where no batches are taken (the tools for assistants)."""
    ending: bool = False

    async def article(
        self,
        body: ArticleBody,
        kind: Kind,
        *,
        engine: str = RULES,
        language: str | None = None,
        **wishes: Unpack[Wishes],
    ) -> bytes:
        """The answer's body. Raises Refused, ReportedlyError."""
        about = body.about()
        if body.fetch is None:
            document = body.html.encode() if body.html is not None else None
        else:
            if not self.serving.allow_fetch:
                raise Refused(422, "fetch_not_allowed", "this service fetches no pages", "send text or html instead")
            page = await fetch(body.fetch)
            document, about["url"] = page.body, about.get("url") or page.url
        task = Task(kind=kind, text=body.text, document=document, about=about, **wishes)
        return await self.do(task, engine, language)

    async def do(self, task: Task, engine: str = RULES, language: str | None = None) -> bytes:
        """Have a task done by an engine that the service offers."""
        if engine not in self.serving.engines:
            offered = ", ".join(self.serving.engines)
            raise Refused(422, "unknown_engine", "the service does not offer this engine", f"it offers: {offered}")
        return await self.readers.do(task, engine, language)

    def ready(self) -> dict[str, Any]:
        """What is offered. Raises Refused while the service ends."""
        if self.ending:
            raise Refused(503, "ending", "the service is about to end", "ask another one")
        return {"status": "ready", "engines": list(self.serving.engines)}

    async def end(self) -> None:
        """Take no more work, and put the batches down."""
        self.ending = True
        if self.jobs is not None:
            await self.jobs.end()
