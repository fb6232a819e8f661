"""German frames that name a source without a reporting verb: laut, zufolge, „so X“, „hieß es“, „X:“."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportedly.language.evidence import Anaphor, Evidence, Mention
from reportedly.language.german.clauses import Clause, Kind
from reportedly.language.german.phrases import noun_phrase, quoted_name, skip_adverbs, subject_after, subject_before
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
from reportedly.language.lexicon import Hit, Word
from reportedly.language.roles import outlets
from reportedly.schema import SourceKind

FRAME: Final = 2
"""Weight of a frame: between a verb that says (`SAID`) and one that only demands or criticises (1): „Laut Bild fordert
die Partei“ is the paper's word, „..., sagte Huber der Zeitung zufolge“ is Huber's."""
_LEADS: Final = frozenset(("von", "aus", "vom", "unter", "durch", "zu"))
_MANNER: Final = frozenset(("viel", "viele", "wie", "weit", "etwa", "lange", "wenig", "wenige", "gut", "genannte"))
_SEVERAL: Final = frozenset(("mehreren", "einigen", "verschiedenen", "beiden", "manchen", "vielen"))
"""„heißt es aus mehreren Fraktionen“: nobody in particular."""
LABEL: Final = 5
"""Most tokens of a speaker's name before a colon."""
_GENITIVES: Final = frozenset(
    ("der", "des", "von", "vom", "aus", "eines", "einer", "dieser", "dieses", "mehrerer", "unserer", "unseres")
)
_AMONG: Final = ("in", "im", "unter", "aus", "bei", "beim", "auf")
_PLACES: Final = ("in", "aus", "bei", "von", "seitens", "im", "vom", "beim", "dazu")


def before(reading: Reading, hit: Hit) -> Evidence | None:
    """„laut X“, „nach Angaben von X“: the source follows the cue."""
    words = reading.words
    clause = reading.clause(hit.first)
    first = hit.last + 1
    while first < clause.last and (
        words[first].low in _LEADS or (words[first].text in '„"»«“' and quoted_name(words, first, clause.last) == first)
    ):
        first += 1
    if first < clause.last and words[first].text.islower() and outlets().find([words[first].text]):
        last = first + 1  # „laut dpa“
    else:
        last = noun_phrase(words, first, clause.last)
        noun = next((i for i in range(first, last) if words[i].flags & CAPITAL), -1)
        if noun < 0:
            return None
        if words[noun].low.endswith(reading.lexicon.information):
            if last > noun + 1 and not _genitive(reading, noun + 1):
                last = noun + 1  # „laut Medienberichten Schadenersatz“
            if not reading.roles.role(words[noun].text):
                mention = _informant(reading, list(words[first:noun]), noun, (noun + 1, last))
                return _frame(reading, hit, mention, clause)
    mention = reading.mention((first, last))
    return _frame(reading, hit, mention, clause)


def handed_on(origin: Evidence, found: list[Evidence]) -> Evidence | None:
    """Adds the source's own source to whoever tells it in this sentence; by itself it is a source."""
    for n, teller in enumerate(found):
        mention = teller.mention
        if teller.main and mention is not None and mention.end > mention.start and origin.mention is not None:
            found[n] = replace(teller, mention=replace(mention, via=(origin.mention,)))
            return None
    return origin if origin.kind in (SourceKind.MEDIA, SourceKind.UNNAMED) else None


def informed(reading: Reading) -> Iterator[Evidence]:
    """„nach Polizeiangaben“, „nach ersten Schätzungen der Behörde“, „ihrer Meinung nach“."""
    words = reading.words
    for i, word in enumerate(words):
        if word.low != "nach":
            continue
        clause = reading.clause(i)
        near = [j for j in range(i + 1, min(i + 5, clause.last)) if words[j].flags & CAPITAL]
        noun = next((j for j in near if words[j].low.endswith(reading.lexicon.information)), near[0] if near else -1)
        between = words[i + 1 : noun] if noun > 0 else []
        if (
            noun > 0
            and words[noun].low.endswith(reading.lexicon.information)
            and not any(w.flags & MARK for w in between)
        ):
            first, last = i, noun + 1
            end = noun_phrase(words, last, clause.last) if last < clause.last and _genitive(reading, last) else last
        elif (
            i >= 2
            and words[i - 1].low.endswith(reading.lexicon.information)
            and words[i - 1].flags & CAPITAL
            and words[i - 2].low in reading.lexicon.lists["own"]
        ):
            between, noun, first, last, end = [words[i - 2]], i - 1, i - 2, i + 1, i + 1
        else:
            continue
        mention = _informant(reading, between, noun, (last, end))
        main = clause.kind in (Kind.MAIN, Kind.FRAGMENT) or reading.syntax.of[i] in reading.content
        start, stop = reading.span(first, last)
        reach = reading.span(clause.first, clause.last)
        yield Evidence("laut", start, stop, mention.kind, None, mention, reach, main, weight=FRAME)


