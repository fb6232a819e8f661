"""One name per source and article: mentions come in, sources go out."""

from __future__ import annotations

from dataclasses import dataclass

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
    """What two mentions of one source share."""


class SourceBook:
    """The sources of one article, in the order in which they were named."""

    def __init__(self, text: str, roles: Roles) -> None:
        self._text = text
        self._roles = roles
        self._named: dict[str, Source] = {}
        self._last: dict[SourceKind, Source] = {}

    def resolve(self, mention: Mention, floor: Source | None) -> Source:
        """The source that a mention means; `floor` is who has the floor."""
        if mention.anaphor in (Anaphor.HE, Anaphor.SHE, Anaphor.IT, Anaphor.THEY):
            back = floor or self._last.get(SourceKind.PARTY)
            if back is not None:
                return back
        if mention.anaphor is Anaphor.SAME or mention.start == mention.end:
            return floor or Source(mention.kind, None, None)
        words = self._text[mention.start : mention.end]
        if mention.anaphor is Anaphor.OUTLET and (last := self._last.get(SourceKind.MEDIA)):
            return last
        name, key = self._roles.name(words)
        known = self._known(key)
        if known is not None:
            name, key = known.name or name, known.key
        hops = [self.resolve(via, None).name or self._text[via.start : via.end] for via in mention.via]
        chain = tuple(hop for hop in (name, *hops) if hop) if hops else ()
        source = Source(
            mention.kind,
            name if mention.kind is not SourceKind.UNNAMED or name else None,
            (mention.start, mention.end),
            chain if len(chain) > 1 else (),
            key,
        )
        self._named[key] = source
        self._last[source.kind] = source
        return source

    def knows(self, mention: Mention) -> bool:
        """Whether the source that a mention names spoke before."""
        return self._known(self._roles.name(self._text[mention.start : mention.end])[1]) is not None

    def _known(self, key: str) -> Source | None:
        """The source named before whose key is the same, or ends in the same surname."""
        if key in self._named:
            return self._named[key]
        tail = key.rsplit(" ", 1)[-1]
        for other, source in reversed(self._named.items()):
            if tail and other.rsplit(" ", 1)[-1] == tail and (" " in other) != (" " in key):
                return source
        return None
