"""Keys are known by their hash; a caller's limits refill with time and are his own."""

from __future__ import annotations

import contextlib

import pytest

from reportedly.errors import ConfigError
from reportedly.web.configuration import Limits, is_loopback
from reportedly.web.keys import Keys, mint
from reportedly.web.limiting import Gate
from reportedly.web.problems import Refused


def test_a_key_is_known_by_the_line_that_was_minted_with_it() -> None:
    key, line = mint("newsroom")
    keys = Keys.read(["# comment", "", line], "keys.txt")
    assert keys.name_of(key) == "newsroom"
    assert keys.name_of(key + "x") is None
    assert key not in line
    assert mint("newsroom")[0] != key


def test_a_key_in_place_of_a_line_is_refused_and_not_repeated() -> None:
    key, _ = mint("newsroom")
    with pytest.raises(ConfigError, match="entry 2") as refused:
        Keys.read(["", key], "keys.txt")
    assert key not in str(refused.value)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_refills_and_is_each_caller_s_own() -> None:
    clock = Clock()
    gate = Gate(Limits(per_minute=2), clock)
    for _ in range(2):
        with gate.admitted("a"):
            pass
    with pytest.raises(Refused) as refused, gate.admitted("a"):
        pass
    assert refused.value.status_code == 429
    assert int((refused.value.headers or {})["Retry-After"]) >= 30
    with gate.admitted("b"):
        pass
    clock.now = 31
    with gate.admitted("a"):
        pass


def test_work_at_the_same_time_is_bounded_for_one_and_for_all() -> None:
    gate = Gate(Limits(at_once=2, in_all=3))
    with contextlib.ExitStack() as held:
        for name in ("a", "a", "b"):
            held.enter_context(gate.admitted(name))
        for name, status in (("a", 429), ("b", 503)):
            with pytest.raises(Refused) as refused, gate.admitted(name):
                pass
            assert refused.value.status_code == status
    with gate.admitted("a"):
        pass


def test_a_refused_or_failed_request_gives_its_place_back() -> None:
    gate = Gate(Limits(at_once=1))
    with pytest.raises(ValueError, match="x"), gate.admitted("a"):
        raise ValueError("x")
    with gate.admitted("a"):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "news.example", ""])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)
