"""`reportedly serve` and `reportedly mcp` before anything listens: keys, hosts, missing extras."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from reportedly.cli.mcp import mcp
from reportedly.cli.serve import serve
from reportedly.errors import ConfigError, MissingExtraError, UsageError
from reportedly.web.keys import Keys


def test_a_new_key_and_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    serve(new_key="newsroom")
    key, line = (row.split(": ")[1].strip() for row in capsys.readouterr().out.splitlines())
    assert Keys.read([line], "keys").name_of(key) == "newsroom"
    with pytest.raises(UsageError):
        serve(new_key="news room:")


def test_others_are_not_served_without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORTEDLY_KEYS", raising=False)
    with pytest.raises(UsageError, match="keys"):
        serve(host="0.0.0.0")
    monkeypatch.setenv("REPORTEDLY_KEYS", "rk_a-key-instead-of-its-hash")
    with pytest.raises(ConfigError) as refused:
        serve(host="0.0.0.0")
    assert "rk_a-key" not in str(refused.value)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def without(name: str, *rest: Any) -> Any:
        return None if name in ("uvicorn", "mcp") else found(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    with pytest.raises(MissingExtraError) as refused:
        serve()
    assert refused.value.extra == "serve"
    monkeypatch.setattr("reportedly.cli.mcp.find_spec", without)
    with pytest.raises(MissingExtraError) as refused:
        mcp()
    assert refused.value.extra == "mcp"
