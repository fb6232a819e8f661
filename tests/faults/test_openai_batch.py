"""N19: everything that a Batch API does wrong ends in one record an article, and no request is bought twice."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.batch import Ended, ExecutorName, Stop
from reportedly.batch.executors.openai_batch.ledger import Ledger
from reportedly.errors import BudgetExceeded, RequestInvalid
from reportedly.llm.openai_batches import OpenAIBatches
from reportedly.settings import Settings
from reportedly.wiring.batches import Workplace
from tests.unit.batch.runs import Bench

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ARTICLES = 12


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.faults.batches"]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    process.stdin.close()
    process.wait(timeout=10)


def bench(folder: Path, address: str, scenario: str, **options: object) -> Bench:
    model = f"openai:{scenario}/{uuid.uuid4().hex[:8]}"
    settings = Settings.model_validate({"model": model, "base_url": f"{address}/v1", "batch_look": 0.02, **options})
    made = Bench(folder, settings, Workplace(ExecutorName.OPENAI_BATCH))
    made.write(ARTICLES)
    return made


def bought(address: str, made: Bench) -> dict[str, int]:
    """How often each article was bought."""
    assert made.settings.model is not None
    model = made.settings.model.removeprefix("openai:")
    with urllib.request.urlopen(f"{address}/bought?model={model}", timeout=5) as answer:
        counts: dict[str, int] = json.load(answer)
    return {name: times for name, times in counts.items() if name.startswith("article")}


def all_there(made: Bench, ended: Ended) -> None:
    assert ended.halted is None
    assert ended.complete
    assert made.ids() == sorted(f"n{number}" for number in range(1, ARTICLES + 1))
    assert not (made.folder / "results.jsonl.batches").exists()


@pytest.mark.parametrize("scenario", ["ok", "expires", "loses", "busy", "crowded", "started-unheard"])
async def test_every_article_gets_its_record_and_is_bought_once(tmp_path: Path, address: str, scenario: str) -> None:
    made = bench(tmp_path, address, scenario)
    ended = await made.run()
    all_there(made, ended)
    assert ended.tally.outcomes["undetermined"] == 0
    assert set(bought(address, made).values()) == {1}
    assert len(bought(address, made)) == ARTICLES


async def test_repairs_are_the_next_round(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "needs-repair")
    all_there(made, await made.run())
    assert set(bought(address, made).values()) == {2}
    assert {record["provenance"]["usage"]["calls"] for record in made.records()} == {2}


async def test_what_the_provider_refuses_concerns_its_article_alone(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "filters")
    ended = await made.run()
    all_there(made, ended)
    assert ended.tally.outcomes["undetermined"] == 1
    reasons = [record["reason"] for record in made.records() if record["outcome"] == "undetermined"]
    assert reasons[0].startswith("P503")


async def test_no_answer_at_all_is_given_up_after_three_times(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "never-answers")
    ended = await made.run()
    all_there(made, ended)
    assert ended.tally.outcomes["undetermined"] == ARTICLES - 1, "the first is asked live"
    assert sum("expired" in said for said in made.said) == 3


async def test_a_refused_batch_halts_the_run_and_costs_nothing(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "refused")
    ended = await made.run()
    assert isinstance(ended.halted, RequestInvalid)
    assert len(bought(address, made)) == 1
    again = await made.run()
    assert isinstance(again.halted, RequestInvalid)
    assert made.ids() == ["n1"]


class Killed(BaseException):
    """What a kill -9 looks like from within: nothing runs after it."""


@pytest.mark.parametrize("step", ["upload", "start", "look", "download", "collect", "note_upload", "note_batch"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_any_step_buys_nothing_twice(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    made = bench(tmp_path, address, "expires")
    home = OpenAIBatches if hasattr(OpenAIBatches, step) else Ledger
    real = getattr(home, step)

    async def later(*args: object) -> object:
        if after:
            await real(*args)
        raise Killed

    def now(*args: object) -> object:
        if after:
            real(*args)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(home, step, later if home is OpenAIBatches else now)
        patch.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(BaseException) as end:  # noqa: PT011 - a group, or the thing itself
            await made.run()
        assert "Killed" in repr(end.value)
    all_there(made, await made.run())
    assert set(bought(address, made).values()) == {1}


async def test_a_drain_leaves_the_batches_and_the_next_run_collects_them(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "ok", batch_look=30.0)
    stop = Stop()
    running = asyncio.create_task(made.run(stop=stop))
    async with asyncio.timeout(30):
        while not any("requests sent" in said for said in made.said):  # noqa: ASYNC110 - it is told by a list
            await asyncio.sleep(0.02)
    stop.by_interrupt()
    ended = await running
    assert (ended.complete, ended.exit_code, ended.tally.open) == (False, 130, ARTICLES - 1)
    assert "1 batches stay with the provider; the same command collects them" in made.said
    made.settings = made.settings.model_copy(update={"batch_look": 0.02})
    all_there(made, await made.run())
    assert set(bought(address, made).values()) == {1}


async def test_a_budget_sends_what_fits_and_keeps_it(tmp_path: Path, address: str) -> None:
    made = bench(tmp_path, address, "ok", max_tokens=30_000)
    ended = await made.run()
    assert isinstance(ended.halted, BudgetExceeded)
    done = len(made.ids())
    assert 1 < done < ARTICLES
    assert len(bought(address, made)) == done
    made.settings = made.settings.model_copy(update={"max_tokens": None})
    all_there(made, await made.run())
    assert set(bought(address, made).values()) == {1}


async def test_files_are_split_at_the_providers_limits(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "batches")
    ledger.most_requests = 5
    for number in range(12):
        ledger.add(f"r{number}", {"text": "x" * 100}, "/v1/chat/completions")
    ledger.seal()
    assert [len(file.ids) for file in ledger.files.values()] == [5, 5, 2]
    ledger.most_bytes = 500
    for number in range(12, 20):
        ledger.add(f"r{number}", {"text": "x" * 100}, "/v1/chat/completions")
    ledger.seal()
    sizes = [(tmp_path / "batches" / name).stat().st_size for name in ledger.files]
    assert len(sizes) > 4
    assert all(size <= 500 for size in sizes[3:])
    again = Ledger.open(tmp_path / "batches")
    assert {name: file.ids for name, file in again.files.items()} == {n: f.ids for n, f in ledger.files.items()}
