"""The pytest plugin, run as a user runs it: record against a real address, then play without it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportedly.evaluation.serving import model_server
from reportedly.evaluation.standing_in import MODEL

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

SERVICE = Path(__file__).parents[2] / "service"
KEY = "sk-canary-0123456789abcdefghijklmnop"
STORY = """
import pytest

TEXT = "The company is in talks to buy 30 new trains, the Lowmoor Gazette reported on Monday. It was founded in 1931."

@pytest.mark.reportedly(model="openai:{model}", base_url="http://127.0.0.1:{port}/v1")
def test_story(reported):
    report = reported.summarise(TEXT{change})
    assert reported.status_of(report, "30 new trains") == "rumour"
    assert report.provenance.model_returned == "{model}"

def test_rules(reported):
    report = reported.flag(TEXT)
    assert report.provenance.engine == "rules"
    with pytest.raises(AssertionError, match="does not hold"):
        reported.status_of(report, "30 old trains")
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        plugins = ["-p", "pytest_recording.plugin", "-p", "reportedly.testing"]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, *options]
        environment = {**os.environ, "PYTHONPATH": str(SERVICE), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        environment.pop("OPENAI_API_KEY", None)
        if "--reportedly-record" in options:
            environment["OPENAI_API_KEY"] = KEY
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@contextmanager
def model_served() -> Iterator[int]:
    """The port of a stand-in model that runs inside the block, and no longer."""
    server = model_server("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_test_is_recorded_once_and_played_without_the_model(tmp_path: Path, run: Run) -> None:
    story = tmp_path / "test_story.py"
    cassette = tmp_path / "cassettes" / "test_story" / "test_story.yaml"
    with model_served() as port:
        story.write_text(STORY.format(model=MODEL, port=port, change=""))
        unrecorded = run()
        assert unrecorded.returncode == 1
        assert "nothing is recorded for this test" in unrecorded.stdout
        recorded = run("--reportedly-record")
        assert recorded.returncode == 0, recorded.stdout

    content = cassette.read_text(encoding="utf-8")
    assert KEY not in content
    assert "authorization" not in content.lower()
    played = run()
    assert played.returncode == 0, played.stdout
    assert cassette.read_text(encoding="utf-8") == content

    story.write_text(STORY.format(model=MODEL, port=port, change=" + ' It rains.'"))
    changed = run()
    assert changed.returncode == 1
    assert "no recorded reply to this request" in changed.stdout, changed.stdout
