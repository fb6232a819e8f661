"""Who is who: tells parties from outlets and from unnamed sources by the nouns that name them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from reportedly.language.appellations import quoted, shortened
from reportedly.schema import SourceKind

_WORD: Final = re.compile(r"[^\W_]+(?:[-’'‑.&][^\W_]+)*\.?")
LONGEST_NAME: Final = 4
"""Most words of an outlet's name that are looked up together („The Wall Street Journal“)."""
FILES: Final = ("outlets.toml", "outlets_en.toml")


_QUOTES: Final = frozenset('„“”«»"')
_INFLECTED: Final = ("s", "es", "n", "en", "e", "innen", "in")
"""Endings that a role noun of a language with compounds may have besides the forms that are listed."""


class Outlets:
    """`data/outlets*.toml`: outlets and agencies of all languages, and the endings of those that are not listed."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        agencies, suffixes, lasts, exempt, written = set[str](), list[str](), set[str](), set[str](), set[str]()
        for file in FILES:
            with files("reportedly.language").joinpath("data", file).open("rb") as stream:
                data: dict[str, Any] = tomllib.load(stream)
            for line in (*data["outlets"]["names"], *data["agencies"]["names"]):
                name, *others = (part.strip() for part in line.split("="))
                for known in (name, *others):
                    if " " in known:
                        self._names[known.lower()] = name
                    else:
                        self._names[known] = self._names[known.upper()] = name
                    written.add(known)
            agencies.update(line.split("=")[0].strip() for line in data["agencies"]["names"])
            suffixes.extend(data["endings"]["word"])
            lasts.update(data["endings"]["last_word"])
            exempt.update(data["endings"]["but_not"])
        self.agencies = frozenset(agencies)
        self._small = frozenset(agency for agency in written if agency.islower() and " " not in agency)
        """Outlets that write themselves small: „dpa“, „taz“."""
        self._suffixes: tuple[str, ...] = tuple(suffixes)
        self._lasts = frozenset(lasts)
        self._not = frozenset(exempt)

    def name(self, words: Sequence[str]) -> str | None:
        """The outlet's one name, if `words` are exactly an outlet that is listed."""
        if len(words) == 1:
            return self._names.get(words[0])  # as written: „MENA“ is an agency, „Mena“ is a person
        return self._names.get(" ".join(words).lower())

    def find(self, words: Sequence[str], common: frozenset[str] = frozenset()) -> tuple[int, int, str] | None:
        """The first outlet in `words`: its first word, one past its last, its name. Names of one word that are `common`
        words of the language don't count ("Sun", "People")."""
        for i, word in enumerate(words):
            small = word[:1].islower() and word not in self._small
            if small and not (word == "the" and i + 1 < len(words) and words[i + 1][:1].isupper()):
                continue
            low = word.lower()
            longer = low in self._lasts and i > 0 and words[i - 1][:1].isupper()
            for size in range(min(LONGEST_NAME, len(words) - i), longer, -1):
                if size == 1 and low in common:
                    continue
                if found := self.name(words[i : i + size]):
                    return i, i + size, found
            if longer:
                first = i - 1
                while first > 0 and words[first - 1][:1].isupper() and words[first - 1].lower() != "the":
                    first -= 1
                return first, i + 1, " ".join(words[first : i + 1])
            if word[:1].isupper() and low not in self._not and low.endswith(self._suffixes):
                return i, i + 1, word
        return None


@cache
def outlets() -> Outlets:
    """The outlets, loaded once."""
    return Outlets()


