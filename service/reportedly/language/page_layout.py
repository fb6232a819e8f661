"""What a piece of text is on the page: lines joined into paragraphs, and the kind of each segment."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

from reportedly.schema import SentenceKind

_HEADING_CHARS: Final = 120
"""A headline or subheading is one line; print headlines of the corpora read here stay under this."""
_HEADLINE_CHARS: Final = 160
"""A first line that ends with a full stop may be longer and still be the headline (agency headlines)."""
_LEAST_BODY: Final = 300
"""A first line with a full stop is a headline only over a paragraph longer than this."""
_TEASER_CHARS: Final = 400
"""A teaser is two or three sentences; longer paragraphs belong to the body."""
_TEASER_SENTENCES: Final = 4
_CREDIT_CHARS: Final = 240
_MARK_CHARS: Final = 90
"""Longest agency mark in brackets („(APA/Reuters, red, 3.4.2016)“) that was met, with room."""
_LAST_LINE_WORDS: Final = 4
"""A last line without a full stop and with no more words is left over from the page, not a sentence."""
_WRAP_CHARS: Final = 120
"""Hard-wrapped text has no longer lines; text with longer ones has a paragraph a line."""
_WRAP_SHARE: Final = 0.2
"""Share of line ends inside a sentence from which on a text counts as hard-wrapped."""
_TITLE_CASE: Final = 0.6
"""Share of capitals among the longer words from which on a sentence is in English title case."""

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_ENDED: Final = frozenset(".!?…:;")
_CLOSING: Final = "\"'“”’‘»«)]›‹ "
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")
_DATELINE = re.compile(
    r"(?:[A-ZÄÖÜ][\w.'’/-]+(?:[ /][A-ZÄÖÜ][\w.'’-]+){0,3}(?:, [\w.]+(?: \w+)?){0,2} ?)?"
    r"(?:\([^()]{2,40}\) )?(?:–|—|--?) (?=[\w\"“„»(])"
)
_WIRE = re.compile(
    r"(?<!\S)[A-Z][A-Z.'’/]+(?: [A-Z][A-Z.'’/]+){0,3}(?:, ?[\w.]+(?: \w+\.?){0,3})?"
    r" ?\((?:Thomson )?(?:Reuters[\w ]*|AP|AFP|Xinhua|UPI|Bloomberg|CNN|dpa|TASS|PA)\) ?(?:–|—|--?) "
)
_PAGE_MARK = re.compile(
    r"REUTERS/\w[\w.'’-]*(?: (?:van|von|de|der|al|el|la))*(?: [A-Z][\w.'’-]+)"
    r"(?:/(?:Illustration|Files?(?: Photo)?|Pool|Handout|Photo|via \w+))*"
    r"|\((?:Xinhua|AFP|AP|EPA|Reuters|REUTERS|dpa|APA|Getty)(?:/[^()]{2,60}| [Pp]hoto[^()]{0,60}| Images[^()]{0,60})\)"
    r"|Slideshow \(\d{1,3} Images?\)"
)
_TWEET = re.compile(r"(?:[–—-]+ )?[^()\n]{1,40} \(@\w{1,15}\)(?: .{0,24})?")
"""Who wrote a tweet that a page shows: „— Name (@name) May 1, 2018“."""
_BYLINE = re.compile(r"(?:By|BY|Von|VON) [A-ZÄÖÜ]")
_BYLINE_SMALL: Final = frozenset({"and", "und", "for", "für", "de", "von", "van", "in", "aus"})
_ABOVE_TEASER: Final = frozenset({SentenceKind.HEADING, SentenceKind.QUESTION, SentenceKind.PROSE})
_TERMS = re.compile(r"[a-zäöü.]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or other piece that stands by itself."""

    start: int
    end: int
    lines: int


@dataclass(slots=True)
class Segment:
    """A sentence-to-be."""

    start: int
    end: int
    block: int
    kind: SentenceKind = SentenceKind.PROSE


@dataclass(frozen=True, slots=True)
class _Marks:
    credit: tuple[str, ...]
    photo: tuple[str, ...]
    agencies: frozenset[str]
    fragment: tuple[str, ...]
    whole: frozenset[str]


