"""Prove that a suite's gold holds: spans slice, labels follow from axes, nothing twice, every need met."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reportedly.evaluation.gold import LABELS, GoldClaim, GoldSentence
from reportedly.evaluation.suite import CASES, SOURCES, CaseLine, Suite, compile_cases, read_suite, write_cases
from reportedly.schema import RULES, Span

PHENOMENA: Final = "phenomena.toml"


def read_phenomena(evals: Path) -> dict[str, str]:
    """Every phenomenon's name and meaning, from `evals/phenomena.toml`."""
    tables = tomllib.loads((evals / PHENOMENA).read_text(encoding="utf-8"))
    return {name: meaning for table in tables.values() for name, meaning in table.items()}


def prove(suite: Suite, phenomena: dict[str, str]) -> tuple[str, ...]:
    """Everything that is wrong with a suite, a sentence each; empty where the gold holds."""
    return (
        *_out_of_step(suite),
        *_twice(suite),
        *(f"{case.name}: {wrong}" for case in suite.cases for wrong in _case(case, phenomena)),
        *_unmet(suite),
    )


def _out_of_step(suite: Suite) -> Iterator[str]:
    if not any((suite.folder / source).exists() for source in SOURCES):
        return
    if compile_cases(suite.folder) != (suite.folder / CASES).read_text(encoding="utf-8"):
        yield f"{CASES} is not what cases/*.gold compile to; run: reportedly eval compile {suite.name}"


def _twice(suite: Suite) -> Iterator[str]:
    for name, times in Counter(case.name for case in suite.cases).items():
        if times > 1:
            yield f"{times} cases are named {name!r}"
    texts: dict[str, str] = {}
    for case in suite.cases:
        if case.inputs.replies:
            continue  # one article, many ways to misbehave
        seal = hashlib.sha256(" ".join(case.inputs.article.text.split()).casefold().encode()).hexdigest()
        if seal in texts:
            yield f"{case.name} has the same text as {texts[seal]}"
        texts.setdefault(seal, case.name)


def _case(case: CaseLine, phenomena: dict[str, str]) -> Iterator[str]:
    text = case.inputs.article.text
    yield from _sentences(case.expected_output.sentences, text)
    asked = [summary.id for summary in case.inputs.summaries]
    if asked != [verdict.id for verdict in case.expected_output.verdicts]:
        yield "summaries and their verdicts don't pair up"
    yield from _repeated("summary", [summary.text for summary in case.inputs.summaries])
    yield from _repeated("summary id", asked)
    yield from _twins(case)
    last = len(case.expected_output.sentences)
    for verdict in case.expected_output.verdicts:
        if unknown := set(verdict.codes) - set(RULES):
            yield f"summary {verdict.id}: no finding code {sorted(unknown)[0]}"
        if any(not 1 <= number <= last for number in verdict.sentences):
            yield f"summary {verdict.id}: draws on a sentence that the article does not have"
    for where, tests in _tests(case):
        if unknown := set(tests) - set(phenomena):
            yield f"{where}: no phenomenon {sorted(unknown)[0]!r} in {PHENOMENA}"


def _tests(case: CaseLine) -> Iterator[tuple[str, tuple[str, ...]]]:
    gold = case.expected_output
    yield from ((f"sentence {sentence.id}", sentence.tests) for sentence in gold.sentences)
    yield from ((f"summary {verdict.id}", verdict.tests) for verdict in gold.verdicts)
    yield from ((f"twin {verdict.id}", verdict.tests) for verdict in gold.twins)
    if gold.ending:
        yield "ending", gold.ending.tests


