"""Hostile callers and articles: each is answered, none is believed, and nothing of them reaches the logs."""

from __future__ import annotations

import csv
import gzip
import http.client
import io
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.formats import FOR_REPORTS, FormatName
from reportedly.schema import Report
from tests.web.conftest import GERMAN, Server, running

KEY = "rk_test-key-of-the-newsroom"
OTHER = "rk_test-key-of-another-desk"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = f"{SCRIPT} Die Werft ist verkauft, sagte {SCRIPT} am Montag.\n\n[Hier](javascript:alert(3)) steht es.\n"


def line_of(name: str, key: str) -> str:
    from hashlib import sha256

    return f"{name}:{sha256(key.encode()).hexdigest()}"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service with keys and narrow limits."""
    folder = tmp_path_factory.mktemp("strict")
    keys = folder / "keys.txt"
    keys.write_text(f"# who has keys\n{line_of('newsroom', KEY)}\n{line_of('other', OTHER)}\n")
    options = ("--keys", str(keys), "--max-body", "20000", "--body-seconds", "1", "--per-minute", "60")
    with running(folder, *options) as server:
        yield server


def bearer(key: str = KEY) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def form(fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    parts = (f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    return ("".join(parts) + "--b--\r\n").encode(), {"Content-Type": "multipart/form-data; boundary=b"}


def raw(server: Server, sent: bytes, seconds: float = 15) -> tuple[bytes, float]:
    """All that comes back to some bytes, and after how long the connection was closed."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer, time.monotonic() - began


def test_x4_markup_in_an_article_stays_text_on_every_page(server: Server) -> None:
    for path, fields in (("/", {"text": HOSTILE}), ("/check", {"text": HOSTILE, "summary": SCRIPT + " ist verkauft."})):
        body, kind = form(fields)
        answer = server.ask("POST", path, body, kind)
        page = answer.body.decode()
        assert answer.status == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_x4_a_refused_form_shows_what_was_sent_as_text(server: Server) -> None:
    body, kind = form({"text": SCRIPT, "words": '"><script>alert(4)</script>', "engine": SCRIPT})
    answer = server.ask("POST", "/?lang=de", body, kind)
    assert answer.status == 422
    assert b"<script>alert" not in answer.body
    assert b"Das ging nicht" in answer.body


def test_x5_no_link_of_an_article_can_be_followed_into_a_script(server: Server) -> None:
    answer = server.post("/v1/summaries", {"text": HOSTILE, "url": "javascript:alert(1)"})
    report = Report.model_validate_json(answer.body)
    out = io.StringIO()
    page = FOR_REPORTS[FormatName.HTML](out)
    page.write(report)
    page.close()
    assert not re.search(r'href="(?!https?:|#|/)', out.getvalue())


def test_x6_terminal_codes_and_line_ends_do_not_reach_the_log(server: Server) -> None:
    evil = "\x1b]0;owned\x07\x1b[31m"
    server.post("/v1/flags", {"text": f"{evil} {GERMAN}", "id": f"x{evil}\nforged"}, **{"X-Request-ID": "a%0d%0ab"})
    server.ask("GET", "/%1b%5b31m%0aforged")
    server.ask("GET", "/v1/batches/%1b%5b31m%0aforged")
    log = server.logged
    assert "\x1b" not in log
    assert "\x07" not in log
    assert all(line.startswith("{") for line in log.splitlines())
    assert "forged" not in log


def test_x7_formulas_are_quoted_in_the_table(server: Server) -> None:
    text = '=HYPERLINK("http://a.example")&A1 ist verkauft, sagte die Hafenpost.\n\n' + GERMAN
    report = Report.model_validate_json(server.post("/v1/summaries", {"text": text, "id": "=1+1"}).body)
    out = io.StringIO()
    table = FOR_REPORTS[FormatName.CSV](out)
    table.write(report)
    table.close()
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue())) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]


def test_x10_packed_bodies_are_not_taken(server: Server) -> None:
    bomb = gzip.compress(b'{"text":"' + b"a" * 50_000_000 + b'"}')
    answer = server.post("/v1/flags", bomb, **{"Content-Encoding": "gzip", "Content-Type": "application/json"})
    assert (answer.status, answer.json["reason"]) == (415, "encoding_not_taken")


def test_x12_and_x14_a_repetitive_article_of_the_largest_size_is_read_in_time(server: Server) -> None:
    began = time.monotonic()
    answer = server.ask("POST", "/v1/flags", {"text": "laut laut ( Er soll, soll " * 35_000}, timeout=90)
    assert answer.status in (200, 422, 503)
    assert time.monotonic() - began < 75
    assert server.post("/v1/flags", {"text": GERMAN}).status == 200


def test_x15_an_id_is_no_path(server: Server) -> None:
    line = json.dumps({"id": "../../../../etc/passwd", "text": GERMAN}).encode()
    name = server.post("/v1/batches", line, **{"Content-Type": "application/x-ndjson"}).json["id"]
    assert re.fullmatch("[0-9a-f]{32}", name)
    kept = {path.name for path in (server.data / "batches" / name).iterdir()}
    assert not any("passwd" in entry or ".." in entry for entry in kept)


