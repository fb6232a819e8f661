"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
