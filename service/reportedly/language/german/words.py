"""The German lexicon: classes of words as bits, verb forms, reporting verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from reportedly.language.german import verbs
from reportedly.language.lexicon import Lexicon, Word

_NAMES: Final = (
    "subordinator", "content", "condition", "relative", "question", "coordinator", "determiner", "oblique",
    "preposition", "pronoun", "first", "negation", "adverb", "particle", "title", "homograph",
)  # fmt: skip
FLAGS: Final = {name: 1 << n for n, name in enumerate(_NAMES)}
(
    SUBORDINATOR, CONTENT, CONDITION, RELATIVE, QUESTION, COORDINATOR, DETERMINER, OBLIQUE, PREPOSITION, PRONOUN,
    FIRST, NEGATION, ADVERB, PARTICLE, TITLE, HOMOGRAPH,
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
    """A reporting verb: an entry of [[verb]]."""

    lemma: str
    rule: str
    takes: frozenset[str]
    """What makes a report of it: `clause` (dass, V2, quotation), `object` (accusative), `to` (infinitive) or a
    preposition („von“, „vor“)."""
    subject: str
    """`anyone`, or `study` where a person does not report with it („zeigen“)."""
    firmness: str | None
    particle: str
    """The particle that parts from it: „mit“ of „mitteilen“."""


class Use(NamedTuple):
    """One reading of a form as a reporting verb."""

    verb: Verb
    traits: int
    """Bits of `verbs`."""
    parted: bool
    """Whether the particle stands elsewhere."""


class GermanLexicon(Lexicon):
    """data/de.toml with the verb forms of data/de_verbs.toml."""

    def __init__(self) -> None:
        self.paradigms = verbs.Paradigms()
        super().__init__("de", FLAGS)
        self._uses: dict[str, list[Use]] = {}
        for verb in self.reporting():
            self._enter(verb)

    def reporting(self) -> Iterator[Verb]:
        """Every reporting verb of the data file."""
        for entry in self.data["verb"]:
            for written in entry["verbs"].split():
                particle, _, base = written.rpartition("|")
                yield Verb(
                    particle + base,
                    entry["rule"],
                    frozenset(entry["takes"].split()),
                    entry.get("subject", "anyone"),
                    entry.get("firmness"),
                    particle,
                )

    def _enter(self, verb: Verb) -> None:
        base = verb.lemma[len(verb.particle) :]
        for form, traits in self.paradigms.inflect(base):
            if not verb.particle:
                self._uses.setdefault(form, []).append(Use(verb, traits, False))
                continue
            if traits & verbs.FINITE:
                self._uses.setdefault(form, []).append(Use(verb, traits & ~verbs.INFINITIVE, True))
            self._uses.setdefault(verb.particle + form, []).append(Use(verb, traits, False))
            if traits & verbs.INFINITIVE:
                joined = f"{verb.particle}zu{form}"
                self._uses.setdefault(joined, []).append(Use(verb, verbs.ZU, False))

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
        uses: Any = self._uses.get(low)
        if uses is not None:
            word.more = uses
            flags |= REPORT
            for use in uses:
                flags |= use.traits << _BASE
        if first.isupper():
            flags |= CAPITAL
        word.flags = flags
