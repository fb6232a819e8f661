"""Records the cassettes anew: `python -m tests.adapter.record simulator`, or the name of a provider for the real one.

The simulator is the npm package @copilotkit/aimock (version below), found in node_modules/ or fetched by npx; a real
provider is asked with the key in its usual environment variable and costs a few cents.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.adapter.conftest import PRODUCER
from tests.adapter.conversations import REAL, SERVICES, SIMULATOR

AIMOCK: Final = "@copilotkit/aimock"
AIMOCK_VERSION: Final = "1.43.0"
PORT: Final = 4017
REPLIES: Final = Path(__file__).parent / "simulator"
SDKS: Final = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google_genai": "google-genai",
    "bedrock_converse": "boto3",
    "ollama": "ollama",
}


def main(what: str) -> int:
    """Record; the exit code is pytest's."""
    if what == "simulator":
        return _from_simulator()
    service = next((service for service in SERVICES if service.name == what), None)
    if service is None:
        print(f"{what!r} is neither 'simulator' nor one of: {', '.join(service.name for service in SERVICES)}")
        return 2
    if service.key_variable and not os.environ.get(service.key_variable):
        print(f"set {service.key_variable} to record against the real service")
        return 2
    producer = f"{service.home} with {SDKS[what]} {version(SDKS[what])}"
    return _pytest({REAL: "1", PRODUCER: producer}, f"{what}-")


def _from_simulator() -> int:
    node = shutil.which("npx")
    if node is None:
        print("recording from the simulator needs Node 20 or newer (npx); replaying does not")
        return 2
    command = [
        node,
        "--yes",
        "-p",
        f"{AIMOCK}@{AIMOCK_VERSION}",
        "llmock",
        "-p",
        str(PORT),
        "-f",
        str(REPLIES),
        "--strict",
    ]
    simulator = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{PORT}"
        _wait_for(f"{address}/health")
        return _pytest({SIMULATOR: address, PRODUCER: f"{AIMOCK} {AIMOCK_VERSION}"}, "test_")
    finally:
        os.killpg(simulator.pid, signal.SIGTERM)  # npx and the node below it
        simulator.wait(timeout=10)


def _wait_for(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the simulator did not start")


def _pytest(extra: dict[str, str], only: str) -> int:
    tests = [str(Path(__file__).parent / name) for name in ("test_providers.py", "test_batch_api.py")]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *tests,
        "--record-mode=rewrite",
        "-p",
        "no:cacheprovider",
        "-k",
        only,
    ]
    return subprocess.call(command, env={**os.environ, **extra})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
