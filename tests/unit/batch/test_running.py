"""A batch as a whole, against a model that is scripted, and with the rule engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.batch import ExecutorName, Stop
from reportedly.batch.journal import store
from reportedly.errors import AuthFailed, BudgetExceeded, StorageError
from reportedly.llm.interface import ChatReply, ChatRequest, Finish, Tokens
from reportedly.llm.scripted import Scripted
from reportedly.settings import Settings
from reportedly.sources import manuscripts
from reportedly.wiring.batches import Workplace
from tests.soak.articles import MARK, text_of
from tests.soak.server import reply_to
from tests.unit.batch.runs import Bench

MODEL = Settings(model="scripted:none", concurrency=4)


def answer(request: ChatRequest) -> ChatReply:
    return ChatReply(
        text=reply_to(request.turns[0].text),
        finish=Finish.STOP,
        model="m",
        tokens=Tokens(input=5_000, output=20),
    )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """What every session of the test asks."""
    scripted = Scripted(answer)
    for home in ("reportedly.wiring.batches.model_named", "reportedly.wiring.model_named"):
        monkeypatch.setattr(home, lambda *_: scripted)
    return scripted


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path, MODEL)
    made.write(10)
    return made


def asked(model: Scripted) -> list[str]:
    marks = [MARK.search(request.turns[0].text) for request in model.requests]
    return [f"n{mark[1]}" for mark in marks if mark]


async def test_the_same_command_again_buys_nothing(bench: Bench, model: Scripted) -> None:
    first = await bench.run()
    assert (first.complete, first.tally.inputs, first.tally.ended, len(asked(model))) == (True, 10, 10, 10)
    again = await bench.run()
    assert (again.complete, again.tally.kept, len(asked(model))) == (True, 10, 10)
    assert again.totals.calls == 10
    assert bench.ids() == sorted(f"n{n}" for n in range(1, 11))
    assert {record["provenance"]["usage"]["calls"] for record in bench.records()} == {1}


async def test_a_changed_text_alone_is_done_again_and_replaces_its_record(bench: Bench, model: Scripted) -> None:
    await bench.run()
    rows = bench.source.read_text("utf-8").splitlines()
    rows[3] = json.dumps({"id": "n4", "text": text_of(4) + " Mehr war am Abend nicht zu erfahren."})
    rows.reverse()
    bench.source.write_text("\n".join(rows) + "\n", "utf-8")
    ended = await bench.run()
    assert (ended.tally.kept, asked(model)[10:]) == (9, ["n4"])
    assert len(bench.records()) == 10
    assert sum("Mehr war" in record["article"]["text"] for record in bench.records()) == 1


async def test_another_configuration_never_mixes(bench: Bench, model: Scripted) -> None:
    await bench.run()
    bench.words = 40
    await bench.run()
    assert len(asked(model)) == 20
    assert len(bench.records()) == 10
    bench.words = None
    await bench.run()
    assert len(asked(model)) == 20, "the records of the first configuration were kept"


async def test_a_text_under_two_ids_is_bought_once(bench: Bench, model: Scripted) -> None:
    twins = [json.dumps({"id": f"twin{n}", "text": text_of(n), "url": "https://t"}) + "\n" for n in (1, 2)]
    rows = bench.source.read_text("utf-8").splitlines(keepends=True)
    # The first twin comes while its text is in flight, the second when it is done.
    bench.source.write_text("".join([rows[0], twins[0], *rows[1:], twins[1]]), "utf-8")
    with bench.source.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"id": "n1", "text": text_of(1)}) + "\n")
        out.write(json.dumps({"id": "n2", "text": text_of(3)}) + "\n")
    ended = await bench.run()
    assert len(asked(model)) == 10
    tally = ended.tally
    assert (tally.inputs, tally.twins, tally.repeated, tally.outcomes["failed"], tally.open) == (14, 2, 1, 1, 0)
    twin = next(r for r in bench.records() if r.get("article", {}).get("id") == "twin1")
    assert twin["article"]["url"] == "https://t"
    assert twin["provenance"]["usage"]["calls"] == 0
    assert ended.totals.calls == 10
    conflict = next(record for record in bench.records() if "error" in record)
    assert conflict["error"]["reason"] == "conflicting_id"
    again = await bench.run()
    assert (again.tally.kept, len(asked(model)), len(bench.records())) == (13, 10, 13)


async def test_an_article_that_became_none_leaves_no_old_record(bench: Bench, model: Scripted) -> None:
    await bench.run()
    rows = bench.source.read_text("utf-8").splitlines()
    bench.source.write_text("\n".join([*rows[2:], '{"id": "n1", "text": ""}', '{"id": "n2"}']) + "\n", "utf-8")
    ended = await bench.run()
    assert (ended.tally.outcomes["failed"], ended.others) == (2, 0)
    assert bench.ids() == sorted(f"n{n}" for n in range(1, 11))
    assert sum("error" in record for record in bench.records()) == 2


async def test_records_of_other_inputs_stay_and_are_told(bench: Bench, model: Scripted) -> None:
    await bench.run()
    bench.source.write_text(json.dumps({"id": "new", "text": text_of(77)}) + "\n", "utf-8")
    ended = await bench.run()
    assert (ended.tally.inputs, ended.others, len(bench.records())) == (1, 10, 11)


async def test_what_would_meet_every_article_halts_and_is_no_record(bench: Bench, model: Scripted) -> None:
    seen = 0

    def script(request: ChatRequest) -> ChatReply | AuthFailed:
        nonlocal seen
        seen += 1
        return answer(request) if seen <= 6 else AuthFailed("the key was withdrawn")

    model._script = script
    ended = await bench.run()
    assert isinstance(ended.halted, AuthFailed)
    assert (ended.complete, len(bench.records())) == (False, 6)
    seen = -100
    assert (await bench.run()).complete
    assert len(bench.records()) == 10


async def test_a_spent_budget_halts_counts_what_went_before_and_is_no_record(bench: Bench, model: Scripted) -> None:
    bench.settings = MODEL.model_copy(update={"max_tokens": 30_000, "concurrency": 1})
    ended = await bench.run()
    done = len(bench.records())
    assert isinstance(ended.halted, BudgetExceeded)
    assert 0 < done < 10
    assert all(record["outcome"] != "undetermined" for record in bench.records())
    bench.settings = bench.settings.model_copy(update={"max_tokens": ended.totals.input_tokens + 500})
    again = await bench.run()
    assert isinstance(again.halted, BudgetExceeded), "what the first run used counts"
    assert len(bench.records()) == done


async def test_retry_failed_does_again_what_failed_and_nothing_else(bench: Bench, model: Scripted) -> None:
    def refuse(request: ChatRequest) -> ChatReply:
        good = answer(request)
        return good.model_copy(update={"finish": Finish.REFUSED}) if "Betrieb Nr. 5 " in str(request.turns) else good

    model._script = refuse
    first = await bench.run()
    assert first.tally.bad == 1
    assert (await bench.run()).tally.bad == 1, "not without being asked"
    assert len(asked(model)) == 10
    model._script = answer
    again = await bench.run(retry_failed=True)
    assert (again.tally.bad, asked(model)[10:], len(bench.records())) == (0, ["n5"], 10)
    assert again.totals.calls == 11


async def test_a_fault_of_ours_ends_its_article_alone(
    bench: Bench, model: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(request: ChatRequest) -> ChatReply:
        if "Betrieb Nr. 3 " in str(request.turns):
            raise ZeroDivisionError("secret words")
        return answer(request)

    model._script = script
    ended = await bench.run()
    failed = [record for record in bench.records() if "error" in record]
    assert (ended.complete, [record["id"] for record in failed]) == (True, ["n3"])
    assert failed[0]["error"]["reason"] == "internal_error"
    assert "secret" not in json.dumps(failed)


async def test_a_full_disk_halts_and_the_rest_is_done_when_there_is_room(
    bench: Bench, model: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = store._flush, 0

    def full(file: object, data: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls > 4:  # the header, the session, and one group of records
            raise OSError(28, "No space left on device")
        real(file, data)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(store, "_flush", full)
        ended = await bench.run()
    assert isinstance(ended.halted, StorageError)
    assert 0 < len(bench.records()) < 10
    assert (await bench.run()).complete
    assert bench.ids() == sorted(f"n{n}" for n in range(1, 11))


async def test_worker_processes_give_the_same_records(tmp_path: Path) -> None:
    here = Bench(tmp_path / "here", Settings())
    there = Bench(tmp_path / "there", Settings(), Workplace(ExecutorName.LOCAL, workers=2))
    for made in (here, there):
        made.folder.mkdir()
        made.write(12)
        assert (await made.run()).complete

    def told(made: Bench) -> list[object]:
        records = sorted(made.records(), key=lambda record: record["article"]["id"])
        for record in records:
            del record["provenance"]["seconds"]
        return list(records)

    assert told(here) == told(there)


async def test_manuscripts_are_read_only_as_far_as_there_is_room(bench: Bench, model: Scripted) -> None:
    """Never all in memory: a run that halts at once has read no more than it could take."""
    bench.write(500)
    model._script = lambda _: AuthFailed("wrong key")
    session = bench.session()
    await session.work(manuscripts([bench.source]), Stop())
    assert session.tally.inputs <= 8
