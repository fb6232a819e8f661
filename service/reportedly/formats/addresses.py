"""Which addresses a reader may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of a plain web address; None for other schemes, relative addresses, user names, white space."""
    if url is None or any(character <= " " or character == "\x7f" for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    plain = parts.scheme.lower() in ("http", "https") and "@" not in parts.netloc
    return host if plain else None


def web_address(url: str | None) -> str | None:
    """The address itself, if it is a plain web address."""
    return url if host_of(url) else None
