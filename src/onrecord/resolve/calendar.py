"""Calendar arithmetic on whole days: periods, their parts and their neighbours.

A week runs from Monday to Sunday, seasons are the northern ones of three
whole months, "early" is the first third of a unit and "late" the last.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from onrecord.annotate.time_grammar import WEEKDAYS
from onrecord.model.value import TimePrecision

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
Tense = Literal["past", "future"]
_ORDER: tuple[TimePrecision, ...] = (
    "instant", "day", "week", "month", "quarter", "season", "year", "decade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole local days.

    Attributes:
        first: First day.
        after: First day after it.
        precision: Size of the unit the words name.
    """

    first: date
    after: date
    precision: TimePrecision


def coarser(one: TimePrecision, other: TimePrecision) -> TimePrecision:
    """Return the precision that says less; bounds count as finer than a day."""
    ranks = {precision: rank for rank, precision in enumerate(_ORDER)}
    return one if ranks.get(one, -1) >= ranks.get(other, -1) else other


def day(of: date) -> Period:
    """Return the day itself as a period."""
    return Period(of, of + timedelta(days=1), "day")


def month(year: int, number: int) -> Period:
    """Return month `number` (1 to 12) of `year`."""
    first = date(year, number, 1)
    return Period(first, add_months(first, 1), "month")


def year(number: int) -> Period:
    """Return the calendar year `number`."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1), "year")


def season(of_year: int, first_month: int) -> Period:
    """Return the season that begins in `first_month` of `of_year`; winter ends in the next year."""
    first = date(of_year, first_month, 1)
    return Period(first, add_months(first, 3), "season")


def unit_around(unit: Unit, of: date, steps: int = 0) -> Period:
    """Return the calendar unit `steps` after the one that holds the day `of`.

    Args:
        unit: Which unit.
        of: A day inside the unit of step 0.
        steps: How many units later; negative for earlier.

    Raises:
        OverflowError: The unit lies outside the years 1 to 9999.
    """
    if unit == "day":
        return day(of + timedelta(days=steps))
    if unit == "week":
        monday = of - timedelta(days=of.weekday()) + timedelta(weeks=steps)
        return Period(monday, monday + timedelta(weeks=1), "week")
    if unit == "month":
        first = add_months(of.replace(day=1), steps)
        return Period(first, add_months(first, 1), "month")
    if unit == "quarter":
        first = add_months(date(of.year, 3 * ((of.month - 1) // 3) + 1, 1), 3 * steps)
        return Period(first, add_months(first, 3), "quarter")
    length = {"year": 1, "decade": 10, "century": 100}[unit]
    # Centuries are counted from 1: the 20th began in 1901.
    origin = 1 if unit == "century" else 0
    start = (of.year - origin) // length * length + origin + steps * length
    if not (start >= MINYEAR and start + length <= MAXYEAR):
        raise OverflowError(f"{unit} from {start} lies outside the calendar")
    precision: TimePrecision = "year" if unit == "year" else "decade"
    return Period(date(start, 1, 1), date(start + length, 1, 1), precision)


def add_months(of: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month.

    Raises:
        OverflowError: The month lies outside the years 1 to 9999.
    """
    index = of.year * 12 + of.month - 1 + months
    year_number, month_number = divmod(index, 12)
    if not MINYEAR <= year_number <= MAXYEAR:
        raise OverflowError(f"{months} months from {of} lie outside the calendar")
    last = calendar.monthrange(year_number, month_number + 1)[1]
    return date(year_number, month_number + 1, min(of.day, last))


