"""Checks of summaries against labelled pairs: what is found, what is cried wolf about, and how fast.

`python -m benchmarks.pairs [F|C|all]` scores one family of checks or all (default). It needs the shared data and prints
one JSON line a set. The published figures on the two English sets: BUMP, share of pairs ranked right, BARTScore 0.92,
QAFactEval 0.84, FactCC 0.60; SummEdits (test part), balanced accuracy: GPT-4 0.83 (news), QAFactEval 0.74, people 0.9.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shared import shared_data
from reportedly.language.segment import segment
from reportedly.schema import Article, Finding, Language, Severity, Span
from reportedly.stages.check import CERTAINTY_CHECKS, CHECKS, FACT_CHECKS, Check, Material, Source, run, support_of

Row = dict[str, Any]
FAMILIES: dict[str, tuple[Check, ...]] = {"F": FACT_CHECKS, "C": CERTAINTY_CHECKS, "all": CHECKS}


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


class Desk:
    """Checks pairs; reads each article once."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = checks
        self._sources: dict[tuple[str, str], Source] = {}

    def judge(self, text: str, summary: str, language: Language) -> tuple[list[Finding], float]:
        """What is found above a note, and the mean support of the summary's sentences."""
        source = self._sources.get((language, text))
        if source is None:
            article = Article(id="pair", text=text, language=language)
            source = self._sources[language, text] = Source(article, segment(text, language))
        spans = [s.span for s in segment(summary, language)] or [Span(start=0, end=len(summary))]
        material = Material(source, summary, spans)
        found = run(material, self.checks)
        support = support_of(material, found)
        return [f for f in found if f.severity is not Severity.NOTE], sum(support) / len(support)


def articles(data: Path) -> dict[str, tuple[str, Language]]:
    """The labelled articles by id."""
    return {
        row["id"]: (row["text"], language)
        for language in (Language.GERMAN, Language.ENGLISH)
        for part in ("dev", "dev2")
        for row in rows(data / "status" / f"{language}_{part}.jsonl")
    }


def certainty(data: Path, desk: Desk, language: str) -> Row:
    """The shared scoring script's own line."""
    texts = articles(data)
    gold = data / "certainty" / f"{language}_dev.jsonl"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as found:
        for row in rows(gold):
            text, of = texts[row["article"]]
            codes = [{"code": f.code, "severity": f.severity} for f in desk.judge(text, row["summary"], of)[0]]
            found.write(json.dumps({"id": row["id"], "findings": codes}) + "\n")
        found.flush()
        script = [sys.executable, str(data / "score_pairs.py"), str(gold), found.name]
        scored: Row = json.loads(subprocess.run(script, check=True, capture_output=True, text=True).stdout)
    return scored


def natural(data: Path, desk: Desk) -> Row:
    """Sentences as a strong model writes them: nearly all faithful."""
    texts = articles(data)
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for row in rows(data / "natural" / "dev.jsonl"):
        kind = "faithful" if row["verdict"] == "faithful" else f"defect_{row['severity']}"
        found = desk.judge(texts[row["id"]][0], row["text"], texts[row["id"]][1])[0]
        total[kind] += 1
        hit[kind] += bool(found)
        codes.update({f.code for f in found} if kind == "faithful" else ())
    return {kind: f"{hit[kind]}/{total[kind]}" for kind in sorted(total)} | {"false_alarms_by_code": dict(codes)}


def bump(data: Path, desk: Desk) -> Row:
    """Minimal pairs: is the faithful one better supported, and is more found in the other?"""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(data / "faithfulness" / "en_bump_dev.jsonl"):
        good, better = desk.judge(row["source"], row["faithful_summary"], Language.ENGLISH)
        bad, worse = desk.judge(row["source"], row["unfaithful_summary"], Language.ENGLISH)
        kind = kinds[row["error_type"].removesuffix(" Error")]
        kind["pairs"] += 1
        kind["ranked"] += better > worse
        kind["found"] += bool(bad)
        kind["more"] += len(bad) > len(good)
        kind["faithful_flagged"] += bool(good)
    total = sum(kinds.values(), Counter[str]())
    shares = {name: round(total[name] / total["pairs"], 3) for name in ("ranked", "found", "more", "faithful_flagged")}
    return shares | {"by_kind": {name: dict(kind) for name, kind in sorted(kinds.items())}}


def summedits(data: Path, desk: Desk) -> Row:
    """Edited summaries: balanced accuracy of 'something is found'."""
    hit: dict[str, list[bool]] = defaultdict(list)
    for row in rows(data / "faithfulness" / "en_summedits_dev.jsonl"):
        found = bool(desk.judge(row["source"], row["summary"], Language.ENGLISH)[0])
        for name in (row["domain"], "all"):
            hit[f"{name} {row['label']}"].append(found)
    shares = {name: sum(values) / len(values) for name, values in hit.items()}
    return {
        name: {
            "balanced_accuracy": round((shares[f"{name} unfaithful"] + 1 - shares[f"{name} faithful"]) / 2, 3),
            "recall": round(shares[f"{name} unfaithful"], 3),
            "false_alarms": round(shares[f"{name} faithful"], 3),
        }
        for name in ("news", "ectsum", "all")
    }


def speed(data: Path, checks: Sequence[Check]) -> Row:
    """Processor time a pair, with each article read anew and with articles read once."""
    texts = articles(data)
    pairs = [
        (*texts[row["article"]], row["summary"])
        for language in ("de", "en")
        for row in rows(data / "certainty" / f"{language}_dev.jsonl")
    ]
    found: Row = {}
    for name, fresh in (("once", False), ("anew", True)):
        for _ in range(2):  # the first round fills the memos of words
            desk = Desk(checks)
            begun = time.process_time()
            for text, language, summary in pairs:
                (Desk(checks) if fresh else desk).judge(text, summary, language)
            taken = time.process_time() - begun
        found[f"pairs_per_second_articles_read_{name}"] = round(len(pairs) / taken)
    return found


def main() -> int:
    data = shared_data()
    if data is None:
        print("skipped: no shared data beside the repository")
        return 0
    data /= "data"
    family = sys.argv[1] if len(sys.argv) > 1 else "all"
    checks = FAMILIES[family]
    desk = Desk(checks)
    measures: dict[str, Callable[[], Row]] = {
        "certainty_de": lambda: certainty(data, desk, "de"),
        "certainty_en": lambda: certainty(data, desk, "en"),
        "natural": lambda: natural(data, desk),
        "bump": lambda: bump(data, desk),
        "summedits": lambda: summedits(data, desk),
        "speed": lambda: speed(data, checks),
    }
    for name, measure in measures.items():
        print(json.dumps({"set": name, "family": family, **measure()}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
