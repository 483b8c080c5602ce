"""Values that words stand for: intervals of time and ranges of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TimePrecision = Literal[
    "instant", "day", "week", "month", "quarter", "season", "year", "decade",
    "before", "after", "since", "unresolved",
]  # fmt: skip
Bound = Literal["exact", "about", "at_least", "at_most", "range"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Every instant a time expression may denote.

    Attributes:
        start: First possible instant, UTC; None when open ("before 2013").
        end: First instant after the last possible one, UTC (exclusive); None when open ("since").
        precision: Size of the unit the words name.
    """

    start: datetime | None
    end: datetime | None
    precision: TimePrecision

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"interval from {self.start} to {self.end}: start must lie before end")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as reported.

    Attributes:
        low: Least value meant, in `unit`; None when only an upper bound is given.
        high: Greatest value meant, in `unit`; None when only a lower bound is given.
        unit: "count", "percent", an ISO 4217 code ("USD"), or an SI/base unit ("km", "kg", "t").
        bound: How the words limit the value.
    """

    low: float | None
    high: float | None
    unit: str
    bound: Bound
