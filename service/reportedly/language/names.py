"""Names of persons, bodies and places, found by their shape, and when two are the same; no list of names is needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from reportedly.language.content import plain, stopwords
from reportedly.language.dates import is_calendar_word
from reportedly.language.numerals import word_value
from reportedly.language.quantities import unit_of
from reportedly.language.tables import groups, table
from reportedly.language.words import Token
from reportedly.schema import Language


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name somebody or something. Offsets are code points into the text; the others are indices of tokens."""

    start: int
    end: int
    first: int
    last: int
    words: tuple[int, ...]
    """The tokens that carry the name, without particles."""
    sure: bool
    """Whether its shape leaves no doubt (two such words together, capitals inside, a role before it)."""


_PARTICLES: Final = frozenset({"de", "van", "von", "der", "den", "di", "da", "del", "la", "le", "al", "bin", "zu", "y", "und", "of", "dos"})
_PREPOSITIONS: Final = frozenset(
    "in aus nach bei von für gegen mit laut an vor über um durch from at to by with against for of near via".split()
)
_SHORTEST_SHARED: Final = 4
"""Letters that two parts of a compound must share („Merkel“ in „Merkelregierung“)."""


@lru_cache(maxsize=1 << 16)
def name_forms(low: str) -> tuple[str, ...]:
    """The spellings by which a word may be met again: without umlauts, accents, genitive and weak endings."""
    key = plain(low.removesuffix("'s").rstrip("'.")).replace("'", "").replace(".", "")
    key = key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    forms = [key]
    forms.extend(key[: -len(ending)] for ending in ("s", "n", "en", "es", "e", "er", "ern") if len(key) - len(ending) >= 3 and key.endswith(ending))
    return tuple(forms)


@cache
def _aliases() -> dict[str, tuple[int, ...]]:
    """Form of a word → the lines of data/places.toml that it stands in."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(groups(table("places")["places"])):
        for spelling in line:
            if " " not in spelling:
                lines.setdefault(name_forms(spelling)[0], []).append(number)
    return {word: tuple(numbers) for word, numbers in lines.items()}


@cache
def _phrases() -> dict[str, tuple[int, ...]]:
    """Last word of a spelling in several words („Europäische Zentralbank“) → its lines."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(groups(table("places")["places"])):
        for spelling in line:
            if " " in spelling:
                for word in spelling.split():
                    lines.setdefault(name_forms(word)[0], []).append(number)
    return {word: tuple(numbers) for word, numbers in lines.items()}


@lru_cache(maxsize=1 << 15)
def places_of(low: str) -> tuple[int, ...]:
    """The places or bodies that a word may stand for, as numbers; empty for most."""
    aliases = _aliases()
    for form in name_forms(low):
        if form in aliases:
            return aliases[form]
        for ending in ("isch", "ische", "ischer", "isches"):
            if form.endswith(ending) and form.removesuffix(ending) + "isch" in aliases:
                return aliases[form.removesuffix(ending) + "isch"]
    return ()


