"""What a summary says, in its own few words, by which somebody vouches or something stays open; read generously.

The reader of articles asks what decides a sentence. A summary is judged the other way round: whatever keeps a doubt, an
intent or a speaker alive excuses it. So every form of a reporting verb counts here, nouns such as „Vorwurf“, and words
in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from reportedly.language.content import stem
from reportedly.language.lexicon import Cue, Lexicon, Use
from reportedly.language.reader import grammar_for
from reportedly.language.tokens import Tokens
from reportedly.schema import Language, SourceKind

_OPENERS: Final = {"„": '“”"', "“": '”"', '"': '"“”', "»": "«", "«": "»", "‚": "‘’"}
QUOTED: Final = 2
"""Words from which a quotation is somebody's; a single word, or words with capitals only, may be a title."""
_LONGEST: Final = 60
"""Tokens of the longest quotation that a summary sentence holds."""


DOUBT: Final = "doubt"
"""The rule of words that leave open whatever they stand by, in an article as in a summary."""

OPEN: Final = "open"
"""The rule of words that leave their clause open."""
INTENT: Final = "wanted"
"""The rule of words by which somebody intends what is told."""
CONTENT: Final = frozenset({INTENT, "spoken", "charge", "denied", "hearsay", DOUBT})
"""Rules of words that can as well be part of what is told: „der geplante Bau“, "the suspect"."""


_MONTHS: Final = frozenset({"May"})
"""Not the modal, where it stands within a sentence."""
DENIED: Final = "denied"
"""The rule of words by which somebody denies."""


class Murmur(NamedTuple):
    """Such words, in code points."""

    start: int
    end: int
    cue: Cue

    @property
    def local(self) -> bool:
        """Whether it bears on its own clause only; a speaker named in passing vouches for the clauses around."""
        return self.cue.kind is None


SPOKEN: Final = Cue("spoken", Use.HEARSAY, SourceKind.PARTY, None)
QUOTATION: Final = Cue("quotation", Use.HEARSAY, SourceKind.PARTY, None)


INSERTED: Final = Cue("inserted", Use.HEARSAY, SourceKind.PARTY, None)
"""An editor's insertion in brackets that says who vouches for the sentence: „[so Huber]“, "[according to Lee]"."""
_INSERTED: Final = re.compile(r"\[(?:so|laut|nach|according to) [^\[\]]{1,120}\]")


@cache
def _lexicon(language: Language) -> Lexicon:
    return Lexicon(f"voices_{language.value}", {})


def murmurs(text: str, language: Language) -> tuple[Murmur, ...]:
    """All of them in a text, in order; none in a language without a grammar."""
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    tokens = Tokens(text)
    lexicon = _lexicon(language)
    found = [
        Murmur(tokens.starts[hit.first], tokens.ends[hit.last], hit.cue)
        for hit in lexicon.scan([lexicon.word(word) for word in tokens.words])
        if not (hit.first and tokens.words[hit.first] in _MONTHS)
    ]
    found.extend(Murmur(tokens.starts[i], tokens.ends[i], SPOKEN) for i in grammar.speaking(tokens))
    found.extend(Murmur(*span, QUOTATION) for span in _quoted(tokens))
    found.extend(Murmur(*match.span(), INSERTED) for match in _INSERTED.finditer(text))
    return tuple(sorted(found, key=lambda murmur: murmur.start))


def _quoted(tokens: Tokens) -> list[tuple[int, int]]:
    """Where words stand in quotation marks that are no title."""
    found: list[tuple[int, int]] = []
    words, i = tokens.words, 0
    while i < len(words):
        closers = _OPENERS.get(words[i])
        end = (
            next((j for j in range(i + 1, min(i + _LONGEST, len(words))) if words[j] in closers), -1) if closers else -1
        )
        if end > i + QUOTED and any(word[0].islower() for word in words[i + 1 : end]):
            found.append((tokens.starts[i], tokens.ends[end]))
        i = max(i, end) + 1
    return found


def settles(source: str, language: Language) -> bool:
    """Whether a source is a court, a law or the like: what it finds or has is so."""
    listed = _settled(language)
    return any(word.lower() in listed for word in source.replace("'", " ").split())


def generic(stems: Iterable[str], language: Language) -> bool:
    """Whether a source is called by a word that fits many („der Konzern“, "officials"); `stems` are its words'."""
    listed = _generic(language)
    return all(word.endswith(listed) if language is Language.GERMAN else word in listed for word in stems)


def same_role(one: Iterable[str], other: Iterable[str], language: Language) -> bool:
    """Whether two sources are called by two words for one role („Anklage“ and „Staatsanwaltschaft“); stems as above."""
    mine, theirs = set(one), set(other)
    return any(mine & role and theirs & role for role in _roles(language))


@cache
def _roles(language: Language) -> tuple[frozenset[str], ...]:
    if grammar_for(language) is None:
        return ()
    lines = _lexicon(language).data["lists"]["same_role"]
    return tuple(frozenset(stem(word, language) for word in line.split()) for line in lines)


def claims(stemmed: str, language: Language) -> bool:
    """Whether a stem is that of a word for what somebody claims („Vorwurf“, "report")."""
    return stemmed in _claims(language)


@cache
def _claims(language: Language) -> frozenset[str]:
    if grammar_for(language) is None:
        return frozenset()
    return frozenset(stem(word, language) for word in _lexicon(language).data["lists"]["claim"].split())


@cache
def _generic(language: Language) -> tuple[str, ...]:
    if grammar_for(language) is None:
        return ()
    return tuple(sorted({stem(word, language) for word in _lexicon(language).data["lists"]["generic"].split()}))


@cache
def _settled(language: Language) -> frozenset[str]:
    if grammar_for(language) is None:
        return frozenset()
    return frozenset(_lexicon(language).data["lists"]["settled"].split())
