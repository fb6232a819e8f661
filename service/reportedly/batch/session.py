"""One call of the command: takes the lock, opens the journal, works, and leaves everything fit to go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.batch.configuration import Configuration
from reportedly.batch.interface import Executor
from reportedly.batch.journal import Journal, Paths, Totals
from reportedly.batch.locking import BEAT_SECONDS, Lock
from reportedly.batch.running import Inputs, Run
from reportedly.batch.stopping import Stop
from reportedly.batch.tally import Tally
from reportedly.errors import ReportedlyError
from reportedly.llm.budgeting import Spending
from reportedly.llm.interface import Tokens

Warn = Callable[[str], None]


@dataclass(slots=True)
class Hands:
    """Who does the work, and who knows what it costs."""

    executor: Executor
    spent: Callable[[], Spending] | None = None
    """What was used so far, what an interrupted run used before included; None where nothing is spent."""
    close: Callable[[], Awaitable[None]] | None = None
    """Releases what the work held."""


@dataclass(slots=True)
class Ended:
    """How a session ended."""

    tally: Tally
    totals: Totals
    """Of all sessions of these results."""
    complete: bool = False
    others: int = 0
    """Records of other inputs in the results."""
    halted: ReportedlyError | None = None
    """What ended it early, if not the user."""
    exit_code: int = 0
    """130 or 143 where a signal ended it."""


@dataclass(slots=True)
class Session:
    """What is to be done and where it goes."""

    results: Path
    configuration: Configuration
    build: Callable[[Spending, Paths], Hands]
    """Makes the executor, once the journal has told what was spent before."""
    retry_failed: bool = False
    tally: Tally = field(default_factory=Tally)
    """Shared with whoever shows the progress."""
    warn: Warn = lambda _: None

    async def work(self, inputs: Inputs, stop: Stop) -> Ended:
        """Work until every input has its record, something halts the run, or `stop` says so.

        Raises StorageError where the results can't be written, Locked where another run is at them, UsageError where
        they are not a batch's: all before anything is spent. What halts the run later is in `halted`.
        """
        paths = Paths.of(self.results)
        with Lock(paths.lock) as lock:
            if lock.left_by is not None:
                self.warn(f"the run of {lock.left_by} ended without releasing its lock")
            fingerprint = self.configuration.fingerprint()
            journal = await asyncio.to_thread(
                Journal.open, paths.results, fingerprint, self.configuration.description()
            )
            for note in journal.notes:
                self.warn(note)
            if journal.in_flight_before:
                self.warn(f"{journal.in_flight_before} articles were in flight when the last run died: asked again")
            return await self._work_with(journal, lock, inputs, stop)

    async def _work_with(self, journal: Journal, lock: Lock, inputs: Inputs, stop: Stop) -> Ended:
        ended = Ended(self.tally, journal.totals)
        hands: Hands | None = None
        beating = asyncio.create_task(_beat(lock))
        how = "died"
        try:
            hands = self.build(spending_of(journal.totals), journal.paths)
            run = Run(
                journal,
                self.configuration.fingerprint(),
                read_as=self.configuration.read_as,
                retry_failed=self.retry_failed,
                spends=self.configuration.model is not None,
                tally=self.tally,
                warn=self.warn,
            )
            try:
                await run.carry_out(inputs, hands.executor, stop)
            except ReportedlyError as error:
                ended.halted = error
            ended.complete, ended.others = run.complete, run.others
            ended.exit_code = 0 if run.complete else stop.exit_code
            how = "halted" if ended.halted else "interrupted" if stop.exit_code else "finished"
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating
            lost = lost_of(hands.spent(), journal.totals) if hands and hands.spent else Totals()
            journal.close(how, lost=lost)
            if hands is not None and hands.close is not None:
                await hands.close()
        return ended


def spending_of(totals: Totals) -> Spending:
    """What earlier sessions used, as far as it is known."""
    return Spending(
        calls=totals.calls,
        tokens=Tokens(
            input=totals.input_tokens,
            cached=totals.cached_tokens,
            output=totals.output_tokens,
            reasoning=totals.reasoning_tokens,
            estimated=totals.estimated,
        ),
        cost=totals.cost,
        lost_calls=totals.lost_calls,
        lost_tokens=totals.lost_tokens,
        lost_cost=totals.lost_cost,
    )


def lost_of(spent: Spending, totals: Totals) -> Totals:
    """What was used and stands in no record: calls that were cut off, and those of articles that were left half-way."""
    recorded_tokens = totals.input_tokens + totals.output_tokens + totals.lost_tokens
    recorded_calls = totals.calls - totals.cached + totals.lost_calls
    committed = spent.committed_cost or 0.0
    return Totals(
        lost_calls=max(0, spent.calls + spent.lost_calls - recorded_calls),
        lost_tokens=max(0, spent.committed_tokens - recorded_tokens),
        lost_cost=max(0.0, committed - totals.cost - totals.lost_cost),
    )


async def _beat(lock: Lock) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        with contextlib.suppress(OSError):
            lock.beat()
