"""Names of persons, bodies and places, found by their shape; no list of names is needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportedly.language.content import stopwords
from reportedly.language.dates import is_calendar_word
from reportedly.language.nouns import is_common_noun, is_role
from reportedly.language.numerals import word_value
from reportedly.language.quantities import unit_of
from reportedly.language.tables import words
from reportedly.language.words import Token
from reportedly.schema import Language


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name somebody or something. Offsets are code points into the text, the rest indices of tokens."""

    start: int
    end: int
    first: int
    last: int
    words: tuple[int, ...]
    """The tokens that carry the name, without particles."""
    sure: bool
    """Whether its shape leaves no doubt (two such words together, capitals inside, a role before it)."""


_PARTICLES: Final = frozenset(words("nouns", "around", "particles"))
_PREPOSITIONS: Final = frozenset(words("nouns", "around", "prepositions"))
_ABBREVIATED: Final = frozenset(words("nouns", "around", "abbreviated"))
"""Common nouns that are written as abbreviations."""
_OPENING: Final = frozenset({'"', "'", "(", "-"})
_ENDING: Final = frozenset({".", "!", "?", ":", ";"})


def read_names(tokens: Sequence[Token], language: Language, taken: Collection[int] = ()) -> list[Name]:
    """All names among the tokens, in order; those in `taken` (token indices: dates, quantities) are passed over."""
    return _Reader(tokens, language, taken).read()


@lru_cache(maxsize=1 << 16)
def shape(text: str, language: Language) -> int:
    """How much a word with a capital looks like a name by itself: 0 not at all, 1 perhaps, 2 for sure."""
    low = text.lower()
    if len(text) < 2 or low in stopwords(language) or is_role(low) or is_calendar_word(low, language):
        return 0
    if unit_of(low) or word_value(low, language) is not None:
        return 0
    if any(c.isupper() for c in text[1:]):
        return 0 if low.removesuffix("s") in _ABBREVIATED else 2
    return 0 if language is not Language.ENGLISH and is_common_noun(low) else 1


class _Reader:
    def __init__(self, tokens: Sequence[Token], language: Language, taken: Collection[int]) -> None:
        self.tokens, self.language, self.taken = tokens, language, taken
        self.german = language is not Language.ENGLISH

    def read(self) -> list[Name]:
        found: list[Name] = []
        at, length = 0, len(self.tokens)
        while at < length:
            if self._shape(at):
                run = self._run(at)
                found.append(self._name(run))
                at = run[-1]
            at += 1
        return found

    def _shape(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind != "word" or not token.text[0].isupper() or at in self.taken:
            return 0
        return shape(token.text, self.language)

    def _run(self, at: int) -> list[int]:
        """The tokens from `at` on that form one name."""
        run, nxt = [at], at + 1
        while nxt < len(self.tokens):
            token, ahead = self.tokens[nxt], nxt + 1 < len(self.tokens)
            joined = ahead and token.text in ("-", ".", "&") and self._joined(nxt)
            if joined or (ahead and token.text in _PARTICLES and self._shape(nxt + 1)):
                nxt += 1
            elif self._shape(nxt):
                run.append(nxt)
                nxt += 1
            else:
                break
        return run

    def _joined(self, mark: int) -> bool:
        """Whether a mark holds a name together: „Petersen-Frey“, "J. Smith"."""
        before, after = self.tokens[mark - 1], self.tokens[mark + 1]
        if not self._shape(mark + 1):
            return False
        if self.tokens[mark].text == ".":
            return len(before.text) == 1
        return before.end == self.tokens[mark].start and self.tokens[mark].end == after.start

    def _name(self, run: list[int]) -> Name:
        first = run[0]
        before = self.tokens[first - 1] if first else None
        sure = len(run) > 1 or self._shape(first) == 2 or (before is not None and is_role(before.low))
        if not sure and not self._starts(first):
            sure = not self.german or (before is not None and (before.low in _PREPOSITIONS or self._named(before)))
        return Name(self.tokens[first].start, self.tokens[run[-1]].end, first, run[-1], tuple(run), sure)

    def _named(self, before: Token) -> bool:
        """Whether the word before is a common noun that a name is put to: „Landesgericht Trient“."""
        return before.kind == "word" and before.text[0].isupper() and is_common_noun(before.low)

    def _starts(self, at: int) -> bool:
        """Whether token `at` begins a sentence or a quotation."""
        before = at - 1
        while before >= 0 and self.tokens[before].text in _OPENING:
            before -= 1
        return before < 0 or self.tokens[before].text in _ENDING
