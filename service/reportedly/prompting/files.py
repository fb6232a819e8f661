"""A prompt as it lies in prompts/<task>/<version>/."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportedly.errors import PromptError

_PLACEHOLDER: Final = re.compile(r"\{\{([a-z_]+)\}\}")
_PACKAGED: Final = Path(__file__).resolve().parents[1] / "_prompts"
"""Where a built wheel carries prompts/."""
_CHECKOUT: Final = Path(__file__).resolve().parents[3] / "prompts"
"""Where they lie in a checkout."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A worked example: numbered sentences and the reply that is due."""

    name: str
    language: str
    sentences: tuple[str, ...]
    reply: dict[str, Any]
    """Keys as in the file; what it leaves out is null."""


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """One released prompt."""

    name: str
    version: str
    system: str
    """Empty for a prompt that goes on with another one's conversation."""
    user: str
    placeholders: frozenset[str]
    sentinels: tuple[str, ...]
    """Names of the examples that exist nowhere; in a reply they show that an example was copied."""
    examples: tuple[Example, ...]
    digest: str
    """SHA-256 (hex) over all its files."""

    @property
    def label(self) -> str:
        """Name and version, as they stand in a report."""
        return f"{self.name}/{self.version}"


@cache
def load_prompt(name: str, version: str = "v1", folder: Path | None = None) -> Prompt:
    """Reads and validates a prompt. Raises PromptError where a file is missing or does not fit its description."""
    home = (folder or _home()) / name / version
    try:
        about = tomllib.loads((home / "prompt.toml").read_text(encoding="utf-8"))
        user = (home / "user.md").read_text(encoding="utf-8")
        system = (home / "system.md").read_text(encoding="utf-8") if (home / "system.md").exists() else ""
        examples = tuple(_example(path) for path in sorted(home.glob("examples/*.toml")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise PromptError(f"prompt {name}/{version} can't be read: {error}") from error
    placeholders = frozenset(about.get("placeholders", ()))
    used = frozenset(_PLACEHOLDER.findall(user))
    if used != placeholders:
        odd = ", ".join(sorted(used ^ placeholders))
        raise PromptError(f"prompt {name}/{version}: user.md and prompt.toml differ in placeholders: {odd}")
    return Prompt(
        name=name,
        version=version,
        system=system,
        user=user,
        placeholders=placeholders,
        sentinels=tuple(about.get("sentinels", ())),
        examples=examples,
        digest=_digest(home),
    )


def _home() -> Path:
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def _example(path: Path) -> Example:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Example(
        name=path.stem,
        language=data["language"],
        sentences=tuple(data["sentences"]),
        reply={"claims": data["claims"], "summary": data["summary"]},
    )


def _digest(home: Path) -> str:
    files = sorted(path for path in home.rglob("*") if path.suffix in {".md", ".toml"})
    sums = hashlib.sha256()
    for path in files:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        sums.update(f"{path.relative_to(home).as_posix()}\0{len(content)}\0".encode() + content)
    return sums.hexdigest()
