"""Clause by clause: who vouches, how firmly, and which words of a summary keep a speaker or a doubt alive."""

import pytest

from reportedly.language.lexicon import Lexicon
from reportedly.language.murmurs import murmurs, settles
from reportedly.language.segment import segment
from reportedly.language.voices import Voice, listen, without_titles
from reportedly.schema import Firmness, Language, SourceKind

DE, EN = Language.GERMAN, Language.ENGLISH


def hear(text: str, language: Language) -> Voice:
    voices = listen(text, segment(text, language), language)
    assert len(voices) == 1
    return voices[0]


def entries() -> list[tuple[Language, str, str]]:
    return [
        (language, entry["rule"], example)
        for language in (DE, EN)
        for entry in Lexicon(f"voices_{language.value}", {}).data["cue"]
        for example in entry["examples"]
    ]


@pytest.mark.parametrize(("language", "rule", "example"), entries())
def test_every_entry_of_the_data_is_found_in_its_example(language: Language, rule: str, example: str) -> None:
    found = {murmur.cue.rule for murmur in murmurs(example, language)}
    assert rule in found
    assert all(example[m.start : m.end].strip() == example[m.start : m.end] for m in murmurs(example, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (DE, "Der Konzern verkauft sein Werk in Hallbruck an einen Rivalen."),
        (DE, "Die Feuerwehr löschte den Brand, drei Wohnungen sind zerstört."),
        (DE, "In den Hütten stehen Krippen aus Holz."),
        (EN, "The company sold its plant in Ashby to a rival for nine million euros."),
        (EN, 'The singer of "Northern Lights" died on Monday in Carrow.'),
        (EN, "Firefighters put out the blaze, which destroyed three flats."),
    ],
)
def test_a_plain_sentence_keeps_nothing_open(language: Language, text: str) -> None:
    assert murmurs(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "words", "kind", "firmness"),
    [
        (DE, "Laut Polizei stahl der Mann das Boot.", "stahl", SourceKind.PARTY, Firmness.ASSERTED),
        (DE, "Die Stadt könnte den Hafen verkaufen.", "verkaufen", SourceKind.ARTICLE, Firmness.POSSIBLE),
        (DE, "Der Wirt soll Gäste betrogen haben.", "betrogen", SourceKind.UNNAMED, Firmness.ASSERTED),
        (DE, "Das Boot sei gestohlen worden, sagte der Wirt, der am Hafen wohnt.", "gestohlen", SourceKind.PARTY,
         Firmness.ASSERTED),
        (DE, "Das Boot sei gestohlen worden, sagte der Wirt, der am Hafen wohnt.", "wohnt", SourceKind.ARTICLE,
         Firmness.ASSERTED),
        (EN, "The boat was stolen, said Mara Cole, who lives at the port.", "stolen", SourceKind.PARTY,
         Firmness.ASSERTED),
        (EN, "Lee, who keeps two boats, reportedly fled the town.", "fled", SourceKind.UNNAMED, Firmness.ASSERTED),
        (EN, "Lee, who keeps two boats, reportedly fled the town.", "boats", SourceKind.ARTICLE, Firmness.ASSERTED),
        (EN, "They carry the virus and may pass it on.", "pass", SourceKind.ARTICLE, Firmness.POSSIBLE),
        (EN, "They carry the virus and may pass it on.", "carry", SourceKind.ARTICLE, Firmness.ASSERTED),
    ],
)  # fmt: skip
def test_a_cue_governs_its_clause(
    language: Language, text: str, words: str, kind: SourceKind, firmness: Firmness
) -> None:
    tone = hear(text, language).tone(text.index(words))
    assert (tone.kind, tone.firmness) == (kind, firmness)


def test_clauses_cover_the_sentence_in_order() -> None:
    text = "Das Boot, das gestern sank, gehörte einem Wirt, sagte ein Polizist, und es war neu."
    voice = hear(text, DE)
    assert voice.clauses[0].start == 0
    assert voice.clauses[-1].end == len(text)
    assert all(a.end <= b.start for a, b in zip(voice.clauses, voice.clauses[1:], strict=False))
    assert len(voice.tones) == len(voice.clauses)


def test_titles_lose_their_marks_and_speech_keeps_them() -> None:
    text = 'Das neue „Rootless“ kommt, "das wird ein Fest für alle hier", sagte sie.'
    plain = without_titles(text)
    assert len(plain) == len(text)
    assert "„" not in plain
    assert plain.count('"') == 2


def test_courts_and_laws_settle() -> None:
    assert settles("Landesgericht Hallbruck", DE)
    assert settles("the city's court", EN)
    assert not settles("Polizei", DE)


def test_a_language_without_a_grammar_is_silent() -> None:
    assert murmurs("Le ministre aurait menti.", Language.UNKNOWN) == ()
