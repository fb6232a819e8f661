from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import os
import subprocess
import sys
import threading
import time

import pytest

from reportedly.errors import UsageError
from reportedly.llm.loop import LoopThread, close_with_loop, in_shared_loop, run_sync


async def double(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


def test_runs_from_plain_code() -> None:
    assert run_sync(double(21)) == 42


async def test_runs_inside_a_running_loop() -> None:
    """As in a notebook: asyncio.run would refuse."""
    assert run_sync(double(21)) == 42


async def test_is_awaited_from_another_loop_and_from_its_own() -> None:
    assert await in_shared_loop(double(2)) == 4
    assert run_sync(in_shared_loop(double(2))) == 4


def test_is_one_loop_for_all_threads() -> None:
    async def loop() -> int:
        return id(asyncio.get_running_loop())

    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(run_sync(loop()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_errors_come_back() -> None:
    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run_sync(fail())


def test_context_variables_go_along() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name")
    name.set("hier")

    async def look() -> str:
        return name.get()

    assert run_sync(look()) == "hier"


def test_waiting_for_itself_is_refused() -> None:
    async def inner() -> int:
        return run_sync(double(1))

    with pytest.raises(UsageError, match="wait for itself"):
        run_sync(inner())


async def test_cancelling_reaches_the_work() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    task = asyncio.create_task(in_shared_loop(work()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.05)
    assert ended == ["cancelled"]


def test_closing_cancels_closes_and_can_be_undone() -> None:
    events: list[str] = []

    class Connection:
        async def aclose(self) -> None:
            events.append("closed")

    own, connection = LoopThread(), Connection()

    async def work() -> None:
        close_with_loop(connection)
        try:
            await asyncio.sleep(60)
        finally:
            events.append("cancelled")

    def run() -> None:
        with pytest.raises(concurrent.futures.CancelledError):
            own.run(work())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.1)
    own.close()
    thread.join(5)
    assert not thread.is_alive()
    assert events == ["cancelled", "closed"]
    own.close()
    assert own.run(double(3)) == 6
    own.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_gets_a_loop_of_its_own() -> None:
    code = (
        "import os, sys\n"
        "from reportedly.llm.loop import run_sync\n"
        "async def one(): return 1\n"
        "assert run_sync(one()) == 1\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(0 if run_sync(one()) == 1 else 1)\n"
        "sys.exit(os.waitpid(child, 0)[1])\n"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], timeout=30, check=False).returncode == 0


def test_an_interrupt_cancels_the_work_and_leaves_at_once() -> None:
    code = (
        "import asyncio, os, signal, threading, sys\n"
        "from reportedly.llm.loop import run_sync\n"
        "async def work():\n"
        "    try:\n"
        "        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "        await asyncio.sleep(60)\n"
        "    finally:\n"
        "        print('tidied', flush=True)\n"
        "try:\n"
        "    run_sync(work())\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert sorted(ran.stdout.split()) == ["interrupted", "tidied"]
    assert ran.stderr == ""
