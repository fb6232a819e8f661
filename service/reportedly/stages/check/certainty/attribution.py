"""C103: the summary names another source than the article does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportedly.language.content import stem, stopwords
from reportedly.language.evidence import Anaphor, Evidence
from reportedly.language.facts import within
from reportedly.language.murmurs import generic, same_role
from reportedly.language.roles import outlets
from reportedly.language.words import tokens
from reportedly.schema import Finding, Severity, SourceKind, Span
from reportedly.stages.check.certainty.resting import Rest, excuses, near
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material

CLEAR: Final = 0.45
"""Share of a telling that its best sentence must cover before its speaker is compared."""
NEAR: Final = 0.7
"""Share of the best sentence's score from which another one may name the speaker."""
SPOKEN: Final = 0.4
"""The same, where the one whom the summary names speaks there: of two who speak of a thing, neither is wrong."""
BEFORE: Final = 3
"""Sentences before the one told of in which its speaker may be named: "he said" goes back one or two."""

LETTERS: Final = 6
"""Letters from which a word in capitals is no abbreviation: „LKA“ may be the Landeskriminalamt."""
BESIDE: Final = 5
"""Words within which a role and a name stand that belong together."""
_BY_NAME: Final = frozenset({Anaphor.NONE, Anaphor.ROLE})
"""Mentions that tell who it is; a pronoun is whoever the summary spoke of before."""


def misattributed(material: Material, telling: Telling, found: Sequence[Rest]) -> Iterator[Finding]:
    """C103: somebody speaks in the summary who does not speak in the sentences that it rests on."""
    named = _named(material, telling)
    best = found[0]
    if named is None or best.share < CLEAR or telling.denied:
        return  # who denies is not who claims
    close = list(near(list(found), NEAR))
    if any(excuses(rest, best) for rest in close):
        return
    name, cue = named
    mine = _words(material, name)
    if any(rest.said and mine & _tellers(material, rest) for rest in near(list(found), SPOKEN) if rest is not best):
        return  # more than one speaks of it
    if all(_another(material, name, cue, rest) for rest in close):
        theirs = next(iter(_names(material, best)), "a source without a name")
        assert cue.mention is not None
        yield Finding.of(
            "C103",
            f"'{name}' in the summary, {theirs} in the source",
            hint="name the source that the article names",
            summary=Span(start=cue.mention.start, end=cue.mention.end),
            source=material.spans([best.index]),
            severity=Severity.ERROR,
        )


def speaks_there(material: Material, telling: Telling, rest: Rest) -> bool:
    """Whether who speaks in the summary may be who speaks in a source sentence."""
    named = _named(material, telling)
    return named is None or not _another(material, *named, rest)


def _tellers(material: Material, rest: Rest) -> set[str]:
    return {word for other in _names(material, rest) for word in _words(material, other)}


def _named(material: Material, telling: Telling) -> tuple[str, Evidence] | None:
    """The speaker that the summary names by name in this sentence, and the cue."""
    for tone in telling.tones:
        cue = tone.cue
        if cue is None or cue.mention is None or cue.mention.anaphor not in _BY_NAME:
            continue
        inside = telling.span.start <= cue.mention.start < telling.span.end
        if not inside and any(own.kind is not None for own in telling.cues):
            continue
        words = material.summary[cue.mention.start : cue.mention.end]
        if words.strip():
            return words, cue
    return None


def _another(material: Material, name: str, cue: Evidence, rest: Rest) -> bool:
    """Whether the speaker of a source sentence is certainly another one."""
    source = material.source
    names = _names(material, rest)
    mine = _words(material, name)
    theirs = _tellers(material, rest)
    if (
        not mine
        or not theirs
        or generic(mine, material.source.article.language)
        or any(_initials(name, other) for other in names)
    ):
        return False
    proper, others = _capitals(name), {word for other in names for word in _capitals(other)}
    if proper and others and proper.isdisjoint(others) and _proper(material, cue):
        pass
    elif mine & theirs:
        return (
            cue.kind is SourceKind.PARTY
            and rest.tone.kind is SourceKind.UNNAMED
            and not _unnamed(material, mine, theirs)
        )
    if not _proper(material, cue) and (_alike(material, cue, rest, mine, theirs) or _persons(material, rest)):
        return False
    first = max(0, rest.index - BEFORE) if _carried(rest) else rest.index
    for index in range(first, rest.index + 1):
        if mine & _words(material, source.sentences[index].span.of(source.article.text)):
            return False
    return True


def _alike(material: Material, cue: Evidence, rest: Rest, mine: set[str], theirs: set[str]) -> bool:
    """Whether two roles can mean one: either is general („der Konzern“), they are of one kind, or the article has them
    side by side („Personalchef Menzel“)."""
    language = material.source.article.language
    if cue.kind is not rest.tone.kind or generic(theirs, language) or same_role(mine, theirs, language):
        return True
    source = material.source
    places = [at for word in mine for at in source.places.get(word, ())]
    others = [at for word in theirs for at in source.places.get(word, ())]
    return any(abs(at - other) <= BESIDE for at in places for other in others)


def _persons(material: Material, rest: Rest) -> bool:
    """Whether the source sentence names its speaker by name: a role may well be theirs."""
    source = material.source
    frames = source.voices[rest.index].frames
    return any(
        any(start <= source.facts.tokens[at].start < end for start, end in frames)
        for name in within(source.facts.names, *source.bounds[rest.index])
        if name.sure
        for at in name.words
    )


def _names(material: Material, rest: Rest) -> tuple[str, ...]:
    """What the speaker of a source sentence is called."""
    cue, reading = rest.tone.cue, rest.tone.reading
    if cue is not None and not cue.main:
        mention = cue.mention
        return (material.source.article.text[mention.start : mention.end],) if mention is not None else ()
    return (reading.source, *reading.chain) if reading is not None and reading.source else ()


def _carried(rest: Rest) -> bool:
    return rest.tone.reading is not None and rest.tone.reading.inherited_from is not None


def _unnamed(material: Material, mine: set[str], theirs: set[str]) -> bool:
    """Whether all that makes their source nameless is kept."""
    return theirs <= mine


def _words(material: Material, name: str) -> set[str]:
    language = material.source.article.language
    return {
        stem(token.low, language)
        for token in tokens(name)
        if token.kind == "word" and token.low not in stopwords(language)
    }


def _capitals(name: str) -> set[str]:
    """Its words with a capital, as they stand, without those that only say what it is."""
    return {word.strip(".,").removesuffix("s") for word in name.replace("'s", "").split() if word[:1].isupper()}


def _proper(material: Material, cue: Evidence) -> bool:
    """Whether a mention is a name rather than a role („der Konzern“, "officials")."""
    mention = cue.mention
    assert mention is not None
    words = material.summary[mention.start : mention.end].split()
    if outlets().find(words) is not None:
        return True
    places = {material.facts.tokens[at].start for name in material.facts.names if name.sure for at in name.words}
    return any(mention.start <= place < mention.end for place in places)


def _initials(one: str, other: str) -> bool:
    """Whether one is the initialism of the other: „WSJ“ and „Wall Street Journal“."""
    for short, long in ((one, other), (other, one)):
        capitals = "".join(word[0] for word in long.split() if word[:1].isupper())
        letters = short.rsplit(maxsplit=1)[-1].replace(".", "")
        if len(capitals) > 1 and short.replace(".", "").replace(" ", "") == capitals:
            return True
        if letters.isupper() and 1 < len(letters) < LETTERS and long[:1].upper() == letters[0] and " " not in long:
            return True
    return False
