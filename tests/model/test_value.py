"""Intervals run forward."""

from datetime import UTC, datetime

import pytest

from onrecord.model.value import Interval

EARLY, LATE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)


def test_an_interval_may_be_open_on_either_side() -> None:
    assert Interval(None, LATE, "before").start is None
    assert Interval(EARLY, None, "since").end is None


@pytest.mark.parametrize(("start", "end"), [(LATE, EARLY), (EARLY, EARLY)])
def test_an_interval_must_last(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="start must lie before end"):
        Interval(start, end, "month")
