"""Schemathesis reads the OpenAPI description and tries what it allows and what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.web.conftest import running

EXAMPLES = "60"
PHASES = "examples,coverage,fuzzing"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_no_server_error_and_no_undocumented_answer(tmp_path: Path) -> None:
    with running(tmp_path, "--per-minute", "1000000") as server:
        given = ["--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", PHASES, "--seed", "7"]
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{server.port}/openapi.json"]
        paths = os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.web.schemathesis_lines", "PYTHONPATH": paths}
        done = subprocess.run(
            [*command, *given],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        assert "/v1/flags" in server.ask("GET", "/metrics").body.decode()
        assert '"status": 500' not in server.logged