def _genitive(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    return word.low in _GENITIVES or bool(word.flags & CAPITAL)


def _informant(reading: Reading, between: list[Word], noun: int, rest: tuple[int, int]) -> Mention:
    """Whose information it is: the genitive's, that of whoever has the floor („eigenen“), or „Polizeiangaben“."""
    first, last = rest
    while first < last and reading.words[first].low in ("von", "vom", "aus"):
        first += 1
    if last > first:
        return _exclusive(reading, noun, reading.mention((first, last)), (first, last))
    if (
        any(word.low in reading.lexicon.lists["ours"] for word in between)
        and reading.words[noun].low in (reading.lexicon.lists["exclusive"])
    ):
        return Mention(*reading.span(noun - len(between), noun + 1), SourceKind.UNNAMED)
    if any(word.low in reading.lexicon.lists["own"] for word in between):
        span = reading.span(noun - len(between), noun + 1)
        return Mention(*span, SourceKind.PARTY, Anaphor.SAME)
    if between and between[-1].flags & CAPITAL:  # „nach Moritz Hubers Darstellung“
        names = [k for k in range(noun - len(between), noun) if reading.words[k].flags & CAPITAL]
        return reading.mention((names[0], noun))
    return reading.mention((noun, noun + 1))


def _exclusive(reading: Reading, noun: int, found: Mention, rest: tuple[int, int]) -> Mention:
    """What an outlet has found out rests on informants that it doesn't name: „nach Informationen dieser Zeitung“; whose
    „Informationen“ it is, if its name has no role, is another outlet."""
    words, lists, first = reading.words, reading.lexicon.lists, rest[0]
    if words[noun].low not in lists["exclusive"] or found.kind is SourceKind.UNNAMED or found.authority:
        return found
    text = reading.view.tokens.text[found.start : found.end].lower()
    own = reading.view.publisher is not None and reading.view.publisher in text
    ours = found.kind is SourceKind.MEDIA or text.endswith("redaktion")
    if own or (words[first].low in lists["ours"] and ours):
        return replace(found, kind=SourceKind.UNNAMED, anaphor=Anaphor.NONE)
    texts = [word.text for word in words[first : rest[1]]]
    named = found.kind is SourceKind.PARTY and words[noun].low == "informationen" and words[first - 1].low != "aus"
    if named and not any(reading.roles.role(text) for text in texts if text[:1].isupper()):
        return replace(found, kind=SourceKind.MEDIA)
    return found


def after(reading: Reading, hit: Hit) -> Evidence | None:
    """„X zufolge“: the source goes before."""
    words = reading.words
    clause = reading.clause(hit.first)
    first = hit.first
    floor = clause.first
    while first > floor:
        word = words[first - 1]
        if word.flags & MARK and (opens := _opening(words, floor, first)) < first:
            first = opens
            continue
        if word.flags & MARK or (word.flags & FINITE and not word.flags & (CAPITAL | DETERMINER)):
            break
        if word.flags & ADVERB and not word.flags & (DETERMINER | CAPITAL):
            break
        first -= 1
        if word.flags & DETERMINER and (word.low not in ("der", "des") or _after_name(reading, first)):
            break
    if first == hit.first:
        return None
    mention = reading.mention((first, hit.first))
    said = words[hit.first - 1].low
    if (
        said.endswith(reading.lexicon.information)
        and hit.first - first == 2
        and words[first].low in ("den", "dieser", "diesen", "der")
    ):
        mention = Mention(mention.start, mention.end, mention.kind, Anaphor.SAME)
    return _frame(reading, hit, mention, clause)


def _opening(words: Sequence[Word], floor: int, last: int) -> int:
    """Where a name in quotation marks that ends before `last` opens; `last` where none does."""
    return next((i for i in range(max(floor, last - LABEL - 2), last) if quoted_name(words, i, last) == last), last)


def _after_name(reading: Reading, i: int) -> bool:
    """Whether the article at `i` follows a name, so that it begins a phrase of its own: „sagte Moser der Zeitung
    zufolge“, but „einem Sprecher der Polizei zufolge“."""
    before = reading.words[i - 1] if i else None
    return before is not None and bool(before.flags & CAPITAL) and not reading.roles.role(before.text)


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
        mention = _circle(reading, clause, hit.first)
    if hit.cue.kind is SourceKind.UNNAMED and mention is None:
        for i in range(hit.last + 1, clause.last):
            if words[i].low in _PLACES:
                last = noun_phrase(words, i + 1, clause.last)
                if (
                    last > i + 1
                    and reading.roles.kind([w.text for w in words[i + 1 : last]])
                    and _speaks(reading, i, last)
                ):
                    several = words[i + 1].low in _SEVERAL
                    mention = reading.mention((i + 1, last), SourceKind.UNNAMED if several else None)
                break
    elif hit.cue.rule == "own-words":
        mention = Mention(start, end, SourceKind.PARTY, Anaphor.SAME)
    if mention is None:
        mention = Mention(0, 0, hit.cue.kind or SourceKind.UNNAMED, Anaphor.SAME)
    main = clause.kind in (Kind.MAIN, Kind.FRAGMENT, Kind.AS)
    return Evidence(
        hit.cue.rule, start, end, mention.kind, hit.cue.firmness, mention, reading.span(clause.first, clause.last), main
    )


def _circle(reading: Reading, clause: Clause, end: int) -> Mention | None:
    """Those among whom something is said, named before the verb: „In Branchenkreisen heißt es“, „Unter Fans wird
    erzählt“; None where a document or a speech is named, whose source had the floor."""
    words, first = reading.words, clause.first
    while first < end and words[first].flags & (MARK | COORDINATOR):
        first += 1
    if first >= end or words[first].low not in _AMONG:
        return None
    last = noun_phrase(words, first + 1, end)
    nouns = [words[i] for i in range(first + 1, last) if words[i].flags & CAPITAL]
    if not nouns or any(_issued(reading, word) for word in nouns):
        return None
    mention = reading.mention((first + 1, last))
    if mention.kind is SourceKind.PARTY and words[first].low not in ("aus", "bei", "beim"):
        mention = replace(mention, kind=SourceKind.UNNAMED, anaphor=Anaphor.NONE)
    return mention


def _issued(reading: Reading, word: Word) -> bool:
    """Whether a noun is what somebody has issued, or what is said in public: „in einer Aussendung“, „im Rathaus“."""
    low = word.low
    return low.endswith(tuple(reading.lexicon.lists["issued"])) or reading.roles.role(word.text) in ("study", "report")


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
        if clause.kind is not Kind.FRAGMENT or (not clause.first and reading.syntax.units[0].finite >= 0):
            continue
        first = clause.first
        while first < clause.last and words[first].flags & MARK:
            first += 1
        if first + 1 >= clause.last or words[first].low != "so" or words[first + 1].low in _MANNER:
            continue
        start = skip_adverbs(words, first + 1, clause.last)
        last = noun_phrase(words, start, clause.last)
        if last <= start or not any(words[i].flags & CAPITAL for i in range(start, last)):
            continue
        if words[last - 1].low in reading.lexicon.lists["speech"]:
            mention = Mention(0, 0, SourceKind.PARTY, Anaphor.SAME)
        else:
            mention = reading.mention((start, last))
        yield Evidence(
            "so", *reading.span(first, last), mention.kind, None, mention, reading.span(clause.first, clause.last)
        )


def opinion_of(reading: Reading) -> Evidence | None:
    """„Für Huber ist das ein Fehler“: what somebody thinks."""
    words = reading.words
    unit = reading.syntax.units[0] if reading.syntax.units else None
    if unit is None or unit.finite < 2 or words[unit.front].low != "für":
        return None
    finite = unit.finite
    if words[finite].low not in ("ist", "sind", "war", "waren", "sei", "steht") or finite + 1 >= len(words):
        return None
    if words[finite + 1].low not in ("das", "dies", "es", "klar", "fest", "damit", "die", "der", "auch"):
        return None
    span = (unit.front + 1, finite)
    if noun_phrase(words, *span) != finite or not any(reading.roles.role(w.text) for w in words[span[0] : finite]):
        return None
    mention = reading.mention(span, SourceKind.PARTY)
    return Evidence("for-somebody", *reading.span(unit.front, unit.front + 1), mention.kind, None, mention, (0, 0))


def quotation(reading: Reading) -> Evidence | None:
    """A quotation after a colon, or before a verb: its frame is a report whatever the verb („warb: „...““)."""
    words, syntax = reading.words, reading.syntax
    for clause in syntax.clauses:
        if clause.kind is not Kind.MAIN or clause.finite < 0 or clause.last >= len(words) + 1:
            continue
        ends = words[clause.last - 1].text
        after = clause.last < len(words) and reading.quoted(clause.last)
        before = 0 < clause.first <= clause.finite <= clause.first + 1 and reading.quoted(clause.first - 2)
        if reading.quoted(clause.finite) or not ((ends == ":" and after) or before):
            continue
        finite = clause.finite
        subject = None if before else subject_before(words, clause.first, finite)
        subject = subject or subject_after(words, finite + 1, clause.last)
        mention = reading.mention(subject) if subject else Mention(0, 0, SourceKind.PARTY)
        start, end = reading.span(finite, finite + 1)
        reach = reading.span(clause.first, clause.last)
        return Evidence("quotation-frame", start, end, SourceKind.PARTY, None, mention, reach)
    return None


def label(reading: Reading) -> Evidence | None:
    """„Polizei: ...“, „Sein Fazit: ...“: a speaker before a colon at the start of the sentence."""
    words = reading.words
    end = next((i for i in range(1, min(LABEL + 1, len(words))) if words[i].text == ":"), -1)
    if (
        end < 1
        or end + 1 >= len(words)
        or any(words[i].flags & (MARK | VERB) and not words[i].flags & CAPITAL for i in range(end))
    ):
        return None
    if words[0].flags & PREPOSITION or words[end - 1].flags & ADVERB:
        return None
    noun = words[end - 1]
    if noun.low in reading.lexicon.lists["speech"]:
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
        "speaker-label",
        *reading.span(0, end + 1),
        mention.kind,
        None,
        mention,
        reading.span(0, end),
        known=known,
        turn=mention.end > mention.start,
    )
