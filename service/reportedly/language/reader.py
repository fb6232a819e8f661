"""Reads an article sentence by sentence: who vouches for what, and how firmly."""

from __future__ import annotations

from functools import cache

from reportedly.language.discourse import Machine, Quoting
from reportedly.language.evidence import Observation
from reportedly.language.grammar import Grammar, View
from reportedly.language.headings import heads_corrected
from reportedly.language.quotes import Quotations
from reportedly.language.reading import Reading
from reportedly.language.sources import SourceBook
from reportedly.language.tokens import Tokens
from reportedly.schema import Language, Sentence, SentenceKind

_SILENT = frozenset({SentenceKind.QUESTION, SentenceKind.CREDIT, SentenceKind.FRAGMENT})
"""Kinds of segments that never bear a claim."""

_UNQUOTED = Quoting()
WHOLE = 0.8
"""Share of a sentence's tokens inside quotation marks from which all of it counts as quoted (marks and a full stop
outside make up the rest in short quotations)."""

BARE = 7
"""Most tokens of a sentence without a verb that tells nothing checkable („Kritik vom Trainer.“; in labelled articles
ten of eleven such sentences bear no claim, of the longer ones one in six)."""


@cache
def grammar_for(language: Language) -> Grammar | None:
    """The grammar of a language, loaded at first use; None for a language without one."""
    if language is Language.GERMAN:
        from reportedly.language.german import German

        return German()
    if language is Language.ENGLISH:
        from reportedly.language.english import English

        return English()
    return None


def observe(
    text: str,
    sentences: tuple[Sentence, ...],
    grammar: Grammar,
    publisher: str | None,
    tokens: Tokens | None = None,
) -> tuple[list[Observation | None], list[Quoting]]:
    """What the grammar finds in every sentence, and how it stands to quotation marks."""
    tokens = Tokens(text) if tokens is None else tokens
    ranges = [tokens.within(s.span.start, s.span.end) for s in sentences]
    breaks = frozenset(
        span.start
        for i, span in enumerate(ranges)
        if i and sentences[i].paragraph != sentences[i - 1].paragraph and len(span)
    )
    quotes = Quotations(tokens, breaks)
    owner = publisher.lower() if publisher else None
    seen: list[Observation | None] = []
    quoting: list[Quoting] = []
    for sentence, span in zip(sentences, ranges, strict=True):
        quoting.append(_quoting(quotes, span))
        if sentence.kind in _SILENT or not len(span):
            seen.append(None)
            continue
        view = View(tokens, span.start, span.stop, sentence.span.start, sentence.span.end, sentence.kind, quotes, owner)
        found = grammar.observe(view)
        short = len(span) <= BARE and quoting[-1] == _UNQUOTED
        bare = found.verbless and not found.evidence and (short or sentence.kind is SentenceKind.HEADING)
        seen.append(None if found.asks or bare else found)
    return seen, quoting


def _quoting(quotes: Quotations, span: range) -> Quoting:
    if not quotes.spans or not len(span):
        return _UNQUOTED
    depth = quotes.depth
    inside = span.start > 0 and bool(depth[span.start] and depth[span.start - 1])
    return Quoting(inside, sum(depth[span.start : span.stop]) >= WHOLE * len(span))


def read(
    text: str,
    sentences: tuple[Sentence, ...],
    language: Language,
    *,
    publisher: str | None = None,
    title: str | None = None,
) -> tuple[Reading, ...]:
    """One reading for each checkable proposition of an article, in order; spans partition the sentences they stand in.

    `text` holds no hidden characters, offsets count its code points. Questions, credits, fragments and bare headings
    give none. An article in a language without a grammar gives none at all.
    """
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    tokens = Tokens(text)
    seen, quoting = observe(text, sentences, grammar, publisher, tokens)
    readings = Machine(sentences, seen, SourceBook(text, grammar.roles)).run(quoting)
    return tuple(heads_corrected(readings, sentences, tokens, grammar))
