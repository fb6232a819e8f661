"""What is shown while a batch runs."""

from __future__ import annotations

import asyncio
import io
import time

import pytest

from reportedly.batch import Tally
from reportedly.cli import progress
from reportedly.cli.progress import Watching, duration, facts


def tally() -> Tally:
    made = Tally(inputs=30, kept=10, done=20, expected=100, cost=0.125)
    made.outcomes.update({"clean": 25, "failed": 2, "undetermined": 1})
    made.repeated = 2
    made.began = time.monotonic() - 10
    return made


def test_rate_time_left_cost_and_failures() -> None:
    assert facts(tally()) == "30 of 100 articles · 2.0/s · 10 kept · $0.1250 · 3 without a result · 0:35 left"


def test_what_is_unknown_is_not_shown() -> None:
    assert facts(Tally()) == "0 articles · 0.0/s"


@pytest.mark.parametrize(("seconds", "shown"), [(7.4, "0:07"), (725, "12:05"), (10_800, "3:00:00")])
def test_durations(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


async def test_plain_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.01)
    out = io.StringIO()
    watching = Watching(tally(), out)
    async with watching.shown():
        await asyncio.sleep(0.05)
        watching.tell("rejected: a\x1b[31m\nb")
    lines = out.getvalue().splitlines()
    assert any(line.endswith("0:35 left") for line in lines)
    assert "\x1b" not in out.getvalue()
    assert "\r" not in out.getvalue()
