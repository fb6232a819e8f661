"""Where reports go: terminal text, JSON, JSONL, Markdown, HTML. Every format takes terminal records one by one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TextIO

from reportedly.formats.flags import FlagDocument, FlagLines, flag_record
from reportedly.formats.interface import Format
from reportedly.formats.machine import ReportDocument, ReportLines, record_of, report_line
from reportedly.formats.markdown import Markdown
from reportedly.formats.text import TerminalText


class FormatName(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    HTML = "html"


def _html(out: TextIO) -> Format:
    # Jinja costs 40 ms to import, which no other format should pay.
    from reportedly.formats.html import HtmlReport

    return HtmlReport(out)


FOR_REPORTS: Final[dict[FormatName, Callable[[TextIO], Format]]] = {
    FormatName.TEXT: TerminalText,
    FormatName.JSON: ReportDocument,
    FormatName.JSONL: ReportLines,
    FormatName.MARKDOWN: Markdown,
    FormatName.HTML: _html,
}
"""Whole reports, as `reportedly summarise` writes them."""

FOR_FLAGS: Final[dict[FormatName, Callable[[TextIO], Format]]] = {
    **FOR_REPORTS,
    FormatName.JSON: FlagDocument,
    FormatName.JSONL: FlagLines,
}
"""Claims only, as `reportedly flag` writes them."""

__all__ = ["FOR_FLAGS", "FOR_REPORTS", "Format", "FormatName", "flag_record", "record_of", "report_line"]
