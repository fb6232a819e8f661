"""Work grows with the length of the article and of the summary, not with their product."""

from functools import partial

from reportedly.language.segment import segment
from reportedly.schema import Article, Language
from reportedly.stages.check import FACT_CHECKS, Material, Source, run, support_of
from tests.conftest import Calls
from tests.unit.stages.check.conftest import GERMAN

TIMES = 3
WORST = 1.5
"""How many more calls a code point of the long text may take; measured 1.1, and quadratic would be 3."""


def check(text: str, summary: str) -> None:
    language = Language.GERMAN
    sentences, spans = segment(text, language), [s.span for s in segment(summary, language)]
    material = Material(Source(Article(id="t", text=text, language=language), sentences), summary, spans)
    support_of(material, run(material, FACT_CHECKS))


def varied(times: int) -> str:
    """The article again and again, with other numbers and names each time."""
    return "\n\n".join(GERMAN.replace("Hallbruck", f"Ort{n}bruck").replace("48", str(1000 + n)) for n in range(times))


def test_linear_in_article_and_summary(calls: Calls) -> None:
    # from 33 copies on each word is as common as it will get
    short, long = varied(33), varied(33 * TIMES)
    for told, more in ((short[:2000], short[:2000]), (short, long)):
        assert calls(partial(check, long, more)) <= calls(partial(check, short, told)) * WORST * TIMES
