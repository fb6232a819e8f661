"""HTML: one self-contained page for an article or for many, which needs no network and runs no script but its own."""

from reportedly.formats.html.pages import article_page
from reportedly.formats.html.phrases import words_for
from reportedly.formats.html.report import HtmlReport
from reportedly.formats.html.view import view_of

__all__ = ["HtmlReport", "article_page", "view_of", "words_for"]
