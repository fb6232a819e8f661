"""F203: a name that the source does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from reportedly.language.content import stopwords
from reportedly.language.known_names import name_forms
from reportedly.language.names import Name
from reportedly.schema import Finding, Language, Span
from reportedly.stages.check.align import Alignment
from reportedly.stages.check.interface import Material

_LONG: Final = 8
"""Letters from which a misspelt name may differ by two, shorter ones by one."""
_TRADES: Final = ("ist", "er", "or", "ian", "man", "eer", "ent", "ant", "eur", "loge", "in")
"""Endings of the trades that stand before a name: "Philanthropist Jane Doe", „Lobbyist Mayer“."""


class Names:
    """Every name of the summary must be one of the source's: whole, short, inflected or as an abbreviation."""

    codes: ClassVar[tuple[str, ...]] = ("F203",)

    def findings(self, material: Material) -> Iterator[Finding]:
        for alignment in material.alignments:
            for name in material.names(alignment.part):
                finding = self._judge(material, alignment, name)
                if finding is not None:
                    yield finding

    def _judge(self, material: Material, alignment: Alignment, name: Name) -> Finding | None:
        tokens, language = material.facts.tokens, material.source.article.language
        known, stops = material.source.known, stopwords(language)
        strange = [
            at
            for at in name.words
            if tokens[at].low not in stops and not known.knows(tokens[at].low, abbreviation=tokens[at].text.isupper())
        ]
        if not strange or any(material.source.support(material.facts.stems[at]) == 1.0 for at in strange):
            return None
        strange = self._without_role(material, name, strange)
        if not strange:
            return None
        near = self._near(material, strange[0])
        if not name.sure and near is None:
            return None
        words = material.summary[tokens[strange[0]].start : tokens[strange[-1]].end]
        message = f"'{words}' is not in the source" + (f", which has '{near}'" if near else "")
        return Finding.of(
            "F203",
            message,
            hint="use the source's own name for it",
            summary=Span(start=tokens[strange[0]].start, end=tokens[strange[-1]].end),
            source=material.spans(alignment.sources),
        )

    def _without_role(self, material: Material, name: Name, strange: list[int]) -> list[int]:
        """The strange words without a role or trade before the name, and without a noun after „Pekinger“."""
        tokens, english = material.facts.tokens, material.source.article.language is Language.ENGLISH
        if len(name.words) > 1 and strange == [name.first] and tokens[name.first].low.endswith(_TRADES):
            return []
        if not english and strange[-1] == name.last and len(name.words) > 1 and tokens[name.first].low.endswith("er"):
            return [at for at in strange if at == name.first]
        return strange

    def _near(self, material: Material, at: int) -> str | None:
        """A name of the source that differs by a slip of the pen."""
        word = name_forms(material.facts.tokens[at].low)[0]
        if len(word) < 5:
            return None
        slips = 1 if len(word) < _LONG else 2
        near = extractOne(word, material.source.sure_names, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        return near[2] if near is not None else None
