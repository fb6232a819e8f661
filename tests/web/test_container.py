"""The container and compose files agree with the command line that they start."""

from __future__ import annotations

import json
import re

import yaml

from tests.conftest import REPOSITORY

DEPLOY = REPOSITORY / "deploy"


def test_the_compose_file_mounts_what_it_names_and_scrapes_what_it_serves() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["reportedly"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert set(service["secrets"]) <= set(compose["secrets"])
    scrape = yaml.safe_load((DEPLOY / "prometheus.yaml").read_text(encoding="utf-8"))["scrape_configs"][0]
    assert scrape["static_configs"][0]["targets"] == ["reportedly:8080"]
    assert scrape["authorization"]["credentials_file"] == "/run/secrets/scrape_key"


def test_every_option_of_the_container_is_one_of_the_command() -> None:
    container = (REPOSITORY / "Containerfile").read_text(encoding="utf-8")
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    command = (REPOSITORY / "service/reportedly/cli/serve.py").read_text(encoding="utf-8")
    found = re.search(r"^CMD (\[.*\])$", container, re.M)
    assert found
    for words in (json.loads(found[1]), compose["services"]["reportedly"]["command"]):
        assert words[0] == "serve"
        assert all(f'"{word}"' in command for word in words if word.startswith("--"))
    assert "USER reportedly" in container
