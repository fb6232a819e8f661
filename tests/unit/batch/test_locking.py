"""One run at a time, and a dead one does not stand in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.batch.locking import SILENT_SECONDS, Lock, Owner
from reportedly.errors import Locked, StorageError

HOLD = "import sys; from pathlib import Path; from reportedly.batch.locking import Lock; " + (
    "Lock(Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
)


def test_a_second_run_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with Lock(path):
        with pytest.raises(Locked) as locked:
            Lock(path).acquire()
        assert f"process {os.getpid()} on " in locked.value.message
    assert not path.exists()
    with Lock(path) as again:
        assert again.left_by is None


def test_a_killed_owner_is_named_and_its_lock_taken(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Locked, match=f"process {holder.pid}"):
        Lock(path).acquire()
    holder.kill()
    holder.communicate()
    with Lock(path) as lock:
        assert lock.left_by is not None
        assert lock.left_by.pid == holder.pid


def test_another_machines_owner_counts_while_its_heart_beats(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text(json.dumps({"pid": 1, "host": "elsewhere", "started": "today"}))
    with pytest.raises(Locked, match="process 1 on elsewhere"):
        Lock(path).acquire()
    long_ago = time.time() - SILENT_SECONDS - 5
    os.utime(path, (long_ago, long_ago))
    with Lock(path) as lock:
        assert lock.left_by == Owner(1, "elsewhere", "today")
        os.utime(path, (long_ago, long_ago))
        lock.beat()
        assert time.time() - path.stat().st_mtime < 5


def test_a_lock_that_was_cut_while_written_is_nobodys(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text('{"pid": 1, "ho')
    with Lock(path) as lock:
        assert lock.left_by is None


def test_no_folder_no_lock(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be written"):
        Lock(tmp_path / "no" / "lock").acquire()
