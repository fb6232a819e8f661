"""The names that the standards need: of our terms, of a text, of a thing that is said about it."""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import Final

from reportedly.schema import Firmness, SourceKind, Status

VOCABULARY: Final = "https://w3id.org/reportedly/"
"""Where the terms of docs/vocabulary/rumour-status.jsonld have their names."""

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, VOCABULARY)
_SCHEMES: Final = {Status: "status", SourceKind: "source", Firmness: "firmness"}


def term(member: Status | SourceKind | Firmness) -> str:
    """The name of a rumour status, a kind of source or a firmness."""
    return f"{VOCABULARY}{_SCHEMES[type(member)]}#{member.value}"


def scheme(member: Status | SourceKind | Firmness) -> str:
    """The name of the set of terms that it belongs to."""
    return VOCABULARY + _SCHEMES[type(member)]


def text_name(text: str) -> str:
    """A name for exactly this text: its SHA-256, as RFC 6920 writes it (`ni:///sha-256;…`)."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def thing_name(about: str, what: str) -> str:
    """A name (`urn:uuid:…`) for what is said about a text; the same for the same text and thing, whoever asks."""
    return uuid.uuid5(_NAMESPACE, f"{about} {what}").urn
