"""Reads an article sentence by sentence: who vouches for what, and how firmly."""

from __future__ import annotations

from functools import cache

from reportedly.language.discourse import Machine
from reportedly.language.evidence import Observation
from reportedly.language.grammar import Grammar, View
from reportedly.language.quotes import Quotations
from reportedly.language.reading import Reading
from reportedly.language.sources import SourceBook
from reportedly.language.tokens import Tokens
from reportedly.schema import Language, Sentence, SentenceKind

_SILENT = frozenset({SentenceKind.QUESTION, SentenceKind.CREDIT, SentenceKind.FRAGMENT})
"""Kinds of segments that never bear a claim."""


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
    text: str, sentences: tuple[Sentence, ...], grammar: Grammar, publisher: str | None
) -> tuple[list[Observation | None], list[bool]]:
    """What the grammar finds in every sentence, and which of them open inside a quotation."""
    tokens = Tokens(text)
    ranges = [tokens.within(s.span.start, s.span.end) for s in sentences]
    breaks = frozenset(
        span.start
        for i, span in enumerate(ranges)
        if i and sentences[i].paragraph != sentences[i - 1].paragraph and len(span)
    )
    quotes = Quotations(tokens, breaks)
    owner = publisher.lower() if publisher else None
    seen: list[Observation | None] = []
    quoted: list[bool] = []
    for sentence, span in zip(sentences, ranges, strict=True):
        inside = bool(len(span)) and span.start > 0 and bool(quotes.depth[span.start] and quotes.depth[span.start - 1])
        quoted.append(inside)
        if sentence.kind in _SILENT or not len(span):
            seen.append(None)
            continue
        view = View(tokens, span.start, span.stop, sentence.span.start, sentence.span.end, sentence.kind, quotes, owner)
        found = grammar.observe(view)
        bare = sentence.kind is SentenceKind.HEADING and found.verbless and not found.evidence
        seen.append(None if found.asks or bare else found)
    return seen, quoted


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
    observations, quoted = observe(text, sentences, grammar, publisher)
    return tuple(Machine(text, SourceBook(text, grammar.roles)).run(sentences, observations, quoted))
