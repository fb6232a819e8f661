"""Records that finish together share one flush to disk, and none is acknowledged before it."""

from __future__ import annotations

import asyncio

from reportedly.batch.journal import Journal, Written


class Writer:
    """Hands records to the journal in groups: whatever came while the last group was being written."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: list[tuple[Written, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, record: Written) -> None:
        """Returns when the record is on disk. Raises StorageError where it can't be."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((record, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())
        await done

    async def aclose(self) -> None:
        """Wait until what was handed in is on disk, or has failed."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _write(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            failure: Exception | None = None
            try:
                await asyncio.to_thread(self._journal.append, [record for record, _ in group])
            except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
                failure = error
            for _, done in group:
                if done.cancelled():
                    continue
                if failure is None:
                    done.set_result(None)
                else:
                    done.set_exception(failure)
