"""Make cases from templates: the same deed told with another cue must change its label, with another name must not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from reportedly.errors import UsageError
from reportedly.evaluation.authored import Authored, read_case
from reportedly.evaluation.markup import read_marked
from reportedly.schema import Language, Record

TEMPLATES: Final = "templates.toml"
_SLOT: Final = re.compile(r"<([a-z_]+)>")
_STRIDES: Final = {"deed": 7, "subject": 5, "other": 11, "outlet": 3, "before": 13, "after": 17}
"""How far each list is turned from case to case: primes, so that the lists don't run in step."""


class Frame(Record):
    """One way to tell a deed, and what must follow."""

    id: str
    text: str
    """The sentence, with marks and slots."""
    gold: str
    """What is right about it, as behind ` || `."""
    swapped: str
    """The same with another cue."""
    swapped_label: str
    """The label that must follow."""
    kept: tuple[str, ...]
    """Summaries that keep the status in other words."""
    inflated: tuple[str, ...]
    """Summaries that are surer."""
    codes: str = "C101|C102"
    """What an inflated one is found for."""


class Templates(Record):
    """`templates.toml`."""

    language: Language
    topic: str
    cases: int
    """How many cases to make."""
    subjects: Annotated[tuple[str, ...], Field(min_length=2)]
    """Who does it, as at the start of a sentence."""
    outlets: Annotated[tuple[str, ...], Field(min_length=1)]
    before: tuple[str, ...]
    """Plain sentences that stand before."""
    after: tuple[str, ...]
    """Plain sentences that stand after."""
    deeds: Annotated[tuple[dict[str, str], ...], Field(min_length=2)]
    """What is done: forms of verb and object by slot."""
    frames: Annotated[tuple[Frame, ...], Field(min_length=1)]


def generate(folder: Path) -> list[Authored]:
    """All cases of a suite's `templates.toml`, the same ones every time. Raises UsageError."""
    path = folder / TEMPLATES
    try:
        templates = Templates.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", hint="see evals/README.md") from None
    return [read_case(_case(templates, number, path), path, folder) for number in range(templates.cases)]


def _case(templates: Templates, number: int, path: Path) -> str:
    frame = templates.frames[number % len(templates.frames)]
    turn = number // len(templates.frames)
    deed = templates.deeds[_index("deed", number + turn, len(templates.deeds))]
    subject = _index("subject", number, len(templates.subjects))
    other = _index("other", number, len(templates.subjects) - 1)
    slots = {
        **deed,
        "subject": templates.subjects[subject],
        "other": [name for name in templates.subjects if name != templates.subjects[subject]][other],
        "outlet": templates.outlets[_index("outlet", number + turn, len(templates.outlets))],
    }
    slots |= {f"{name}_mid": _inside(slots[name]) for name in ("subject", "other")}
    told = _fill(frame.text, slots, path)
    plain = read_marked(told).text
    swapped = _fill(frame.swapped, slots, path)
    renamed_slots = {**slots, "subject": slots["other"], "subject_mid": slots["other_mid"]}
    renamed = read_marked(_fill(frame.text, renamed_slots, path)).text
    kept = _fill(frame.kept[turn % len(frame.kept)], slots, path)
    inflated = _fill(frame.inflated[turn % len(frame.inflated)], slots, path)
    return "\n".join(
        (
            "---",
            f"id: {templates.language}-{frame.id}-{number:03}",
            f"language: {templates.language}",
            f"topic: {templates.topic}",
            "---",
            templates.before[_index("before", number, len(templates.before))],
            f"{told} || {frame.gold} #told",
            templates.after[_index("after", number, len(templates.after))],
            "=== summary",
            f"{kept} || ok of=told @kept-in-other-words",
            f"{inflated} || {frame.codes} of=told @hedge-dropped",
            "=== twins",
            f"{swapped} || instead={_quoted(plain)} label={frame.swapped_label} @swap-cue",
            f"{renamed} || instead={_quoted(plain)} @swap-name",
            "",
        )
    )


def _index(what: str, number: int, size: int) -> int:
    return number * _STRIDES[what] % size


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: its article is written small."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if first in {"Der", "Die", "Das", "The"} else name


def _fill(template: str, slots: dict[str, str], path: Path) -> str:
    def of(match: re.Match[str]) -> str:
        if match[1] not in slots:
            raise UsageError(f"{path}: no slot <{match[1]}> in {template!r}", hint="see evals/README.md")
        return slots[match[1]]

    return _SLOT.sub(of, template)


def _quoted(words: str) -> str:
    if '"' in words:
        raise UsageError(f"a template's sentence can't hold a straight quotation mark: {words!r}")
    return f'"{words}"'
