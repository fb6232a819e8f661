"""What lies in cassettes/: all of it used, none of it secret, each saying who spoke."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reportedly.llm.redaction import MASK, redact
from tests.adapter.conftest import CASSETTES, KEPT_REPLY_HEADERS, KEPT_REQUEST_HEADERS, host_of
from tests.adapter.conversations import CANARY, CASES, SERVICES, case_name

BATCH = "openai-batch.readable"
FILES = sorted(CASSETTES.glob("*"))
SECRETS = re.compile(
    r"authorization|x-api-key|x-goog-api-key|x-amz-security-token|set-cookie|bearer |AKIA|AIza|\bsk-|canary",
    re.IGNORECASE,
)


def test_every_cassette_has_its_test_and_every_test_its_cassette() -> None:
    assert {file.name for file in FILES} == {f"{case_name(s, c)}.readable" for s, c in CASES} | {BATCH}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cassette_holds_no_secret(file: Path) -> None:
    text = file.read_text("utf-8")
    found = SECRETS.search(text)
    assert found is None, f"{file.name} has {found and found.group()!r}"
    assert CANARY not in text
    assert redact(text) == text or MASK in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cassette_says_who_spoke_and_when(file: Path) -> None:
    content = yaml.safe_load(file.read_text("utf-8"))
    recorded = content["recorded"]
    assert re.fullmatch(r"\S+ .*\d.*", recorded["producer"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", recorded["date"])
    if "aimock" in recorded["producer"]:
        assert "scripted reply" in recorded["reply"]
    homes = {host_of(service.home) for service in SERVICES}
    for interaction in content["interactions"]:
        assert host_of(interaction["request"]["uri"]) in homes
        assert {name.lower() for name in interaction["request"]["headers"]} <= KEPT_REQUEST_HEADERS
        assert {name.lower() for name in interaction["response"]["headers"]} <= KEPT_REPLY_HEADERS


def test_umlauts_are_readable() -> None:
    text = (CASSETTES / "bedrock_converse-schema.readable").read_text("utf-8")
    assert "Brücke bei Köhlersfurt" in text
    assert "\\u00fc" not in text


def test_every_provider_is_recorded() -> None:
    assert {service.name for service, _ in CASES} == {service.name for service in SERVICES}
