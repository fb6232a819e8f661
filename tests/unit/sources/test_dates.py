"""Dates as documents write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.sources.dates import parse_date

NAIVE_DAY = datetime(2025, 1, 31)  # noqa: DTZ001 - a date without a zone stays without one
NAIVE_TIME = datetime(2025, 1, 31, 14, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-01-31", NAIVE_DAY),
        ("2025-01-31T09:30:00Z", datetime(2025, 1, 31, 9, 30, tzinfo=UTC)),
        (" 2025-01-31T09:30:00+01:00 ", datetime(2025, 1, 31, 9, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("Fri, 31 Jan 2025 09:30:00 GMT", datetime(2025, 1, 31, 9, 30, tzinfo=UTC)),
        ("31.1.2025", NAIVE_DAY),
        ("31.01.2025, 14:30 Uhr", NAIVE_TIME),
        ("31.02.2025", None),
        ("gestern", None),
        ("", None),
        ("9" * 100, None),
    ],
)
def test_known_forms(written: str, moment: datetime | None) -> None:
    assert parse_date(written) == moment


@given(st.text())
def test_anything_else_is_no_date_and_no_error(written: str) -> None:
    parse_date(written)
