"""When things happened, as days that can be compared.

An act without a date is taken to lie in the days before its report. Such a
window may join reports but never tells two acts apart as stated dates do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord.model.claim import StatementView

_DAY = timedelta(days=1)
# News is of the last days; a planned act is reported about the day it is planned.
_BEFORE, _AFTER = 4, 1
_LONG = 31
FIRST, LAST = -(10**6), 10**7


@dataclass(frozen=True, slots=True)
class Window:
    """Days in which an act may lie.

    Attributes:
        first: First day, counted from 1970-01-01 UTC.
        last: Last day, inclusive.
        stated: Whether the report gives the time, so that another time contradicts it.
    """

    first: int
    last: int
    stated: bool

    @property
    def wide(self) -> bool:
        """Whether it is too long to tell one act from another."""
        return self.last - self.first > _LONG

    def meets(self, other: Window, slack: int = 0) -> bool:
        """Return whether two windows share a day, or lie at most `slack` days apart."""
        return self.first <= other.last + slack and other.first <= self.last + slack


def window_of(view: StatementView) -> Window:
    """Return the days in which what is stated may lie."""
    return _window(view.date_from, view.date_to, view.precision, view.report.published)


@lru_cache(maxsize=65536)
def _window(
    start: datetime | None, end: datetime | None, precision: str, published: datetime | None
) -> Window:
    if start is not None and end is not None:
        return Window(day_number(start), day_number(end - timedelta(seconds=1)), True)
    if start is not None or end is not None:
        first = FIRST if start is None else day_number(start)
        return Window(first, LAST if end is None else day_number(end), False)
    # A time that nobody could fix ("in recent years") says that it is not just now.
    if published is None or (precision and precision != "unresolved"):
        return Window(FIRST, LAST, False)
    day = day_number(published)
    return Window(day - _BEFORE, day + _AFTER, False)


def day_number(moment: datetime) -> int:
    """Return the UTC day of a moment, counted from 1970-01-01."""
    return int(moment.timestamp() // _DAY.total_seconds())