class KnownNames:
    """All words of a text in the forms in which a name may come back."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.forms: set[str] = set()
        self.places: set[int] = set()
        self._initials: list[str] = []
        run: list[str] = []
        for low, capital in self._distinct(tokens, run):
            self.forms.update(name_forms(low))
            self.places.update(places_of(low) if capital else ())
            self.places.update(_phrases().get(name_forms(low)[0], ()) if capital else ())
        self._sorted: list[str] | None = None

    def _distinct(self, tokens: Iterable[Token], run: list[str]) -> set[tuple[str, bool]]:
        """The words, each once; on the way the runs of capitalised words that an abbreviation may stand for."""
        found = set()
        for token in tokens:
            if token.kind != "word":
                continue
            capital = token.text[0].isupper()
            found.add((token.low, capital or token.low.endswith(("isch", "ische", "ischen", "ischer", "isches"))))
            if capital:
                run.append(plain(token.low))
            elif token.low not in _PARTICLES and token.low not in ("für", "for", "and", "the", "des"):
                if run:
                    self._initials.append(" ".join(run))
                run.clear()
        if run:
            self._initials.append(" ".join(run))
        return found

    def knows(self, low: str, *, abbreviation: bool = False) -> bool:
        """Whether the text has this name, or what it stands for, in any of its forms."""
        forms = name_forms(low)
        if any(form in self.forms for form in forms):
            return True
        if any(place in self.places for place in (*places_of(low), *_phrases().get(forms[0], ()))):
            return True
        if len(forms[0]) > _SHORTEST_SHARED and self._compounded(forms[0]):
            return True
        return abbreviation and self._abbreviates(forms[0])

    def _compounded(self, key: str) -> bool:
        """Whether the name begins a compound of the text, or a name of the text begins it: „Wiener“, „Merkelregierung“."""
        if self._sorted is None:
            self._sorted = sorted(self.forms)
        at = bisect_left(self._sorted, key)
        if at < len(self._sorted) and self._sorted[at].startswith(key):
            return True
        return any(key[:end] in self.forms for end in range(len(key) - 1, _SHORTEST_SHARED, -1) if key[end:] in _LINKS)

    def _abbreviates(self, key: str) -> bool:
        """Whether the letters are the initials of words that stand together in the text („EZB“)."""
        return any(_in_order(key, run) for run in self._initials)


_LINKS: Final = frozenset({"er", "ern", "ers", "ner", "aner", "isch", "ische", "ischen", "ian", "ans", "ese", "ish", "chef", "chefin", "an", "is", "in", "innen"})


def _in_order(key: str, run: str) -> bool:
    """Whether `key` begins with a word's first letter and each next letter is found after it, at best at a word's start."""
    words = run.split()
    if sum(len(w) for w in words) < len(key) + 2:
        return False
    initials = "".join(w[0] for w in words)
    if key in initials:
        return True
    at = 0
    for word in words:
        if at < len(key) and word[0] == key[at]:
            at += 1
            rest = word[1:]
            while at < len(key) and len(words) < len(key) and (place := rest.find(key[at])) >= 0:
                rest = rest[place + 1 :]
                at += 1
    return at == len(key)


@cache
def _heads() -> frozenset[str]:
    return frozenset(table("nouns")["heads"].split())


@cache
def _roles() -> frozenset[str]:
    return frozenset(table("nouns")["roles"].split())


@lru_cache(maxsize=1 << 15)
def is_role(low: str) -> bool:
    """Whether a name may follow this word, compounds included: „Kanzler“, „Konzernchef“, "Mr"."""
    return low in _roles() or any(low.endswith(role) for role in ("chef", "chefin", "minister", "ministerin", "sprecher", "sprecherin", "präsident", "präsidentin", "anwalt", "trainer", "vorsitzende", "vorsitzender", "hauptmann", "kommissar", "direktor", "leiter", "kandidat", "kandidatin"))


@lru_cache(maxsize=1 << 15)
def is_common_noun(low: str) -> bool:
    """Whether a German word in capitals is a common noun by its ending or its head."""
    heads = _heads()
    for ending in ("", "s", "n", "en", "e", "es", "er", "ern", "in", "innen"):
        base = low.removesuffix(ending) if ending else low
        if (not ending or low.endswith(ending)) and len(base) >= 2:
            if base in heads:
                return True
            if any(base[at:] in heads for at in range(2, len(base) - 3)):
                return True
    return len(low) > 5 and low.endswith(tuple(table("nouns")["endings"]))


class Reader:
    """Finds the names of one text."""

    def __init__(self, tokens: Sequence[Token], language: Language, taken: set[int]) -> None:
        self.tokens, self.language, self.taken = tokens, language, taken
        self.german = language is not Language.ENGLISH
        self.stops = stopwords(language)

    def read(self) -> list[Name]:
        """All names, in order."""
        found: list[Name] = []
        at, length = 0, len(self.tokens)
        while at < length:
            if self._weight(at):
                run = self._run(at)
                name = self._name(run)
                if name is not None:
                    found.append(name)
                at = run[-1] + 1
            else:
                at += 1
        return found

    def _weight(self, at: int) -> int:
        """How much a word looks like part of a name: 0 not at all, 1 perhaps, 2 for sure."""
        token = self.tokens[at]
        text, low = token.text, token.low
        if token.kind != "word" or not text[0].isupper() or at in self.taken or low in self.stops or len(text) < 2:
            return 0
        if is_calendar_word(low, self.language) or unit_of(low) or word_value(low, self.language) is not None or is_role(low):
            return 0
        inner = any(c.isupper() for c in text[1:])
        if inner:
            return 2
        if self.german and is_common_noun(low):
            return 0
        return 1

    def _starts(self, at: int) -> bool:
        """Whether token `at` begins a sentence or a quotation."""
        before = at - 1
        while before >= 0 and self.tokens[before].text in ('"', "'", "(", "-"):
            before -= 1
        return before < 0 or self.tokens[before].text in (".", "!", "?", ":", ";")

    def _run(self, at: int) -> list[int]:
        """The tokens from `at` on that form one name."""
        run, nxt = [at], at + 1
        while nxt < len(self.tokens):
            token = self.tokens[nxt]
            if token.text in ("-", ".", "&") and nxt + 1 < len(self.tokens) and self._joined(nxt):
                nxt += 1
            elif token.low in _PARTICLES and token.low not in ("und", "zu", "der", "den") and nxt + 1 < len(self.tokens) and token.text.islower() and self._weight(nxt + 1):
                nxt += 1
            elif self._weight(nxt):
                run.append(nxt)
                nxt += 1
            else:
                break
        return run

    def _joined(self, mark: int) -> bool:
        before, after = self.tokens[mark - 1], self.tokens[mark + 1]
        if self.tokens[mark].text == ".":
            return len(before.text) == 1 and bool(self._weight(mark + 1))
        return before.end == self.tokens[mark].start and self.tokens[mark].end == after.start and bool(self._weight(mark + 1))

    def _name(self, run: list[int]) -> Name | None:
        first = run[0]
        weights = [self._weight(at) for at in run]
        before = self.tokens[first - 1] if first else None
        starts = self._starts(first)
        sure = max(weights) == 2 or len(run) > 1 or (before is not None and is_role(before.low))
        if not sure:
            sure = not starts and (not self.german or (before is not None and before.low in _PREPOSITIONS))
        if starts and len(run) == 1 and weights[0] == 1 and not self._acts(first):
            sure = False
        return Name(self.tokens[first].start, self.tokens[run[-1]].end, first, run[-1], tuple(run), sure)

    def _acts(self, at: int) -> bool:
        """Whether a sentence's first word is followed as a subject is: by a genitive or by nothing of its own kind."""
        nxt = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return self.tokens[at].low.endswith("'s") or (nxt is not None and nxt.text == "-")


def read_names(tokens: Sequence[Token], language: Language, taken: set[int]) -> list[Name]:
    """All names among the tokens, in order; those in `taken` (token indices: dates, quantities) are passed over."""
    return Reader(tokens, language, taken).read()
