"""What every test may ask for."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

Calls = Callable[[Callable[[], object]], int]
"""How many calls a piece of work makes."""

REPOSITORY = Path(__file__).resolve().parent.parent

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure; time has tests of its own
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled data beside the repository; skips where there is none."""
    folder = Path(os.environ.get("REPORTEDLY_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("no shared data beside the repository")
    return folder


def count_calls(work: Callable[[], object]) -> int:
    """Calls of Python and built-in functions that a piece of work makes, once what it loads is loaded."""
    made = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    work()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


@pytest.fixture
def calls() -> Calls:
    """Counts the calls of a piece of work: what grows with them grows in time, and a busy machine changes nothing."""
    return count_calls
