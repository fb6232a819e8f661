"""The real command in a process of its own: what a user types and sees."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def reportedly(tmp_path: Path) -> Run:
    """Runs `reportedly ARGS` in an empty folder."""

    def run(*args: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path | None = None) -> Ran:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("REPORTEDLY_")}
        done = subprocess.run(
            [sys.executable, "-m", "reportedly", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=cwd or tmp_path,
            env={**clean, "COLUMNS": "80", "PYTHONPATH": str(ROOT / "service"), **(env or {})},
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "hollfeld.txt"
    path.write_text(
        "Brauerei Hollfeld streicht 60 Stellen\n\n"
        "Nach Informationen des Kreisblatts will die Brauerei Hollfeld 60 Stellen streichen. "
        "Demnach sei die Belegschaft bereits informiert worden. "
        "Geschäftsführerin Ida Lohr wies den Bericht zurück.\n\n"
        "Die Brauerei beschäftigt 240 Menschen. Der Absatz könnte im Winter weiter sinken.\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def english(tmp_path: Path) -> Path:
    path = tmp_path / "calder.txt"
    path.write_text(
        "Calder Ferries is in talks to sell a majority stake, the Clyde Times reported on Wednesday. "
        "A sale could be announced before Christmas. "
        "The company carries 2.4 million passengers a year. "
        "Chief executive Mora Finlay said that passengers would notice nothing.\n",
        encoding="utf-8",
    )
    return path
