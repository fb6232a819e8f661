"""One reading of one article: sentences and evidence, with offsets into the shown text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.language.reader import read
from reportedly.language.reading import Reading
from reportedly.language.segment import segment
from reportedly.schema import Article, Sentence, Span
from reportedly.text.view import View, clean


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the language layer knows of an article; every offset slices `article.text`."""

    article: Article
    sentences: tuple[Sentence, ...]
    readings: tuple[Reading, ...]

    def words(self, sentence: int) -> str:
        """The text of a sentence by its number."""
        return self.sentences[sentence - 1].span.of(self.article.text)


def analyse(article: Article) -> Analysis:
    """Segments and reads the article. Hidden characters are not read; spans still slice the shown text."""
    view = clean(article.text)
    sentences = segment(view.text, article.language)
    readings = read(view.text, sentences, article.language, publisher=article.publisher, title=article.title)
    if view.text == article.text:
        return Analysis(article, sentences, readings)
    return Analysis(
        article,
        tuple(_shown_sentence(sentence, view) for sentence in sentences),
        tuple(_shown_reading(reading, view) for reading in readings),
    )


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences alone; spans slice the shown text."""
    view = clean(article.text)
    sentences = segment(view.text, article.language)
    return sentences if view.text == article.text else tuple(_shown_sentence(s, view) for s in sentences)


def _shown_sentence(sentence: Sentence, view: View) -> Sentence:
    start, end = view.source(sentence.span.start, sentence.span.end)
    return sentence.model_copy(update={"span": Span(start=start, end=end)})


def _shown_reading(reading: Reading, view: View) -> Reading:
    start, end = view.source(reading.start, reading.end)
    return replace(
        reading,
        start=start,
        end=end,
        source_at=view.source(*reading.source_at) if reading.source_at else None,
        cue_at=view.source(*reading.cue_at) if reading.cue_at else None,
    )
