"""Words and phrases of a language, from its data file, looked up once a token.

The parts of `data/<code>.toml` that every language shares:

    [words]                       closed classes: name of a flag = words, separated by blanks
    subordinator = "dass ob weil"

    [[cue]]                       words and phrases that say something on the axes
    rule = "hearsay"              as `explain` prints it
    use = "hearsay"               see `Use`
    kind = "unnamed"              article | party | media | unnamed, where it tells who vouches
    firmness = "possible"         where it tells how firmly
    words = ["angeblich", "dem Vernehmen nach", "gilt/galt als ~ möglich"]
    examples = ["Er habe angeblich gekündigt."]   every one is run by a test, and holds one of `words`

In `words`, `a/b` are alternatives, `~` up to `GAP` words of the same clause, `^` at the start that the first letter is
written as shown (nouns against verbs); everything else is compared in lower case. The longest match wins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from itertools import product
from typing import Any, Final, NamedTuple

from reportedly.schema import Firmness, SourceKind

GAP: Final = 6
"""Most words that `~` spans: „steht nach Angaben aus der Partei im Raum“ is the longest seen in the news data."""
CACHE: Final = 60_000
"""Most surface forms kept in the cache: a year of one paper has about as many; hostile text can't grow it further."""


class Use(StrEnum):
    """What a cue does."""

    HEDGE = "hedge"
    """Sets the firmness of its clause."""
    HEARSAY = "hearsay"
    """Nobody is named and somebody says it: „angeblich“."""
    BEFORE = "before"
    """The source follows: „laut X“."""
    AFTER = "after"
    """The source goes before: „X zufolge“."""
    VIA = "via"
    """The source's own source follows: „unter Berufung auf X“."""
    ECHO = "echo"
    """Somebody says it, whoever has the floor: „hieß es“; with nobody there it is hearsay."""
    LINK = "link"
    """Goes on with the report of the sentence before: „demnach“."""
    WRITER = "writer"
    """The writer takes the floor again: „zur Erinnerung“."""
    OPINION = "opinion"
    """The writer judges."""
    FIXED = "fixed"
    """A fixed expression: the cues in it don't count („so gut wie möglich“)."""


class Cue(NamedTuple):
    """An entry of `[[cue]]`."""

    rule: str
    use: Use
    kind: SourceKind | None
    firmness: Firmness | None


class Phrase(NamedTuple):
    """Several words that are one cue."""

    rest: tuple[str, ...]
    """The words after the first."""
    cue: Cue


class Hit(NamedTuple):
    """A cue found in a sentence: first and last token."""

    first: int
    last: int
    cue: Cue


class Word:
    """All that is known of one surface form."""

    __slots__ = ("cue", "flags", "low", "more", "phrases", "text")

    def __init__(self, text: str, low: str, flags: int = 0) -> None:
        self.text = text
        self.low = low
        self.flags = flags
        """Bits of the language's own classes."""
        self.cue: Cue | None = None
        self.phrases: dict[str, tuple[Phrase, ...]] = {}
        """The phrases that begin with it, longest first, by the word that must follow; `~` for any other."""
        self.more: Any = None
        """What the language's own lexicon knows besides (a verb's entry, say)."""


