"""German verb forms: whether a word is a finite verb, and in which mood; from paradigms, built once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final, NamedTuple

FINITE: Final = 1
"""A form that agrees with a subject."""
INFINITIVE: Final = 2
PARTICIPLE: Final = 4
"""Participle II."""
ZU: Final = 8
"""Infinitive with „zu“ inside: „mitzuteilen“."""
REPORTIVE: Final = 16
"""Konjunktiv I that no indicative form equals: „sei“, „komme“ (third person)."""
UNREAL: Final = 32
"""Konjunktiv II that no preterite equals: „wäre“, „käme“."""
PAST: Final = 64
PLURAL: Final = 128

_DENTAL: Final = ("t", "d", "chn", "ffn", "tm", "dm", "gn", "ckn", "dn", "bn", "pfn")
"""Stems that take an e before t: „ordnete“."""
_BORROWED: Final = {
    "ieren": FINITE | INFINITIVE | PLURAL,
    "iert": FINITE,
    "iere": FINITE | REPORTIVE,
    "ierte": FINITE | PAST,
    "ierten": FINITE | PAST | PLURAL,
}
"""Endings of verbs in -ieren, whatever their stem."""
SHORTEST: Final = 3
"""Least letters of a stem in -ieren („agieren“)."""
_AUXILIARIES: Final = """
sein: ist sind war waren / sei seien / wäre wären / gewesen
haben: hat haben hatte hatten / habe / hätte hätten / gehabt
werden: wird werden wurde wurden ward / werde / würde würden / geworden worden
können: kann können konnte konnten / könne / könnte könnten / gekonnt
müssen: muss müssen musste mussten / müsse / müsste müssten / gemusst
dürfen: darf dürfen durfte durften / dürfe / dürfte dürften / gedurft
sollen: soll sollen sollte sollten / solle / / gesollt
wollen: will wollen wollte wollten / wolle / / gewollt
mögen: mag mögen mochte mochten / möge / möchte möchten / gemocht
wissen: weiß wissen wusste wussten / wisse / wüsste wüssten / gewusst
"""
"""Infinitive: indicative / Konjunktiv I that is no indicative / Konjunktiv II / participles."""


class Form(NamedTuple):
    """One reading of a word form."""

    lemma: str
    traits: int


def auxiliaries() -> Iterator[tuple[str, Form]]:
    """Every form of the auxiliary and modal verbs."""
    for line in _AUXILIARIES.strip().splitlines():
        lemma, rest = line.split(":")
        indicative, first, second, participles = (part.split() for part in rest.split("/"))
        for form in indicative:
            plural = PLURAL if form.endswith("n") else 0
            yield form, Form(lemma, FINITE | plural | (INFINITIVE if form == lemma else 0))
        if lemma not in indicative:
            yield lemma, Form(lemma, INFINITIVE)
        for form in first:
            yield form, Form(lemma, FINITE | REPORTIVE | (PLURAL if form.endswith("n") else 0))
        for form in second:
            yield form, Form(lemma, FINITE | UNREAL | (PLURAL if form.endswith("n") else 0))
        for form in participles:
            yield form, Form(lemma, PARTICIPLE)


def _stem(infinitive: str) -> str:
    return infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]


def strong(lemma: str, present: str, past: str, unreal: str, participle: str) -> Iterator[tuple[str, int]]:
    """Forms of a strong or mixed verb from its principal parts."""
    stem = _stem(lemma)
    yield lemma, FINITE | INFINITIVE | PLURAL
    yield present, FINITE
    if stem + "e" != past:
        yield stem + "e", FINITE | REPORTIVE
    yield past, FINITE | PAST
    plural = past + ("n" if past.endswith("e") else "en")
    yield plural, FINITE | PAST | PLURAL
    if unreal not in (past, stem + "e"):
        yield unreal, FINITE | UNREAL
        if unreal + "n" not in (lemma, plural):
            yield unreal + "n", FINITE | UNREAL | PLURAL
    yield participle, PARTICIPLE


def weak(lemma: str, participle: bool = True) -> Iterator[tuple[str, int]]:
    """Forms of a weak verb."""
    stem = _stem(lemma)
    link = "e" if stem.endswith(_DENTAL) else ""
    yield lemma, FINITE | INFINITIVE | PLURAL
    yield stem + link + "t", FINITE
    yield stem + "e", FINITE | REPORTIVE
    if stem.endswith("el"):
        yield stem[:-2] + "le", FINITE | REPORTIVE
    yield stem + link + "te", FINITE | PAST
    yield stem + link + "ten", FINITE | PAST | PLURAL
    if participle:
        prefix = "" if lemma.endswith("ieren") or _inseparable(lemma) else "ge"
        yield prefix + stem + link + "t", PARTICIPLE


_INSEPARABLE: Final = ("be", "er", "ver", "zer", "ent", "emp", "miss", "ge", "über", "unter", "wider", "hinter")
_NOT_PREFIXED: Final = frozenset(
    ("beten", "beugen", "beben", "erben", "ernten", "ehren", "gehren", "geizen", "gären", "beichten")
)


def _inseparable(lemma: str) -> bool:
    return lemma.startswith(_INSEPARABLE) and lemma not in _NOT_PREFIXED


def _sizes(prefixes: Iterable[str]) -> tuple[int, ...]:
    """The lengths of the prefixes, longest first."""
    return tuple(sorted({len(prefix) for prefix in prefixes}, reverse=True))


class Paradigms:
    """All verb forms known: look-up by form, prefixes resolved on the way."""

    def __init__(self) -> None:
        with files("reportedly.language").joinpath("data", "de_verbs.toml").open("rb") as stream:
            data: dict[str, Any] = tomllib.load(stream)
        self._forms: dict[str, list[Form]] = {}
        self._strong: dict[str, list[str]] = {}
        for line in data["strong"].split("\n"):
            if parts := line.split():
                self._strong[parts[0]] = parts
                for form, traits in strong(*parts):
                    self._forms.setdefault(form, []).append(Form(parts[0], traits))
        for lemma in data["weak"].split():
            if lemma not in self._strong:
                for form, traits in weak(lemma):
                    self._forms.setdefault(form, []).append(Form(lemma, traits))
        for form, entry in auxiliaries():
            self._forms[form] = [entry]
        self.particles = frozenset(data["separable"].split())
        self._fused = tuple(sorted(data["inseparable"].split(), key=len, reverse=True))
        self._sizes = (_sizes(self.particles), _sizes(self._fused))

    def forms(self, word: str) -> list[Form]:
        """Every reading of a lower-case word as a verb; empty if it is none that we know."""
        found = self._forms.get(word)
        if found is None:
            found = self._borrowed(word) or self._prefixed(word)
        return found

    def _borrowed(self, word: str) -> list[Form]:
        """A verb in -ieren: „moderierte“."""
        at = word.rfind("ier")
        traits = _BORROWED.get(word[at:]) if at >= SHORTEST - 1 else None
        if traits is None:
            return []
        lemma = word[:at] + "ieren"
        found = [Form(lemma, traits)]
        if word.endswith("iert"):
            found.append(Form(lemma, PARTICIPLE))
        return found

    def _prefixed(self, word: str) -> list[Form]:
        """A verb with a prefix that never parts, or with a particle written together with it."""
        return self._fuse(word) or self._join(word)

    def _fuse(self, word: str) -> list[Form]:
        found: list[Form] = []
        for size in self._sizes[1]:
            prefix = word[:size]
            if len(word) > size + 2 and prefix in self._fused:
                rest = word[size:]
                base = self._forms.get(rest)
                if base:
                    participle = PARTICIPLE if rest.startswith("ge") else 0
                    found += [Form(prefix + f.lemma, f.traits) for f in base if not f.traits & participle]
                whole = self._forms.get("ge" + rest, ())  # „verkauft“, „vergangen“, „verstanden“
                found += [Form(prefix + f.lemma, PARTICIPLE) for f in whole if f.traits & PARTICIPLE]
                if found:
                    break
        return found

    def _join(self, word: str) -> list[Form]:
        found: list[Form] = []
        for size in self._sizes[0]:
            prefix = word[:size]
            if len(word) > size + 2 and prefix in self.particles:
                rest = word[size:]
                base = self._forms.get(rest) or self._borrowed(rest) or self._fuse(rest)
                if base:
                    return [Form(prefix + f.lemma, f.traits) for f in base]
                if rest.startswith("zu") and (base := self._forms.get(rest[2:]) or self._borrowed(rest[2:])):
                    zu = [Form(prefix + f.lemma, ZU) for f in base if f.traits & INFINITIVE]
                    if zu:
                        return zu
        return found

    def inflect(self, lemma: str) -> Iterator[tuple[str, int]]:
        """The forms of any verb without its particle; strong verbs and their derivatives by their principal parts."""
        parts = self._strong.get(lemma)
        if parts is not None:
            yield from strong(*parts)
            return
        for prefix in self._fused:
            parts = self._strong.get(lemma[len(prefix) :]) if lemma.startswith(prefix) else None
            if parts is not None:
                bare = parts[4]
                participle = bare[2:] if bare.startswith("ge") else bare
                present, past, unreal = (prefix + part for part in parts[1:4])
                yield from strong(lemma, present, past, unreal, prefix + participle)
                return
        yield from weak(lemma)