def shift(of: date, unit: str, count: float) -> date:
    """Return the day `count` units later ("fortnight" and "weekend" included).

    Raises:
        OverflowError: The day lies outside the years 1 to 9999.
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is not None:
        return add_months(of, round(months * count))
    days = {"fortnight": 14, "week": 7, "weekend": 7}.get(unit, 1)
    return of + timedelta(days=round(days * count))


def weekend_of(of: date) -> Period:
    """Return Saturday and Sunday of the week that holds the day `of`."""
    saturday = of + timedelta(days=5 - of.weekday())
    return Period(saturday, saturday + timedelta(days=2), "day")


def weekday_near(name: str, of: date, tense: Tense | None, *, counting: bool) -> date:
    """Return the nearest day of that name.

    Args:
        name: Lower-case weekday, short or long.
        of: Day to look from.
        tense: "future" looks forward; anything else back.
        counting: Whether the day `of` itself may be meant.
    """
    wanted = WEEKDAYS[name.rstrip(".")]
    if tense == "future":
        ahead = (wanted - of.weekday()) % 7
        return of + timedelta(days=ahead if ahead or counting else 7)
    back = (of.weekday() - wanted) % 7
    return of - timedelta(days=back if back or counting else 7)


def part_of(period: Period, words: str) -> Period:
    """Return the part of a period that words such as "early" or "the end of" name.

    Args:
        period: The whole.
        words: Lower case, e.g. "mid", "first half of", "late in".
    """
    words = words.removesuffix(" of").removesuffix(" in").removesuffix(" on")
    words = words.removeprefix("very ")
    pieces, index = {
        "early": (3, 0), "beginning": (3, 0), "start": (3, 0), "onset": (3, 0), "turn": (3, 0),
        "mid": (3, 1), "middle": (3, 1), "late": (3, 2), "end": (3, 2), "close": (3, 2),
        "first half": (2, 0), "second half": (2, 1), "latter half": (2, 1),
        "first quarter": (4, 0), "second quarter": (4, 1), "third quarter": (4, 2),
        "fourth quarter": (4, 3), "last quarter": (4, 3), "final quarter": (4, 3),
    }.get(words, (0, 0))  # fmt: skip
    if words == "mid-to-late":
        return Period(_cut(period, 3, 1), period.after, period.precision)
    if not pieces:
        pieces, index = (3, 0) if words.split()[0] in ("first", "opening") else (3, 2)
    precision = "quarter" if pieces == 4 and period.precision == "year" else period.precision
    return Period(_cut(period, pieces, index), _cut(period, pieces, index + 1), precision)


def _cut(period: Period, pieces: int, index: int) -> date:
    """Return the first day of piece `index`, at the edge of a month or year where there is one."""
    if index == pieces:
        return period.after
    months = (period.after.year - period.first.year) * 12 + period.after.month - period.first.month
    if period.precision == "decade":
        # 1990-93, 1994-96, 1997-99: thirds of a decade in whole years.
        years = round(months / 12)
        return add_months(period.first, 12 * -(-years * index // pieces))
    if months >= pieces and period.first.day == 1:
        return add_months(period.first, months * index // pieces)
    if period.precision == "month" and pieces == 3:
        return period.first + timedelta(days=10 * index)
    if period.precision == "month" and pieces == 2:
        return period.first + timedelta(days=15 * index)
    days = (period.after - period.first).days
    return period.first + timedelta(days=days * index // pieces)


def easter(of_year: int) -> date:
    """Return Western Easter Sunday of a year (anonymous Gregorian algorithm)."""
    a, b, c = of_year % 19, of_year // 100, of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    leap = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * leap) // 451
    month_number, day_number = divmod(h + leap - 7 * m + 114, 31)
    return date(of_year, month_number, day_number + 1)


def nth_weekday(of_year: int, month_number: int, weekday: int, n: int) -> date:
    """Return the n-th weekday (Monday 0) of a month; n = -1 for the last."""
    if n > 0:
        first = date(of_year, month_number, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = add_months(date(of_year, month_number, 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def holiday(name: str, of_year: int) -> date | None:
    """Return the day of a holiday in a year, None when no rule of ours fixes it."""
    name = name.replace("'", "").removesuffix(" day").strip()
    name = "new year" if name == "new years" else name.replace("labour", "labor")
    fixed = {
        "new year": (1, 1), "epiphany": (1, 6), "valentines": (2, 14),
        "international womens": (3, 8), "may": (5, 1), "juneteenth": (6, 19), "bastille": (7, 14),
        "halloween": (10, 31), "armistice": (11, 11), "veterans": (11, 11),
        "christmas eve": (12, 24), "christmas": (12, 25), "boxing": (12, 26),
        "new years eve": (12, 31), "new year eve": (12, 31),
    }.get(name)  # fmt: skip
    if fixed is not None:
        return date(of_year, *fixed)
    to_easter = {
        "ash wednesday": -46, "palm sunday": -7, "good friday": -2, "easter sunday": 0,
        "easter": 0, "easter monday": 1,
    }.get(name)  # fmt: skip
    if to_easter is not None:
        return easter(of_year) + timedelta(days=to_easter)
    thanksgiving = nth_weekday(of_year, 11, 3, 4)
    return {
        "thanksgiving": thanksgiving,
        "black friday": thanksgiving + timedelta(days=1),
        "martin luther king": nth_weekday(of_year, 1, 0, 3),
        "presidents": nth_weekday(of_year, 2, 0, 3),
        "memorial": nth_weekday(of_year, 5, 0, -1),
        "labor": nth_weekday(of_year, 9, 0, 1),
    }.get(name)
