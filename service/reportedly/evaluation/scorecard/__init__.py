"""A run written down: terminal table, Markdown for a pull request, JUnit XML, one HTML page. JSON is the run itself."""

from reportedly.evaluation.scorecard.html import to_html
from reportedly.evaluation.scorecard.junit import breach_to_junit, to_junit
from reportedly.evaluation.scorecard.markdown import to_markdown
from reportedly.evaluation.scorecard.terminal import comparison_text, to_text

__all__ = ["breach_to_junit", "comparison_text", "to_html", "to_junit", "to_markdown", "to_text"]
