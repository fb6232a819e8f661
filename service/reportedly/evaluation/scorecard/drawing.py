"""HTML and SVG from Python: every text is escaped, attributes too; nothing is fetched from anywhere."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final

from reportedly.evaluation.estimating import Estimate
from reportedly.evaluation.gold import LABELS
from reportedly.evaluation.judging.tally import MISSED
from reportedly.formats.html.visible import visible


class Markup(str):
    """Text that is markup already; only `tag` makes it."""

    __slots__ = ()


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element. Children that are no `Markup` are escaped; `class_` is `class`, `stroke_width` is `stroke-width`."""
    pairs = "".join(f' {key.rstrip("_").replace("_", "-")}="{_escape(value)}"' for key, value in attributes.items())
    inside = "".join(child if isinstance(child, Markup) else _escape(child) for child in children)
    return Markup(f"<{name}{pairs}>{inside}</{name}>")


def _escape(value: object) -> str:
    return html.escape(visible(str(value)))


def join(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("".join(parts))


CELL: Final = 56
BAR: Final = 360
ROW: Final = 22
LABEL_WIDTH: Final = 190
DARKEST: Final = 0.55
"""Opacity of a full cell: a number on it must stay readable in both colour schemes."""


def confusion_matrix(confusion: dict[str, dict[str, int]]) -> Markup:
    """Gold in rows, got in columns; the darker, the larger its share of the row."""
    columns = [label for label in (*LABELS, MISSED) if any(label in row for row in confusion.values())]
    cells = []
    for across, label in enumerate(columns):
        x = LABEL_WIDTH / 2 + across * CELL + CELL / 2
        cells.append(tag("text", label[:8], x=x, y=14, text_anchor="middle"))
    for down, (gold, row) in enumerate(confusion.items()):
        y, whole = 22 + down * ROW, sum(row.values())
        cells.append(tag("text", gold, x=LABEL_WIDTH / 2 - 8, y=y + 15, text_anchor="end"))
        for across, got in enumerate(columns):
            count = row.get(got, 0)
            x = LABEL_WIDTH / 2 + across * CELL
            kind = "hit" if got == gold else "miss"
            shade = round(DARKEST * count / whole, 3)
            cells.append(tag("rect", x=x, y=y, width=CELL - 2, height=ROW - 2, class_=kind, fill_opacity=shade))
            if count:
                cells.append(tag("text", count, x=x + CELL / 2, y=y + 15, text_anchor="middle"))
    size = (LABEL_WIDTH / 2 + CELL * len(columns), 24 + ROW * len(confusion))
    return _svg(size, cells, "Confusion matrix: gold in rows, got in columns")


def bars(estimates: dict[str, Estimate], title: str) -> Markup:
    """A bar a name, with its interval as a line and n beside it."""
    drawn = []
    for down, (name, one) in enumerate(estimates.items()):
        y = down * ROW
        drawn.append(tag("text", name, x=LABEL_WIDTH - 8, y=y + 15, text_anchor="end"))
        drawn.append(tag("rect", x=LABEL_WIDTH, y=y + 3, width=BAR, height=ROW - 8, class_="ground"))
        drawn.append(tag("rect", x=LABEL_WIDTH, y=y + 3, width=round(one.value * BAR, 1), height=ROW - 8, class_="hit"))
        low, high = (round(LABEL_WIDTH + end * BAR, 1) for end in (one.low, one.high))
        drawn.append(tag("line", x1=low, x2=high, y1=y + 10, y2=y + 10, class_="whisker"))
        drawn.append(tag("text", f"{one.value:.2f} of {one.n}", x=LABEL_WIDTH + BAR + 8, y=y + 15))
    return _svg((LABEL_WIDTH + BAR + 100, ROW * len(estimates) + 4), drawn, title)


def scatter(points: list[tuple[str, float, Estimate]], across: str, up: str) -> Markup:
    """Quality against cost: a point with its interval for each run."""
    width, height, left = 520, 260, 50
    most = max((x for _, x, _ in points), default=0) or 1
    drawn = [
        tag("line", x1=left, x2=left, y1=10, y2=height, class_="axis"),
        tag("line", x1=left, x2=width, y1=height, y2=height, class_="axis"),
        tag("text", across, x=width, y=height + 30, text_anchor="end"),
        tag("text", up, x=left + 6, y=20),
        tag("text", f"{most:.4g}", x=width, y=height + 15, text_anchor="end"),
        tag("text", "1.0", x=left - 6, y=20, text_anchor="end"),
        tag("text", "0", x=left - 6, y=height, text_anchor="end"),
    ]
    for name, cost, one in points:
        x = round(left + 10 + cost / most * (width - left - 120), 1)
        low, middle, high = (round(height - value * (height - 10), 1) for value in (one.low, one.value, one.high))
        drawn.append(tag("line", x1=x, x2=x, y1=low, y2=high, class_="whisker"))
        drawn.append(tag("circle", cx=x, cy=middle, r=5, class_="hit"))
        drawn.append(tag("text", name, x=x + 9, y=middle + 4))
    return _svg((width + 20, height + 40), drawn, f"{up} against {across}")


def _svg(size: tuple[float, float], parts: list[Markup], title: str) -> Markup:
    return tag(
        "svg",
        tag("title", title),
        join(parts),
        viewBox=f"0 0 {size[0]:g} {size[1]:g}",
        width=f"{size[0]:g}",
        role="img",
        xmlns="http://www.w3.org/2000/svg",
    )
