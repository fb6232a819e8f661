"""The model server in a process of its own, and what it has seen."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]


class Server:
    """Runs from entering to leaving."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.server", str(self._seconds)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._address = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)

    @property
    def base_url(self) -> str:
        """For `--base-url`."""
        return f"{self._address}/v1"

    def seen(self, after: int = 0) -> list[str]:
        """Numbers of the articles that were asked about, in order, but for the first `after`."""
        with urllib.request.urlopen(f"{self._address}/seen?from={after}", timeout=10) as answer:
            numbers: list[str] = json.load(answer)
        return numbers
