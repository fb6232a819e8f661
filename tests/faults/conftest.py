"""One fault server for the whole run, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Faults:
    """Where the server is, and what it has seen."""

    address: str

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"

    @staticmethod
    def model(scenario: str) -> str:
        """A model name of its own for each test, so that requests are counted for it alone."""
        return f"{scenario}/{uuid.uuid4().hex[:8]}"

    def journal(self, model: str) -> list[dict[str, Any]]:
        """The requests seen for a model, in order."""
        with urllib.request.urlopen(f"{self.address}/journal?model={model}", timeout=5) as answer:
            seen: list[dict[str, Any]] = json.load(answer)
        return seen


@pytest.fixture(scope="session")
def faults() -> Iterator[Faults]:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.server"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    port = int(process.stdout.readline())
    yield Faults(f"http://127.0.0.1:{port}")
    process.stdin.close()
    process.wait(timeout=10)
