"""A real llama.cpp server with a model that knows nothing; skips where `make test-ondevice` has not built one."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PYTHON = "REPORTEDLY_LLAMA_PYTHON"
"""Environment variable: the interpreter that has llama-cpp-python[server] and gguf."""


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of the server."""
    python = os.environ.get(PYTHON)
    if not python:
        pytest.skip("run 'make test-ondevice'")
    folder = tmp_path_factory.mktemp("ondevice")
    model, log = folder / "tiny.gguf", folder / "server.log"
    subprocess.run([python, str(Path(__file__).with_name("tiny_model.py")), str(model)], check=True, timeout=60)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "llama_cpp.server", "--model", str(model), "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen([*command, "--n_ctx", "32768", "--n_threads", "2"], stdout=out, stderr=out)
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1/models", server, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text()[-2000:])
