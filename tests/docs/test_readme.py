"""What the README shows is run: its Python, and every command that needs no key."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from reportedly.cli.app import COMMANDS
from tests.cli.conftest import Run, english, german, reportedly

__all__ = ["english", "german", "reportedly"]

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_python_of_the_readme_runs(snippet: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(snippet, "README.md", "exec"), {})
    out = capsys.readouterr().out
    for word in ("rumour", "denied", "stated", "C10"):
        assert word in out


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"(?:^    |`)reportedly ([a-z][a-z-]+)", README, re.MULTILINE))
    assert named <= {*COMMANDS, "summarize"}


def test_the_commands_of_the_readme_do_what_they_say(
    reportedly: Run, german: Path, english: Path, tmp_path: Path
) -> None:
    (tmp_path / "article.txt").write_bytes(german.read_bytes())
    (tmp_path / "push.txt").write_text("Die Brauerei streicht 60 Stellen.", encoding="utf-8")
    for line in (
        "summarise --words 60 --format markdown article.txt",
        "explain article.txt --sentence 2",
        "summarise --model openai:gpt-5-mini --dry-run article.txt",
        "models",
        "schema",
        "rule C101",
    ):
        assert line in README or line.split()[0] in README
        ran = reportedly(*shlex.split(line))
        assert ran.code == 0, (line, ran.err)
    assert reportedly("check", "--source", "article.txt", "--summary", "push.txt").code == 1
