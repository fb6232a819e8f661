"""The format: takes reports one by one and writes one page at the end."""

from __future__ import annotations

from typing import TextIO

from reportedly.formats.html.batch import Batch
from reportedly.formats.html.pages import article_body, article_page, batch_page
from reportedly.formats.html.phrases import Words, words_for
from reportedly.formats.html.view import view_of
from reportedly.schema import Failure, Language, Report


class HtmlReport:
    """A page for the article if there is one, else a page with a table of all.

    The page speaks the language of the first report whose language is known, unless `language` is given. Of many
    reports it keeps only the packed pages, some 8 kB each.
    """

    def __init__(self, out: TextIO, language: Language | None = None) -> None:
        self._out = out
        self._language = language
        self._only: Report | None = None
        self._batch = Batch()

    def write(self, record: Report | Failure) -> None:
        """Kept until the end."""
        if isinstance(record, Failure):
            self._batch.failures.append(record)
            return
        if self._language is None and record.article.language is not Language.UNKNOWN:
            self._language = record.article.language
        if self._only is None and not self._batch.rows:
            self._only = record
            return
        self._flush()
        self._add(record)

    def close(self) -> None:
        """The whole page."""
        if self._only is not None and not self._batch.failures:
            self._out.write(article_page(view_of(self._only), self._words))
            return
        self._flush()
        self._out.write(batch_page(self._batch, self._words))

    @property
    def _words(self) -> Words:
        return words_for(self._language or Language.ENGLISH)

    def _flush(self) -> None:
        if self._only is not None:
            self._add(self._only)
            self._only = None

    def _add(self, report: Report) -> None:
        view = view_of(report)
        self._batch.add(view, article_body(view, self._words))
