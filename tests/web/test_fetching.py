"""Pages are fetched from the public network alone, by checked addresses, in bounded size (X8, X9, X10)."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from reportedly.errors import ArticleRejected
from reportedly.web import fetching
from reportedly.web.fetching import fetch, is_public

PAGE = b"<html><body><p>Die Werft ist verkauft, sagte die Hafenpost.</p></body></html>"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_x8_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])
def test_x8_public_ones(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://x/", "javascript:alert(1)", "//example.org", "http://",
        "http://user:pw@example.org/", "http://example.org:22/", "https://example.org:8443/", "http://example.org:80:80/",
        "http://[::1", "http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/",
        "http://localhost/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/",
    ],
)  # fmt: skip
async def test_x8_what_is_never_asked_for(url: str) -> None:
    with pytest.raises(ArticleRejected) as refused:
        await fetch(url)
    assert refused.value.reason == "not_fetched"


async def test_x8_one_private_address_among_public_ones_is_a_trap() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.7"]

    with pytest.raises(ArticleRejected, match="not on the public network"):
        await fetch("http://news.example/", resolving=both)


@contextmanager
def site(pages: dict[str, tuple[int, dict[str, str], bytes]]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """A real site on loopback, and what it was asked for: host and path."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.headers["Host"], self.path))
            status, headers, body = pages[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


class Name:
    """A name service whose answers are given, the last one for ever; all of 127.0.0.x counts as public in a test."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return [self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]]


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Nothing else can be reached from a test; the checks of addresses have tests of their own."""

    def allow(port: int) -> None:
        monkeypatch.setattr(fetching, "PORTS", {"http": port})
        monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")

    return allow


async def test_a_page_is_fetched_under_its_name(loopback_is_public: Any) -> None:
    packed = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}
    with site({"/a?b=1": (301, {"Location": "/c"}, b""), "/c": (200, packed, gzip.compress(PAGE))}) as (port, asked):
        loopback_is_public(port)
        name = Name("127.0.0.1")
        page = await fetch("http://news.example/a?b=1", resolving=name)
    assert page.body == PAGE
    assert page.url == "http://news.example/c"
    assert asked == [("news.example", "/a?b=1"), ("news.example", "/c")]
    assert name.asked == 2, "resolved once a hop, and the connection goes to what was checked"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:22/", "file:///etc/passwd", "http://user@news.example/", "//[::1"]
)
async def test_x9_a_redirect_is_checked_as_the_first_address_was(loopback_is_public: Any, target: str) -> None:
    with site({"/": (302, {"Location": target}, b"")}) as (port, asked):
        loopback_is_public(port)
        with pytest.raises(ArticleRejected):
            await fetch("http://news.example/", resolving=Name("127.0.0.1"))
    assert len(asked) == 1


async def test_x9_a_name_that_turns_private_between_hops_is_not_followed(loopback_is_public: Any) -> None:
    with site({"/": (302, {"Location": "/secret"}, b""), "/secret": (200, {}, PAGE)}) as (port, asked):
        loopback_is_public(port)
        with pytest.raises(ArticleRejected, match="not on the public network"):
            await fetch("http://news.example/", resolving=Name("127.0.0.1", "10.0.0.1"))
    assert asked == [("news.example", "/")]


async def test_x9_circles_end(loopback_is_public: Any) -> None:
    with site({"/": (302, {"Location": "/"}, b"")}) as (port, asked):
        loopback_is_public(port)
        with pytest.raises(ArticleRejected, match="redirects"):
            await fetch("http://news.example/", resolving=Name("127.0.0.1"))
    assert len(asked) == fetching.HOPS + 1


async def test_x10_a_bomb_is_unpacked_to_its_cap_and_no_further(loopback_is_public: Any) -> None:
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    bomb = gzip.compress(b"\0" * 200_000_000)
    assert len(bomb) < 300_000
    with site({"/": (200, packed, bomb), "/br": (200, packed | {"Content-Encoding": "br"}, b"x")}) as (port, _):
        loopback_is_public(port)
        with pytest.raises(ArticleRejected) as refused:
            await fetch("http://news.example/", resolving=Name("127.0.0.1"))
        assert refused.value.reason == "too_large"
        with pytest.raises(ArticleRejected, match="encoding"):
            await fetch("http://news.example/br", resolving=Name("127.0.0.1"))


async def test_what_is_no_page(loopback_is_public: Any) -> None:
    pages = {"/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"), "/gone": (404, {}, b"")}
    with site(pages) as (port, _):
        loopback_is_public(port)
        for path in pages:
            with pytest.raises(ArticleRejected):
                await fetch(f"http://news.example{path}", resolving=Name("127.0.0.1"))
