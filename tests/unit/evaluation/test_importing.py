"""Own data becomes a suite; on the shared data our metrics are those of its scoring script."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluation.gold import GoldSentence
from reportedly.evaluation.importing import import_rows, write_suite
from reportedly.evaluation.proving import prove
from reportedly.evaluation.running import run_suite
from reportedly.evaluation.suite import Suite, Task, read_suite
from reportedly.schema import Article, Attribution, Claim, Firmness, SourceKind, Status
from tests.unit.evaluation.oracle import Oracle

TEXT = "The Echo reported a sale. Ames denied it. Why?"
ARTICLE = {
    "id": "a",
    "text": TEXT,
    "lang": "en",
    "sentences": [
        {"start": 0, "end": 26, "label": "rumour", "source": "The Echo", "source_kind": "media", "cue": "reported"},
        {"start": 26, "end": 41, "label": "denied", "source": "Ames", "source_kind": "media", "cue": "denied"},
        {"start": 42, "end": 46, "label": "none", "alt": ["stated"]},
    ],
}
PAIR = {"id": "p", "article": "a", "sentences": [0], "summary": "A sale took place.", "verdict": "inflated"}


def write(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_labelled_sentences_and_pairs_become_a_proven_suite(tmp_path: Path) -> None:
    manifest, cases = import_rows([write(tmp_path, ARTICLE, PAIR)], "Own data")
    write_suite(tmp_path / "own", manifest, cases)
    suite = read_suite(tmp_path / "own")
    assert suite.manifest.tasks == (Task.STATUS, Task.CERTAINTY)
    assert prove(suite, {}) == ()
    rumour, denied, question = suite.cases[0].expected_output.sentences
    assert rumour.span.of(TEXT) == "The Echo reported a sale."
    assert rumour.claims[0].cue is not None
    assert rumour.claims[0].cue.of(TEXT) == "reported"
    assert denied.claims[0].kind == "party"
    assert (question.label, question.alt) == ("none", ("stated",))
    assert suite.cases[0].expected_output.verdicts[0].codes == ("C101", "C102", "C106")
    assert suite.cases[0].expected_output.verdicts[0].sentences == (1,)
    with pytest.raises(UsageError, match="suite already"):
        write_suite(tmp_path / "own", manifest, cases)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (({"id": "a"},), "needs a 'text'"),
        ((ARTICLE, ARTICLE), "second article"),
        ((PAIR,), "no text for the article 'a'"),
        ((ARTICLE, {**PAIR, "verdict": "odd"}), "no verdict 'odd'"),
        (({"id": "a", "text": "One.", "sentences": [{"start": 0, "end": 4, "label": "odd"}]},), "odd"),
        (({"id": "a", "text": "One.", "sentences": [{"start": 4, "end": 9, "label": "none"}]},), "no words"),
        (({"id": "a", "text": "One."},), "nothing is labelled"),
        (({"text": "One."},), "rows.jsonl:1: id"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, rows: tuple[object, ...], complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        import_rows([write(tmp_path, *rows)], "Own data")
    assert complaint in caught.value.message


def muddle(name: str, sentence: GoldSentence, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Loses or flattens some claims, in a fixed but irregular way."""
    turn = (sentence.span.start + len(name)) % 7
    if turn == 0:
        return ()
    if turn == 1:
        return tuple(told(claim, Firmness.ASSERTED, Status.STATED) for claim in claims)
    if turn == 2:
        return tuple(told(claim, Firmness.POSSIBLE, Status.SPECULATION) for claim in claims)
    return claims


def told(claim: Claim, firmness: Firmness, status: Status) -> Claim:
    attribution = Attribution(kind=SourceKind.ARTICLE)
    return claim.model_copy(update={"status": status, "firmness": firmness, "attribution": attribution})


def printed_by(script: Path, *arguments: Path) -> str:
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.shared
@pytest.mark.parametrize("file", ["de_dev.jsonl", "de_dev2.jsonl", "en_dev.jsonl", "en_dev2.jsonl"])
async def test_metrics_are_those_of_the_shared_scoring_script(shared: Path, tmp_path: Path, file: str) -> None:
    gold = shared / "data" / "status" / file
    manifest, cases = import_rows([gold], file)
    suite = Suite(name="own", folder=tmp_path, manifest=manifest, cases=cases)
    assert prove(suite, {}) == ()
    oracle = Oracle(suite, muddle)
    ours = (await run_suite(suite, oracle, "muddled")).metrics
    found = tmp_path / "found.jsonl"
    lines = []
    for case in cases:
        report = await oracle.read(Article(id=case.name, text=case.inputs.article.text), summarise=False)
        claims = [{**claim.span.model_dump(), "status": claim.status} for claim in report.claims]
        lines.append(json.dumps({"id": case.name, "claims": claims}) + "\n")
    found.write_text("".join(lines), encoding="utf-8")
    script = shared / "data" / "score_status.py"
    theirs = json.loads(printed_by(script, gold, found))
    for name in ("accuracy", "macro_f1", "unsure_f1", "unsure_told_flat"):
        assert ours[name].value == pytest.approx(theirs[name], abs=6e-5), name
    assert 0.5 < theirs["accuracy"] < 0.95
