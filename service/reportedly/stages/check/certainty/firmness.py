"""C101, C102, C105: the summary is surer than its source, drops who says it, or is less sure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from reportedly.language.murmurs import CONTENT, DOUBT, OPEN, settles
from reportedly.schema import Finding, Firmness, Severity, SourceKind
from reportedly.stages.check.certainty.resting import Rest, excuses, near
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material
from reportedly.stages.check.source import Source

NEAR: Final = 0.7
"""Share of the best sentence's score from which a flat sentence vouches for the same thing. Lower, a sentence that only
shares the topic would excuse everything; higher, the second mention of a fact would excuse nothing."""
LEAST: Final = 0.2
"""Share of a telling that its best sentence must cover before anything is said of it."""
FIRM: Final = 0.5
"""From which share on a difference is an error and not a warning."""
DOUBTED: Final = 8
"""Words after „mutmaßlich“ or "suspected" within which the word stands that it leaves open."""
SHALL: Final = "plan-sollen"
"""The reader's rule for German sollen that it does not take for hearsay."""
_FUTURE: Final = frozenset({"wird", "werden", "künftig", "demnächst", "ab", "bald"})
BESIDE: Final = 2
"""Words from one word of a piece to the next: one with no content of its own may stand between."""
_GUESSED: Final = frozenset({"between-two", "first-person", "colon"})
"""Rules of the reader that carry a source on without a mark of it: too little to call a summary wrong."""


def inflated(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C101 and C102: what is only said or possible in the source stands as fact."""
    best = found[0]
    telling = _without_content(material, telling, best)
    if telling.voiced or best.share < LEAST or not best.said:
        return
    intended = _intended(material, telling, best)
    grave = intended or _grave(material, best)
    if telling.planned and not best.tone.hearsay:
        return
    if not grave and (best.flat or _settled(material, best)):
        return
    if _kept(material, telling, best):
        return
    for rest in near(list(found), NEAR):
        if rest is not best and excuses(rest, best) and not _grave(material, rest) and not (grave and rest.heading):
            return
    yield _surer(material, telling, best, grave=grave)


def patched(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C101 and C102 where a telling rests on a fact, and takes a piece from a sentence on somebody's word."""
    best = found[0]
    if telling.voiced or telling.planned or not best.flat:
        return
    source = material.source
    for rest in found[1:]:
        tone = rest.tone
        if tone.flat or (tone.cue is None and tone.reading is None) or _settled(material, rest) or rest.share < LEAST:
            continue
        own = rest.said - best.said
        if _side_by_side(material, telling, own) and not all(_told_flat(source, word) for word in own):
            yield _surer(material, telling, rest, grave=_grave(material, rest))
            return


def _surer(material: Material, telling: Telling, best: Rest, *, grave: bool) -> Finding:
    severity = Severity.ERROR if best.share >= FIRM else Severity.WARNING
    reading = best.tone.reading
    if reading is not None and reading.rule in _GUESSED and best.tone.kind is SourceKind.PARTY and not grave:
        severity = Severity.NOTE
    source = f" ({reading.source})" if reading is not None and reading.source else ""
    code, message, hint = (
        ("C101", f"told as fact, but the source leaves it open{source}", "keep the hedge or name who says it")
        if grave
        else ("C102", f"told as fact, but the source has somebody say it{source}", "name who says it")
    )
    return Finding.of(
        code, message, hint=hint, summary=telling.span, source=material.spans([best.index]), severity=severity
    )


def _grave(material: Material, rest: Rest) -> bool:
    """Whether the source leaves it open: hearsay, a hedge, a denial, or a word of doubt beside the shared words."""
    tone = rest.tone
    if tone.hearsay or tone.hedged or tone.firmness is Firmness.DENIED:
        return True
    return _doubted(material, rest)


def _doubted(material: Material, rest: Rest) -> bool:
    """Whether a word of doubt stands by the shared words."""
    return any(_doubtful(material, rest, m.end) for m in material.source.murmurs_of(rest.index) if m.cue.rule == DOUBT)


def _intended(material: Material, telling: Telling, rest: Rest) -> bool:
    """Whether what shall be, by the writer's word alone, stands as what is: „soll zeigen“ → „zeigt“. With a date, or
    in the future, a plan is told as a plan."""
    tone, part = rest.tone, telling.part
    shall = next((c for c in material.source.voices[rest.index].cues if c.main and c.rule == SHALL), None)
    if not tone.flat or shall is None or shall.start >= rest.clause[1]:
        return False
    facts = material.facts
    if any(part.first <= moment.first < part.last for moment in facts.dates):
        return False
    return not any(token.low in _FUTURE for token in facts.tokens[part.first : part.last])


def _doubtful(material: Material, rest: Rest, end: int) -> bool:
    """Whether a word of doubt that ends there stands by a word that both share, with no mark between them."""
    source = material.source
    tokens, stems = source.facts.tokens, source.facts.stems
    first = bisect_left(tokens, end, key=lambda token: token.start)
    for at in range(first, min(first + DOUBTED, source.bounds[rest.index][1])):
        if tokens[at].kind == "mark" and tokens[at].text != "-":
            return False
        if stems[at] and stems[at] in rest.words:
            return True
    return False


def _settled(material: Material, rest: Rest) -> bool:
    """Whether to drop the source drops no doubt: confirmed, announced by its doer, found by a court."""
    tone = rest.tone
    if tone.firmness in (Firmness.CONFIRMED, Firmness.PLANNED):
        return True
    name = tone.reading.source if tone.reading is not None else None
    return bool(name) and settles(name or "", material.source.article.language)


def _without_content(material: Material, telling: Telling, best: Rest) -> Telling:
    """The telling without such words as the source sentence has in what it reports: „die geplante Reform“ says nothing
    of who vouches where the source speaks of the planned reform as well."""
    facts, source = material.facts, material.source
    first, last = source.bounds[best.index]
    cues = [(cue.start, cue.end) for cue in source.voices[best.index].cues if cue.main]
    cues += source.voices[best.index].frames
    told = {
        source.facts.stems[at] or token.low
        for at, token in enumerate(source.facts.tokens[first:last], first)
        if not any(start <= token.start < end for start, end in cues)
    }
    places = range(telling.part.first, telling.part.last)
    words = {facts.tokens[at].start: facts.stems[at] or facts.tokens[at].low for at in places}
    content = CONTENT | {OPEN} if best.tone.hearsay else CONTENT
    if _doubted(material, best):
        content = content - {DOUBT}
    kept = tuple(m for m in telling.murmurs if m.cue.rule not in content or words.get(m.start, "") not in told)
    return replace(telling, murmurs=kept)


def _side_by_side(material: Material, telling: Telling, words: frozenset[str]) -> bool:
    """Whether two of some words stand together in a telling, as a piece that was taken over does."""
    stems, part = material.facts.stems, telling.part
    places = [at for at in range(part.first, part.last) if stems[at] in words]
    return any(later - at <= BESIDE for at, later in pairwise(places))


def _told_flat(source: Source, word: str) -> bool:
    """Whether the writer uses a word in any sentence of his own."""
    return any(all(tone.flat for tone in source.voices[index].tones) for index in source.where(word))


def _kept(material: Material, telling: Telling, rest: Rest) -> bool:
    """Whether the summary has the source's own words for who says it."""
    cue = rest.tone.cue
    if cue is None or cue.mention is None or cue.mention.start >= cue.mention.end:
        return False
    text, span = material.source.article.text, material.sentences[telling.part.sentence]
    summary = material.summary[span.start : span.end]
    return text[cue.mention.start : cue.mention.end] in summary and text[cue.start : cue.end] in summary
