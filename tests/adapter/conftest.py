"""Recordings that can't rot: JSON bodies matched, secrets out on both sides, every interaction played exactly once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import yaml
from vcr import VCR
from vcr.cassette import Cassette
from vcr.request import Request

from reportedly.llm import through_openai
from reportedly.llm.redaction import redact
from tests.adapter.conversations import REAL, SERVICES, SIMULATOR, Service

CASSETTES: Final = Path(__file__).parent / "cassettes"
PRODUCER: Final = "REPORTEDLY_RECORDED_FROM"
"""Set by `record.py`: name and version of what answers."""
KEPT_REQUEST_HEADERS: Final = frozenset({"content-type", "anthropic-version", "anthropic-beta"})
KEPT_REPLY_HEADERS: Final = frozenset({"content-type", "retry-after", "x-request-id", "request-id", "x-amzn-requestid"})


def pytest_recording_configure(config: pytest.Config, vcr: VCR) -> None:
    """Our YAML: readable umlauts, blocks for bodies, who produced it on top, and nothing but plain data read back."""
    vcr.register_serializer("readable", _Readable)
    vcr.register_matcher("json_body", _same_json)


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(CASSETTES)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.id) if hasattr(request.node, "callspec") else str(request.node.name)


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    return {
        "serializer": "readable",
        "match_on": ["method", "scheme", "host", "port", "path", "query", "json_body"],
        "before_record_request": _clean_request,
        "before_record_response": _clean_reply,
        "decode_compressed_response": True,
        "allow_playback_repeats": False,
    }


@pytest.fixture(autouse=True)
def _played_to_the_end(vcr: Cassette | None, record_mode: str) -> Iterator[None]:
    yield
    if vcr is not None and record_mode == "none":
        assert len(vcr) > 0, "the cassette is missing or empty; see 'make record'"
        assert vcr.all_played, f"{len(vcr) - vcr.play_count} interactions of the cassette were not asked for"


@pytest.fixture(autouse=True)
def _no_real_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replay must not depend on whose machine it runs on; the simulator stands in for OpenAI's own host."""
    if os.environ.get(SIMULATOR):
        monkeypatch.setattr(through_openai, "OPENAI_HOSTS", ("127.0.0.1",))
    if not os.environ.get(REAL):
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "CANARYACCESSKEY")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary-aws-secret-never-to-be-seen")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


class _Readable:
    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        head = {"producer": os.environ.get(PRODUCER, "unknown"), "date": datetime.now(UTC).date().isoformat()}
        if os.environ.get(SIMULATOR):
            head["reply"] = (
                "scripted reply: the words are ours (simulator/replies.json), the wire format is the simulator's"
            )
        body = {"recorded": head, **cassette}
        return yaml.dump(body, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=4096)

    @staticmethod
    def deserialize(text: str) -> Any:
        return yaml.safe_load(text)


class _Blocks(yaml.SafeDumper):
    """Strings of several lines as blocks."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Blocks.add_representer(str, _as_block)


def _clean_request(request: Request) -> Request:
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT_REQUEST_HEADERS}
    request.uri = _at_home(request.uri)
    if request.body:
        request.body = redact(_pretty(_text(request.body))).encode()
    return request


def _clean_reply(reply: dict[str, Any]) -> dict[str, Any]:
    headers = {name: value for name, value in reply["headers"].items() if name.lower() in KEPT_REPLY_HEADERS}
    body = redact(_pretty(_text(reply["body"].get("string") or b"")))
    return {**reply, "headers": headers, "body": {"string": body.encode()}}


def _at_home(uri: str) -> str:
    """The simulator's address replaced by the provider's own, and no query: Google's may hold the key."""
    simulator = os.environ.get(SIMULATOR)
    bare = uri.partition("?")[0]
    if simulator and bare.startswith(simulator):
        path = bare.removeprefix(simulator)
        service = _service_for(path)
        return service.home + path.removeprefix(service.simulated if service.name == "openai" else "")
    return bare


def _service_for(path: str) -> Service:
    starts = {
        "/v1/chat": "openai",
        "/v1/files": "openai",
        "/v1/batches": "openai",
        "/v1/messages": "anthropic",
        "/v1beta": "google_genai",
        "/model": "bedrock_converse",
        "/api": "ollama",
    }
    name = next(name for start, name in starts.items() if path.startswith(start))
    return next(service for service in SERVICES if service.name == name)


def _same_json(one: Request, other: Request) -> None:
    first, second = _parsed(_text(one.body)), _parsed(_text(other.body))
    assert first == second, f"the request has changed: {first!r} is not {second!r}"


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _pretty(text: str) -> str:
    """JSON spread over lines with its umlauts readable; lines of JSON (Ollama) each for itself; anything else as is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except ValueError:
        pass
    try:
        return "".join(json.dumps(json.loads(line), ensure_ascii=False) + "\n" for line in text.splitlines() if line)
    except ValueError:
        return text


def _text(body: object) -> str:
    if isinstance(body, bytes | bytearray):
        return body.decode("utf-8")
    return str(body or "")


def host_of(uri: str) -> str:
    """Used by the scan of the cassettes."""
    return urlsplit(uri).hostname or ""
