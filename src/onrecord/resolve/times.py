"""Resolve time expressions against the day an article was published.

News writes "on Wednesday" for the nearest past Wednesday, counting the
publication day itself, and "on Wednesday" with a verb in the future for the
next one. Every result is an interval: "in March" is a month. Days are those
of the outlet's time zone; the interval is told in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_zone
from typing import Literal
from zoneinfo import ZoneInfo

from onrecord.annotate.time_grammar import (
    AFTER_WORDS,
    BEFORE_WORDS,
    SINCE_WORDS,
    UNTIL_WORDS,
    ZONES,
    ShapeMatch,
    plain,
    read_whole,
)
from onrecord.model.value import Interval, TimePrecision
from onrecord.resolve.calendar import Period, Tense, coarser
from onrecord.resolve.time_context import Context
from onrecord.resolve.time_shapes import period_of

_BOUNDS: tuple[tuple[Literal["since", "before", "after", "until"], re.Pattern[str]], ...] = (
    ("since", re.compile(rf"(?:{SINCE_WORDS})\s+(?P<rest>.+)", re.I)),
    ("before", re.compile(rf"(?:{BEFORE_WORDS})\s+(?P<rest>.+)", re.I)),
    ("after", re.compile(rf"(?:{AFTER_WORDS})\s+(?P<rest>.+)", re.I)),
    ("until", re.compile(rf"(?:{UNTIL_WORDS})\s+(?P<rest>.+)", re.I)),
)
_RANGES = (
    re.compile(r"between\s+(?P<first>.+?)\s+and\s+(?P<second>.+)", re.I),
    re.compile(r"(?:from\s+)?(?P<first>.+?)\s+(?:to|until|till|through)\s+(?P<second>.+)", re.I),
    re.compile(r"(?P<first>.+?)\s*[-–—]\s*(?P<second>.+)", re.I),
)
_LEADING = re.compile(
    r"(?:on|in|at|during|over|for|throughout|around|about|across|of|the\s+course\s+of|circa|only|just"
    r"|sometime|some\s+time|exactly)\s+(?=\S)",
    re.I,
)
_PAIR = re.compile(r"(?P<first>.+?)\s+(?:and|&)\s+(?P<second>.+)", re.I)
_ONWARDS = re.compile(r"(?P<rest>.+?)\s+(?:onwards?|on)$", re.I)


def resolve_time(
    text: str,
    published: datetime | None,
    *,
    tense: Tense | None = None,
    anchor: Interval | None = None,
    timezone: tzinfo | None = None,
    day_first: bool | None = None,
) -> Interval | None:
    """Return what `text` denotes in an article published at `published`.

    Args:
        text: The expression as written, with or without a leading preposition:
            "last Wednesday", "in March 2017", "since 2013", "two days earlier".
        published: Publication instant, timezone-aware; None when it is not known.
            Without it, words that count from the publication day stay unresolved.
        tense: Tense of the verb the expression belongs to. None is read as past
            for weekdays, as nearest for a month or day without a year, and as
            future after "by" and "until".
        anchor: Time of the event spoken of before; "two days earlier", "that day"
            and "for three weeks" count from it.
        timezone: Zone whose days are meant; by default the zone of `published`, else UTC.
        day_first: How to read "03/04/2017": True for 3 April, False for March 4,
            None to leave it unresolved.

    Returns:
        The interval, or None when the words do not fix a time ("recently").

    Raises:
        ValueError: `published` has no timezone.
    """
    if published is not None and published.tzinfo is None:
        raise ValueError(f"published {published} has no timezone; add one")
    zone = timezone or (published.tzinfo if published is not None else None) or UTC
    context = Context(
        today=None if published is None else published.astimezone(zone).date(),
        now=None if published is None else published.astimezone(zone),
        tense=tense,
        anchor=_local_period(anchor, zone),
        day_first=day_first,
    )
    words = re.sub(r"\s+", " ", plain(text)).strip().strip(',;:.()"').strip()
    # An abbreviation keeps its period: "9 a.m.", "in Sept."
    if text.rstrip().endswith(".") and re.search(r"(?:[ap]\.m|\b[A-Z][a-z]{2,3})$", words):
        words += "."
    try:
        return _resolve(words, context, zone)
    except OverflowError:
        return None


def _resolve(words: str, context: Context, zone: tzinfo) -> Interval | None:
    whole = _simple(words, context, zone)
    if whole is not None or read_whole(words):
        return whole
    for kind, pattern in _BOUNDS:
        if match := pattern.fullmatch(words):
            # "from March to May" opens with a bound's word but is a range.
            ranged = _ranged(words, context, zone) if words.lower().startswith("from ") else None
            return ranged or _bounded(kind, match["rest"], context, zone)
    if (ranged := _ranged(words, context, zone)) is not None:
        return ranged
    if match := _PAIR.fullmatch(words):
        first, second = (_resolve(match[key], context, zone) for key in ("first", "second"))
        # "Saturday and Sunday" is one stretch; "Monday and Thursday" is none.
        if first is not None and second is not None and first.end == second.start:
            return Interval(first.start, second.end, first.precision)
        return None
    if match := _ONWARDS.fullmatch(words):
        return _bounded("since", match["rest"], context, zone)
    if match := _LEADING.match(words):
        return _resolve(words[match.end() :], context, zone)
    return None


def _simple(words: str, context: Context, zone: tzinfo) -> Interval | None:
    for shape in read_whole(words):
        if (bound := _ago_bound(shape, context, zone)) is not None:
            return bound
        period = period_of(shape, context)
        if period is None:
            continue
        if (instant := _instant(shape, period, zone)) is not None:
            return instant
        return _interval(period, zone)
    return None


def _ago_bound(shape: ShapeMatch, context: Context, zone: tzinfo) -> Interval | None:
    """Return "more than two years ago" as open, "less than a month ago" as a window."""
    bound = shape.groups.get("bound", "")
    if (
        shape.name != "ago"
        or context.today is None
        or not re.search(r"than|over|under|least", bound)
    ):
        return None
    exact = period_of(shape, context, as_day=True)
    if exact is None:
        return None
    if bound.startswith(("less", "under")):
        window = Period(exact.first, context.today + timedelta(days=1), _unit_precision(shape))
        return _interval(window, zone)
    # "More than" leaves the day itself out, "at least" keeps it in.
    edge = exact.after if "least" in bound else exact.first
    return Interval(None, _midnight(edge, zone), "before")


def _unit_precision(shape: ShapeMatch) -> TimePrecision:
    unit = shape.groups["unit"].removesuffix("s")
    known: dict[str, TimePrecision] = {
        "fortnight": "week", "week": "week", "month": "month", "year": "year", "decade": "decade",
    }  # fmt: skip
    return known.get(unit, "day")


def _bounded(
    kind: Literal["since", "before", "after", "until"], rest: str, context: Context, zone: tzinfo
) -> Interval | None:
    # What one counts from lies behind; what one works towards lies ahead.
    tense = context.tense
    if kind == "since":
        tense = "future" if tense == "future" else "past"
    elif kind == "until" and tense is None:
        tense = "future"
    inner = _resolve(rest, context.with_tense(tense), zone)
    if inner is None:
        return None
    if kind == "since":
        return None if inner.start is None else Interval(inner.start, None, "since")
    if kind == "after":
        return None if inner.end is None else Interval(inner.end, None, "after")
    edge = (
        inner.start
        if kind == "before" and not re.match(r"(?:the )?end of", rest, re.I)
        else inner.end
    )
    return None if edge is None else Interval(None, edge, "before")


def _ranged(words: str, context: Context, zone: tzinfo) -> Interval | None:
    """Return "between A and B" as the stretch from the start of A to the end of B."""
    for pattern in _RANGES:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        second_words = match["second"]
        second = _resolve(second_words, context, zone)
        first = _resolve(_completed(match["first"], second_words), context, zone)
        if first is None or first.start is None:
            continue
        if second is None:
            # "from March 3 to 5"
            month = re.match(r"(?:[A-Za-z]+,? )?([A-Za-z]{3,}\.?) \d", match["first"])
            second = _resolve(f"{month[1]} {second_words}", context, zone) if month else None
        if second is None or second.end is None:
            continue
        if second.end <= first.start:
            return None
        return Interval(first.start, second.end, coarser(first.precision, second.precision))
    return None


def _completed(first: str, second: str) -> str:
    """Return `first` with the year that only `second` tells: "March 3 to May 5, 2017"."""
    year = re.search(r"\b((?:1[5-9]|20)\d\d|(?:this|last|next) year)$", second)
    if year is None or re.search(r"\d{4}|year", first) or not re.search(r"[A-Za-z]{3}", first):
        return first
    return f"{first} {year[1]}"


def _instant(shape: ShapeMatch, period: Period, zone: tzinfo) -> Interval | None:
    """Return the minute of an expression that tells a clock time, else None."""
    groups = shape.groups
    if "isotime" in groups:
        moment = datetime.fromisoformat(f"{groups['iso']}T{groups['isotime'].upper()}")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return Interval(
            moment.astimezone(UTC), moment.astimezone(UTC) + timedelta(minutes=1), "instant"
        )
    mark = "_a" if any(f"{name}_a" in groups for name in ("hour", "hour24", "hourword")) else ""
    if period.precision != "day" or (period.after - period.first).days != 1:
        return None
    at = _clock(groups, mark)
    if at is None:
        return None
    own = ZONES.get(groups.get(f"zone{mark}", "").replace(" ", ""))
    if isinstance(own, str):
        zone = ZoneInfo(own)
    elif own is not None:
        zone = fixed_zone(timedelta(hours=own))
    told = datetime.combine(period.first, at, tzinfo=zone)
    start = told.astimezone(UTC)
    return Interval(start, start + timedelta(minutes=1), "instant")


def _clock(groups: dict[str, str], mark: str) -> time | None:
    if f"hour{mark}" in groups:
        hour, minute = int(groups[f"hour{mark}"]), int(groups.get(f"minute{mark}", 0))
        if hour > 12:
            return time(hour, minute)
        return time(hour % 12 + (12 if groups[f"half{mark}"].startswith("p") else 0), minute)
    if f"hour24{mark}" in groups:
        return time(int(groups[f"hour24{mark}"]), int(groups[f"minute24{mark}"]))
    if groups.get(f"hourword{mark}") in ("noon", "midday"):
        return time(12)
    # Midnight belongs to the night as much as to the day; the day itself is what is certain.
    return None


def _interval(period: Period, zone: tzinfo) -> Interval:
    return Interval(_midnight(period.first, zone), _midnight(period.after, zone), period.precision)


def _midnight(of: date, zone: tzinfo) -> datetime:
    return datetime.combine(of, time(), tzinfo=zone).astimezone(UTC)


def _local_period(interval: Interval | None, zone: tzinfo) -> Period | None:
    """Return the local days of an anchor; None when it is open on both sides it would need."""
    if interval is None or interval.start is None or interval.end is None:
        return None
    first = interval.start.astimezone(zone).date()
    last = (interval.end - timedelta(microseconds=1)).astimezone(zone).date()
    precision: TimePrecision = "day" if interval.precision == "instant" else interval.precision
    return Period(first, last + timedelta(days=1), precision)
