"""Makes a borrowed source visible: a sentence that owes its status to one before it must say so on its own."""

from __future__ import annotations

from typing import Final

from reportedly.language.tables import table
from reportedly.schema import Attribution, Language

_CLOSING: Final = "“”\"»«’'"
_FINAL: Final = ".!?…"
_ARTICLES: Final = ("Der ", "Die ", "Das ", "Ein ", "Eine ", "The ", "A ", "An ")


def with_source(sentence: str, attribution: Attribution, language: Language) -> str:
    """The sentence with its source in brackets before the final stop, for example „… abwickelt [laut Bloomberg].“."""
    note = f" [{_named(attribution, language)}]"
    body = sentence.rstrip()
    end = len(body)
    while end and body[end - 1] in _FINAL:
        end -= 1
    if end == len(body) or body[end - 1] in _CLOSING or not end:
        return body + note + ("." if body[-1:] in _CLOSING else "")
    return body[:end] + note + body[end:]


def _named(attribution: Attribution, language: Language) -> str:
    wording = table("drafting")["en" if language is Language.ENGLISH else "de"]
    kind = attribution.kind.value
    if attribution.name is None:
        return str(wording[f"nameless_{kind}"])
    name = attribution.name
    if name.startswith(_ARTICLES):
        name = name[0].lower() + name[1:]
    return str(wording[kind]).format(name=name)
