"""Which source sentences a part of a summary rests on, and who vouches there for the very words that it shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.language.content import senses
from reportedly.language.voices import WRITER, Tone
from reportedly.schema import SentenceKind
from reportedly.stages.check.align import keys_of
from reportedly.stages.check.certainty.telling import Telling
from reportedly.stages.check.interface import Material

CONTEXT: Final = 0.35
"""What the rest of its sentence counts in finding what a clause rests on: the clause is short, its sentence stays in
one passage."""
CANDIDATES: Final = 5
"""Source sentences that are looked at."""
BODY: Final = 0.7
"""Share of the best score from which a sentence of the body goes before a heading: what the body says holds."""
NAME: Final = 0.5
"""Weight of a shared name beside other words: names are what both speak of, the rest is what they say."""
_STEM: Final = 5
"""Letters that two words must share at the start to be one in another form."""
_SHOWN: Final = frozenset({SentenceKind.HEADING, SentenceKind.TEASER})


@dataclass(frozen=True, slots=True)
class Rest:
    """One source sentence that a telling may rest on."""

    index: int
    share: float
    """How much of the telling's content it covers, 0 to 1."""
    score: float
    tone: Tone
    """Who vouches for the words that both share."""
    words: frozenset[str]
    """The stems that both share."""
    said: frozenset[str]
    """Those of them that are no names: what is said, not only who or what it is about."""
    clause: tuple[int, int]
    """Where the clause stands that holds most of them, in code points of the article."""
    heading: bool

    @property
    def flat(self) -> bool:
        """Whether the article's writer vouches."""
        return self.tone.flat


def rests(material: Material, telling: Telling) -> list[Rest]:
    """What a telling may rest on, the likeliest first; nothing for one that only says who speaks."""
    content = _content(material, telling)
    if not any(material.facts.stems[at] for at in content):
        return []
    own = _touched(material, telling, content)
    whole: dict[int, float] = {}
    for alignment in material.of_sentence(telling.part.sentence):
        for index, share in alignment.touched.items():
            whole[index] = max(whole.get(index, 0.0), share)
    cited = {at for number in telling.part.cited if (at := material.source.sentence_of(number)) is not None}
    scores = {i: share + CONTEXT * whole.get(i, 0.0) + (i in cited) for i, share in own.items()}
    best = sorted(scores, key=lambda index: -scores[index])[:CANDIDATES]
    told = {stem for at in content if (stem := material.facts.stems[at])}
    found = [rest for index in best if (rest := _rest(material, told, index, (own[index], scores[index])))]
    most = BODY * max((rest.score for rest in found), default=0.0)
    return sorted(found, key=lambda rest: (rest.heading or rest.score < most, -round(rest.score, 2), -len(rest.said)))


def _content(material: Material, telling: Telling) -> list[int]:
    """The tokens of a telling that tell what is told: without the speaker, and without cues."""
    voice, tokens = material.voices[telling.part.sentence], material.facts.tokens
    said = [*voice.frames, *((cue.start, cue.end) for cue in voice.cues)]
    places = range(telling.part.first, telling.part.last)
    return [at for at in places if not any(start <= tokens[at].start < end for start, end in said)]


def _touched(material: Material, telling: Telling, content: Sequence[int]) -> dict[int, float]:
    """For every source sentence the share of the content that it covers by itself."""
    source, facts = material.source, material.facts
    kept = {facts.stems[at] for at in content}
    dropped = {facts.stems[at] for at in range(telling.part.first, telling.part.last)} - kept
    keys = {key: weight for key, weight in keys_of(telling.part, facts).items() if key not in dropped}
    total = sum(weight * source.weight(key) for key, weight in keys.items())
    touched: dict[int, float] = {}
    for key, weight in keys.items():
        for index, worth in source.where(key).items():
            touched[index] = touched.get(index, 0.0) + worth * weight * source.weight(key) / total
    return touched


def _rest(material: Material, told: set[str], index: int, worth: tuple[float, float]) -> Rest | None:
    source = material.source
    voice = source.voices[index]
    if not voice.readings:
        return None
    weights: dict[Tone, float] = defaultdict(float)
    places: dict[tuple[int, int], float] = defaultdict(float)
    words: set[str] = set()
    names: set[str] = set()
    first, last = source.bounds[index]
    for at in range(first, last):
        stem = source.facts.stems[at]
        if not stem or (match := same_word(material, stem, told)) is None:
            continue
        words.add(match)
        if at in source.named:
            names.add(match)
        start, weight = source.facts.tokens[at].start, NAME if at in source.named else 1.0
        weights[voice.tone(start)] += weight
        places[voice.around(start)] += weight
    tone = max(weights, key=lambda tone: (weights[tone], tone.flat)) if weights else WRITER
    clause = max(places, key=lambda place: places[place]) if places else (0, 0)
    return Rest(
        index, *worth, tone, frozenset(words), frozenset(words - names), clause, source.sentences[index].kind in _SHOWN
    )


def same_word(material: Material, stem: str, told: set[str]) -> str | None:
    """The word of the summary that a word of the source is another form of."""
    if stem in told:
        return stem
    language = material.source.article.language
    sense = senses(stem, language)
    for other in told:
        if len(stem) >= _STEM and len(other) >= _STEM and (stem.startswith(other) or other.startswith(stem)):
            return other
        if sense and not set(sense).isdisjoint(senses(other, language)):
            return other
    return None


def excuses(rest: Rest, best: Rest) -> bool:
    """Whether a sentence says as much of what is told as the best one, in the writer's voice."""
    return rest.flat and len(rest.said) * 2 >= max(1, len(best.said))


def near(found: list[Rest], share: float) -> Iterator[Rest]:
    """Those that are about as likely as the likeliest."""
    least = share * max((rest.score for rest in found), default=0.0)
    yield from (rest for rest in found if rest.score >= least)
