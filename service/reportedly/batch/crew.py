"""A bounded number of articles at once, their results one by one: the library's loop over many articles."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crew(Generic[Item, Result]):
    """Starts work while there is room, and gives results in the order in which they are ready, or in that of the items.

    In the items' order a slow one keeps the ones behind it waiting, so that never more than `most` are held.
    All calls must come from one event loop.
    """

    def __init__(self, work: Callable[[Item], Awaitable[Result]], most: int, *, ordered: bool) -> None:
        self._work = work
        self._most = most
        self._ordered = ordered
        self._tasks: list[asyncio.Task[Result]] = []

    @property
    def has_room(self) -> bool:
        """Whether another item can be started."""
        return len(self._tasks) < self._most

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    async def start(self, item: Item) -> None:
        """Begin with an item."""
        self._tasks.append(asyncio.create_task(self._do(item)))

    async def next(self) -> Result:
        """The next result; raises what the work raised."""
        if self._ordered:
            await asyncio.wait(self._tasks[:1])
        else:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        task = next(task for task in self._tasks if task.done())
        self._tasks.remove(task)
        return task.result()

    async def stop(self) -> None:
        """Leave what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _do(self, item: Item) -> Result:
        return await self._work(item)
