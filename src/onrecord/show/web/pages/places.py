"""Map: where events are said to happen, drawn as exactly as the reports say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.record import query
from onrecord.record.rows import EventRow, Page
from onrecord.show.filters import sure_enough
from onrecord.show.sequences import as_dict
from onrecord.show.web.parameters import choices, one_day, where_it_stands, within
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import days_words, quad_of, type_words

MOST_EVENTS = 500
# Kilometres around the point of a place that it may mean: a province is no pin.
RADIUS_KM = {"site": 1, "town": 6, "district": 25, "province": 80, "region": 250, "unknown": 40}
_COLUMNS = tuple(EventRow.__annotations__)


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the newest events that fit, those with a place as dots and areas."""
    rows = _rows(ask, ask.query.filters)
    dots = [_dot(row) for row in rows if row.lat is not None or row.place_kind == "country"]
    return {
        "title": "Map",
        "rows": rows,
        "dots": dots,
        "n_placed": len(dots),
        "types": choices("events")["type"],
        "places": _by_place(rows),
    }


def _rows(ask: Ask, filters: Mapping[str, Any]) -> Page[EventRow]:
    asked = sure_enough("events", filters)
    return query.events(ask.store, limit=MOST_EVENTS, placed=True, **asked)


def _dot(row: EventRow) -> dict[str, Any]:
    who = f"{row.actor or 'someone'}" + (f" → {row.recipient}" if row.recipient else "")
    return {
        "lat": row.lat,
        "lon": row.lon,
        "place": row.place,
        "place_kind": row.place_kind,
        "country": row.place_country,
        "radius_km": RADIUS_KM.get(row.place_kind, 40),
        "from": row.date_from or row.published or "",
        "to": row.date_to or row.date_from or row.published or "",
        "day": days_words(as_dict(row)) or (row.published or ""),
        "quad": quad_of(row.type, row.mode),
        "what": f"{type_words(row.type, row.mode)}: {who}",
        "factuality": row.factuality,
        "says": row.chain,
        "href": f"/document/{row.document_id}?at={row.statement_id}",
    }


def _by_place(rows: Any) -> list[dict[str, Any]]:
    """Return places with how many events, most first: the map for who cannot see it."""
    counted: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.place:
            key = (row.place, row.place_kind, row.place_country)
            counted[key] = counted.get(key, 0) + 1
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"place": place, "kind": kind, "country": country, "n_events": n}
        for (place, kind, country), n in ranked[:200]
    ]


def table(ask: Ask) -> Table:
    """Return the events that the map shows, with their coordinates, on the days of the slider."""
    rows = _rows(ask, within(ask.query.filters, ask.query.extra))
    return Table(_COLUMNS, map(as_dict, rows), rows.total)


# Where the time slider stands, and the picture.
_SHOWN = {"from": one_day, "to": one_day, "view": where_it_stands}
VIEW = View("map", "/map", page, table, what="events", extra=_SHOWN)