@cache
def _marks() -> _Marks:
    tables = tomllib.loads((resources.files(__package__) / "data" / "layout.toml").read_text(encoding="utf-8"))
    credit, fragment = tables["credit"], tables["fragment"]
    return _Marks(
        credit=tuple(credit["starts"]),
        photo=tuple(credit["photo"]),
        agencies=frozenset(credit["agencies"]),
        fragment=tuple(fragment["starts"]),
        whole=frozenset(fragment["whole"]),
    )


def blocks_of(text: str) -> list[Block]:
    """The pieces of a page: lines, joined where a line end is only a wrap."""
    lines = [
        (found.start() + len(line) - len(line.lstrip()), found.start() + len(line.rstrip()))
        for found in _LINE.finditer(text)
        if not (line := found[0]).isspace()
    ]
    width = _wrap_width(text, lines)
    blocks: list[Block] = []
    for start, end in lines:
        if blocks and _goes_on(text, blocks[-1].end, start, width):
            last = blocks[-1]
            blocks[-1] = Block(last.start, end, last.lines + 1)
        else:
            blocks.append(Block(start, end, 1))
    return blocks


def _adjacent(text: str, end: int, start: int) -> bool:
    """Whether one line end, and no blank line, lies between."""
    gap = text[end:start]
    return len(gap) < 2 or gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") < 2


