"""`import reportedly` is light, and every public name is where it says it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

import reportedly

HEAVY = ("openai", "langchain", "langchain_core", "trafilatura", "lxml", "numpy", "httpx2", "anthropic", "boto3")


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "statement",
    ["import reportedly", "from reportedly import summarise, flag, check", "import reportedly.cli.app"],
)
def test_no_sdk_is_loaded(statement: str) -> None:
    assert not loaded_by(statement) & set(HEAVY)


def test_every_public_name_is_there() -> None:
    for name in reportedly.__all__:
        assert getattr(reportedly, name) is not None
    assert set(reportedly.__all__) <= set(dir(reportedly))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = reportedly.nonsense
