"""Read an authored case (`cases/*.gold`): prose a line a sentence, offsets computed, labels derived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from reportedly.errors import UsageError
from reportedly.evaluation.annotate import Clause, Line, annotate
from reportedly.evaluation.gold import (
    About,
    Block,
    Gold,
    GoldSentence,
    Question,
    SummaryLine,
    Twin,
    TwinVerdict,
    Verdict,
)
from reportedly.evaluation.markup import CLAUSE, ELLIPSIS, TAIL, MarkupError, Tail, read_marked, read_tail
from reportedly.schema import Article, Language, Record, Span

HINT: Final = "the grammar is in evals/README.md"
LAYOUTS: Final = {"blank": "\n\n", "lines": "\n", "run-on": " "}
"""What stands between two paragraphs."""
_BLOCKS: Final = {
    "# ": Block.HEADLINE,
    "## ": Block.SUBHEAD,
    "> ": Block.TEASER,
    "! ": Block.CAPTION,
    "~ ": Block.CREDIT,
}
_SECTION: Final = re.compile(r"^=== (summary|reference|twins)$")
_KEY: Final = re.compile(r"^([a-z]+): +(.+)$")


class Front(Record):
    """What stands between the two `---` lines."""

    id: str
    language: Language
    topic: str
    title: str | None = None
    publisher: str | None = None
    published: datetime | None = None
    url: str | None = None
    note: str | None = None
    layout: Literal["blank", "lines", "run-on"] = "blank"
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Authored:
    """One case, ready to be written as a line of `cases.jsonl`."""

    name: str
    question: Question
    gold: Gold
    about: About


@dataclass(slots=True)
class _Page:
    """The raw lines of a file by section, each with its line number."""

    front: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: {"body": []})


def read_authored(path: Path, suite: Path) -> Authored:
    """The case in one `.gold` file of the suite's folder. Raises UsageError naming file, line and what to do."""
    return read_case(path.read_text(encoding="utf-8"), path, suite)


def read_case(raw: str, path: Path, suite: Path) -> Authored:
    """The case in a text of that form; `path` is where it comes from. Raises UsageError as `read_authored` does."""
    page = _split(raw, path)
    try:
        front = Front.model_validate_strings(page.front)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path.name}: front matter, {first['loc'][0]}: {first['msg']}", hint=HINT) from None
    whole = (suite / front.file).read_text(encoding="utf-8") if front.file else None
    lines = list(_body(path, page.sections["body"]))
    text = _compose(lines, LAYOUTS[front.layout]) if whole is None else _locate(path, lines, whole)
    sentences = _annotated(path, lines, text)
    names = {line.tail.name: line.id for line in lines if line.tail.name}
    article = Article(
        id=front.id,
        text=text if whole is None else "",
        title=front.title,
        language=front.language,
        url=front.url,
        published=front.published,
        publisher=front.publisher,
    )
    summaries, verdicts = _summaries(path, page.sections.get("summary", ()), names)
    twins, twin_verdicts = _twins(path, page.sections.get("twins", ()), names, (text, sentences))
    reference = " ".join(raw for _, raw in page.sections.get("reference", ()) if raw) or None
    return Authored(
        name=front.id,
        question=Question(article=article, file=front.file, summaries=summaries, twins=twins),
        gold=Gold(sentences=sentences, reference=reference, verdicts=verdicts, twins=twin_verdicts),
        about=About(
            language=front.language,
            topic=front.topic,
            note=front.note,
            source=path.relative_to(suite).as_posix(),
        ),
    )


def _complain(path: Path, number: int, what: str) -> UsageError:
    return UsageError(f"{path.name}:{number}: {what}", hint=HINT)


def _split(raw: str, path: Path) -> _Page:
    lines = raw.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise _complain(path, 1, "a case starts with its front matter between two '---' lines")
    end = lines.index("---", 1)
    page = _Page()
    for number, line in enumerate(lines[1:end], 2):
        if not (match := _KEY.match(line)):
            raise _complain(path, number, f"front matter has the form 'key: value', not {line!r}")
        page.front[match[1]] = match[2].strip()
    current = page.sections["body"]
    for number, line in enumerate(lines[end + 1 :], end + 2):
        if match := _SECTION.match(line.rstrip()):
            current = page.sections.setdefault(match[1], [])
        elif line.startswith("==="):
            raise _complain(path, number, f"there is no section {line!r}; there are summary, reference, twins")
        elif not line.startswith("%"):
            current.append((number, line.strip()))
    return page


def _body(path: Path, raw: Iterable[tuple[int, str]]) -> Iterator[Line]:
    """The sentences in order, not yet placed in a text."""
    paragraph, fresh, last, count = -1, True, Block.PROSE, 0
    for number, content in raw:
        if not content:
            fresh = True
            continue
        mark = next((mark for mark in _BLOCKS if content.startswith(mark)), "")
        block = _BLOCKS.get(mark, Block.PROSE)
        same_teaser = block is Block.TEASER and last is Block.TEASER
        if fresh or (block is not Block.PROSE and not same_teaser) or block is not last:
            paragraph += 1
        fresh, last, count = False, block, count + 1
        try:
            yield _line(number, count, content[len(mark) :], block, paragraph)
        except MarkupError as error:
            raise _complain(path, number, str(error)) from None


