"""The scorecard as one HTML page that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from reportedly.evaluation.comparing import METRIC_BY_NAME, Comparison, Flip, compare
from reportedly.evaluation.estimating import Estimate
from reportedly.evaluation.judging import Item
from reportedly.evaluation.running import CaseResult, Run
from reportedly.evaluation.scorecard.drawing import Markup, bars, confusion_matrix, join, scatter, tag
from reportedly.evaluation.scorecard.wording import change, interval, number, title_of, verdict
from reportedly.evaluation.suite import CaseLine, Suite

STYLE: Final = files("reportedly.evaluation.scorecard").joinpath("page.css")
MAIN: Final = ("macro_f1", "balanced_accuracy", "twins", "faults", "coverage")
"""What stands for quality against cost: the first of these that a run has."""


def to_html(run: Run, suite: Suite, before: Run | None = None, others: Sequence[Run] = ()) -> str:
    """The page of a run; with `before`, what changed since; with `others`, where it stands among them."""
    comparison = compare(before, run) if before else None
    ran = run.ran
    parts = [
        tag("h1", f"{ran.suite} on {ran.engine}"),
        tag("p", suite.manifest.about),
        tag("p", tag("small", f"{len(run.cases)} cases, suite {ran.digest}, reportedly {ran.version}, "),
            tag("small", "intervals: 95 %, articles resampled")),
        _metrics(run, comparison),
    ]  # fmt: skip
    if run.confusion:
        parts += [tag("h2", "Which label is taken for which"), confusion_matrix(run.confusion)]
    if run.slices:
        ordered = dict(sorted(run.slices.items(), key=lambda entry: (entry[1].value, entry[0])))
        parts += [tag("h2", "By phenomenon"), bars(ordered, "Share right by phenomenon")]
    if run.codes:
        parts += [tag("h2", "By finding code"), bars(run.codes, "Precision and recall by finding code")]
    parts += _against_cost([run, *([before] if before else []), *others])
    by_name = {case.name: case for case in suite.cases}
    if comparison and before:
        parts += [tag("h2", f"Flipped: {len(comparison.flips)}"), *_flipped(comparison, before, run, by_name)]
    else:
        parts += [tag("h2", "Every miss"), *_missed(run, by_name)]
    page = tag(
        "html",
        tag("head", Markup('<meta charset="utf-8">'), Markup('<meta name="viewport" content="width=device-width">'),
            tag("title", f"{ran.suite} on {ran.engine}"), tag("style", Markup(STYLE.read_text(encoding="utf-8")))),
        tag("body", *parts),
        lang="en",
    )  # fmt: skip
    return f"<!doctype html>\n{page}\n"


def _metrics(run: Run, comparison: Comparison | None) -> Markup:
    rows = []
    for name, one in run.metrics.items():
        cells = [
            tag("td", title_of(name)),
            tag("td", number(one.value, METRIC_BY_NAME.get(name)), class_="n"),
            tag("td", interval(name, one), class_="n"),
            tag("td", one.n, class_="n"),
        ]
        moved = comparison.metrics.get(name) if comparison else None
        if moved:
            cells.append(tag("td", change(moved), " ", verdict(name, moved), class_=verdict(name, moved) or "n"))
        rows.append(tag("tr", *cells))
    head = ["metric", "value", "interval", "n", *(["change"] if comparison else [])]
    return tag("table", tag("tr", *(tag("th", word) for word in head)), *rows)


def _against_cost(runs: Sequence[Run]) -> list[Markup]:
    """Quality against what it costs; nothing where there is only one run that costs nothing."""
    points: list[tuple[str, float, Estimate]] = []
    for run in runs:
        main = next((run.metrics[name] for name in MAIN if name in run.metrics), None)
        if main:
            cost = run.metrics.get("cost")
            points.append((run.ran.engine, cost.value if cost else 0.0, main))
    if len(points) < 2 and not any(cost for _, cost, _ in points):
        return []
    return [tag("h2", "Cost against quality"), scatter(points, "dollars a case", "quality")]


def _flipped(comparison: Comparison, before: Run, after: Run, cases: dict[str, CaseLine]) -> list[Markup]:
    flips: dict[str, list[Flip]] = {}
    for flip in comparison.flips:
        flips.setdefault(flip.case, []).append(flip)
    results = [{case.name: case for case in run.cases} for run in (before, after)]
    parts = []
    for name, own in flips.items():
        lost = sum(not flip.better for flip in own)
        marked = frozenset((flip.after.kind, flip.after.id) for flip in own)
        columns = [
            tag("div", tag("strong", run.ran.engine, " ", run.ran.version), _reading(result[name], cases[name], marked))
            for run, result in zip((before, after), results, strict=True)
        ]
        head = tag("summary", f"{name}: {len(own) - lost} to right, {lost} to wrong")
        parts.append(tag("details", head, tag("div", *columns, class_="pair"), open=""))
    return parts


def _missed(run: Run, cases: dict[str, CaseLine]) -> list[Markup]:
    parts = []
    for result in run.cases:
        wrong = [item for item in result.items if not item.right]
        if wrong:
            marked = frozenset((item.kind, item.id) for item in wrong)
            head = tag("summary", f"{result.name}: {len(wrong)} of {len(result.items)}")
            parts.append(tag("details", head, tag("div", _reading(result, cases[result.name], marked), class_="pair")))
    return parts


def _reading(result: CaseResult, case: CaseLine, marked: frozenset[tuple[str, str]]) -> Markup:
    """The article's sentences, summaries and twins, each with what was got and what is right."""
    lines = []
    for item in result.items:
        shown = "right" if item.right else "wrong"
        flipped = " flipped" if (item.kind, item.id) in marked else ""
        said = item.got if item.right else f"{item.got}, gold {item.gold}"
        lines.append(tag("p", _words(item, case), " ", tag("small", f"[{said}]"), class_=shown + flipped))
    return join(lines)


def _words(item: Item, case: CaseLine) -> str:
    if item.kind == "sentence":
        sentence = next(one for one in case.expected_output.sentences if str(one.id) == item.id)
        return sentence.span.of(case.inputs.article.text)
    if item.kind == "summary":
        return next(one.text for one in case.inputs.summaries if one.id == item.id)
    if item.kind == "fault":
        return case.metadata.note or case.name
    twin = next(one for one in case.inputs.twins if one.id == item.id)
    return twin.planted.of(twin.text)
