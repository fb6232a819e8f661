"""Make a suite of a newsroom's own data: JSON Lines of labelled articles, or of summaries with a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reportedly.errors import UsageError
from reportedly.evaluation.gold import NONE, About, Gold, GoldClaim, GoldSentence, Question, SummaryLine, Verdict
from reportedly.evaluation.suite import CASES, CaseLine, Manifest, Task, case_line
from reportedly.language.segment import detect_language
from reportedly.schema import Article, Firmness, Language, SourceKind, Span, Status, derive_status
from reportedly.text.shown import show

VERDICTS: Final = {
    "faithful": (),
    "inflated": ("C101", "C102", "C106"),
    "attribution_dropped": ("C102", "C101"),
    "attribution_changed": ("C103",),
    "denial_dropped": ("C104", "C101", "C102"),
    "deflated": ("C105",),
    "number_changed": ("F201", "F202", "F205"),
    "name_changed": ("F203", "F205", "C103"),
    "polarity_flipped": ("F204", "C104", "F205"),
    "invented": ("F205", "F201", "F202", "F203"),
}
"""Finding codes that are right for each verdict, the plainest first."""
_FIRMNESS: Final = {
    Status.SPECULATION: Firmness.POSSIBLE,
    Status.CONFIRMED: Firmness.CONFIRMED,
    Status.DENIED: Firmness.DENIED,
    Status.OPINION: Firmness.EVALUATED,
}
_KINDS: Final = {
    Status.RUMOUR: (SourceKind.UNNAMED, SourceKind.MEDIA),
    Status.SPECULATION: (SourceKind.ARTICLE, SourceKind.PARTY),
    Status.ATTRIBUTED: (SourceKind.PARTY,),
    Status.CONFIRMED: (SourceKind.PARTY,),
    Status.DENIED: (SourceKind.PARTY,),
    Status.OPINION: (SourceKind.ARTICLE,),
    Status.STATED: (SourceKind.ARTICLE,),
}
"""Kinds of source that each label allows; the first where the data says another or none."""


class Labelled(BaseModel):
    """A sentence as it is labelled in the data."""

    model_config = ConfigDict(frozen=True)

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    label: str
    alt: tuple[str, ...] = ()
    source: str | None = None
    source_kind: str | None = None
    cue: str | None = None
    flat: bool = False


class Row(BaseModel):
    """A line: an article with sentences, or a summary with its verdict (and its article's text or id)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    text: str | None = None
    article: str | None = None
    lang: str | None = None
    topic: str | None = None
    title: str | None = None
    sentences: tuple[Labelled | int, ...] = ()
    summary: str | None = None
    verdict: str | None = None


def import_rows(paths: Iterable[Path], title: str) -> tuple[Manifest, tuple[CaseLine, ...]]:
    """A suite of one or more files of JSON Lines. Raises UsageError naming file and line.

    An article has `id`, `text` and `sentences: [{start, end, label, alt?, source?, source_kind?, cue?, flat?}]`; a
    pair has `id`, `summary`, `verdict` and the article's `text`, or its id in `article` where the text is in another
    line. Offsets count code points.
    """
    articles: dict[str, Row] = {}
    pairs: dict[str, list[Row]] = defaultdict(list)
    for where, row in _rows(paths):
        if row.summary is not None:
            if row.verdict not in VERDICTS:
                raise UsageError(f"{where}: no verdict {row.verdict!r}; there are {', '.join(VERDICTS)}")
            key = row.article or row.id
            pairs[key].append(row)
            if row.text is not None:
                articles.setdefault(key, row.model_copy(update={"id": key, "sentences": ()}))
        elif row.text is None:
            raise UsageError(f"{where}: a line needs a 'text', or a 'summary' with a 'verdict'")
        elif row.id in articles:
            raise UsageError(f"{where}: a second article has the id {row.id!r}")
        else:
            articles[row.id] = row
    if missing := sorted(set(pairs) - set(articles)):
        raise UsageError(f"no text for the article {missing[0]!r}", hint="give the file with the articles, too")
    cases = tuple(_case(row, pairs.get(key, [])) for key, row in articles.items() if row.sentences or key in pairs)
    tasks = [Task.STATUS] if any(case.expected_output.sentences for case in cases) else []
    tasks += [Task.CERTAINTY] if pairs else []
    if not tasks:
        raise UsageError("nothing is labelled in these files", hint="see evals/README.md for the form of a line")
    return Manifest(title=title, about="Imported.", origin="Imported.", licence="unknown", tasks=tuple(tasks)), cases


def write_suite(folder: Path, manifest: Manifest, cases: tuple[CaseLine, ...]) -> None:
    """Write a suite's folder. Raises UsageError where there is one already."""
    if (folder / "suite.toml").exists():
        raise UsageError(f"{folder} is a suite already", hint="choose another name")
    folder.mkdir(parents=True, exist_ok=True)
    tasks = ", ".join(f'"{task}"' for task in manifest.tasks)
    lines = [f'{name} = "{getattr(manifest, name)}"' for name in ("title", "about", "origin", "licence")]
    (folder / "suite.toml").write_text("\n".join([*lines, f"tasks = [{tasks}]"]) + "\n", encoding="utf-8")
    (folder / CASES).write_text("".join(f"{case_line(case)}\n" for case in cases), encoding="utf-8")


def _rows(paths: Iterable[Path]) -> Iterator[tuple[str, Row]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                try:
                    yield f"{path.name}:{number}", Row.model_validate_json(line)
                except ValidationError as error:
                    first = error.errors()[0]
                    where = ".".join(str(part) for part in first["loc"])
                    raise UsageError(f"{path.name}:{number}: {where}: {first['msg']}") from None


def _case(row: Row, pairs: list[Row]) -> CaseLine:
    text = show(row.text or "").text
    language = Language(row.lang) if row.lang in {"de", "en"} else detect_language(text)
    labelled = [one for one in row.sentences if isinstance(one, Labelled)]
    sentences = tuple(_sentence(number, one, text, row.id) for number, one in enumerate(labelled, 1))
    return CaseLine(
        name=row.id,
        inputs=Question(
            article=Article(id=row.id, text=text, title=row.title, language=language),
            summaries=tuple(SummaryLine(id=pair.id, text=pair.summary or "") for pair in pairs),
        ),
        expected_output=Gold(
            sentences=sentences,
            verdicts=tuple(
                Verdict(id=pair.id, codes=VERDICTS[pair.verdict or ""], sentences=_drawn(pair, len(sentences)))
                for pair in pairs
            ),
        ),
        metadata=About(language=language, topic=row.topic or "imported"),
    )


def _drawn(pair: Row, count: int) -> tuple[int, ...]:
    """The sentences that a summary draws on, counted from 1; in the data they count from 0."""
    return tuple(one + 1 for one in pair.sentences if isinstance(one, int) and one < count)


def _sentence(number: int, one: Labelled, text: str, where: str) -> GoldSentence:
    words = text[one.start : one.end]
    inner = words.strip()
    if not inner:
        raise UsageError(f"{where}: sentence {number} ({one.start}-{one.end}) has no words")
    start = one.start + len(words) - len(words.lstrip())
    span = Span(start=start, end=start + len(inner))
    if one.label == NONE:
        return GoldSentence(id=number, span=span, flat=one.flat, instead_of_none=one.alt)
    try:
        claim = _claim(one, span, text)
    except ValueError as error:
        raise UsageError(f"{where}: sentence {number}: {error}") from None
    return GoldSentence(id=number, span=span, claims=(claim,), flat=one.flat)


def _claim(one: Labelled, span: Span, text: str) -> GoldClaim:
    status = Status(one.label)
    allowed = _KINDS[status]
    kind = next((kind for kind in allowed if kind.value == one.source_kind), allowed[0])
    firmness = _FIRMNESS.get(status, Firmness.ASSERTED)
    assert derive_status(kind, firmness) is status
    named = kind is not SourceKind.ARTICLE and one.source
    return GoldClaim(
        span=span,
        kind=kind,
        firmness=firmness,
        status=status,
        alt=tuple(label for label in one.alt if label != one.label),
        source=one.source if named else None,
        source_span=_find(one.source, span, text) if named else None,
        cue=_find(one.cue, span, text),
    )


def _find(words: str | None, span: Span, text: str) -> Span | None:
    """Where the words stand in the sentence; None where they stand elsewhere."""
    at = text.find(words, span.start, span.end) if words and words.strip() else -1
    return Span(start=at, end=at + len(words or "")) if at >= 0 else None
