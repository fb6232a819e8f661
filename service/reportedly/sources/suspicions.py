"""Pages that are no article: cookie walls, paywalls, error pages; and pages that are several."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final

from reportedly.schema import Finding, Severity

LONGEST_WALL: Final = 4_000
"""Characters from which on a text is an article, whatever phrases it holds: the consent texts of large sites have 1,000
to 3,000."""
WORDS_A_PHRASE: Final = 70
"""At most so many words for each phrase found: a paywall's teaser has 40 to 60 words and one phrase, a cookie wall a
phrase in every other sentence. Measured on 500 news articles: none is taken for a wall."""
LIVE_ENTRIES: Final = 4
"""Lines that begin with a time of day from which on a text is a live blog."""

_TIME: Final = re.compile(r"(?m)^[ \t]*(?:\[?\d{1,2}[:.]\d{2}\]?(?: Uhr| h)?(?: ?[ap]\.?m\.?)?)(?= ?[:–|-]|[ \t]|$)")


@cache
def phrases() -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each kind of wall its name in words and its phrases, in lower case."""
    data = tomllib.loads(resources.files("reportedly.sources").joinpath("data/boilerplate.toml").read_text("utf-8"))
    return {kind: (entry["name"], tuple(entry["phrases"])) for kind, entry in data.items()}


def suspect(text: str) -> tuple[Finding, ...]:
    """X403 for what is probably no single article; `text` is the view that the language layer reads."""
    return (*_wall(text), *_live_blog(text))


def several_reports() -> Finding:
    """X403, as a note, for a page with many reports on it."""
    message = "several reports on one page, a live blog: later entries may overtake earlier ones"
    return Finding.of("X403", message, hint="read each claim with its own source", severity=Severity.NOTE)


def paid_rest() -> Finding:
    """X403 for a page that says itself that only its beginning is free."""
    return Finding.of("X403", "the page says that its article is not free, and little text came with it", hint=_HINT)


_HINT: Final = "get the article itself; what is reported here holds for this text only"


def _wall(text: str) -> tuple[Finding, ...]:
    if len(text) > LONGEST_WALL:
        return ()
    lowered = " ".join(text.lower().replace("’", "'").split())
    found = {kind: sum(phrase in lowered for phrase in entry[1]) for kind, entry in phrases().items()}
    hits = sum(found.values())
    if not hits or lowered.count(" ") + 1 > WORDS_A_PHRASE * hits:
        return ()
    kind = max(found, key=lambda kind: found[kind])
    return (Finding.of("X403", f"this looks like {phrases()[kind][0]}, not like an article", hint=_HINT),)


def _live_blog(text: str) -> tuple[Finding, ...]:
    if text.count("\n") < LIVE_ENTRIES - 1:
        return ()
    entries = sum(1 for _ in _TIME.finditer(text))
    return (several_reports(),) if entries >= LIVE_ENTRIES else ()
