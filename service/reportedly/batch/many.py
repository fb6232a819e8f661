"""Many articles for a program: no files, no journal, one result an article."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from reportedly.batch.crew import Crew
from reportedly.batch.interface import Desk, Job
from reportedly.errors import ArticleRejected, BudgetExceeded
from reportedly.formats import record_of
from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.llm.loop import run_sync
from reportedly.schema import Failure, Report
from reportedly.sources import Loaded

Given = TypeVar("Given")
OVER_BUDGET: Final = "P505"


@dataclass(frozen=True, slots=True)
class Many(Generic[Given]):
    """What is done with each of many articles, and how many at once."""

    load: Callable[[Given, int], Loaded]
    """Makes an article of what was given, with its number from 1. Raises ArticleRejected."""
    work: Callable[[Loaded], Awaitable[Report | Failure]]
    close: Callable[[], Awaitable[None]]
    most: int
    ordered: bool

    def results(self, given: Iterable[Given]) -> Iterator[Report | Failure]:
        """One by one; the iterable is read in the caller's thread and only as far as there is room."""
        crew = self._crew()
        numbered = enumerate(given, start=1)
        more = True
        try:
            while True:
                while more and crew.has_room:
                    item = next(numbered, None)
                    if item is None:
                        more = False
                    else:
                        run_sync(crew.start(item))
                if crew.idle:
                    return
                yield run_sync(crew.next())
        finally:
            run_sync(self._end(crew))

    async def aresults(self, given: Iterable[Given] | AsyncIterable[Given]) -> AsyncIterator[Report | Failure]:
        """The same on the caller's event loop."""
        crew = self._crew()
        number, more = 0, True
        source = given if isinstance(given, AsyncIterable) else _in_turn(given)
        items = aiter(source)
        try:
            while True:
                while more and crew.has_room:
                    try:
                        item = await anext(items)
                    except StopAsyncIteration:
                        more = False
                    else:
                        number += 1
                        await crew.start((number, item))
                if crew.idle:
                    return
                yield await crew.next()
        finally:
            await self._end(crew)

    def _crew(self) -> Crew[tuple[int, Given], Report | Failure]:
        return Crew(self._do, self.most, ordered=self.ordered)

    async def _do(self, item: tuple[int, Given]) -> Report | Failure:
        number, given = item
        try:
            loaded = self.load(given, number)
        except ArticleRejected as error:
            name = str(getattr(given, "id", number))
            return Failure(id=name, reason=error.reason, message=error.message, hint=error.advice)
        result = await self.work(loaded)
        if isinstance(result, Report) and (result.reason or "").startswith(OVER_BUDGET):
            raise BudgetExceeded(result.reason or "")
        return result

    async def _end(self, crew: Crew[tuple[int, Given], Report | Failure]) -> None:
        await crew.stop()
        await self.close()


def at_desk(desk: Desk) -> Callable[[Loaded], Awaitable[Report | Failure]]:
    """Work that needs no model, done at a desk (in processes)."""

    async def work(loaded: Loaded) -> Report | Failure:
        return record_of((await desk.converse(Job(loaded, b"", b""), _nobody)).line)

    return work


async def _nobody(request: ChatRequest) -> ChatReply:
    raise AssertionError(f"the rule engine asks nobody, not even {len(request.turns)} turns")


async def _in_turn(given: Iterable[Given]) -> AsyncIterator[Given]:
    for item in given:
        yield item