def _repeated(what: str, values: list[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"the {what} {value!r} is there {times} times"


def _twins(case: CaseLine) -> Iterator[str]:
    text = case.inputs.article.text
    if [twin.id for twin in case.inputs.twins] != [verdict.id for verdict in case.expected_output.twins]:
        yield "twins and their verdicts don't pair up"
    for twin in case.inputs.twins:
        if twin.planted.of(twin.text) == "":
            yield f"twin {twin.id}: nothing is planted"
        if text[: twin.at] + twin.planted.of(twin.text) + text[twin.at + twin.replaced :] != twin.text:
            yield f"twin {twin.id}: differs from the article in more than the planted words"
    for verdict in case.expected_output.twins:
        if verdict.label is not None and verdict.label not in LABELS:
            yield f"twin {verdict.id}: there is no label {verdict.label!r}"


def _sentences(sentences: tuple[GoldSentence, ...], text: str) -> Iterator[str]:
    cursor = 0
    for number, sentence in enumerate(sentences, 1):
        where = f"sentence {sentence.id}"
        if sentence.id != number:
            yield f"{where}: should have number {number}"
        if sentence.span.start < cursor:
            yield f"{where}: overlaps the one before"
        cursor = sentence.span.end
        yield from _slices(where, sentence.span, text)
        for claim in sentence.claims:
            yield from _claim(where, claim, sentence, text)


def _claim(where: str, claim: GoldClaim, sentence: GoldSentence, text: str) -> Iterator[str]:
    yield from _slices(where, claim.span, text)
    if not sentence.span.contains(claim.span):
        yield f"{where}: a claim stands outside of it"
    if claim.status.value in claim.alt:
        yield f"{where}: alt repeats the label {claim.status.value}"
    if claim.cue:
        yield from _slices(f"{where}, cue", claim.cue, text)
        if not claim.span.contains(claim.cue):
            yield f"{where}: the cue stands outside of its claim"
    if claim.source_span:
        yield from _slices(f"{where}, source", claim.source_span, text)
        if claim.inherited_from is None and not sentence.span.contains(claim.source_span):
            yield f"{where}: the source stands elsewhere, but nothing is carried over"
    if claim.inherited_from is not None and claim.inherited_from >= sentence.id:
        yield f"{where}: carries over from sentence {claim.inherited_from}, which does not stand before it"


def _slices(where: str, span: Span, text: str) -> Iterator[str]:
    words = span.of(text)
    if not words.strip() or len(words) != len(span):
        yield f"{where}: the span {span.start}-{span.end} does not slice the text"
    elif words != words.strip():
        yield f"{where}: the span has white space at an end: {words!r}"


def _unmet(suite: Suite) -> Iterator[str]:
    needs, cases = suite.manifest.needs, suite.cases
    sizes = {
        "cases": (needs.cases, len(cases)),
        "summaries": (needs.summaries, sum(len(case.inputs.summaries) for case in cases)),
        "twins": (needs.twins, sum(len(case.inputs.twins) for case in cases)),
    }
    for what, (due, have) in sizes.items():
        if have < due:
            yield f"needs {due} {what}, has {have}"
    fewest, most = needs.sentences
    for case in cases:
        count = len(case.expected_output.sentences)
        if case.expected_output.ending is None and not fewest <= count <= most:
            yield f"{case.name}: has {count} sentences, not between {fewest} and {most}"
    golds = [case.expected_output for case in cases]
    present = {
        "label": (needs.statuses, {sentence.label for gold in golds for sentence in gold.sentences}),
        "code": (needs.codes, {code for gold in golds for verdict in gold.verdicts for code in verdict.codes}),
        "topic": (needs.topics, {case.metadata.topic for case in cases}),
        "phenomenon": (needs.tests, {test for case in cases for _, tests in _tests(case) for test in tests}),
    }
    for what, (wanted, found) in present.items():
        yield from (f"no case with the {what} {value}" for value in wanted if value not in found)


def compile_and_prove(folder: Path) -> tuple[str, ...]:
    """Compile the authored cases of a suite and prove them; returns what is wrong."""
    write_cases(folder)
    return prove(read_suite(folder), read_phenomena(folder.parent.parent))
