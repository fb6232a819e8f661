"""What a check is given and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import ClassVar, Protocol

from reportedly.language.dates import Moment
from reportedly.language.facts import Facts, read_facts, within
from reportedly.language.murmurs import Murmur, murmurs
from reportedly.language.names import Name
from reportedly.language.quantities import Quantity
from reportedly.language.voices import Voice, listen, without_titles
from reportedly.schema import Finding, Sentence, SentenceKind, Span
from reportedly.stages.check.align import Alignment, Part, align, split_parts
from reportedly.stages.check.source import Source


class Material:
    """A source and one summary of it, read and aligned once, for all checks."""

    def __init__(
        self, source: Source, summary: str, sentences: Sequence[Span], cited: Sequence[tuple[int, ...]] | None = None
    ) -> None:
        self.source = source
        self.summary = summary
        self.sentences = tuple(sentences)
        """The summary's sentences."""
        published = source.article.published.date() if source.article.published else None
        self.facts: Facts = read_facts(summary, source.article.language, published)
        self.named = frozenset(at for name in self.facts.names for at in name.words)
        """The summary's tokens that may belong to names."""
        self.sure = frozenset(at for name in self.facts.names if name.sure for at in name.words)
        """Those of them that do without a doubt."""
        self.parts: tuple[Part, ...] = tuple(split_parts(self.facts, sentences, cited or [()] * len(self.sentences)))
        self.alignments: tuple[Alignment, ...] = tuple(align(part, self.facts, source) for part in self.parts)
        """One a part, in the same order."""

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Whose voices each summary sentence lets through."""
        sentences = tuple(
            Sentence(id=number, span=span, kind=SentenceKind.PROSE, paragraph=0)
            for number, span in enumerate(self.sentences, 1)
        )
        return listen(without_titles(self.summary), sentences, self.source.article.language)

    @cached_property
    def murmurs(self) -> tuple[Murmur, ...]:
        """Whatever in the summary keeps a speaker, a doubt or an intent alive."""
        return murmurs(self.summary, self.source.article.language)

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """Where source sentences (by index) stand in the article."""
        return tuple(self.source.sentences[index].span for index in indices)

    def of_sentence(self, number: int) -> list[Alignment]:
        """The alignments of all parts of one summary sentence."""
        return self._by_sentence.get(number, [])

    @cached_property
    def _by_sentence(self) -> dict[int, list[Alignment]]:
        found: dict[int, list[Alignment]] = {}
        for alignment in self.alignments:
            found.setdefault(alignment.part.sentence, []).append(alignment)
        return found

    def quantities(self, part: Part) -> Sequence[Quantity]:
        """The quantities that a part of the summary tells."""
        return within(self.facts.quantities, part.first, part.last)

    def dates(self, part: Part) -> Sequence[Moment]:
        """The dates that a part of the summary tells."""
        return within(self.facts.dates, part.first, part.last)

    def names(self, part: Part) -> Sequence[Name]:
        """The names that a part of the summary tells."""
        return within(self.facts.names, part.first, part.last)


class Check(Protocol):
    """Looks at the material for one kind of fault. Stateless: one object serves every pair, in any thread."""

    codes: ClassVar[tuple[str, ...]]
    """The codes that it may find."""

    def findings(self, material: Material) -> Iterator[Finding]:
        """What it finds, in the order of the summary."""
        ...
