"""The English lexicon: classes of words as bits, verb forms, reporting verbs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from reportedly.language.lexicon import Lexicon, Word
from reportedly.schema import Firmness

_NAMES: Final = (
    "determiner", "pronoun", "first", "be", "have", "do", "modal", "negation", "to", "that", "as", "coordinator",
    "subordinator", "relative", "wh", "preposition", "adverb", "time", "imperative", "allegation", "utterance",
    "predicate", "state", "respond",
)  # fmt: skip
FLAGS: Final = {name: 1 << n for n, name in enumerate(_NAMES)}
(
    DETERMINER, PRONOUN, FIRST, BE, HAVE, DO, MODAL, NEGATION, TO, THAT, AS, COORDINATOR, SUBORDINATOR, RELATIVE, WH,
    PREPOSITION, ADVERB, TIME, IMPERATIVE, ALLEGATION, UTTERANCE, PREDICATE, STATE, RESPOND,
) = FLAGS.values()  # fmt: skip
"""`allegation`: nouns for what can be denied; `utterance`: for what can be issued and then say something; `predicate`:
adjectives that take "that"; `state`: what somebody is reported ("reported dead"); `respond`: main verbs after which a
trailing participle tells what was said ("thanked them, saying …")."""
FUNCTION: Final = (
    DETERMINER | PRONOUN | FIRST | BE | HAVE | DO | MODAL | NEGATION | TO | THAT | AS | COORDINATOR | SUBORDINATOR
    | RELATIVE | WH | PREPOSITION
)  # fmt: skip
"""The closed classes: words that carry no content."""
_BASE: Final = len(_NAMES)
PLAIN: Final = 1 << _BASE
"""A verb's base form."""
THIRD: Final = 2 << _BASE
PAST: Final = 4 << _BASE
PARTICIPLE: Final = 8 << _BASE
GERUND: Final = 16 << _BASE
REPORT: Final = 32 << _BASE
"""A form of a verb under [[verb]]."""
CAPITAL: Final = 64 << _BASE
MARK: Final = 128 << _BASE
NUMBER: Final = 256 << _BASE
POSSESSIVE: Final = 512 << _BASE
"""Ends in "'s" or "s'": a possessive, or a noun with a short "is"."""
PLURAL: Final = 1024 << _BASE
"""Looks like a plural noun."""
STUDY: Final = 2048 << _BASE
"""A study, document or the like: it shows and finds."""
PARTY: Final = 4096 << _BASE
"""A noun of a role that can speak."""
VERB: Final = PLAIN | THIRD | PAST | PARTICIPLE | GERUND
AUXILIARY: Final = BE | HAVE | DO | MODAL

_SHORTEST: Final = 4
"""Unlisted words longer than this and in -ed or -ing read as verb forms ("bed", "king" don't)."""
_SHORT_VOWEL: Final = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_NOT_PLURAL: Final = ("ss", "us", "is")
_UNFINITE: Final = frozenset(("been", "being", "be", "having"))
"""Forms of auxiliaries that make no clause by themselves."""


@cache
def _data() -> dict[str, Any]:
    with files("reportedly.language").joinpath("data", "en.toml").open("rb") as stream:
        return tomllib.load(stream)


def group(name: str) -> frozenset[str]:
    """A set of words from [groups] of data/en.toml."""
    words: str = _data()["groups"][name]
    return frozenset(words.split())


class Verb(NamedTuple):
    """A reporting verb: an entry of [[verb]]."""

    lemma: str
    rule: str
    takes: str
    """See data/en.toml."""
    firmness: Firmness | None


def inflect(base: str) -> tuple[str, str, str, str]:
    """3rd person, preterite, participle and -ing form of a regular verb."""
    if base.endswith("e"):
        return base + "s", base + "d", base + "d", (base if base.endswith("ee") else base[:-1]) + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    if _doubled(base):
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ed", base + base[-1] + "ing"
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return third, base + "ed", base + "ed", base + "ing"


