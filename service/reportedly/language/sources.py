"""One name per source and article: mentions come in, sources go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportedly.language.appellations import full_names
from reportedly.language.evidence import Anaphor, Mention
from reportedly.language.roles import Roles
from reportedly.schema import SourceKind


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches, under the one name that this article's report gives it."""

    kind: SourceKind
    name: str | None
    at: tuple[int, int] | None
    """Where it was named last."""
    chain: tuple[str, ...] = ()
    key: str = ""
    """What two mentions of one source share; empty for a source without a name."""
    authority: bool = False
    study: bool = False


NOBODY: Final = Source(SourceKind.PARTY, None, None)
"""Somebody's words, and the text does not say whose."""


class SourceBook:
    """The sources of one article, in the order in which they were named."""

    def __init__(self, text: str, roles: Roles) -> None:
        self._text = text
        self._roles = roles
        self._named: dict[str, Source] = {}
        self._tails: dict[str, str] = {}
        """Last word of a key: the key that had it last."""
        self._last: dict[SourceKind, Source] = {}
        self._full: dict[str, str] | None = None
        self._bearers: dict[str, Source] = {}
        """By every word of a source's key: who was called so last."""

    def resolve(self, mention: Mention, floor: Source | None) -> Source:
        """The source that a mention means; `floor` is who has the floor."""
        if mention.anaphor in (Anaphor.HE, Anaphor.SHE, Anaphor.IT, Anaphor.THEY):
            party = self._last.get(SourceKind.PARTY)
            if floor is not None and (
                floor.kind is SourceKind.PARTY or (mention.anaphor is not Anaphor.HE and not party)
            ):
                return floor
            return party or Source(mention.kind, None, None)
        if mention.anaphor is Anaphor.SAME:
            return floor or Source(mention.kind, None, None)
        if mention.start == mention.end:
            return Source(mention.kind, None, None)
        if mention.anaphor is Anaphor.OUTLET and (last := self._last.get(SourceKind.MEDIA)):
            return last
        words = self._text[mention.start : mention.end]
        if mention.anaphor is Anaphor.ROLE and (bearer := self._bearer(words, floor, shy=mention.guessed)):
            return bearer
        name, key = self._roles.name(words)
        known = self._known(key)
        kind = mention.kind
        if known is None and name == words and " " not in name:
            name = self._in_full(name)
            key = name.lower()
        if known is not None:
            name = known.name if known.name and len(known.name) >= len(name) else name
            key = known.key
            if mention.guessed:
                kind = known.kind
        hops = [self.resolve(via, None).name or self._text[via.start : via.end] for via in mention.via]
        chain = (name, *hops) if hops else ()
        source = Source(kind, name, (mention.start, mention.end), chain, key, mention.authority, mention.study)
        self._named[key] = source
        self._tails[key.rsplit(" ", 1)[-1]] = key
        for word in key.split():
            self._bearers[word] = source
        self._last[source.kind] = source
        return source

    def _in_full(self, surname: str) -> str:
        """A surname with the first name that the article introduced it with, in languages that we can tell names in."""
        if not self._roles.compounds:
            return surname
        if self._full is None:
            self._full = full_names(self._text)
        return self._full.get(surname, surname)

    def knows(self, mention: Mention) -> bool:
        """Whether the source that a mention names spoke before."""
        return self._known(self.key(mention)) is not None

    def _bearer(self, words: str, floor: Source | None, *, shy: bool) -> Source | None:
        """Who bore a role before: "the officer" after "a provincial police officer"; else an unnamed source that has
        the floor, or for a role that unnamed sources mostly have (`shy`) the last one."""
        head = words.rsplit(maxsplit=1)[-1].lower()
        if floor is not None and head in floor.key.split():
            return floor
        if head in self._bearers:
            return self._bearers[head]
        if floor is not None and floor.kind is SourceKind.UNNAMED:
            return floor
        return self._last.get(SourceKind.UNNAMED) if shy else None

    def key(self, mention: Mention) -> str:
        """What all mentions of the same name share, before any of them was resolved."""
        return self._roles.name(self._text[mention.start : mention.end])[1]

    def _known(self, key: str) -> Source | None:
        """The source named before whose key is the same, or ends in the same surname."""
        if key in self._named:
            return self._named[key]
        other = self._tails.get(key.rsplit(" ", 1)[-1])
        if other is not None and (" " in other) != (" " in key):
            return self._named[other]
        return None
