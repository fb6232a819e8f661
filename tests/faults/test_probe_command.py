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


def test_the_key_for_another_server_comes_from_the_environment(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "schluessel-fuer-openai")
    name = faults.model("needs-key")
    asked = ["models", "--probe", "--model", f"openai:{name}", "--base-url", faults.base_url]
    without = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    given = CliRunner().invoke(app, asked, env={"COLUMNS": "200", "REPORTEDLY_API_KEY": "schluessel-4711"})
    assert "REPORTEDLY_API_KEY" not in given.output
    assert (without.exit_code, given.exit_code) == (1, 0), without.output + given.output
    assert "schluessel" not in without.output + given.output
