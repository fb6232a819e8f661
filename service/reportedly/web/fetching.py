"""Gets a page for a caller, and nothing but a public page: every hop's addresses are checked, and the checked one used.

Names are resolved here, once a hop; the connection goes to an address that was checked, so that a name which answers
differently the second time gains nothing (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

import h11

from reportedly._version import __version__
from reportedly.errors import ArticleRejected

PORTS: Final = {"http": 80, "https": 443}
"""The schemes that are fetched, each at its own port alone."""
HOPS: Final = 5
"""Redirects that are followed; browsers follow 20, news sites need two."""
MOST_BYTES: Final = 5_000_000
"""Of a page, unpacked; the largest news page measured has 2 MB."""
SECONDS: Final = 20.0
"""For the whole of it, all hops together."""
_CHUNK: Final = 65_536
_KINDS: Final = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_LONGEST_HEAD: Final = 65_536

Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came."""

    url: str
    """The address that answered, after redirects."""
    body: bytes
    """Unpacked."""


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return sorted({str(entry[4][0]) for entry in found})


async def fetch(url: str, *, most: int = MOST_BYTES, resolving: Resolve = resolve) -> Fetched:
    """The page at an address. Raises ArticleRejected: `not_fetched` with what is wrong, `too_large`."""
    try:
        async with asyncio.timeout(SECONDS):
            return await _follow(url, most, resolving)
    except TimeoutError:
        raise _not_fetched(f"no whole answer in {SECONDS:.0f} s") from None
    except (OSError, h11.ProtocolError, zlib.error, EOFError) as error:
        raise _not_fetched(f"the connection failed ({type(error).__name__})") from error


async def _follow(url: str, most: int, resolving: Resolve) -> Fetched:
    for _ in range(HOPS + 1):
        parts = _checked(url)
        address = await _public_address(parts, resolving)
        status, headers, body = await _get(parts, address, most)
        if status in (301, 302, 303, 307, 308) and (target := headers.get("location")):
            url = _joined(url, target)
            continue
        if status != 200:
            raise _not_fetched(f"the server answered {status}")
        kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        if kind not in _KINDS:
            raise _not_fetched("the address is no page of text")
        return Fetched(url, body)
    raise _not_fetched(f"more than {HOPS} redirects")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise _not_fetched("the redirect leads nowhere") from None


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_fetched("that is no address of a page") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password is not None:
        raise _not_fetched("only plain http and https addresses are fetched")
    if port not in (None, PORTS[parts.scheme]):
        raise _not_fetched(f"port {port} is not fetched from")
    return parts


async def _public_address(parts: SplitResult, resolving: Resolve) -> str:
    """One address, after all of them were found to be public: a name with one private address is a trap."""
    assert parts.hostname is not None
    try:
        found = await resolving(parts.hostname, PORTS[parts.scheme])
    except (OSError, UnicodeError):
        raise _not_fetched("the host name is not known") from None
    if not found or not all(is_public(address) for address in found):
        raise _not_fetched("the host is not on the public network")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, also where it wraps an IPv4 address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if wrapped is None and parsed in _NAT64:
            wrapped = ipaddress.IPv4Address(int(parsed) & 0xFFFF_FFFF)
        if wrapped is not None:
            parsed = wrapped
    return parsed.is_global and not parsed.is_multicast


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


async def _get(parts: SplitResult, address: str, most: int) -> tuple[int, dict[str, str], bytes]:
    """One request to the address that was checked; the name is told in Host and, under TLS, verified."""
    assert parts.hostname is not None
    host = parts.hostname.encode("idna").decode("ascii")
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    reader, writer = await asyncio.open_connection(
        address, PORTS[parts.scheme], ssl=secure, server_hostname=host if secure else None
    )
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        request = h11.Request(
            method="GET",
            target=target.encode("ascii", "replace"),
            headers=[
                ("Host", f"[{host}]" if ":" in host else host),
                ("User-Agent", f"reportedly/{__version__}"),
                ("Accept", "text/html, text/plain;q=0.8"),
                ("Accept-Encoding", "gzip"),
                ("Connection", "close"),
            ],
        )
        writer.write((connection.send(request) or b"") + (connection.send(h11.EndOfMessage()) or b""))
        await writer.drain()
        return await _read(connection, reader, most)
    finally:
        writer.close()


async def _read(
    connection: h11.Connection, reader: asyncio.StreamReader, most: int
) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = 0, {}, bytearray()
    unpack = _Unpacking("", most)
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
            if status != 200:
                return status, headers, b""
            unpack = _Unpacking(headers.get("content-encoding", ""), most)
        elif isinstance(event, h11.Data):
            body += unpack.take(bytes(event.data), len(body))
        elif isinstance(event, h11.EndOfMessage):
            return status, headers, bytes(body)
        elif isinstance(event, h11.ConnectionClosed):
            raise _not_fetched("the answer was cut off")


class _Unpacking:
    """Unpacks no more than may be kept, however small the packed body is."""

    def __init__(self, encoding: str, most: int) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip"):
            raise _not_fetched("the server answered in an encoding that was not asked for")
        self._most = most
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if name.endswith("gzip") else None

    def take(self, data: bytes, had: int) -> bytes:
        """The next part. Raises ArticleRejected (`too_large`)."""
        room = self._most - had
        part = self._inflate.decompress(data, room + 1) if self._inflate else data
        if len(part) > room:
            raise ArticleRejected(
                "too_large", f"the page has more than {self._most:,} bytes", hint="send its article's text"
            )
        return part


def _not_fetched(why: str) -> ArticleRejected:
    return ArticleRejected("not_fetched", f"the page was not fetched: {why}", hint="send the article's text instead")
