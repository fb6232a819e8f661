"""The seam between the core and a language.

How a language plugs in
-----------------------
A language is a class with the three members of `Grammar`, in a module or folder of its own (`german/`, `english/`),
and a data file `data/<code>.toml`. The core does the rest:

1. `reader.read` cuts the text into tokens once (`tokens.Tokens`) and finds the quotations (`quotes.Quotations`).
2. For every sentence that can bear a claim it calls `Grammar.observe(view)`. The grammar looks at the tokens of that
   sentence alone and returns an `Observation`: the cues it found (`Evidence`: rule, words, source kind, firmness, the
   `Mention` of the source, whether it bears on the main proposition), the mood, pronoun subject, link words.
   It never looks at other sentences and keeps no state, so it is pure and can be cached and tested by itself.
3. `discourse.Machine` goes through the observations in order, keeps who has the floor, resolves mentions through
   `sources.SourceBook`, decides the axes, and makes the `Reading`s. It knows no word of any language.
4. `headings` compares flat headings with the body by the content words that `Grammar.keys` gives.

Data: `lexicon.Lexicon` loads the TOML file; see its docstring for the format (cues and phrases are shared by all
languages, the rest of the file belongs to its grammar). Roles and outlets: `roles.Roles` reads `[roles]` of the same
file and `data/outlets.toml`.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from reportedly.language.evidence import Observation
from reportedly.language.quotes import Quotations
from reportedly.language.roles import Roles
from reportedly.language.tokens import Tokens
from reportedly.schema import Language, SentenceKind


class View(NamedTuple):
    """One sentence, as a grammar sees it."""

    tokens: Tokens
    first: int
    """Its first token."""
    last: int
    """One past its last token."""
    start: int
    end: int
    """Its offsets in the text."""
    kind: SentenceKind
    quotes: Quotations
    """Where quotations stand, by token."""
    publisher: str | None = None
    """Who published the article, in lower case: an outlet on itself is a party."""


class Grammar(Protocol):
    """What the core needs of a language."""

    language: Language
    roles: Roles

    def observe(self, view: View) -> Observation:
        """Every cue of one sentence, its parts, mood and links; pure."""
        ...

    def speaking(self, tokens: Tokens) -> list[int]:
        """The tokens that can be forms of verbs that report, whether or not they report here."""
        ...

    def keys(self, tokens: Tokens, first: int, last: int) -> frozenset[str]:
        """The content words of a stretch of tokens, reduced so that inflected forms meet (for headings and names)."""
        ...