def _line(number: int, sentence: int, content: str, block: Block, paragraph: int) -> Line:
    words, _, gold = content.partition(TAIL)
    clauses = words.strip().split(CLAUSE)
    tails = [read_tail(part) for part in gold.split(CLAUSE)] if gold else [Tail() for _ in clauses]
    if len(clauses) != len(tails):
        raise MarkupError(f"{len(clauses)} clauses and {len(tails)} readings; both are parted by {CLAUSE.strip()!r}")
    if not gold and block is Block.CREDIT:
        tails[0].words.add("none")
    elif not gold and block is not Block.PROSE:
        raise MarkupError(f"say what this {block.value} is: ' || none', ' || flat', ' || article', …")
    return Line(
        number=number,
        id=sentence,
        block=block,
        paragraph=paragraph,
        clauses=[Clause(marked=read_marked(clause), tail=tail) for clause, tail in zip(clauses, tails, strict=True)],
    )


def _compose(lines: list[Line], gap: str) -> str:
    """Join the sentences to a text and write into each clause where it stands."""
    out: list[str] = []
    length, paragraph = 0, 0
    for line in lines:
        for position, clause in enumerate(line.clauses):
            between = " " if position or line.paragraph == paragraph else gap
            if out:
                out.append(between)
                length += len(between)
            out.append(clause.marked.text)
            clause.start, clause.end = length, length + len(clause.marked.text)
            length = clause.end
        paragraph = line.paragraph
    return "".join(out)


def _locate(path: Path, lines: list[Line], text: str) -> str:
    """Find each clause, given whole or as `first words … last words`, in a text of its own."""
    cursor = 0
    for line in lines:
        for clause in line.clauses:
            first, _, last = clause.marked.text.partition(ELLIPSIS)
            start = text.find(first, cursor)
            end = text.find(last, start + len(first)) if start >= 0 and last else start + len(first)
            if min(start, end) < 0:
                raise _complain(path, line.number, f"not found in the text after the sentence before: {first!r}")
            clause.start, clause.end = start, end + len(last)
            cursor = clause.end
    return text


def _annotated(path: Path, lines: list[Line], text: str) -> tuple[GoldSentence, ...]:
    done: list[GoldSentence] = []
    for line in lines:
        try:
            done.append(annotate(line, lines, done, text))
        except (MarkupError, ValidationError) as error:
            what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise _complain(path, line.number, what) from None
    return tuple(done)


def _named(path: Path, number: int, names: dict[str, int], wanted: str) -> int:
    if wanted not in names:
        raise _complain(path, number, f"no sentence is named #{wanted}")
    return names[wanted]


def _summaries(
    path: Path, raw: Iterable[tuple[int, str]], names: dict[str, int]
) -> tuple[tuple[SummaryLine, ...], tuple[Verdict, ...]]:
    summaries: list[SummaryLine] = []
    verdicts: list[Verdict] = []
    for number, content in raw:
        if not content:
            continue
        words, _, gold = content.partition(TAIL)
        try:
            tail = read_tail(gold)
        except MarkupError as error:
            raise _complain(path, number, str(error)) from None
        if tail.codes is None:
            raise _complain(path, number, "a summary needs ' || ok' or a finding code, for example ' || C101'")
        name = tail.name or f"s{len(summaries) + 1:03}"
        of = tail.fields.get("of", "").replace(",", " ").split()
        summaries.append(SummaryLine(id=name, text=words.strip()))
        numbers = tuple(_named(path, number, names, wanted.removeprefix("#")) for wanted in of)
        verdicts.append(Verdict(id=name, codes=tail.codes, sentences=numbers, tests=tail.tests))
    return tuple(summaries), tuple(verdicts)


def _twins(
    path: Path,
    raw: Iterable[tuple[int, str]],
    names: dict[str, int],
    placed: tuple[str, tuple[GoldSentence, ...]],
) -> tuple[tuple[Twin, ...], tuple[TwinVerdict, ...]]:
    text, sentences = placed
    twins: list[Twin] = []
    verdicts: list[TwinVerdict] = []
    for number, content in raw:
        if not content:
            continue
        words, _, gold = content.partition(TAIL)
        try:
            tail, planted = read_tail(gold), read_marked(words.strip()).text
        except MarkupError as error:
            raise _complain(path, number, str(error)) from None
        if "after" in tail.fields:
            name = tail.fields["after"].removeprefix("#")
            at = 0 if name == "start" else sentences[_named(path, number, names, name) - 1].span.end
            planted, gone = (planted + " ", "") if at == 0 else (" " + planted, "")
        else:
            gone = tail.fields.get("instead", "")
            at = text.find(gone) if gone else -1
            if at < 0:
                raise _complain(path, number, 'say where: after=#sentence, after=start or instead="words of the text"')
        twin = tail.name or f"t{len(twins) + 1:03}"
        twins.append(
            Twin(
                id=twin,
                text=text[:at] + planted + text[at + len(gone) :],
                planted=Span(start=at, end=at + len(planted)),
                at=at,
                replaced=len(gone),
            )
        )
        label = tail.fields.get("label")
        verdicts.append(
            TwinVerdict(
                id=twin,
                codes=tail.codes or (),
                silent="silent" in tail.words,
                changes=label is not None,
                label=label,
                tests=tail.tests,
            )
        )
    return tuple(twins), tuple(verdicts)