class Roles:
    """The nouns of one language that name a source's kind.

    Built from the table `[roles]` of the language's data file: `party`, `authority`, `study`, `media`, `unnamed`,
    `report` list nouns (compounds that end in them count as well where the language builds such), `familiar` words
    that make a person unnamed („vertraut“, "familiar"), `determiners` and `titles` words that a name sheds,
    `alone` words that compounds mean something else by („Raumfahrtagentur“), `not_outlets` words that name no outlet by
    themselves ("Sun").
    """

    def __init__(self, table: dict[str, str], *, compounds: bool) -> None:
        self._kinds: dict[str, str] = {}
        for kind in ("party", "authority", "study", "media", "unnamed", "report"):
            for word in table.get(kind, "").split():
                self._kinds[word] = kind
        self.compounds = compounds
        self._familiar = frozenset(table.get("familiar", "").split())
        self._determiners = frozenset(table.get("determiners", "").split())
        self._titles = frozenset(table.get("titles", "").split())
        self._common = frozenset(table.get("not_outlets", "").split())
        self._alone = frozenset(table.get("alone", "").split())
        self._sizes = sorted({len(word) for word in self._kinds if len(word) > 3}, reverse=True)
        self._seen: dict[str, str] = {}

    def role(self, word: str) -> str:
        """`party`, `study`, `media`, `unnamed`, or empty for a word that names no role."""
        low = word.lower()
        found = self._seen.get(low)
        if found is None:
            found = self._kinds.get(low, "")
            if not found and self.compounds and word[:1].isupper():
                tail = low.rsplit("-", 1)[-1]
                found = self._kinds.get(tail, "") or self._compound(tail)
                for ending in _INFLECTED:
                    if not found and tail.endswith(ending):
                        bare = tail[: -len(ending)]
                        found = self._kinds.get(bare, "") or self._compound(bare)
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[low] = found
        return found

    def familiar(self, word: str) -> bool:
        """Whether a word leaves whoever it describes unnamed („vertraut“, "familiar")."""
        return word.lower() in self._familiar

    def _compound(self, word: str) -> str:
        for size in self._sizes:
            if size < len(word) and (found := self._kinds.get(word[-size:])):
                return "party" if word[-size:] in self._alone else found
        return ""

    def kind(self, words: Sequence[str], publisher: str | None = None) -> SourceKind:
        """The kind of the source that a noun phrase names: by its first noun of a role, else by outlet, else party."""
        if any(self.familiar(word) for word in words):
            return SourceKind.UNNAMED
        inside = False
        for i, word in enumerate(words):
            if word in _QUOTES:
                inside = not inside  # what an outlet is called says nothing: „Südwirtschaft“
            elif not inside and (found := self.role(word)):
                if found == "report":
                    return self._reported(words[i + 1 :], compound=self._kinds.get(word.lower()) != "report")
                if found == "media" and publisher and publisher in " ".join(words).lower():
                    return SourceKind.PARTY
                return SourceKind.PARTY if found in ("study", "authority") else SourceKind(found)
            if word[:1].islower() and i and words[i - 1][:1].isupper():
                break  # what follows is an attribute of the head: „ein Kenner der Zeitung“
        outlet = outlets().find(words, self._common)
        if outlet is not None and not any(
            word[:1].isupper() and word.lower() not in self._determiners for word in words[: outlet[0]]
        ):
            return SourceKind.PARTY if publisher and publisher in outlet[2].lower() else SourceKind.MEDIA
        if not _QUOTES.isdisjoint(words):  # who is named in quotation marks and speaks is an outlet
            return SourceKind.PARTY if publisher and publisher in " ".join(words).lower() else SourceKind.MEDIA
        return SourceKind.PARTY

    def _reported(self, rest: Sequence[str], *, compound: bool) -> SourceKind:
        """Whose report it is: a body's that is named after it, else an outlet's; „Rechnungshofbericht“ is a body's."""
        if compound:
            return SourceKind.PARTY
        if any(self.role(word) == "media" for word in rest) or outlets().find(rest):
            return SourceKind.MEDIA
        return SourceKind.PARTY if any(word[:1].isupper() for word in rest) else SourceKind.MEDIA

    def authority(self, words: Sequence[str]) -> bool:
        """Whether a noun phrase names a body whose word carries an accusation."""
        return any(self.role(word) == "authority" for word in words)

    def findings(self, words: Sequence[str]) -> bool:
        """Whether a noun phrase names a study, a forecast or a document."""
        return any(self.role(word) == "study" for word in words)

    def name(self, text: str) -> tuple[str, str]:
        """The name to show for a mention, and the key that mentions of the same source share."""
        words = [match[0] for match in _WORD.finditer(text)]
        if outlet := outlets().find(words, self._common):
            before = words[: outlet[0]]
            if all(w[:1].islower() or w.lower() in self._determiners or self.role(w) for w in before) and all(
                self.role(w) in ("", "media") for w in before
            ):
                return outlet[2], outlet[2].lower()
        if self.compounds and (named := quoted(text, self.role)):
            return named, named.lower()
        spans = list(_WORD.finditer(text))
        while len(spans) > 1 and spans[0][0].lower() in self._determiners and spans[1][0].lower() != "of":
            del spans[0]
        if not spans:
            return text, text.lower()
        if self.compounds:
            first, last = shortened([m[0] for m in spans], self.role)
            spans = spans[first:last]
        core = [m for m in spans if m[0][:1].isupper()]
        if not self.compounds and len(core) == len(spans):
            while len(spans) > 1 and (self.role(spans[0][0]) or spans[0][0].lower() in self._titles):
                del spans[0]
        name = text[spans[0].start() : spans[-1].end()]
        return name, name.lower()
