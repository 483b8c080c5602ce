"""Say which local days each shape of the time grammar denotes.

One function a shape, found by the shape's name. All of them answer in whole
days; clock times and zones are added by `resolve.times`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from onrecord.annotate.time_grammar import ShapeMatch
from onrecord.resolve import calendar
from onrecord.resolve import time_dates as dates
from onrecord.resolve import time_offsets as offsets
from onrecord.resolve.calendar import Period
from onrecord.resolve.time_context import Context, Groups


def period_of(shape: ShapeMatch, context: Context, *, as_day: bool = False) -> Period | None:
    """Return the local days a shape denotes, None when the words do not fix them.

    Args:
        shape: The shape as read.
        context: Publication day, tense and anchor.
        as_day: For "N units ago": the day counted back to, not the calendar unit.
    """
    if shape.name == "ago" and as_day:
        return offsets.read_ago(shape.groups, context, as_day=True)
    handler = _HANDLERS.get(shape.name)
    try:
        period = None if handler is None else handler(shape.groups, context)
    except ValueError:  # "February 30"
        return None
    if period is None:
        return None
    if "eve" in shape.groups:
        period = calendar.day(period.first - timedelta(days=1))
    if "part" in shape.groups:
        period = calendar.part_of(period, shape.groups["part"])
    return period


_HANDLERS: dict[str, Callable[[Groups, Context], Period | None]] = {
    "iso": dates.read_iso,
    "numeric": dates.read_numeric,
    "nine_eleven": dates.read_nine_eleven,
    "date": dates.read_date,
    "weekday": dates.read_weekday,
    "holiday": dates.read_holiday,
    "quarter": dates.read_quarter,
    "month": dates.read_month,
    "months": dates.read_months,
    "season": dates.read_season,
    "decade": dates.read_decade,
    "century": dates.read_century,
    "years": dates.read_years,
    "year": dates.read_year,
    "today": offsets.read_today,
    "daypart": offsets.read_daypart,
    "sameday": offsets.read_sameday,
    "sofar": offsets.read_sofar,
    "earlier": offsets.read_earlier,
    "window": offsets.read_window,
    "relative": offsets.read_relative,
    "weekend": offsets.read_weekend,
    "ago": offsets.read_ago,
    "offset": offsets.read_offset,
    "inperiod": offsets.read_inperiod,
    "duration": offsets.read_duration,
    "clock": offsets.read_clock,
}
