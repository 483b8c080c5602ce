"""Read the shapes that count from another day: the publication day or an earlier event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.resolve import calendar
from onrecord.resolve.calendar import Period, coarser
from onrecord.resolve.time_context import (
    AHEAD,
    BACK,
    ROLLING,
    THAT,
    Context,
    Groups,
    as_unit,
    count_of,
    precision_of,
    unit_of,
)  # fmt: skip


def read_today(groups: Groups, context: Context) -> Period | None:
    if context.today is None:
        return None
    word = groups["dayword"]
    if word == "overnight":
        return Period(context.today - timedelta(days=1), context.today + timedelta(days=1), "day")
    steps = {
        "yesterday": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return calendar.day(context.today + timedelta(days=steps.get(word, 0)))


def read_daypart(groups: Groups, context: Context) -> Period | None:
    rel = groups["rel"]
    if rel in ("that", "the same", "the following", "the next", "the previous"):
        return read_sameday({"dayrel": rel.removeprefix("the ")}, context)
    if context.today is None:
        return None
    return calendar.day(context.today + timedelta(days={"this": 0, "tomorrow": 1}.get(rel, -1)))


def read_sameday(groups: Groups, context: Context) -> Period | None:
    if groups["dayrel"] == "this":
        return None if context.today is None else calendar.day(context.today)
    if context.anchor is None:
        return None
    steps = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(groups["dayrel"], 0)
    return _shifted(context.anchor, "day", steps)


def read_sofar(groups: Groups, context: Context) -> Period | None:
    return read_earlier({**groups, "dir": "earlier"}, context)


def read_earlier(groups: Groups, context: Context) -> Period | None:
    """Return "earlier this month": from the start of the unit to the day spoken of."""
    unit, rel = groups["unit"], groups.get("rel", "this")
    if unit == "today":
        return None if context.today is None else calendar.day(context.today)
    known = as_unit(unit)
    anchored = rel in ("that", "the same") or (rel == "the" and context.anchor is not None)
    point = context.anchor.first if anchored and context.anchor is not None else context.today
    if known is None or point is None or (anchored and context.anchor is None):
        return None
    if rel in ("last", "next"):
        whole = calendar.unit_around(known, point, -1 if rel == "last" else 1)
        return calendar.part_of(whole, "early" if groups["dir"] == "earlier" else "late")
    whole = calendar.unit_around(known, point)
    if groups["dir"] == "earlier":
        return replace(whole, after=point + timedelta(days=1))
    return replace(whole, first=point)


def read_window(groups: Groups, context: Context) -> Period | None:
    """Return "the past two weeks": counted back from and including the publication day."""
    count, unit = count_of(groups["count"]), unit_of(groups["unit"])
    if count is None or context.today is None:
        return None
    return _stretch(context.today, unit, count, back=groups["rel"] in (*BACK, "preceding"))


def _stretch(today: date, unit: str, count: float, *, back: bool) -> Period:
    if unit in ("hour", "minute", "second"):
        days = -(-count // {"hour": 24, "minute": 1440, "second": 86400}[unit])
        unit, count = "day", days
    precision = precision_of(unit)
    tomorrow = today + timedelta(days=1)
    if back:
        return Period(calendar.shift(today, unit, -count), tomorrow, precision)
    return Period(today, calendar.shift(today, unit, count) + timedelta(days=1), precision)


def read_relative(groups: Groups, context: Context) -> Period | None:
    rel, unit = groups["rel"], groups["unit"]
    anchored = rel in (*THAT, "the previous", "the following")
    if rel in ROLLING and unit not in ("weekend", "day"):
        if context.today is None:
            return None
        return _stretch(context.today, unit, 1, back=rel in BACK)
    if anchored:
        if context.anchor is None:
            return None
        point = context.anchor.first
    elif context.today is None:
        return None
    else:
        point = context.today
    step = -1 if rel in BACK else 1 if rel in AHEAD else 0
    if unit == "weekend":
        if rel == "the":
            return read_weekend(groups, context)
        # "This coming weekend" ends the week under way, "next weekend" the one after.
        return calendar.weekend_of(point + timedelta(weeks=0 if "coming" in rel else step))
    known = as_unit(unit)
    if known is None:
        return None
    period = calendar.unit_around(known, point, step)
    if anchored and context.anchor is not None and _days(context.anchor) > _days(period):
        # The week after some time in March is some week in March or April.
        return _shifted(context.anchor, unit, step)
    return period


def read_weekend(groups: Groups, context: Context) -> Period | None:
    if context.today is None:
        return None
    this = calendar.weekend_of(context.today)
    if context.tense == "future" or context.today >= this.first:
        return this
    return calendar.weekend_of(context.today - timedelta(weeks=1))


def read_ago(groups: Groups, context: Context, *, as_day: bool = False) -> Period | None:
    count, unit = count_of(groups["count"]), unit_of(groups["unit"])
    if count is None or context.today is None or context.now is None:
        return None
    if "halfmore" in groups or "halfafter" in groups:
        count += 0.5
    if weekday := groups.get("weekday"):
        base = context.today
        if weekday != "today":
            base = calendar.weekday_near(weekday, context.today, "past", counting=True)
        return calendar.day(calendar.shift(base, unit, -count))
    if unit in ("hour", "minute", "second"):
        seconds = {"hour": 3600, "minute": 60, "second": 1}[unit]
        return calendar.day((context.now - timedelta(seconds=seconds * count)).date())
    point = calendar.shift(context.today, unit, -count)
    if as_day:
        return calendar.day(point)
    if unit == "weekend":
        return calendar.weekend_of(point)
    return _around(point, unit, count)


def _around(point: date, unit: str, count: float) -> Period | None:
    """Return the calendar unit a count led to; half a unit is told by the next smaller one."""
    if count != int(count):
        unit = {"century": "decade", "decade": "year", "year": "month"}.get(unit, unit)
    known = as_unit({"fortnight": "week"}.get(unit, unit))
    return None if known is None else calendar.unit_around(known, point)


def read_offset(groups: Groups, context: Context) -> Period | None:
    count, unit = count_of(groups["count"]), unit_of(groups["unit"])
    if count is None:
        return None
    direction = groups["dir"]
    if direction in ("hence", "from now", "from today"):
        if context.today is None:
            return None
        return _around(calendar.shift(context.today, unit, count), unit, count)
    if context.anchor is None:
        return None
    back = direction in ("earlier", "before", "previously") or direction.startswith("prior")
    if unit in ("hour", "minute", "second"):
        # Hours may cross midnight; the anchor's day is known, its hour is not.
        days = int(count // 24) if unit == "hour" else 0
        return _shifted(context.anchor, "day", -days if back else days)
    return _shifted(context.anchor, unit, -count if back else count)


def _shifted(anchor: Period, unit: str, count: float) -> Period | None:
    """Return the anchor moved by some units, as the calendar unit or the anchor's own length."""
    first = calendar.shift(anchor.first, unit, count)
    around = _around(first, unit, count)
    if around is None:
        return None
    if _days(anchor) <= _days(around):
        return around
    last = calendar.shift(anchor.after - timedelta(days=1), unit, count)
    return Period(first, last + timedelta(days=1), coarser(anchor.precision, precision_of(unit)))


def read_inperiod(groups: Groups, context: Context) -> Period | None:
    count, unit = count_of(groups["count"]), unit_of(groups["unit"])
    if count is None or context.today is None:
        return None
    if groups["prep"] == "within":
        return _stretch(context.today, unit, count, back=context.tense == "past")
    if context.tense != "future":
        return None
    if unit in ("hour", "minute", "second"):
        return _stretch(context.today, unit, count, back=False)
    return _around(calendar.shift(context.today, unit, count), unit, count)


def read_duration(groups: Groups, context: Context) -> Period | None:
    """Return a length of time counted from the anchor's first day; alone it fixes nothing."""
    count, unit = count_of(groups["count"]), unit_of(groups["unit"])
    if count is None or context.anchor is None or context.anchor.precision != "day":
        return None
    if unit in ("hour", "minute", "second"):
        return calendar.day(context.anchor.first)
    after = calendar.shift(context.anchor.first, unit, count)
    return Period(context.anchor.first, after, precision_of(unit))


def read_clock(groups: Groups, context: Context) -> Period | None:
    return None if context.anchor is None else context.anchor


def _days(period: Period) -> int:
    return (period.after - period.first).days
