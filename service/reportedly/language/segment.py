"""Cut a text into numbered sentences with exact offsets, and say what each one is on the page."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from reportedly.language.page_layout import Segment, blocks_of, name_kinds, page_mark_end, wire_start
from reportedly.language.sentence_ends import load_segment_words, sentence_ends, stops_of
from reportedly.schema import Language, Sentence, Span

_WIRE_BLOCKS: Final = 2
"""The line of an agency stands in the first or second paragraph."""
_SAMPLE_CHARS: Final = 20_000
"""Code points from which the language is told; a news article is a fifth of that."""
_LEAST_SHARE: Final = 0.08
"""Share of function words under which a text is in neither language: German and English news have 0.25 and more."""
_LEAST_LEAD: Final = 1.25
"""How many times more function words the winner needs: the lists share „in“, „an“, „was“ with other languages."""
_LETTERS = re.compile(r"[^\W\d_]+")


def segment(text: str, language: Language) -> tuple[Sentence, ...]:
    """Cut `text` into sentences, headings, credits and other pieces, in reading order.

    Spans count code points, have no white space at their ends, do not overlap, and together hold every character of
    `text` that is no white space. A sentence ends inside a quotation where a full stop ends it there; its closing
    quotation mark goes with it. Time is linear in the length of the text.
    """
    stops = stops_of(language)
    blocks = blocks_of(text)
    pieces: list[Segment] = []
    for number, block in enumerate(blocks):
        wire = wire_start(text, block.start, block.end) if number < _WIRE_BLOCKS else block.start
        for start, end in ((block.start, wire), (wire, block.end)):
            begun = start
            for cut in sentence_ends(text, start, end, stops):
                begun = _add(text, pieces, begun, cut, number)
            _add(text, pieces, begun, end, number)
    name_kinds(text, blocks, pieces)
    return tuple(
        Sentence(id=index, span=Span(start=piece.start, end=piece.end), kind=piece.kind, paragraph=piece.block)
        for index, piece in enumerate(pieces, 1)
    )


def _add(text: str, pieces: list[Segment], start: int, end: int, block: int) -> int:
    """Add `text[start:end]` without its white space, if anything is left; return where the next piece begins."""
    words = text[start:end]
    inner = words.strip()
    if inner:
        begin = start + len(words) - len(words.lstrip())
        stop = begin + len(inner)
        if (mark := page_mark_end(text, begin, stop)) > begin:
            pieces.append(Segment(begin, mark, block))
            return _add(text, pieces, mark, end, block)
        pieces.append(Segment(begin, stop, block))
    return end


@cache
def _stopwords() -> dict[Language, frozenset[str]]:
    tables = load_segment_words()
    return {
        language: frozenset(tables[language.value]["stopwords"].split())
        for language in (Language.GERMAN, Language.ENGLISH)
    }


def detect_language(text: str) -> Language:
    """Tell German from English by their function words; `und` where neither has enough of them."""
    words = _LETTERS.findall(text[:_SAMPLE_CHARS].lower())
    if not words:
        return Language.UNKNOWN
    counts = {language: sum(map(known.__contains__, words)) for language, known in _stopwords().items()}
    best = max(counts, key=lambda language: counts[language])
    other = min(counts, key=lambda language: counts[language])
    if counts[best] < _LEAST_SHARE * len(words) or counts[best] < _LEAST_LEAD * counts[other]:
        return Language.UNKNOWN
    return best
