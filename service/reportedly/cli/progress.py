"""What a person sees of a batch while it runs: a bar on a terminal, plain lines elsewhere; all on standard error."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from typing import Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reportedly.batch import Tally
from reportedly.text.terminal import one_line

FRAME_SECONDS: Final = 0.5
LINE_SECONDS: Final = 10.0
"""A line in a log every so often tells that it goes on and buries nothing."""


class Watching:
    """Shows the tally and takes messages."""

    def __init__(self, tally: Tally, out: TextIO | None = None) -> None:
        self.tally = tally
        self._console = Console(file=out or sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def tell(self, message: str) -> None:
        """One line for the user."""
        self._console.print(one_line(message))

    @contextlib.asynccontextmanager
    async def shown(self) -> AsyncIterator[None]:
        """Show the progress while the body runs."""
        watching = asyncio.create_task(self._bar() if self._console.is_terminal else self._lines())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching

    async def _bar(self) -> None:
        columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task("", total=None)
            while True:
                tally = self.tally
                progress.update(task, total=tally.expected, completed=tally.ended, description=facts(tally))
                await asyncio.sleep(FRAME_SECONDS)

    async def _lines(self) -> None:
        while True:
            await asyncio.sleep(LINE_SECONDS)
            self.tell(f"{time.strftime('%H:%M:%S')} {facts(self.tally)}")


def facts(tally: Tally) -> str:
    """The tally in one line."""
    of = f" of {tally.expected}" if tally.expected is not None else ""
    parts = [f"{tally.ended}{of} articles", f"{tally.rate:.1f}/s"]
    if tally.kept:
        parts.append(f"{tally.kept} kept")
    if tally.cost:
        parts.append(f"${tally.cost:.4f}")
    if tally.bad:
        parts.append(f"{tally.bad} without a result")
    left = tally.seconds_left
    if left is not None:
        parts.append(f"{duration(left)} left")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """As 0:07, 12:05 or 3:00:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
