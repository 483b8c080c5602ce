"""Read the shapes that name a place in the calendar: dates, months, weekdays, holidays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.annotate.time_grammar import DECADE_WORDS, MONTHS, SEASONS, WEEKDAYS
from onrecord.resolve import calendar
from onrecord.resolve.calendar import Period, Tense
from onrecord.resolve.time_context import AHEAD, BACK, THAT, Context, Groups, nearest, year_told


def read_iso(groups: Groups, context: Context) -> Period | None:
    return calendar.day(date.fromisoformat(groups["iso"]))


def read_numeric(groups: Groups, context: Context) -> Period | None:
    first, second, year = int(groups["first"]), int(groups["second"]), int(groups["year"])
    day_first = context.day_first
    if groups["mark"] == "." or first > 12:
        day_first = True
    elif second > 12 or first == second:
        day_first = False
    if day_first is None:
        return None
    return calendar.day(date(year, second, first) if day_first else date(year, first, second))


def read_nine_eleven(groups: Groups, context: Context) -> Period | None:
    return calendar.day(date(2001, 9, 11))


def _month_number(words: str) -> int:
    return MONTHS[words.rstrip(".")]


def read_date(groups: Groups, context: Context) -> Period | None:
    number = _month_number(groups["month"])
    first = int(re.sub(r"\D", "", groups["day"]))
    last = int(re.sub(r"\D", "", groups.get("day2", groups["day"])))

    def in_year(year: int) -> Period | None:
        try:
            start, end = date(year, number, first), date(year, number, last)
        except ValueError:
            return None
        return Period(start, end + timedelta(days=1), "day") if start <= end else None

    told = year_told(groups, context)
    if told is not None:
        return in_year(told)
    if context.today is None or "relyear" in groups:
        return None
    around = range(context.today.year - 8, context.today.year + 9)
    candidates = [period for year in around if (period := in_year(year)) is not None]
    if weekday := groups.get("weekday"):
        # "Monday, March 13" tells its year by its weekday when one near fits.
        wanted = WEEKDAYS[weekday.rstrip(".")]
        fitting = [p for p in candidates if p.first.weekday() == wanted]
        chosen = nearest(fitting, context)
        if chosen is not None and abs((chosen.first - context.today).days) <= 400:
            return chosen
    return nearest(candidates, context)


def read_weekday(groups: Groups, context: Context) -> Period | None:
    name, rel, week = groups["weekday"], groups.get("rel", ""), groups.get("week")
    if rel in ("the previous", "the following", "the next", "the same", "that"):
        if context.anchor is None:
            return None
        start = context.anchor.first
        if rel in ("the same", "that"):
            return calendar.day(calendar.weekday_near(name, start, "past", counting=True))
        tense: Tense = "past" if rel == "the previous" else "future"
        return calendar.day(calendar.weekday_near(name, start, tense, counting=False))
    today = context.today
    if today is None:
        return None
    if week is not None:
        step = {"last week": -1, "next week": 1, "week": 1}.get(week, 0)
        if week == "week":
            ahead = calendar.weekday_near(name, today, "future", counting=True)
            return calendar.day(ahead + timedelta(weeks=1))
        monday = calendar.unit_around("week", today, step).first
        return calendar.day(calendar.weekday_near(name, monday, "future", counting=True))
    if rel in BACK:
        return calendar.day(calendar.weekday_near(name, today, "past", counting=False))
    if rel in AHEAD:
        return calendar.day(calendar.weekday_near(name, today, "future", counting=False))
    if rel == "this" and context.tense is None:
        monday = calendar.unit_around("week", today).first
        return calendar.day(calendar.weekday_near(name, monday, "future", counting=True))
    return calendar.day(calendar.weekday_near(name, today, context.tense, counting=True))


def read_holiday(groups: Groups, context: Context) -> Period | None:
    name = groups["holiday"]
    told = year_told(groups, context)
    if told is not None:
        day = calendar.holiday(name, told)
        return None if day is None else calendar.day(day)
    if context.today is None or "relyear" in groups:
        return None
    around = range(context.today.year - 2, context.today.year + 3)
    days = [day for year in around if (day := calendar.holiday(name, year)) is not None]
    candidates = [calendar.day(day) for day in days]
    rel = groups.get("rel")
    if rel == "last":
        return nearest(candidates, context.with_tense("past"), counting=False)
    if rel == "next":
        return nearest(candidates, context.with_tense("future"), counting=False)
    return nearest(candidates, context)


def read_quarter(groups: Groups, context: Context) -> Period | None:
    year = year_told(groups, context)
    if year is None:
        return None
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
    number = int(groups["q"]) if "q" in groups else words[groups["qword"]]
    return calendar.unit_around("quarter", date(year, 3 * number - 2, 1))


def read_month(groups: Groups, context: Context) -> Period | None:
    number = _month_number(groups["month"])
    told = year_told(groups, context)
    if told is not None:
        return calendar.month(told, number)
    if "relyear" in groups:
        return None
    return _recurring(lambda year: calendar.month(year, number), groups, context)


def _recurring(of_year: Callable[[int], Period], groups: Groups, context: Context) -> Period | None:
    """Return the month or season that "last", "this", "next", "that" or the tense means."""
    rel = groups.get("rel", "")
    if rel in THAT or rel in ("the previous", "the following"):
        if context.anchor is None:
            return None
        start = context.anchor.first
        around = [of_year(year) for year in range(start.year - 2, start.year + 3)]
        if rel == "the following":
            return next(p for p in around if p.first > start)
        return [p for p in around if (p.after if rel == "the previous" else p.first) <= start][-1]
    if context.today is None:
        return None
    candidates = [of_year(year) for year in range(context.today.year - 2, context.today.year + 3)]
    if rel in BACK:
        return nearest(candidates, context.with_tense("past"), counting=False)
    if rel in AHEAD:
        return nearest(candidates, context.with_tense("future"), counting=False)
    if rel == "this":
        under_way = [p for p in candidates if p.first <= context.today < p.after]
        return under_way[0] if under_way else of_year(context.today.year)
    return nearest(candidates, context)


def read_months(groups: Groups, context: Context) -> Period | None:
    first, last = _month_number(groups["month"]), _month_number(groups["month2"])

    def in_year(year: int) -> Period:
        end = calendar.month(year, last)
        start = calendar.month(year - (first > last), first)
        return Period(start.first, end.after, "month")

    told = year_told(groups, context)
    if told is not None:
        return in_year(told)
    if context.today is None or "relyear" in groups:
        return None
    return nearest([in_year(context.today.year + step) for step in (-1, 0, 1)], context)


def read_season(groups: Groups, context: Context) -> Period | None:
    first_month = SEASONS[groups["season"]]
    told = year_told(groups, context)
    if told is not None:
        return calendar.season(told, first_month)
    return _recurring(lambda year: calendar.season(year, first_month), groups, context)


def read_decade(groups: Groups, context: Context) -> Period | None:
    if "decadeword" in groups:
        start = int(groups.get("century", "19")) * 100 + DECADE_WORDS[groups["decadeword"]]
    else:
        digits = groups["decade"].strip("'")
        start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return calendar.unit_around("decade", date(start, 1, 1))


def read_century(groups: Groups, context: Context) -> Period | None:
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    told = groups["century"]
    number = words[told] if told in words else int(re.sub(r"\D", "", told))
    return calendar.unit_around("century", date(100 * number - 50, 1, 1))


def read_years(groups: Groups, context: Context) -> Period | None:
    first, second = int(groups["year"]), groups["year2"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return Period(date(first, 1, 1), date(last + 1, 1, 1), "year") if first < last else None


def read_year(groups: Groups, context: Context) -> Period | None:
    return calendar.year(int(groups["year"]))
