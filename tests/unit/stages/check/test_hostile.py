"""Odd and hostile text breaks nothing."""

import pytest

from reportedly.schema import Article, Language, Sentence, SentenceKind, Span
from reportedly.stages.check import CHECKS, Material, Source, run, support_of

LENGTH = 6_000


@pytest.mark.parametrize(
    "unit",
    ["1", "1.", "1 ", "1:", "und ", "nicht ", "A", "A. ", "A-", "'a", "ein ", "million ", "hundert", "zwei hundert ",
     "e\u0308", "\u200b", "„", ", ", "bis 3 ", "$", "Mai ", "tausendund", "\U0001d11e", "Ab ab, ",
     "laut Ab ist ", "er sei, ", "if it may, ", "sagte Ab, der ", "[so Ab] ", "„x“ "],
)  # fmt: skip
def test_repeated(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    sentence = Sentence(id=1, span=Span(start=0, end=len(text)), kind=SentenceKind.PROSE, paragraph=0)
    for language in (Language.GERMAN, Language.ENGLISH):
        source = Source(Article(id="h", text=text, language=language), [sentence])
        material = Material(source, text, [sentence.span])
        for finding in run(material, CHECKS):
            assert finding.summary is not None
            assert finding.summary.end <= len(text)
        assert all(0 <= score <= 1 for score in support_of(material))
