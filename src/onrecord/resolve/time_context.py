"""What a time expression is read against, and the small readings all shapes share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from onrecord.annotate.numbers import number_value
from onrecord.model.value import TimePrecision
from onrecord.resolve.calendar import Period, Tense, Unit

Groups = dict[str, str]
BACK = (
    "last",
    "the last",
    "the previous",
    "previous",
    "preceding",
    "past",
    "the past",
    "this past",
)
AHEAD = ("next", "the next", "the following", "following", "coming", "the coming", "this coming")
# "Last year" is a calendar year, "the last year" the twelve months up to now.
ROLLING = (
    "the past", "past", "this past", "the last", "the coming", "coming", "this coming", "the next",
)  # fmt: skip
THAT = ("that", "the same", "that same", "same", "very same")


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    Attributes:
        today: Publication day in the outlet's zone; None when unknown.
        now: Publication instant in that zone; None when unknown.
        tense: Tense of the verb it belongs to.
        anchor: Days of the event spoken of before; None when there is none.
        day_first: Order of day and month in "03/04/2017"; None when unknown.
    """

    today: date | None
    now: datetime | None
    tense: Tense | None
    anchor: Period | None
    day_first: bool | None = None

    def with_tense(self, tense: Tense | None) -> Context:
        """Return the same context for a verb of another tense."""
        return replace(self, tense=tense)


def count_of(words: str) -> float | None:
    """Return a count of units; None for "several", "a few", "many"."""
    if words.startswith("half"):
        return 0.5
    if re.fullmatch(r"an?(?: \w+)?", words) and words != "a few":
        return 2 if "couple" in words else 1
    if words in ("a couple of",):
        return 2
    value = number_value(words)
    return None if value is None else value[0]


def unit_of(words: str) -> str:
    words = words.removesuffix("s")
    return {"centurie": "century", "night": "day"}.get(words, words)


def as_unit(unit: str) -> Unit | None:
    known: dict[str, Unit] = {
        "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
        "decade": "decade", "century": "century",
    }  # fmt: skip
    return known.get(unit)


def precision_of(unit: str) -> TimePrecision:
    known: dict[str, TimePrecision] = {
        "week": "week", "fortnight": "week", "month": "month", "quarter": "quarter",
        "year": "year", "decade": "decade", "century": "decade",
    }  # fmt: skip
    return known.get(unit, "day")


def year_told(groups: Groups, context: Context) -> int | None:
    """Return the year that stands in the expression: "2017", "last year", "that year"."""
    if told := groups.get("year") or groups.get("yearbefore"):
        return int(told)
    words = groups.get("relyear")
    if words is None:
        return None
    rel = words.removesuffix(" year")
    if rel in THAT or rel.startswith("the "):
        if context.anchor is None:
            return None
        step = {"the following": 1, "the previous": -1}.get(rel, 0)
        return context.anchor.first.year + step
    if context.today is None:
        return None
    return context.today.year + {"last": -1, "next": 1}.get(rel, 0)


def nearest(candidates: list[Period], context: Context, *, counting: bool = True) -> Period | None:
    """Return the candidate that the tense means, seen from the publication day.

    Args:
        candidates: The same date or period in several years, ascending.
        context: Publication day and tense.
        counting: Whether a period under way may be meant.
    """
    today = context.today
    if today is None:
        return None
    if context.tense == "past":
        past = [p for p in candidates if (p.first if counting else p.after) <= today]
        return past[-1] if past else None
    if context.tense == "future":
        ahead = [p for p in candidates if (p.after if counting else p.first) > today]
        return ahead[0] if ahead else None

    def distance(period: Period) -> int:
        # News tells what happened; what is to come must be twice as near to be meant.
        return max((today - period.after).days, 2 * (period.first - today).days, 0)

    return min(candidates, key=distance, default=None)
