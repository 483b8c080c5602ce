"""Overview: what was read, what happened when, who is in it, what is newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from onrecord.record import claim_queries, overview, query
from onrecord.record.overview import DayCount
from onrecord.show.filters import sure_enough
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import QUADS, quad_of

# A bar for each day up to about two months, then for each month, then for each year.
_MOST_DAYS = 62
_MOST_MONTHS = 36
_COLUMNS = ("day", "quad_class", "type", "n_events")


def page(ask: Ask) -> Mapping[str, Any]:
    """Return what the overview shows."""
    held = overview.counts(ask.store)
    if held.n_documents == 0:
        return {"held": held, "title": "Overview"}
    return {
        "title": "Overview",
        "held": held,
        "actors": overview.most_active(ask.store),
        "events": overview.newest_events(ask.store),
        "documents": query.documents(ask.store, limit=8),
        "claims": claim_queries.claims(
            ask.store, limit=3, **sure_enough("claims", {"status": "disputed,retracted"})
        ),
    }


def table(ask: Ask) -> Table:
    """Return how many events of each type each day has, and the counts of the record."""
    days = overview.events_by_day(ask.store)
    rows = [
        {"day": d.day, "quad_class": quad_of(d.type), "type": d.type, "n_events": d.n_events}
        for d in days
    ]
    held = overview.counts(ask.store)
    return Table(
        _COLUMNS,
        rows,
        len(rows),
        about={
            "counts": {**asdict(held), "n_statements": held.n_statements},
            "chart": stacked(days),
        },
    )


def stacked(days: tuple[DayCount, ...]) -> dict[str, Any]:
    """Return counts as stacked bars: `step`, `from` of each bar, and a series per quad class.

    Bars without events in between are kept, so that time runs evenly; days far
    from the rest (a report recalls 1979) are counted in `n_before` instead.
    """
    if not days:
        return {"step": "day", "from": [], "series": [], "n_before": 0, "before": ""}
    first = _first_shown(days)
    shown = [d for d in days if d.day >= first]
    step, length = _step(len({d.day for d in shown}), shown[0].day, shown[-1].day)
    heights: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for d in shown:
        heights[quad_of(d.type)][d.day[:length]] += d.n_events
    bars = _every(step, shown[0].day, shown[-1].day)
    return {
        "step": step,
        "from": bars,
        "series": [
            {"quad": quad, "name": name, "n": [heights[quad][bar] for bar in bars]}
            for quad, name in QUADS.items()
        ],
        "n_before": sum(d.n_events for d in days if d.day < first),
        "before": first,
    }


def _first_shown(days: tuple[DayCount, ...]) -> str:
    """Return the day from which bars are drawn: at most one event in ten lies before it."""
    total = sum(d.n_events for d in days)
    seen = 0
    for d in days:
        seen += d.n_events
        if seen > total / 10:
            return d.day
    return days[0].day


def _step(n_days: int, first: str, last: str) -> tuple[str, int]:
    from datetime import date

    length = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    if length <= _MOST_DAYS:
        return "day", 10
    return ("month", 7) if length <= _MOST_MONTHS * 31 else ("year", 4)


def _every(step: str, first: str, last: str) -> list[str]:
    from datetime import date, timedelta

    if step == "year":
        return [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    if step == "month":
        start = int(first[:4]) * 12 + int(first[5:7]) - 1
        end = int(last[:4]) * 12 + int(last[5:7]) - 1
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    day, end_day = date.fromisoformat(first), date.fromisoformat(last)
    return [(day + timedelta(days=n)).isoformat() for n in range((end_day - day).days + 1)]


VIEW = View("overview", "/", page, table)
