"""`reportedly models --probe` against the fault server."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from reportedly.cli.app import app
from tests.faults.conftest import Faults

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


@pytest.mark.parametrize(
    ("scenario", "code", "said"),
    [
        ("probe-ok", 0, "yes"),
        ("ok", 1, "something else"),
        ("wrong-key", 1, "401"),
        ("no-such-model", 1, "404"),
    ],
)
def test_the_probe_says_what_is_wrong(scenario: str, code: int, said: str, faults: Faults) -> None:
    name = faults.model(scenario)
    asked = ["models", "--probe", "--model", f"openai:{name}", "--base-url", faults.base_url]
    ran = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    assert ran.exit_code == code, ran.output
    assert said in ran.output
    assert len(faults.journal(name)) == 1
