"""What the evidential reader says of one proposition: plain and light, since thousands are made a second."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.schema import Firmness, SourceKind, Status, derive_status


@dataclass(frozen=True, slots=True)
class Reading:
    """One proposition and its evidence. Offsets are code points into the text that was read."""

    sentence: int
    """Number of the sentence, from 1."""
    start: int
    end: int
    kind: SourceKind
    firmness: Firmness
    rule: str
    """Which rule decided, for `reportedly explain`."""
    source: str | None = None
    """The resolved name of the source."""
    chain: tuple[str, ...] = ()
    """Every hop from the teller to the origin; empty where there is only one."""
    source_at: tuple[int, int] | None = None
    """Where the source is named (in this sentence, or in the one it carries over from)."""
    cue_at: tuple[int, int] | None = None
    """Where the deciding words stand, in this sentence."""
    inherited_from: int | None = None
    """The sentence whose source carries over."""

    surer_than: int | None = None
    """For a heading or teaser that says flatly what the body only reports: the body's sentence (finding C106). The
    reading has the body's status."""

    @property
    def status(self) -> Status:
        """The label that follows."""
        return derive_status(self.kind, self.firmness)
