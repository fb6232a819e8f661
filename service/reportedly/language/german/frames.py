"""German frames that name a source without a reporting verb: laut, zufolge, „so X“, „hieß es“, „X:“."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mention
from reportedly.language.german.clauses import Clause, Kind
from reportedly.language.german.phrases import noun_phrase, skip_adverbs
from reportedly.language.german.sentence import Reading
from reportedly.language.german.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FINITE,
    MARK,
    PREPOSITION,
    VERB,
)
from reportedly.language.lexicon import Hit
from reportedly.schema import SourceKind

FRAME: Final = 2
"""Weight of a frame against a reporting verb (1): „Laut Bild sagte der Minister“ is the paper's word."""
LABEL: Final = 5
"""Most tokens of a speaker's name before a colon."""
_PLACES: Final = ("in", "aus", "bei", "von", "seitens", "im", "vom", "beim", "dazu")
_SPEECH: Final = frozenset(
    ("begründung", "argumentation", "fazit", "kritik", "vorwurf", "tenor", "befund", "urteil", "credo", "resümee",
     "argument", "erklärung", "antwort", "reaktion", "einschätzung", "kommentar", "analyse", "forderung", "botschaft",
     "diagnose", "prognose", "these", "rat", "empfehlung", "ansage", "nachsatz", "zitat", "motto", "slogan")
)  # fmt: skip
"""Nouns of speech: „so die Begründung“, „Ihr Fazit:“ mean whoever has the floor."""


def before(reading: Reading, hit: Hit) -> Evidence | None:
    """„laut X“, „nach Angaben von X“: the source follows the cue."""
    words = reading.words
    clause = reading.clause(hit.first)
    first = hit.last + 1
    while first < clause.last and words[first].low in ("von", "der", "des", "aus", "vom", "unter", "durch", "zu"):
        if words[first].flags & DETERMINER:
            break
        first += 1
    last = noun_phrase(words, first, clause.last)
    if last <= first or not any(words[i].flags & CAPITAL for i in range(first, last)):
        return None
    mention = reading.mention((first, last))
    return _frame(reading, hit, mention, clause)


def after(reading: Reading, hit: Hit) -> Evidence | None:
    """„X zufolge“: the source goes before."""
    words = reading.words
    clause = reading.clause(hit.first)
    first = hit.first
    floor = clause.first
    while first > floor:
        word = words[first - 1]
        if word.flags & MARK or (word.flags & FINITE and not word.flags & (CAPITAL | DETERMINER)):
            break
        if word.flags & ADVERB and not word.flags & (DETERMINER | CAPITAL):
            break
        first -= 1
        if word.flags & DETERMINER and word.low not in ("der", "des"):
            break
    if first == hit.first:
        return None
    return _frame(reading, hit, reading.mention((first, hit.first)), clause)


def _frame(reading: Reading, hit: Hit, mention: Mention, clause: Clause) -> Evidence:
    main = clause.kind in (Kind.MAIN, Kind.FRAGMENT) or reading.syntax.of[hit.first] in reading.content
    start, end = reading.span(hit.first, hit.last + 1)
    return Evidence(
        hit.cue.rule, start, end, mention.kind, hit.cue.firmness, mention,
        reading.span(clause.first, clause.last), main, weight=FRAME,
    )  # fmt: skip


def echo(reading: Reading, hit: Hit) -> Evidence:
    """„hieß es aus dem Ministerium“, „nach eigenen Angaben“: the source follows, or has the floor."""
    words = reading.words
    clause = reading.clause(hit.first)
    start, end = reading.span(hit.first, hit.last + 1)
    mention = None
    if hit.cue.kind is SourceKind.UNNAMED:
        for i in range(hit.last + 1, clause.last):
            if words[i].low in _PLACES:
                last = noun_phrase(words, i + 1, clause.last)
                if last > i + 1 and reading.roles.kind([w.text for w in words[i + 1 : last]]) and _speaks(reading, i, last):
                    mention = reading.mention((i + 1, last))
                break
    else:
        subject = _own(reading, hit)
        mention = Mention(subject[0], subject[1], SourceKind.PARTY) if subject else None
    if mention is None:
        mention = Mention(0, 0, hit.cue.kind or SourceKind.UNNAMED, Anaphor.SAME)
    main = clause.kind in (Kind.MAIN, Kind.FRAGMENT, Kind.AS)
    return Evidence(
        hit.cue.rule, start, end, mention.kind, hit.cue.firmness, mention, reading.span(clause.first, clause.last), main
    )


def _own(reading: Reading, hit: Hit) -> tuple[int, int] | None:
    """Nobody is named beside „nach eigenen Angaben“: whoever has the floor."""
    return None


def _speaks(reading: Reading, preposition: int, last: int) -> bool:
    """Whether a prepositional phrase names a source rather than a place: „aus Kreisen“, not „in Wien“."""
    words = reading.words[preposition + 1 : last]
    if reading.words[preposition].low in ("aus", "bei", "von", "seitens", "vom", "beim"):
        return True
    return any(reading.roles.role(word.text) for word in words if word.flags & CAPITAL)


def so(reading: Reading) -> Iterator[Evidence]:
    """„..., so der Sprecher“."""
    words = reading.words
    for clause in reading.syntax.clauses:
        if clause.kind is not Kind.FRAGMENT or not clause.first:
            continue
        first = clause.first
        while first < clause.last and words[first].flags & MARK:
            first += 1
        if first + 1 >= clause.last or words[first].low != "so":
            continue
        start = skip_adverbs(words, first + 1, clause.last)
        last = noun_phrase(words, start, clause.last)
        if last <= start or not any(words[i].flags & CAPITAL for i in range(start, last)):
            continue
        if words[last - 1].low in _SPEECH:
            mention = Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
        else:
            mention = reading.mention((start, last))
        yield Evidence(
            "so", *reading.span(first, last), mention.kind, None, mention, reading.span(clause.first, clause.last)
        )


def label(reading: Reading) -> Evidence | None:
    """„Polizei: ...“, „Sein Fazit: ...“: a speaker before a colon at the start of the sentence."""
    words = reading.words
    end = next((i for i in range(1, min(LABEL + 1, len(words))) if words[i].text == ":"), -1)
    if end < 1 or end + 1 >= len(words) or any(words[i].flags & (MARK | VERB) and not words[i].flags & CAPITAL for i in range(end)):
        return None
    if words[0].flags & PREPOSITION or words[end - 1].flags & ADVERB:
        return None
    noun = words[end - 1]
    if noun.low in _SPEECH:
        mention = Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
        known = False
    else:
        kind = reading.roles.kind([word.text for word in words[:end]], reading.view.publisher)
        role = any(reading.roles.role(word.text) for word in words[:end])
        if not role and kind is SourceKind.PARTY:
            if not all(word.flags & CAPITAL and not word.flags & (DETERMINER | COORDINATOR) for word in words[:end]):
                return None
            known = True
        else:
            known = False
        mention = reading.mention((0, end))
    return Evidence(
        "speaker-label", *reading.span(0, end + 1), mention.kind, None, mention, reading.span(0, end), known=known
    )
