"""Publication times are read when they are sure, with how much of them is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from onrecord.read.published import Published, published_from

_DAY = Published(datetime(2024, 3, 3, tzinfo=UTC), "day")


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-03", "2024/03/03", "20240303", "March 3, 2024", "3 March 2024", "Mar. 3, 2024",
        "Sunday, March 3rd, 2024", "2024-03-03T00:00:00", "2024-03-03 00:00:00+02:00",
        "2024-03-03T00:00:00Z", date(2024, 3, 3), datetime(2024, 3, 3), "3.3.2024",
    ],
)  # fmt: skip
def test_days_are_read_as_days(value: object) -> None:
    assert published_from(value) == _DAY


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2024-03-03T14:30:00Z", 14),
        ("2024-03-03T14:30:00+02:00", 12),
        ("2024-03-03 14:30:00", 14),
        ("2024-03-03 14:30:00 UTC", 14),
        ("Sun, 03 Mar 2024 14:30:00 +0200", 12),
        ("Sun, 03 Mar 2024 14:30:00 GMT", 14),
        (1709476200, 14),
        ("1709476200000", 14),
        (datetime(2024, 3, 3, 14, 30, tzinfo=timezone(timedelta(hours=2))), 12),
    ],
)
def test_instants_are_brought_to_utc(value: object, hour: int) -> None:
    at = datetime(2024, 3, 3, hour, 30, tzinfo=UTC)
    assert published_from(value) == Published(at, "instant")


@pytest.mark.parametrize(
    ("value", "precision"), [("2024-03", "month"), ("March 2024", "month"), ("2024", "year")]
)
def test_less_than_a_day_may_be_known(value: str, precision: str) -> None:
    published = published_from(value)
    assert published is not None
    assert published.precision == precision


@pytest.mark.parametrize(
    "value", ["03/04/2024", "last Tuesday", "", "n/a", "2024-13-01", None, True, [], "12:30", 7]
)
def test_what_is_not_sure_is_not_read(value: object) -> None:
    assert published_from(value) is None


def test_a_slashed_day_is_read_when_only_one_order_fits() -> None:
    assert published_from("13/03/2024") == published_from("03/13/2024")
    assert published_from("13/03/2024") == Published(datetime(2024, 3, 13, tzinfo=UTC), "day")
