"""C101 by numbers: what every cited sentence leaves open is not told flat, whatever else stands in the sentence."""

from __future__ import annotations

import pytest

from reportedly.language.analysis import analyse
from reportedly.schema import Article, Finding, Span
from reportedly.stages.check import Material, Source
from reportedly.stages.check.keeping import Keeping

ENGLISH = Article(
    id="en",
    language="en",
    text="The regulator may fine the bank up to 4 percent of its revenue. The bank has 300 branches. "
    "Prices could rise again, said analyst Ann Rowe, while exporters would benefit.",
)
GERMAN = Article(
    id="de",
    language="de",
    text="Die Anleger dürften davon nur einen Bruchteil sehen. Die Bank hat 300 Filialen.",
)


def found(article: Article, text: str, *numbers: int) -> list[Finding]:
    source = Source(article, analyse(article).sentences)
    return list(Keeping().findings(Material(source, text, [Span(start=0, end=len(text))], [numbers])))


@pytest.mark.parametrize(
    ("article", "text", "numbers"),
    [
        (ENGLISH, "The regulator will fine the bank up to 4 percent of its revenue.", (1,)),
        (ENGLISH, "Prices will rise again, said analyst Ann Rowe, while exporters would benefit.", (3,)),
        (GERMAN, "Die Anleger werden davon nur einen Bruchteil sehen.", (1,)),
    ],
)
def test_a_lost_hedge_is_found(article: Article, text: str, numbers: tuple[int, ...]) -> None:
    assert [finding.code for finding in found(article, text, *numbers)] == ["C101"]


@pytest.mark.parametrize(
    ("article", "text", "numbers"),
    [
        (ENGLISH, "The regulator could fine the bank up to 4 percent of its revenue.", (1,)),
        (ENGLISH, "A fine of up to 4 percent of its revenue is possible.", (1,)),
        (ENGLISH, "The bank has 300 branches.", (2,)),
        (ENGLISH, "The bank with its 300 branches fears a fine by the regulator.", (1, 2)),
        (ENGLISH, "The regulator will fine the bank up to 4 percent of its revenue.", ()),
        (GERMAN, "Die Anleger sehen davon womöglich nur einen Bruchteil.", (1,)),
    ],
)
def test_a_kept_hedge_passes(article: Article, text: str, numbers: tuple[int, ...]) -> None:
    assert not found(article, text, *numbers)