class Lexicon:
    """The data file of a language, ready for look-up. Subclasses add what their grammar needs in `analyse`."""

    def __init__(self, code: str, flags: Mapping[str, int]) -> None:
        """Load `data/<code>.toml`; `flags` gives a bit for every name under `[words]`."""
        with files("reportedly.language").joinpath("data", f"{code}.toml").open("rb") as stream:
            self.data: dict[str, Any] = tomllib.load(stream)
        self._flags: dict[str, int] = {}
        for name, words in self.data.get("words", {}).items():
            bit = flags[name]
            for word in words.split():
                self._flags[word] = self._flags.get(word, 0) | bit
        self._cues: dict[str, Cue] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        for entry, cue in self.cues():
            for text in entry["words"]:
                self.add(text, cue)
        for found in self._phrases.values():
            found.sort(key=lambda phrase: -len(phrase.rest))
        self._cache: dict[str, Word] = {}

    def cues(self) -> Iterator[tuple[dict[str, Any], Cue]]:
        """Every `[[cue]]` table with the entry made of it."""
        for entry in self.data.get("cue", ()):
            kind, firmness = entry.get("kind"), entry.get("firmness")
            yield (
                entry,
                Cue(
                    entry["rule"],
                    Use(entry["use"]),
                    SourceKind(kind) if kind else None,
                    Firmness(firmness) if firmness else None,
                ),
            )

    def add(self, text: str, cue: Cue) -> None:
        """Enter one line of `words`."""
        for words in product(*(token.split("/") for token in text.split())):
            first = words[0] if words[0].startswith("^") else words[0].lower()
            if len(words) == 1:
                self._cues[first] = cue
            else:
                rest = tuple(word.lower() for word in words[1:])
                self._phrases.setdefault(first, []).append(Phrase(rest, cue))

    def word(self, text: str) -> Word:
        """What is known of a surface form."""
        found = self._cache.get(text)
        if found is None:
            low = text.lower()
            found = Word(text, low, self._flags.get(low, 0))
            found.cue = self._cues.get("^" + text) or self._cues.get(low)
            found.phrases = self.phrases_of("^" + text, low)
            self.analyse(found)
            if len(self._cache) >= CACHE:
                self._cache.clear()
            self._cache[text] = found
        return found

    def words(self, texts: Sequence[str]) -> list[Word]:
        """What is known of every word of a sentence."""
        cached, look = self._cache.get, self.word
        return [cached(text) or look(text) for text in texts]

    def phrases_of(self, *firsts: str) -> dict[str, tuple[Phrase, ...]]:
        """The phrases that begin with any of `firsts`, by their second word."""
        phrases = [phrase for first in firsts for phrase in self._phrases.get(first, ())]
        return {
            second: tuple(phrase for phrase in phrases if phrase.rest[0] in (second, "~"))
            for second in {phrase.rest[0] for phrase in phrases}
        }

    def analyse(self, word: Word) -> None:
        """Complete the entry of a form that is looked up for the first time; languages override it."""

    @cached_property
    def stops(self) -> frozenset[str]:
        """Marks that a `~` never spans."""
        return frozenset(',;:.!?()[]–—„“”"»«')

    def scan(self, words: Sequence[Word], lows: frozenset[str] | None = None) -> list[Hit]:
        """All cues of a sentence, longest first, none inside another; token numbers count from its start. `lows` are
        its words in lower case, where the caller has them."""
        lows = frozenset(word.low for word in words) if lows is None else lows
        hits: list[Hit] = []
        i, n = 0, len(words)
        while i < n:
            word = words[i]
            cue = word.cue
            if cue is None and not word.phrases:
                i += 1
                continue
            last = -1
            if word.phrases:
                follower = words[i + 1].low if i + 1 < n else ""
                for phrase in word.phrases.get(follower) or word.phrases.get("~", ()):
                    if phrase.rest[-1] not in lows:
                        continue
                    last = self._match(words, i + 1, phrase.rest)
                    if last >= 0:
                        cue = phrase.cue
                        break
            if cue is None:
                i += 1
                continue
            if last < 0:
                last = i
            hits.append(Hit(i, last, cue))
            i = last + 1
        return hits

    def _match(self, words: Sequence[Word], i: int, rest: tuple[str, ...]) -> int:
        """The last token of a phrase whose words after the first are `rest` and stand from `i` on, or -1."""
        gap = False
        for want in rest:
            if want == "~":
                gap = True
                continue
            if gap:
                for j in range(i, min(i + GAP + 1, len(words))):
                    if words[j].low == want:
                        i = j
                        break
                    if words[j].low in self.stops:
                        return -1
                else:
                    return -1
                gap = False
            elif i >= len(words) or words[i].low != want:
                return -1
            i += 1
        return i - 1