def _open_end(text: str, end: int) -> bool:
    """Whether a line ends with no mark that ends a sentence."""
    tail = text[max(0, end - 4) : end].rstrip(_CLOSING)
    return not tail or tail[-1] not in _ENDED


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width at which the text is hard-wrapped, or 0 where a line is a paragraph."""
    if len(lines) < 3 or max(end - start for start, end in lines) > _WRAP_CHARS:
        return 0
    adjacent = inside = 0
    for (_, end), (start, _) in pairwise(lines):
        if _adjacent(text, end, start):
            adjacent += 1
            inside += text[start].islower() and _open_end(text, end)
    if not inside or inside < _WRAP_SHARE * adjacent:
        return 0
    return max(end - start for start, end in lines)


def _goes_on(text: str, end: int, start: int, width: int) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if not _adjacent(text, end, start):
        return False
    if text[start].islower() and _open_end(text, end):
        return True
    if not width:
        return False
    line_start = max(text.rfind("\n", max(0, end - width - 4), end), text.rfind("\r", max(0, end - width - 4), end)) + 1
    first_word = text[start : start + width].partition(" ")[0]
    return end - line_start + 1 + len(first_word) > width


def wire_start(text: str, start: int, end: int) -> int:
    """Where, in the first sentence of a page, the text of the agency begins behind what the page put before it."""
    found = _WIRE.search(text, start, min(end, start + _TEASER_CHARS))
    return found.start() if found else start


def page_mark_end(text: str, start: int, end: int) -> int:
    """Where a photo credit or link mark that opens a piece ends, with prose behind it; else `start`."""
    if text[start] not in "R(S":
        return start
    found = _PAGE_MARK.match(text, start, end)
    return found.end() if found and text[found.end() : found.end() + 1].isspace() else start


def name_kinds(text: str, blocks: list[Block], segments: list[Segment]) -> None:
    """Give each segment its kind, in place."""
    first: dict[int, int] = {}
    count: dict[int, int] = {}
    for index, segment in enumerate(segments):
        first.setdefault(segment.block, index)
        count[segment.block] = count.get(segment.block, 0) + 1
    for segment in segments:
        block = blocks[segment.block]
        segment.kind = _kind_of_words(text, segment)
        if count[segment.block] == 1 and segment.kind is SentenceKind.PROSE:
            segment.kind = _kind_of_line(text, block, segment.block, blocks)
    _name_captions(text, segments)
    _name_teasers(text, segments)


def _kind_of_words(text: str, segment: Segment) -> SentenceKind:
    start, end = segment.start, segment.end
    marks = _marks()
    head = text[start : min(end, start + 48)].lower()
    if end - start <= _CREDIT_CHARS and head.startswith(marks.credit):
        return SentenceKind.CREDIT
    if text[start] in "([" and end - start <= _MARK_CHARS and _is_agency_mark(text[start:end], marks):
        return SentenceKind.CREDIT
    if end - start <= _MARK_CHARS and _TWEET.fullmatch(text, start, end):
        return SentenceKind.CREDIT
    if head.startswith("file photo:"):
        return SentenceKind.CAPTION
    if end - start <= _CREDIT_CHARS and head.startswith(marks.fragment):
        return SentenceKind.FRAGMENT
    if end - start < 64 and (head.strip(".!?:…*-– ") in marks.whole or _is_fragment(text[start:end])):
        return SentenceKind.FRAGMENT
    if text[max(start, end - 4) : end].rstrip(_CLOSING).endswith("?"):
        return SentenceKind.QUESTION
    return SentenceKind.PROSE


def _is_agency_mark(words: str, marks: _Marks) -> bool:
    if words.rstrip(". ")[-1] not in ")]":
        return False
    return bool(_DATE.search(words)) or not marks.agencies.isdisjoint(_TERMS.findall(words.lower().replace(".", "")))


def _is_fragment(words: str) -> bool:
    """List marks, bare addresses, figures, marks alone."""
    if sum(letter.isalpha() for letter in words) < 2:
        return True
    first = words.partition(" ")[0]
    return ("@" in first and "." in first) or (first == words and ("://" in words or words.startswith("www.")))


def _kind_of_line(text: str, block: Block, index: int, blocks: list[Block]) -> SentenceKind:
    """A block of one sentence: heading, byline, left-over line, or prose."""
    words = text[block.start : block.end]
    if _BYLINE.match(words) and len(words) < _MARK_CHARS and _all_names(words):
        return SentenceKind.CREDIT
    if block.lines > 2 or len(words) > _HEADLINE_CHARS:
        return SentenceKind.PROSE
    last = index == len(blocks) - 1
    if _open_end(text, block.end):
        if len(words) > _HEADING_CHARS or words[0] in "-•*–●▪■►·":
            return SentenceKind.PROSE
        if last and index:
            return SentenceKind.FRAGMENT if len(words.split()) <= _LAST_LINE_WORDS else SentenceKind.PROSE
        return SentenceKind.HEADING
    if index == 0 and not last and words[-1] not in ":;":
        following = blocks[1]
        body = text[following.start : following.end]
        if _DATELINE.match(body) or "(Reuters)" in body[:200] or "(Xinhua)" in body[:200] or _title_case(words):
            return SentenceKind.HEADING
        if len(words) <= _HEADING_CHARS and len(body) > _LEAST_BODY:
            return SentenceKind.HEADING
    return SentenceKind.PROSE


def _all_names(words: str) -> bool:
    return all(word[0].isupper() or word in _BYLINE_SMALL or not word[0].isalpha() for word in words.split())


def _title_case(words: str) -> bool:
    longer = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) >= _TITLE_CASE * len(longer)


def _name_captions(text: str, segments: list[Segment]) -> None:
    """A short block right before a photo credit tells what the photo shows."""
    photo = _marks().photo
    for before, credit in pairwise(segments):
        if (
            credit.kind is SentenceKind.CREDIT
            and text[credit.start : credit.end].lower().startswith(photo)
            and before.kind in (SentenceKind.PROSE, SentenceKind.HEADING)
            and before.end - before.start <= _TEASER_CHARS
        ):
            before.kind = SentenceKind.CAPTION


def _name_teasers(text: str, segments: list[Segment]) -> None:
    """What stands between the headline and the dateline, photo, byline or first subheading is the teaser."""
    for index, segment in enumerate(segments[: _TEASER_SENTENCES + 3]):
        if not index:
            if segment.kind not in _ABOVE_TEASER or _DATELINE.match(text, segment.start):
                return
            continue
        ends = segment.kind in (SentenceKind.CAPTION, SentenceKind.CREDIT) or (
            segment.kind is SentenceKind.PROSE and bool(_DATELINE.match(text, segment.start, segment.end))
        )
        if not ends:
            continue
        above = segments[:index]
        prose = [s for s in above if s.kind is SentenceKind.PROSE]
        if index < len(segments) - 1 and len(prose) <= _TEASER_SENTENCES and _short(prose):
            for one in prose:
                one.kind = SentenceKind.TEASER
        return


def _short(prose: list[Segment]) -> bool:
    return sum(segment.end - segment.start for segment in prose) <= _TEASER_CHARS
