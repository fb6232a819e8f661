"""The short version of `make soak`: some kills, none lost, none doubled, none bought twice."""

from __future__ import annotations

import pytest

from tests.soak.killing import IN_FLIGHT, soak

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KILLS = 8


def test_killed_at_random_moments_nothing_is_lost_doubled_or_bought_twice() -> None:
    count = soak(KILLS, seed=7, articles=150)
    assert count.problems == []
    assert (count.lost, count.doubled, count.bought_twice) == (0, 0, 0)
    assert count.kills == KILLS
    assert 0 < count.asked_again <= KILLS * IN_FLIGHT
