"""C101 for sentences with numbers: what all cited sentences leave open may not be told without any word that does.

The checks of family C look for the clause that vouches for a telling, and let a doubtful case pass. Whoever cites says
which sentences those are; so here it is enough that each of them is hedged and the telling is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from reportedly.language.murmurs import Murmur
from reportedly.schema import Finding, Firmness, SourceKind
from reportedly.stages.check.align import Basis
from reportedly.stages.check.interface import Material

_OPEN: Final = frozenset({Firmness.POSSIBLE, Firmness.CONDITIONAL})
_NOT_FLAT: Final = _OPEN | {Firmness.DENIED, Firmness.EVALUATED}
_NOBODY: Final = frozenset({SourceKind.UNNAMED, SourceKind.MEDIA})


class Keeping:
    """A hedge of every sentence that is cited is a hedge of what is told, in whatever words."""

    codes: ClassVar[tuple[str, ...]] = ("C101",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for number, span in enumerate(material.sentences):
            alignments = material.of_sentence(number)
            cited = list(dict.fromkeys(at for a in alignments if a.basis is Basis.CITED for at in a.sources))
            if cited and all(_open(material, at) for at in cited) and _flat(material, number, cited):
                yield Finding.of(
                    "C101",
                    "the sentences that it cites leave this open, it does not",
                    hint="keep a word that leaves it open",
                    summary=span,
                    source=material.spans(cited),
                )


def _open(material: Material, at: int) -> bool:
    """Whether the article leaves open all that this sentence of it says, by words of its own."""
    readings = material.source.voices[at].readings
    return bool(readings) and all(reading.firmness in _OPEN and reading.cue_at for reading in readings)


def _flat(material: Material, number: int, cited: list[int]) -> bool:
    """Whether nothing in a sentence of the summary leaves it open, denies or judges."""
    voice, span = material.voices[number], material.sentences[number]
    if not voice.readings or voice.reported:
        return False
    if any(reading.firmness in _NOT_FLAT for reading in voice.readings):
        return False
    if any(tone.firmness in _NOT_FLAT for tone in voice.tones) or any(cue.firmness in _NOT_FLAT for cue in voice.cues):
        return False
    theirs = " ".join(_without_cues(material, at) for at in cited)
    return not any(
        _opens(murmur) and material.summary[murmur.start : murmur.end].lower() not in theirs
        for murmur in material.murmurs
        if murmur.start < span.end and span.start < murmur.end
    )


def _without_cues(material: Material, at: int) -> str:
    """A sentence of the article without the words that leave it open: the rest of it („up to“) is what is told."""
    source = material.source
    text, start = source.article.text, source.sentences[at].span.start
    kept = []
    for reading in source.voices[at].readings:
        assert reading.cue_at is not None
        kept.append(text[start : max(start, reading.cue_at[0])])
        start = max(start, reading.cue_at[1])
    return "".join([*kept, text[start : source.sentences[at].span.end]]).lower()


def _opens(murmur: Murmur) -> bool:
    return murmur.cue.firmness in _NOT_FLAT | {Firmness.PLANNED} or murmur.cue.kind in _NOBODY
