"""Markdown: rendered to plain text, a block a line, so that no markup or link target is read as a claim.

Offsets in reports count in that plain text. What is dropped: heading, list, quote and emphasis marks, link targets,
pictures with their alternative text, comments and tags, fence lines, reference definitions, front matter (whose title,
date, lang, url and publisher are kept as such). Kept as they stand: words in code, struck-out words, bare addresses,
and stars or underscores inside words („Nutzer*innen“), which CommonMark would take for emphasis.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from reportedly.sources.interface import Limits, Manuscript, read_capped
from reportedly.sources.oddities import of_encoding
from reportedly.sources.page import hides
from reportedly.text.decoding import decode

# Linear each: every class excludes the character that ends it, so no match is tried further than to the next one.
_COMMENT: Final = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_FENCE: Final = re.compile(r"[ \t]*(?:```|~~~)")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_HEADING_END: Final = re.compile(r"(?<=[ \t])#+[ \t]*$")
_RULE: Final = re.compile(r"[ \t]*(?:[*_=-][ \t]*){3,}$|[ \t]*=+[ \t]*$")
_TABLE_RULE: Final = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)+$")
_DEFINITION: Final = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*\S")
_FOOTNOTE: Final = re.compile(r" {0,3}\[\^[^\[\]]+\]:[ \t]*")
_BULLET: Final = re.compile(r"[ \t]*[*+-][ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE: Final = re.compile(r"(?:[ \t]*>)+[ \t]?")
_PICTURE: Final = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
_LINK: Final = re.compile(r"\[([^\[\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]*\])")
_NOTE_MARK: Final = re.compile(r"\[\^[^\[\]]+\]")
_ADDRESS: Final = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_TAG: Final = re.compile(r"</?([a-zA-Z][\w-]*+)([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w-]++)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"']++))?")
_CODE: Final = re.compile(r"(?<!`)(`++)([^`]+)\1(?!`)")
_STRONG: Final = re.compile(r"(?<![\w*\\])\*{1,3}(?=[^\s*])([^*]+)(?<=[^\s\\])\*{1,3}(?![\w*])")
_UNDER: Final = re.compile(r"(?<![\w\\])_{1,3}(?=[^\s_])([^_]+)(?<=[^\s\\])_{1,3}(?!\w)")
_STRUCK: Final = re.compile(r"~~([^~]+)~~")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_FRONT: Final = re.compile(
    r"\A---[ \t]*\r?\n(?P<fields>(?:(?!---|\.\.\.)[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_FIELD: Final = re.compile(
    r"(?m)^(title|date|published|lang|language|url|link|publisher|source)[ \t]*:[ \t]*([^\r\n]*)"
)


def read(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Manuscript]:
    """One article of Markdown."""
    decoded = decode(read_capped(stream, limits))
    fields, body = _front_matter(decoded.text)
    yield Manuscript(
        where,
        where,
        plain(body),
        title=fields.get("title"),
        language=fields.get("lang") or fields.get("language"),
        url=fields.get("url") or fields.get("link"),
        published=fields.get("published") or fields.get("date"),
        publisher=fields.get("publisher") or fields.get("source"),
        findings=of_encoding(decoded),
    )


def plain(markdown: str) -> str:
    """The words of a Markdown text, in linear time."""
    lines: list[str] = []
    fenced = False
    for line in _without_hidden(_COMMENT.sub("", markdown)).replace("\r\n", "\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(line)
        elif (words := _block(line)) is not None:
            lines.append(words)
    return "\n".join(lines).strip("\n")


def _without_hidden(text: str) -> str:
    """The text without the content of HTML elements that a browser does not show."""
    parts, done, hiding, depth = list[str](), 0, "", 0
    for tag in _TAG.finditer(text):
        closes, name = tag[0].startswith("</"), tag[1].lower()
        if hiding and name == hiding:
            depth += -1 if closes else 1
            if depth == 0:
                hiding, done = "", tag.end()
        elif not hiding and not closes and hides(name, _attributes(tag[2])):
            parts.append(text[done : tag.start()])
            hiding, depth = name, 1
    return "".join((*parts, "" if hiding else text[done:])) if parts else text


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(written)}


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    fields = {name: value.strip().strip("\"'") for name, value in _FIELD.findall(match["fields"])}
    return fields, text[match.end() :]


def _block(line: str) -> str | None:
    """The words of one line; None where it is markup only."""
    line = _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line
    if line.strip() and any(mark.match(line) for mark in (_RULE, _TABLE_RULE)):
        return None
    if _FOOTNOTE.match(line):
        line = _FOOTNOTE.sub("", line, count=1)
    elif _DEFINITION.match(line):
        return None
    if _HEADING.match(line):
        line = _HEADING_END.sub("", _HEADING.sub("", line, count=1))
    else:
        line = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    if line.startswith("|"):
        line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return _inline(line)


def _inline(line: str) -> str:
    """The words of one line; inside `code`, marks are words."""
    pieces = _CODE.split(line)
    pieces[::3] = map(_without_marks, pieces[::3])
    del pieces[1::3]  # the backticks
    return "".join(pieces).rstrip(" \t")


def _without_marks(words: str) -> str:
    words = _LINK.sub(r"\1", _PICTURE.sub("", words))
    words = _TAG.sub("", _ADDRESS.sub(r"\1", _NOTE_MARK.sub("", words)))
    for pattern in (_STRONG, _STRONG, _UNDER, _STRUCK):  # twice: *one* inside **two**
        words = pattern.sub(r"\1", words)
    return html.unescape(_ESCAPED.sub(r"\1", words))
