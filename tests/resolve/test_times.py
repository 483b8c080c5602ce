"""Time expressions to intervals: the conventions of news, one sentence each."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.value import Interval
from onrecord.resolve.times import resolve_time

WEDNESDAY = datetime(2024, 3, 13, 14, tzinfo=UTC)


def days(text: str, published: datetime | None = WEDNESDAY, **options: object) -> tuple[str, str]:
    """Return first day and last day (inclusive) of what `text` denotes, in UTC."""
    interval = resolve_time(text, published, **options)  # type: ignore[arg-type]
    assert interval is not None
    assert interval.start is not None
    assert interval.end is not None
    return interval.start.date().isoformat(), (interval.end - timedelta(days=1)).date().isoformat()


def test_bare_weekday_counts_publication_day() -> None:
    assert days("Wednesday") == ("2024-03-13", "2024-03-13")


def test_bare_weekday_in_the_past_is_the_nearest_before() -> None:
    assert days("on Friday", tense="past") == ("2024-03-08", "2024-03-08")


def test_bare_weekday_in_the_future_is_the_next() -> None:
    assert days("on Friday", tense="future") == ("2024-03-15", "2024-03-15")


def test_last_weekday_never_means_publication_day() -> None:
    assert days("last Wednesday") == ("2024-03-06", "2024-03-06")


def test_month_without_year_follows_the_tense() -> None:
    assert days("in December", tense="past")[0] == "2023-12-01"
    assert days("in December", tense="future")[0] == "2024-12-01"


def test_relative_time_without_publication_date_stays_unresolved() -> None:
    assert resolve_time("last week", None) is None
    assert resolve_time("since Monday", None) is None


def test_absolute_time_needs_no_publication_date() -> None:
    assert days("March 5, 2017", None) == ("2017-03-05", "2017-03-05")


def test_days_are_those_of_the_outlets_zone() -> None:
    east = timezone(timedelta(hours=9))
    interval = resolve_time("today", datetime(2024, 3, 13, 6, tzinfo=east))
    assert interval is not None
    assert interval.start == datetime(2024, 3, 12, 15, tzinfo=UTC)


def test_offset_counts_from_the_anchor() -> None:
    anchor = resolve_time("June 16, 2021", None)
    assert days("two days earlier", anchor=anchor) == ("2021-06-14", "2021-06-14")
    assert resolve_time("two days earlier", WEDNESDAY) is None


def test_since_is_open_at_the_end_and_before_at_the_start() -> None:
    since, before = resolve_time("since 2013", WEDNESDAY), resolve_time("before 2013", WEDNESDAY)
    assert since == Interval(datetime(2013, 1, 1, tzinfo=UTC), None, "since")
    assert before == Interval(None, datetime(2013, 1, 1, tzinfo=UTC), "before")


def test_date_of_two_readings_needs_the_order_to_be_told() -> None:
    assert resolve_time("03/04/2017", WEDNESDAY) is None
    assert days("03/04/2017", day_first=True) == ("2017-04-03", "2017-04-03")


@pytest.mark.parametrize(
    "text",
    [
        "recently",
        "several years ago",
        "in recent months",
        "Feb. 30",
        "soon",
        "",
        "the army",
        "for years",
    ],
)
def test_words_that_fix_no_time_give_none(text: str) -> None:
    assert resolve_time(text, WEDNESDAY) is None


def test_publication_without_timezone_is_refused() -> None:
    with pytest.raises(ValueError, match="no timezone"):
        resolve_time("today", datetime(2024, 3, 13))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2090, 12, 31)))
def test_any_written_date_gives_back_its_day(day: date) -> None:
    written = f"{day:%B} {day.day}, {day.year}"
    assert days(written) == (day.isoformat(), day.isoformat())
    assert days(day.isoformat()) == (day.isoformat(), day.isoformat())


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Monday", "Thursday", "Sunday"]),
)
def test_past_weekday_lies_within_the_last_seven_days(published: datetime, name: str) -> None:
    first, _ = days(name, published, tense="past")
    age = (published.date() - date.fromisoformat(first)).days
    assert 0 <= age <= 6
    assert f"{date.fromisoformat(first):%A}" == name


@given(st.text(max_size=40))
def test_any_text_resolves_to_an_interval_or_none(text: str) -> None:
    interval = resolve_time(text, WEDNESDAY)
    assert interval is None or interval.start is not None or interval.end is not None
