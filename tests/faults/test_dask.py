"""A Dask cluster of two workers, one of them killed: every input has its record, exactly once."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from reportedly.batch import ExecutorName
from reportedly.errors import ConnectionFault, UsageError
from reportedly.settings import Settings
from reportedly.wiring.batches import Workplace
from tests.soak.stand_in import Server
from tests.unit.batch.runs import Bench

pytest.importorskip("distributed")
psutil: Any = pytest.importorskip("psutil")  # comes with it
pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ARTICLES = 400
CLUSTER = Workplace(ExecutorName.DASK, workers=2)


def workers() -> list[Any]:
    """The processes that execute tasks: grandchildren's command lines name the spawning."""
    below = psutil.Process().children(recursive=True)
    return [process for process in below if "spawn_main" in " ".join(process.cmdline())]


async def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    with Server(0.05) as server:
        settings = Settings(model="openai:stand-in", base_url=server.base_url, concurrency=16)
        made = Bench(tmp_path, settings, CLUSTER)
        made.write(ARTICLES)
        session = made.session()
        running = asyncio.create_task(made.run_session(session))
        async with asyncio.timeout(60):
            while session.tally.done < 40:  # noqa: ASYNC110 - a number in another part of the program
                await asyncio.sleep(0.02)
        victim = workers()[0]
        os.kill(victim.pid, signal.SIGKILL)
        ended = await running
        assert (ended.halted, ended.complete) == (None, True)
        assert ended.tally.outcomes["undetermined"] == 0
        assert made.ids() == sorted(f"n{number}" for number in range(1, ARTICLES + 1))
        assert ARTICLES <= len(server.seen()) <= ARTICLES + 4 * 32, "only what was in flight is asked again"


async def test_no_scheduler_and_limits_are_said_before_anything_runs(tmp_path: Path) -> None:
    nowhere = Workplace(ExecutorName.DASK, scheduler="tcp://127.0.0.1:9")
    made = Bench(tmp_path, Settings(), nowhere)
    made.write(3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportedly.batch.executors.dask.JOINING_SECONDS", 1.0)
        ended = await made.run()
    assert isinstance(ended.halted, ConnectionFault)
    assert made.records() == []
    limited = Bench(tmp_path, Settings(model="openai:x", max_tokens=5), CLUSTER)
    with pytest.raises(UsageError, match="many machines"):
        await limited.run()
