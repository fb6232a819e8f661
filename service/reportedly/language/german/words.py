"""The German lexicon: classes of words as bits, verb forms, reporting verbs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final, NamedTuple

from reportedly.language.german import verbs
from reportedly.language.lexicon import Lexicon, Word

_NAMES: Final = (
    "subordinator", "content", "condition", "relative", "question", "coordinator", "determiner", "oblique",
    "preposition", "pronoun", "first", "negation", "adverb", "particle", "title", "homograph", "adjective",
)  # fmt: skip
FLAGS: Final = {name: 1 << n for n, name in enumerate(_NAMES)}
(
    SUBORDINATOR, CONTENT, CONDITION, RELATIVE, QUESTION, COORDINATOR, DETERMINER, OBLIQUE, PREPOSITION, PRONOUN,
    FIRST, NEGATION, ADVERB, PARTICLE, TITLE, HOMOGRAPH, ADJECTIVE,
) = FLAGS.values()  # fmt: skip
_BASE: Final = len(_NAMES)
FINITE: Final = verbs.FINITE << _BASE
INFINITIVE: Final = verbs.INFINITIVE << _BASE
PARTICIPLE: Final = verbs.PARTICIPLE << _BASE
ZU: Final = verbs.ZU << _BASE
REPORTIVE: Final = verbs.REPORTIVE << _BASE
UNREAL: Final = verbs.UNREAL << _BASE
PAST: Final = verbs.PAST << _BASE
PLURAL: Final = verbs.PLURAL << _BASE
AUXILIARY: Final = 256 << _BASE
"""A form of sein, haben, werden or a modal verb."""
REPORT: Final = 512 << _BASE
"""A form of a verb under [[verb]]."""
CAPITAL: Final = 1024 << _BASE
"""Written with a capital: a noun or a name, unless it opens the sentence."""
MARK: Final = 2048 << _BASE
"""Punctuation."""
VERB: Final = FINITE | INFINITIVE | PARTICIPLE | ZU

_AUXILIARIES: Final = frozenset(("sein", "haben", "werden", "können", "müssen", "dürfen", "sollen", "wollen", "mögen"))


class Verb(NamedTuple):
    """A reporting verb: an entry of [[verb]], or of [[support]] for the word that a verb needs beside it."""

    lemma: str
    rule: str
    takes: frozenset[str]
    """What makes a report of it: `clause` (dass, V2, quotation), `object`, or one of these prepositions."""
    subject: str
    """`anyone`; `person` where things don't report with it; `study`, `authority`, `media` where nobody else does;
    `known` where it must have a role or a name."""
    firmness: str | None
    passive: str
    """What the passive without an agent says: party, unnamed, possible or none."""
    particle: str
    """The particle that parts from it: „mit“ of „mitteilen“."""
    reflexive: bool
    source: str = ""
    """The preposition before the source, where it is not the subject: „aus“ of „geht aus dem Bericht hervor“."""
    negated: str = ""
    """The firmness with „nicht“: „schließt nicht aus“ is possible."""
    with_verbs: frozenset[str] = frozenset()
    """For [[support]]: the verbs whose clause the word stands in."""


def _pronominal(preposition: str) -> str:
    """„davor“ for „vor“, „darauf“ for „auf“."""
    return ("dar" if preposition[0] in "aäeiouü" else "da") + preposition


class Use(NamedTuple):
    """One reading of a form as a reporting verb."""

    verb: Verb
    traits: int
    """Bits of `verbs`; 0 for the word of a [[support]]."""
    parted: bool
    """Whether the particle stands elsewhere."""


class GermanLexicon(Lexicon):
    """data/de.toml and de_reporting.toml with the verb forms of de_verbs.toml."""

    def __init__(self) -> None:
        self.paradigms = verbs.Paradigms()
        super().__init__("de", FLAGS)
        with files("reportedly.language").joinpath("data", "de_reporting.toml").open("rb") as stream:
            self.reporting: dict[str, Any] = tomllib.load(stream)
        self.lists = {name: frozenset(words.split()) for name, words in self.data["lists"].items()}
        """Small sets of words that single rules look at."""
        self.information = tuple(self.lists["information"])
        self.things = tuple(self.lists["things"])
        self._uses: dict[str, list[Use]] = {}
        for verb in self.verbs():
            self._enter(verb)
        for verb, words in self.supports():
            for word in words:
                self._uses.setdefault(word, []).append(Use(verb, 0, False))

    def verbs(self) -> Iterator[Verb]:
        """Every reporting verb."""
        for entry in self.reporting["verb"]:
            for written in entry["verbs"].split():
                governed, *prepositions = written.split("+")
                reflexive, _, rest = governed.rpartition(":")
                particle, _, base = rest.rpartition("|")
                takes = {*entry["takes"].split(), *prepositions, *map(_pronominal, prepositions)}
                yield Verb(
                    particle + base,
                    entry["rule"],
                    frozenset(takes),
                    entry.get("subject", "anyone"),
                    entry.get("firmness"),
                    entry.get("passive", "party"),
                    particle,
                    bool(reflexive),
                    entry.get("source", ""),
                    entry.get("negated", ""),
                )

    def supports(self) -> Iterator[tuple[Verb, list[str]]]:
        """Every word that reports together with a verb."""
        for entry in self.reporting["support"]:
            lemmas = frozenset(entry["verb"].split())
            rule, firmness = entry["rule"], entry.get("firmness")
            takes = frozenset(entry.get("takes", "object clause").split())
            verb = Verb(rule, rule, takes, "person", firmness, "none", "", False, with_verbs=lemmas)
            yield verb, entry["words"].split()

    def _enter(self, verb: Verb) -> None:
        base = verb.lemma[len(verb.particle) :]
        for form, traits in self.paradigms.inflect(base):
            if not verb.particle:
                self._uses.setdefault(form, []).append(Use(verb, traits, False))
                continue
            if traits & (verbs.FINITE | verbs.PARTICIPLE):
                self._uses.setdefault(form, []).append(Use(verb, traits & ~verbs.INFINITIVE, True))
            self._uses.setdefault(verb.particle + form, []).append(Use(verb, traits, False))
            if traits & verbs.INFINITIVE:
                joined = f"{verb.particle}zu{form}"
                self._uses.setdefault(joined, []).append(Use(verb, verbs.ZU, False))

    def lemmas(self, low: str) -> frozenset[str]:
        """The verbs that a form may belong to."""
        return frozenset(form.lemma for form in self.paradigms.forms(low))

    def analyse(self, word: Word) -> None:
        """Add verb forms, reporting verbs and the shape of the word."""
        low, flags = word.low, word.flags
        first = word.text[:1]
        if not first.isalnum():
            word.flags = flags | MARK
            return
        for form in self.paradigms.forms(low):
            flags |= form.traits << _BASE
            if form.lemma in _AUXILIARIES:
                flags |= AUXILIARY
        uses: Any = self._uses.get(word.text) if first.isupper() else None
        if uses is None or all(use.traits for use in uses):
            uses = self._uses.get(low)
        if uses is not None:
            word.more = uses
            flags |= REPORT
            for use in uses:
                flags |= use.traits << _BASE
        if first.isupper() or (first.isdigit() and low != word.text):
            flags |= CAPITAL
        word.flags = flags