def _doubled(base: str) -> bool:
    """Whether the last consonant of a base form is doubled ("putting"): words of one syllable with a short vowel."""
    return bool(_SHORT_VOWEL.fullmatch(base))


_NOT_ADVERBS: Final = group("no_adverb")
_PLURALS: Final = group("irregular_plural")


class EnglishLexicon(Lexicon):
    """data/en.toml with verb forms."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._uses: dict[str, tuple[Verb, ...]] = {}
        super().__init__("en", FLAGS)
        self._studies = frozenset(self.data["roles"]["study"].split())
        self._parties = frozenset(self.data["roles"]["party"].split())
        tables = self.data["forms"]
        self._irregular: dict[str, tuple[str, str, str]] = {}
        for line in tables["irregular"].strip().splitlines():
            base, third, past, participle = line.split()
            self._irregular[base] = (third, past, participle)
        listed: dict[str, list[Verb]] = {}
        for verb in self.reporting():
            listed.setdefault(verb.lemma, []).append(verb)
        for base in {*self._irregular, *tables["common"].split(), *listed}:
            uses = tuple(listed.get(base, ()))
            for form, bit in self.inflected(base):
                self._forms[form] = self._forms.get(form, 0) | bit
                if uses:
                    self._uses[form] = (*self._uses.get(form, ()), *uses)

    def inflected(self, base: str) -> Iterator[tuple[str, int]]:
        """The forms of a verb, each with its bit."""
        parts = self._irregular.get(base)
        third, past, participle, gerund = inflect(base)
        if parts is not None:
            third, past, participle = parts
            if past.endswith(base[-1] * 2 + "ed"):
                gerund = base + base[-1] + "ing"
            if base in ("lie", "die", "tie"):
                gerund = base[:-2] + "ying"
        yield base, PLAIN
        yield third, THIRD
        yield past, PAST
        yield participle, PARTICIPLE
        yield gerund, GERUND

    def reporting(self) -> Iterator[Verb]:
        """Every reporting verb of the data file, in its order."""
        for entry in self.data["verb"]:
            firmness = Firmness(entry["firmness"]) if "firmness" in entry else None
            for lemma in dict.fromkeys(entry["verbs"].split()):
                yield Verb(lemma, entry["rule"], entry["takes"], firmness)

    def analyse(self, word: Word) -> None:
        """Add verb forms, reporting verbs and the shape of the word."""
        if "’" in word.low:
            word.low = word.low.replace("’", "'")
            word.flags |= self._flags.get(word.low, 0)
            word.cue = self._cues.get(word.low)
            word.phrases = self.phrases_of(word.low)
        low, first = word.low, word.text[:1]
        flags = word.flags
        if not first.isalnum():
            word.flags = flags | MARK
            return
        if first.isdigit():
            word.flags = flags | NUMBER
            return
        forms = self._forms.get(low, 0)
        if not forms and not flags and low.endswith("ly") and first.islower() and low not in _NOT_ADVERBS:
            flags |= ADVERB
        if not forms and not flags & FUNCTION and len(low) > _SHORTEST:
            forms = PAST | PARTICIPLE if low.endswith("ed") else GERUND if low.endswith("ing") else 0
        flags |= forms
        uses: Any = self._uses.get(low)
        if uses is not None:
            word.more = uses
            flags |= REPORT
        if low.endswith(("'s", "s'")):
            flags |= POSSESSIVE
        elif low in _PLURALS or (low.endswith("s") and not low.endswith(_NOT_PLURAL) and len(low) > 3):
            flags |= PLURAL
        if first.isupper():
            flags |= CAPITAL
        if low in self._studies:
            flags |= STUDY
        if low in self._parties:
            flags |= PARTY
        word.flags = flags


def is_plain_finite(word: Word) -> bool:
    """Whether a finite form can't be a participle: an auxiliary, or "went"."""
    return bool(word.flags & AUXILIARY) or not word.flags & PARTICIPLE


def is_finite_auxiliary(word: Word) -> bool:
    """Whether a form of be, have, do or a modal verb makes a clause."""
    return bool(word.flags & AUXILIARY) and word.low not in _UNFINITE
