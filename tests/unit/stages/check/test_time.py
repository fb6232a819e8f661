"""Time grows with the length of the article and of the summary, not with their product."""

import time

from reportedly.language.segment import segment
from reportedly.schema import Article, Language
from reportedly.stages.check import FACT_CHECKS, Material, Source, run, support_of
from tests.unit.stages.check.conftest import GERMAN

TIMES = 3
WORST = 2.0
"""How much dearer a code point of the long text may be; measured 1.1, and quadratic would be 3."""


def seconds(text: str, summary: str) -> float:
    language = Language.GERMAN
    sentences, spans = segment(text, language), [s.span for s in segment(summary, language)]
    begun = time.process_time()
    material = Material(Source(Article(id="t", text=text, language=language), sentences), summary, spans)
    support_of(material, run(material, FACT_CHECKS))
    return time.process_time() - begun


def varied(times: int) -> str:
    """The article again and again, with other numbers and names each time."""
    return "\n\n".join(GERMAN.replace("Hallbruck", f"Ort{n}bruck").replace("48", str(1000 + n)) for n in range(times))


def test_linear_in_article_and_summary() -> None:
    # from 33 copies on each word is as common as it will get
    short, long = varied(33), varied(33 * TIMES)
    for told, more in ((short[:2000], short[:2000]), (short, long)):
        base = min(seconds(short, told) for _ in range(2))
        limit = WORST * TIMES * base
        # a second try, since a busy machine can spoil one
        assert seconds(long, more) < limit or seconds(long, more) < limit
