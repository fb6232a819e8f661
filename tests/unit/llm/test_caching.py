from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from reportedly import errors
from reportedly.llm import ChatReply, Finish, ModelIdentity, ReplySchema, Structured, Turn
from reportedly.llm.caching import CACHE_FORMAT, Caching, ReplyStore, keep
from reportedly.llm.scripted import Scripted
from tests.unit.llm.conftest import ask


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies.sqlite"


async def test_only_what_the_caller_keeps_is_kept(path: Path) -> None:
    script = Scripted(["eins", "zwei", "drei"])
    model = Caching(script, ReplyStore(path))
    assert (await model.complete(ask())).text == "eins"
    second = await model.complete(ask())
    assert second.text == "zwei"
    assert await keep(model, ask(), second)
    third = await model.complete(ask())
    assert (third.text, third.cached, third.attempts, third.cost, third.seconds) == ("zwei", True, 0, 0.0, 0.0)
    assert third.tokens == second.tokens
    assert len(script.requests) == 2
    await model.forget(ask())
    assert (await model.complete(ask())).text == "drei"


async def test_outlives_the_process(path: Path) -> None:
    store = ReplyStore(path)
    model = Caching(Scripted(["ja"]), store)
    await model.keep(ask(), await model.complete(ask()))
    await model.aclose()
    again = Caching(Scripted([]), ReplyStore(path))
    assert (await again.complete(ask())).text == "ja"


@pytest.mark.parametrize(
    "reply",
    [
        ChatReply(text='{"a":', finish=Finish.LENGTH, model="m"),
        ChatReply(text="", finish=Finish.REFUSED, refusal="no", model="m"),
        ChatReply(text="x", finish=Finish.FILTERED, model="m"),
        ChatReply(text=" ", finish=Finish.STOP, model="m"),
        ChatReply(text="x", finish=Finish.OTHER, model="m"),
    ],
)
async def test_refuses_what_is_no_success(reply: ChatReply, path: Path) -> None:
    model = Caching(Scripted([reply, "ja"]), ReplyStore(path))
    assert not await model.keep(ask(), await model.complete(ask()))
    assert (await model.complete(ask())).text == "ja"


def changed_requests() -> list[dict[str, Any]]:
    schema = ReplySchema(name="a", body={"type": "object"})
    return [
        {"system": "Antworte!"},
        {"turns": (Turn(role="user", text="Wer?"),)},
        {"turns": (*ask().turns, Turn(role="assistant", text="x"))},
        {"reply_schema": schema},
        {"reply_schema": schema.model_copy(update={"name": "b"})},
        {"reply_schema": schema.model_copy(update={"body": {"type": "object", "title": "x"}})},
        {"structured": Structured.PLAIN},
        {"max_output_tokens": 51},
        {"temperature": 0.0},
        {"temperature": 1.0},
        {"seed": 1},
    ]


def test_everything_that_changes_the_output_changes_the_key() -> None:
    digests = [ask().digest(), *(ask().model_copy(update=change).digest() for change in changed_requests())]
    assert len(set(digests)) == len(digests)
    touched = {name for change in changed_requests() for name in change}
    assert touched == set(type(ask()).model_fields), "a new field of the request belongs in this test"


def test_so_does_everything_about_the_model() -> None:
    identity = ModelIdentity(provider="p", model="m")
    changes: list[dict[str, Any]] = [
        {"provider": "q"},
        {"model": "n"},
        {"address": "host/v1"},
        {"options": {"reasoning_effort": "low"}},
    ]
    digests = {identity.digest(), *(identity.model_copy(update=change).digest() for change in changes)}
    assert len(digests) == 5
    assert {name for change in changes for name in change} == set(ModelIdentity.model_fields)


async def test_users_do_not_see_each_others_replies(path: Path) -> None:
    store = ReplyStore(path)
    one, other = (Caching(Scripted([who]), store, namespace=who) for who in ("anna", "bert"))
    await one.keep(ask(), await one.complete(ask()))
    assert (await other.complete(ask())).text == "bert"


async def test_a_cache_of_another_version_misses_and_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE replies_v0 (key TEXT, blob BLOB)")
        old.execute("INSERT INTO replies_v0 VALUES ('k', x'80')")
    model = Caching(Scripted(["ja"]), ReplyStore(path))
    await model.keep(ask(), await model.complete(ask()))
    with sqlite3.connect(path) as seen:
        assert seen.execute("SELECT count(*) FROM replies_v0").fetchone() == (1,)


async def test_a_row_that_no_longer_reads_is_a_miss(path: Path) -> None:
    model = Caching(Scripted(["eins", "zwei"]), ReplyStore(path))
    await model.keep(ask(), await model.complete(ask()))
    with sqlite3.connect(path) as other:
        other.execute(f"UPDATE replies_v{CACHE_FORMAT} SET reply = '{{\"text\": 3}}'")
    assert (await model.complete(ask())).text == "zwei"


def test_what_is_no_database_is_said(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Notizen, keine Datenbank. " * 50)
    with pytest.raises(errors.StorageError, match=r"replies\.sqlite"):
        ReplyStore(path)


async def test_a_reply_that_cannot_be_written_still_arrives(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = ReplyStore(path)
    model = Caching(Scripted(["ja"]), store)
    reply = await model.complete(ask())
    store.close()
    assert not await model.keep(ask(), reply)
    assert not await model.keep(ask(), reply)
    assert caplog.text.count("can't be written") == 1


WRITER = """
import sys
from pathlib import Path
from typing import Any
from reportedly.llm import ChatReply, Finish
from reportedly.llm.caching import ReplyStore
store = ReplyStore(Path(sys.argv[1]))
for number in range(200):
    assert store.put(f"{sys.argv[2]}-{number}", "m", ChatReply(text="ja", finish=Finish.STOP, model="m"))
"""


def test_processes_and_threads_write_at_once(path: Path) -> None:
    store = ReplyStore(path)
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), who]) for who in "ab"]
    reply = ChatReply(text="ja", finish=Finish.STOP, model="m")
    threads = [
        threading.Thread(target=lambda w=who: [store.put(f"{w}-{n}", "m", reply) for n in range(200)]) for who in "cd"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert all(store.get(f"{who}-{number}") for who in "abcd" for number in range(200))
