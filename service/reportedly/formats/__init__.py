"""Where reports go: terminal text, JSON, JSONL, Markdown, HTML, published standards. Every format takes
terminal records one by one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TextIO

from reportedly.formats.flags import FlagDocument, FlagLines, flag_record
from reportedly.formats.interface import Format
from reportedly.formats.machine import ReportDocument, ReportLines, record_of, report_line
from reportedly.formats.markdown import Markdown
from reportedly.formats.standards import Annotations, ClaimTable, SchemaOrgClaims
from reportedly.formats.text import TerminalText
from reportedly.schema import Language


class FormatName(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    SCHEMA_ORG = "schema-org"
    ANNOTATIONS = "annotations"


def html_report(out: TextIO, language: Language | None = None) -> Format:
    """One page; its own words are in `language`, without it in that of the first article."""
    # Jinja costs 40 ms to import, which no other format should pay.
    from reportedly.formats.html import HtmlReport

    return HtmlReport(out, language)


FOR_REPORTS: Final[dict[FormatName, Callable[[TextIO], Format]]] = {
    FormatName.TEXT: TerminalText,
    FormatName.JSON: ReportDocument,
    FormatName.JSONL: ReportLines,
    FormatName.MARKDOWN: Markdown,
    FormatName.HTML: html_report,
    FormatName.CSV: ClaimTable,
    FormatName.SCHEMA_ORG: SchemaOrgClaims,
    FormatName.ANNOTATIONS: Annotations,
}
"""Whole reports, as `reportedly summarise` writes them."""

FOR_FLAGS: Final[dict[FormatName, Callable[[TextIO], Format]]] = {
    **FOR_REPORTS,
    FormatName.JSON: FlagDocument,
    FormatName.JSONL: FlagLines,
}
"""Claims only, as `reportedly flag` writes them."""

__all__ = ["FOR_FLAGS", "FOR_REPORTS", "Format", "FormatName", "flag_record", "html_report", "record_of", "report_line"]
