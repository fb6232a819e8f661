"""The English grammar: reads one sentence and says what cues it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.language.english.sentence import SentenceReader
from reportedly.language.english.words import (
    BE,
    CAPITAL,
    DETERMINER,
    FUNCTION,
    PREPOSITION,
    REPORT,
    EnglishLexicon,
    group,
)
from reportedly.language.evidence import Observation
from reportedly.language.grammar import View
from reportedly.language.lexicon import Word
from reportedly.language.roles import Roles
from reportedly.language.tokens import Tokens
from reportedly.schema import Language

_STEM: Final = 6
"""Letters of a content word that inflection leaves alone, for comparing headings with the body."""
_NOUNS: Final = group("noun_homograph")
_SPEAKING: Final = frozenset(("clause", "tell", "stance", "pledge"))
"""What the verbs take that speak by themselves: a study shows, a court finds."""
_AFTER: Final = 5
"""Words after a verb that takes a clause within which its "that" stands."""


def _speaks(words: Sequence[Word], i: int) -> bool:
    """Whether a form of a reporting verb can report: no noun, no passive, with what it takes in reach."""
    word, before = words[i], words[i - 1]
    if word.low in _NOUNS or word.flags & CAPITAL or before.flags & (DETERMINER | PREPOSITION | BE):
        return False
    takes = {verb.takes for verb in word.more}
    if not takes.isdisjoint(_SPEAKING):
        return True
    follow = [after.low for after in words[i + 1 : i + 1 + _AFTER]]
    return "that" in takes and ("that" in follow or follow[:1] in ([":"], ['"'], ["“"]))


class English:
    """`Grammar` for English."""

    language = Language.ENGLISH

    def __init__(self) -> None:
        self.lexicon = EnglishLexicon()
        self.roles = Roles(self.lexicon.data["roles"], compounds=False)

    def observe(self, view: View) -> Observation:
        """Every cue of one sentence."""
        return SentenceReader(self.lexicon, self.roles, view).observe()

    def speaking(self, tokens: Tokens) -> list[int]:
        """The tokens that can be forms of verbs that report, whether or not they report here."""
        words = [self.lexicon.word(word) for word in tokens.words]
        return [i for i in range(1, len(words)) if words[i].flags & REPORT and _speaks(words, i)]

    def keys(self, tokens: Tokens, first: int, last: int) -> frozenset[str]:
        """Content words, cut to the letters that inflection leaves alone."""
        look = self.lexicon.word
        return frozenset(
            word.lower()[:_STEM]
            for word in tokens.words[first:last]
            if len(word) > 2 and word[0].isalnum() and not look(word).flags & FUNCTION
        )
