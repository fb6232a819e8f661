"""True sentences of an article, with other typography or with one fact changed: the checks must tell them apart.

`python -m benchmarks.tampering` prints how many of each the fact checks find, over the shared articles.
"""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared import shared_data
from reportedly.language.facts import Facts, read_facts
from reportedly.language.polarity import negates
from reportedly.language.segment import segment
from reportedly.schema import Article, Finding, Language, Sentence, SentenceKind, Severity, Span
from reportedly.stages.check import FACT_CHECKS, Alignment, Material, Source, run

SEED = 20_261_103
SHORTEST = 8
"""Words of the shortest sentence that is tampered with."""
STRANGERS = {
    Language.GERMAN: ("Zwettler", "Brandlhuber", "Kesselring", "Oberrauch", "Lindqvist", "Wolkersdorf", "Steinhude"),
    Language.ENGLISH: ("Thornbury", "Kowalczyk", "Penhaligon", "Ashcombe", "Lindqvist", "Wexford", "Harrowgate"),
}
"""Names put in; none is likely to be in an article."""


@dataclass(frozen=True)
class Variant:
    """A sentence made from one of the article's."""

    kind: str
    """`typography`, `number`, `name` or `negation`."""
    text: str
    original: int
    """Index of the article's sentence."""


def typographic(text: str, number: int) -> str:
    """The same words: with curly quotes, no-break spaces, line wraps, decomposed letters, or all at once."""
    kinds: list[Callable[[str], str]] = [
        lambda t: t.replace('"', "“").replace("'", "’").replace("-", "‑"),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace(" ", "\n", 3),
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: unicodedata.normalize("NFD", t.replace("“", '"').replace("„", '"').replace(" ", "\u202f", 4)),
    ]
    return kinds[number % len(kinds)](text)


def with_number(text: str, facts: Facts, chance: random.Random) -> str | None:
    """The sentence with one number in digits changed, or None where it has none."""
    tokens = facts.tokens
    spots = [t for t in tokens if t.kind == "number" and t.text.isdigit() and len(t.text) < 7]
    spots = [
        t for t in spots if t.end == len(text) or not (text[t.end].isalpha() or text[t.start - 1 : t.start] == "-")
    ]
    if not spots:
        return None
    spot = chance.choice(spots)
    value = int(spot.text)
    changed = value + chance.choice((1, 2, 3, 7)) if value < 100 or 1500 < value < 2100 else value * 2 + 100
    return text[: spot.start] + str(changed) + text[spot.end :]


def with_name(text: str, facts: Facts, chance: random.Random) -> str | None:
    """The sentence with one name replaced by a stranger's, or None where it has none."""
    names = [name for name in facts.names if name.sure and len(facts.tokens[name.words[-1]].text) > 3]
    if not names:
        return None
    token = facts.tokens[chance.choice(names).words[-1]]
    stranger = chance.choice(STRANGERS[facts.language])
    return text[: token.start] + stranger + text[token.end :]


def with_negation(text: str, facts: Facts, chance: random.Random) -> str | None:
    """The sentence with its one negation taken out, or one put in after an auxiliary verb, or None."""
    tokens = facts.tokens
    found = [at for at in range(len(tokens)) if negates(tokens, at)]
    out = [tokens[at] for at in found if tokens[at].low in ("not", "nicht")]
    if len(found) == 1 and out:
        return text[: out[0].start] + text[out[0].end :].lstrip()
    verbs = AUXILIARIES[facts.language]
    spots = [
        at
        for at, t in enumerate(tokens[:-1])
        if t.low in verbs and tokens[at + 1].kind == "word" and tokens[at + 1].low not in NOT_BEFORE
    ]
    if found or not spots:
        return None
    spot = tokens[chance.choice(spots)]
    negator = " nicht" if facts.language is Language.GERMAN else " not"
    return text[: spot.end] + negator + text[spot.end :]


AUXILIARIES = {
    Language.GERMAN: frozenset(("ist", "sind", "war", "waren", "hat", "haben", "wird", "wurde", "kann", "soll")),
    Language.ENGLISH: frozenset(("is", "are", "was", "were", "has", "have", "will", "would", "could", "can")),
}
NOT_BEFORE = frozenset(("nur", "mehr", "zuletzt", "nicht", "einmal", "only", "just", "more", "less", "not"))
"""„nicht nur“ is no negation."""


def variants(article: Article, sentences: tuple[Sentence, ...], chance: random.Random) -> Iterator[Variant]:
    """Every variant of every sentence of prose that is long enough."""
    for index, sentence in enumerate(sentences):
        text = sentence.span.of(article.text)
        if sentence.kind is not SentenceKind.PROSE or len(text.split()) < SHORTEST:
            continue
        facts = read_facts(text, article.language)
        yield Variant("typography", typographic(text, index), index)
        for kind, tamper in (("number", with_number), ("name", with_name), ("negation", with_negation)):
            changed = tamper(text, facts, chance)
            if changed is not None:
                yield Variant(kind, changed, index)


def judge(source: Source, variant: Variant) -> tuple[Alignment, tuple[Finding, ...]]:
    """How a variant aligns, and what is found in it above a note."""
    material = Material(source, variant.text, [Span(start=0, end=len(variant.text))])
    found = run(material, FACT_CHECKS)
    best = max(material.alignments, key=lambda alignment: alignment.score)
    return best, tuple(f for f in found if f.severity is not Severity.NOTE)


def articles(folder: Path) -> Iterator[Article]:
    """The shared raw articles, German and English in turn."""
    files = [("de_news_300.jsonl", Language.GERMAN), ("en_news_200.jsonl", Language.ENGLISH)]
    for name, language in files:
        for line in (folder / "data" / "articles" / name).read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                yield Article(id=row["id"], text=row["text"], language=language)


def main() -> int:
    folder = shared_data()
    if folder is None:
        print("skipped: no shared data beside the repository")
        return 0
    chance = random.Random(SEED)
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for article in articles(folder):
        sentences = segment(article.text, article.language)
        source = Source(article, sentences)
        for variant in variants(article, sentences, chance):
            alignment, findings = judge(source, variant)
            total[variant.kind] += 1
            found[variant.kind] += bool(findings)
            if variant.kind == "typography":
                total["aligned"] += 1
                found["aligned"] += variant.original in alignment.sources
            wrong = bool(findings) is (variant.kind == "typography")
            if wrong and shown[variant.kind] < 12 and "-v" in sys.argv:
                shown[variant.kind] += 1
                print(variant.kind, repr(variant.text), [(f.code, f.message) for f in findings])
    print(json.dumps({kind: f"{found[kind]}/{total[kind]}" for kind in sorted(total)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