def test_x18_neither_article_nor_key_stands_in_the_log(strict: Server) -> None:
    word = "Quastenflosserkanarie"
    strict.post("/v1/flags", {"text": f"Die {word} singt, sagte der Zoo am Montag."}, **bearer())
    strict.post("/v1/flags", {"text": word, "nonsense": word}, **bearer())
    strict.post("/v1/flags", b'{"text": "' + word.encode(), **bearer())
    strict.post("/v1/flags", {"text": word}, **bearer("rk_wrong-" + word))
    assert word not in strict.logged
    assert KEY not in strict.logged
    assert '"newsroom"' in strict.logged


def test_x19_without_a_key_nothing_is_read(strict: Server) -> None:
    for headers in ({}, bearer("rk_wrong"), {"Authorization": f"Basic {KEY}"}, {"Authorization": KEY}):
        for method, path in (
            ("POST", "/v1/flags"),
            ("GET", "/v1/batches"),
            ("POST", "/v1/batches"),
            ("GET", "/metrics"),
        ):
            answer = strict.ask(method, path, {"text": GERMAN} if method == "POST" else None, headers)
            assert (answer.status, answer.json["reason"]) == (401, "key_needed")
            assert answer.headers["www-authenticate"] == "Bearer"
    assert strict.ask("GET", "/").status == 200
    assert strict.ask("GET", "/metrics", headers=bearer()).status == 200


def test_x19_the_form_takes_its_key_from_a_field(strict: Server) -> None:
    body, kind = form({"text": GERMAN})
    assert strict.ask("POST", "/", body, kind).status == 401
    body, kind = form({"text": GERMAN, "key": KEY})
    assert strict.ask("POST", "/", body, kind).status == 200


def test_x19_one_caller_sees_nothing_of_another(strict: Server) -> None:
    line = json.dumps({"id": "a", "text": GERMAN}).encode()
    name = strict.post("/v1/batches", line, **bearer(), **{"Content-Type": "application/x-ndjson"}).json["id"]
    for method, path in (("GET", ""), ("GET", "/results"), ("GET", "/events"), ("DELETE", "")):
        assert strict.ask(method, f"/v1/batches/{name}{path}", headers=bearer(OTHER)).status == 404
    assert strict.ask("GET", "/v1/batches", headers=bearer(OTHER)).json == []
    assert strict.ask("GET", f"/v1/batches/{name}", headers=bearer()).status == 200


def test_x19_oversized_by_its_head_and_by_its_parts(strict: Server) -> None:
    answer = strict.post("/v1/flags", {"text": "a" * 30_000}, **bearer())
    assert (answer.status, answer.json["reason"]) == (413, "too_large")
    connection = http.client.HTTPConnection("127.0.0.1", strict.port, timeout=15)
    parts = (b'{"text":"' if n == 0 else b"a" * 5_000 for n in range(10))
    connection.request("POST", "/v1/flags", parts, bearer() | {"Content-Type": "application/json"}, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_x19_a_slow_body_and_a_slow_head_are_not_waited_for(strict: Server) -> None:
    head = f"POST /v1/flags HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\nContent-Length: 100\r\n"
    answer, seconds = raw(strict, (head + "Content-Type: application/json\r\n\r\n{").encode())
    assert b" 408 " in answer.splitlines()[0]
    assert seconds < 5
    answer, seconds = raw(strict, b"GET /healthz HTTP/1.1\r\nHost: loc")
    assert answer == b""
    assert seconds < 14
    assert strict.ask("GET", "/healthz").status == 200


def test_x19_too_many_requests_of_one_key_leave_the_other_alone(strict: Server) -> None:
    answers = [strict.post("/v1/flags", {"text": " "}, **bearer()) for _ in range(70)]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    assert refused[0].json["reason"] == "rate_limited"
    assert int(refused[0].headers["retry-after"]) >= 1
    assert strict.post("/v1/flags", {"text": GERMAN}, **bearer(OTHER)).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\xfe garbage\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/flags HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/flags HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_malformed_requests_are_refused(server: Server, sent: bytes) -> None:
    answer, _ = raw(server, sent)
    assert re.match(rb"HTTP/1\.1 4\d\d ", answer) or answer == b""
    assert server.ask("GET", "/healthz").status == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{", b'{"text": 3}', b'{"text": "\\ud800"}', b"[" * 50_000, b"\xff\xfe{}", b'{"text": NaN}'],
)
def test_malformed_bodies_are_refused(server: Server, body: bytes) -> None:
    answer = server.post("/v1/flags", body, **{"Content-Type": "application/json"})
    assert answer.status in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_stranger_s_page_can_not_act_here(server: Server) -> None:
    body, kind = form({"text": GERMAN})
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": f"http://localhost:{server.port + 1}", "Sec-Fetch-Site": "same-site"},
    ):
        assert server.ask("POST", "/", body, kind | headers).json["reason"] == "cross_origin"
    own = {"Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"}
    assert server.ask("POST", "/", body, kind | own).status == 200
    plain = server.post("/v1/flags", json.dumps({"text": GERMAN}).encode(), **{"Content-Type": "text/plain"})
    assert plain.status in (415, 422)


def test_a_name_that_was_rebound_to_this_machine_is_not_served(server: Server) -> None:
    for name in ("evil.example", f"evil.example:{server.port}", "", "127.0.0.1.evil.example"):
        assert server.ask("GET", "/", headers={"Host": name}).json["reason"] == "host_not_served"
    for name in ("localhost", f"localhost:{server.port}", f"[::1]:{server.port}"):
        assert server.ask("GET", "/", headers={"Host": name}).status == 200


def test_others_are_let_in_with_keys_alone(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "reportedly", "serve", "--host", "0.0.0.0", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "keys" in done.stderr
