"""What is decided of a sentence, and what its neighbours make of it afterwards: plain sentences between two of one
speaker are that speaker's, parts of one status are one claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from reportedly.language.evidence import Part
from reportedly.language.reading import Reading
from reportedly.language.sources import Source
from reportedly.schema import SourceKind

BRIDGE: Final = 1
BRIDGE_TO_SPEECH: Final = 2
"""Plain sentences that two sentences of the same party can have between them and still be that party's: more before
direct speech, which runs on over several sentences."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reading and the source behind it."""

    reading: Reading
    source: Source
    paragraph: int
    part: Part
    fixed: bool
    """Whether a cue of its own keeps it from being bridged."""
    voiced: bool = False
    """Whether it is somebody's voice (mood, speech, a quotation), not the writer's words with a source."""


def bridged(decisions: list[Decision]) -> list[Decision]:
    """Plain sentences in the present between two of one party, in one paragraph, are that party's too."""
    out = list(decisions)
    left = -1
    for i, decision in enumerate(decisions):
        if decision.source.kind is SourceKind.ARTICLE:
            if decision.fixed:
                left = -1
            continue
        most = BRIDGE_TO_SPEECH if decision.part.direct else BRIDGE
        if left >= 0 and 1 < i - left <= most + 1 and decision.source.key and decision.source.kind is SourceKind.PARTY:
            opening = decisions[left]
            same = opening.source.key == decision.source.key and opening.paragraph == decision.paragraph
            if same and opening.voiced:
                for j in range(left + 1, i):
                    out[j] = _bridge(decisions[j], opening)
        left = i
    return out


def _bridge(plain: Decision, opening: Decision) -> Decision:
    source = opening.source
    reading = replace(
        plain.reading, kind=source.kind, source=source.name, chain=source.chain, source_at=source.at,
        rule="between-two", inherited_from=opening.reading.sentence,
    )  # fmt: skip
    return Decision(reading, source, plain.paragraph, plain.part, False)


def joined(made: list[Decision]) -> list[Decision]:
    """Neighbouring parts of one status are one claim."""
    out: list[Decision] = []
    for decision in made:
        if out and out[-1].reading.status is decision.reading.status:
            out[-1] = replace(out[-1], reading=replace(out[-1].reading, end=decision.reading.end))
        else:
            out.append(decision)
    return out
