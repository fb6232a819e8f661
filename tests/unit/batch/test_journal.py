"""The journal after everything that can happen to a file (group S)."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.batch.interface import Finished
from reportedly.batch.journal import Journal, Totals, Written
from reportedly.errors import StorageError, UsageError
from reportedly.schema import Usage

HERE = "f" * 64
THERE = "e" * 64


def written(number: int, text: str = "x", *, key: int | None = None, outcome: str = "clean") -> Written:
    line = json.dumps({"id": f"n{number}", "text": text}, ensure_ascii=False).encode()
    usage = Usage(calls=1, attempts=1, input_tokens=100, output_tokens=10, cost=0.01)
    done = Finished(f"n{number}", line, outcome, usage=usage)
    return Written(bytes([number]) * 16, bytes([number if key is None else key]) * 16, done)


def opened(folder: Path, fingerprint: str = HERE) -> Journal:
    return Journal.open(folder / "r.jsonl", fingerprint, {"model": fingerprint[:1]})


def lines(folder: Path, name: str = "r.jsonl") -> list[str]:
    return [json.loads(line)["id"] for line in (folder / name).read_bytes().split(b"\n")[:-1]]


def seed(folder: Path, count: int = 3) -> None:
    journal = opened(folder)
    journal.append([written(number) for number in range(1, count + 1)])
    journal.close("finished")


def test_what_was_written_is_there_again_with_its_totals(tmp_path: Path) -> None:
    seed(tmp_path)
    journal = opened(tmp_path)
    journal.append([written(4)])
    assert [bytes([n]) * 16 in journal.entries for n in (1, 4, 5)] == [True, True, False]
    totals = journal.totals
    assert (totals.calls, totals.input_tokens, totals.output_tokens, round(totals.cost, 9)) == (4, 400, 40, 0.04)
    assert journal.notes == []
    journal.close("finished", lost=Totals(lost_calls=2, lost_tokens=7))
    again = opened(tmp_path).totals
    assert (again.calls, again.lost_calls, again.lost_tokens) == (4, 2, 7)
    assert lines(tmp_path) == ["n1", "n2", "n3", "n4"]


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_journal_is_mended_and_its_record_made_again(tmp_path: Path, cut: int) -> None:
    seed(tmp_path)
    path = tmp_path / "r.jsonl.journal"
    data = path.read_bytes()
    entry = data.rfind(b'{"slot"')
    path.write_bytes(data[: entry + cut])
    journal = opened(tmp_path)
    assert len(journal.entries) == 2
    assert any("cut off" in note for note in journal.notes)
    journal.append([written(3)])
    assert lines(tmp_path) == ["n1", "n2", "n3"]
    assert len(opened_after(journal, tmp_path).entries) == 3


def opened_after(journal: Journal, folder: Path) -> Journal:
    journal.close("finished")
    return opened(folder)


def test_a_last_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    seed(tmp_path)
    path = tmp_path / "r.jsonl.journal"
    data = path.read_bytes()
    path.write_bytes(data[: data.rfind(b'{"ended"')].rstrip(b"\n"))
    journal = opened(tmp_path)
    assert len(journal.entries) == 3
    journal.append([written(4)])
    assert len(opened_after(journal, tmp_path).entries) == 4


def test_a_record_that_was_never_acknowledged_is_cut_off(tmp_path: Path) -> None:
    seed(tmp_path)
    with (tmp_path / "r.jsonl").open("ab") as out:
        out.write(b'{"id": "n9"}\n{"id"')
    journal = opened(tmp_path)
    assert lines(tmp_path) == ["n1", "n2", "n3"]
    assert any("the journal does not know" in note for note in journal.notes)


def test_records_that_somebody_changed_are_made_again(tmp_path: Path) -> None:
    seed(tmp_path)
    path = tmp_path / "r.jsonl"
    path.write_bytes(path.read_bytes().replace(b"n2", b"N2"))
    journal = opened(tmp_path)
    assert sorted(slot[0] for slot in journal.entries) == [1, 3]
    assert lines(tmp_path) == ["n1", "n3"]
    assert journal.totals.calls == 3, "what was paid stays paid"
    journal.append([written(2)])
    assert lines(tmp_path) == ["n1", "n3", "n2"]
    assert opened_after(journal, tmp_path).totals.calls == 4


def test_results_that_were_deleted_are_made_again(tmp_path: Path) -> None:
    seed(tmp_path)
    (tmp_path / "r.jsonl").unlink()
    journal = opened(tmp_path)
    assert journal.entries == {}
    journal.append([written(1)])
    assert lines(tmp_path) == ["n1"]


def test_line_separators_within_a_record_are_characters_like_others(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    odd = written(1, "a\u2028b\u0085c\u2029d")
    journal.append([Written(odd.slot, odd.key, Finished("n\u2028\u0085 1", odd.finished.line, "clean"))])
    again = opened_after(journal, tmp_path)
    assert (len(again.entries), again.notes) == (1, [])


def test_another_configuration_gets_files_of_its_own_and_finds_them_again(tmp_path: Path) -> None:
    seed(tmp_path)
    other = opened(tmp_path, THERE)
    assert other.entries == {}
    assert any("r.ffffffff.jsonl" in note for note in other.notes)
    other.append([written(1)])
    other.close("finished")
    assert lines(tmp_path, "r.ffffffff.jsonl") == ["n1", "n2", "n3"]
    first = opened(tmp_path)
    assert len(first.entries) == 3
    assert lines(tmp_path, "r.eeeeeeee.jsonl") == ["n1"]
    assert lines(tmp_path) == ["n1", "n2", "n3"]


def test_a_move_that_a_crash_broke_off_is_taken_up_again(tmp_path: Path) -> None:
    seed(tmp_path)
    (tmp_path / "r.jsonl").rename(tmp_path / "r.ffffffff.jsonl")
    other = opened(tmp_path, THERE)
    other.close("finished")
    assert lines(tmp_path, "r.ffffffff.jsonl") == ["n1", "n2", "n3"]
    assert len(opened(tmp_path).entries) == 3


def test_settling_leaves_one_record_an_input(tmp_path: Path) -> None:
    seed(tmp_path)
    journal = opened(tmp_path)
    journal.append([written(2, "new", key=9), written(7, outcome="failed")])
    assert lines(tmp_path) == ["n1", "n2", "n3", "n2", "n7"]
    others = journal.settle({bytes([n]) * 16 for n in (1, 2)}, {bytes([3]) * 16})
    assert (others, lines(tmp_path)) == (0, ["n1", "n2"])
    assert json.loads((tmp_path / "r.jsonl").read_bytes().splitlines()[1])["text"] == "new"
    again = opened_after(journal, tmp_path)
    assert again.totals.calls == 5, "what was replaced was paid as well"
    assert again.notes == []


@pytest.mark.parametrize("step", range(6))
def test_a_crash_while_settling_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    seed(tmp_path)
    journal = opened(tmp_path)
    journal.append([written(2, "new", key=9)])
    steps = 0

    def crash(real: Callable[..., Any]) -> Callable[..., Any]:
        def maybe(*args: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps > step:
                raise KeyboardInterrupt
            return real(*args, **options)

        return maybe

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", crash(Path.replace))
        patch.setattr(os, "fsync", crash(os.fsync))
        with pytest.raises(KeyboardInterrupt):
            journal.settle({bytes([n]) * 16 for n in (1, 2, 3)}, set())
    again = opened(tmp_path)
    assert again.notes == []
    assert {slot[0]: entry.key[0] for slot, entry in again.entries.items()} == {1: 1, 2: 9, 3: 3}
    assert again.totals.calls == 4
    assert not list(tmp_path.glob("*.new")) + list(tmp_path.glob("*.settled"))


def test_a_full_disk_keeps_what_is_there_and_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(tmp_path)
    journal = opened(tmp_path)
    real = os.fsync
    with monkeypatch.context() as patch:

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="No space left") as raised:
            journal.append([written(4)])
        assert "same command again" in raised.value.advice
    assert os.fsync is real
    with pytest.raises(StorageError):
        journal.append([written(5)])
    assert lines(tmp_path) == ["n1", "n2", "n3"]
    again = opened_after(journal, tmp_path)
    again.append([written(4)])
    assert lines(tmp_path) == ["n1", "n2", "n3", "n4"]


def test_what_was_in_flight_at_a_crash_is_counted(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in (1, 2, 3):
        journal.begin(bytes([number]) * 16)
    journal.append([written(1)])
    again = opened(tmp_path)
    assert again.in_flight_before == 2
    again.close("finished")
    assert opened(tmp_path).in_flight_before == 0
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["r.jsonl", "r.jsonl.journal"]


def test_files_that_are_not_ours_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": "somebody"}\n')
    with pytest.raises(UsageError, match="no batch wrote it"):
        opened(tmp_path)
    (tmp_path / "r.jsonl.journal").write_text("diary\n")
    with pytest.raises(StorageError, match="no journal"):
        opened(tmp_path)
    (tmp_path / "r.jsonl.journal").write_text('{"reportedly": "journal", "format": 99, "fingerprint": "x"}\n')
    with pytest.raises(StorageError, match="99"):
        opened(tmp_path)
    assert (tmp_path / "r.jsonl").read_text() == '{"id": "somebody"}\n'


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        Journal.open(tmp_path / "no" / "r.jsonl", HERE, {})


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "r.jsonl").symlink_to(tmp_path / "elsewhere" / "real.jsonl")
    seed(tmp_path)
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["real.jsonl", "real.jsonl.journal"]
    assert (tmp_path / "r.jsonl").is_symlink()
