"""Timeline: events and figures as bars over the days they may fall on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from onrecord.record import query
from onrecord.record.overview import last_published
from onrecord.record.rows import Page, TimelineRow
from onrecord.show.export.source import every_row
from onrecord.show.filters import sure_enough
from onrecord.show.sequences import as_dict
from onrecord.show.web.pages.lists import MOST_ROWS
from onrecord.show.web.parameters import READERS, any_text, one_day, within
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import quad_of

# More bars than this cannot be told apart.
MOST_BARS = 200
_FILTERS = {
    "actor": any_text, "since": any_text, "until": any_text, "page": READERS["page"],
    # How far the picture is zoomed in.
    "from": one_day, "to": one_day, "min_confidence": READERS["min_confidence"],
}  # fmt: skip


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the newest bars that fit, oldest of them first."""
    rows = _rows(ask)
    return {
        "title": "Timeline",
        "rows": rows,
        "bars": [bar(row) for row in rows],
        "page": int(ask.query.extra.get("page", 1)),
        "pages": max(1, -(-rows.total // MOST_BARS)),
        "most": MOST_BARS,
        "n_later": _n_later(ask),
        "n_unsure": _n_unsure(ask, rows.total),
    }


def _rows(ask: Ask) -> Page[TimelineRow]:
    """Return one page of bars, newest page first; in each page the oldest bar first."""
    offset = (int(ask.query.extra.get("page", 1)) - 1) * MOST_BARS
    rows = query.timeline(
        ask.store, limit=MOST_BARS, offset=offset, order="newest", **_until_last(ask)
    )
    return Page(tuple(reversed(rows)), rows.total, MOST_BARS, offset)


def _filters(ask: Ask) -> dict[str, Any]:
    given = {k: v for k, v in ask.query.extra.items() if k not in ("page", "from", "to")}
    return sure_enough("events", given)


def _until_last(ask: Ask) -> dict[str, Any]:
    """Return the filters; without a last day the picture ends with the last report.

    A plan for 2030 would else stand where people look for what happened last.
    """
    return {"until": last_published(ask.store), **_filters(ask)}


def _n_later(ask: Ask) -> int:
    """Return how many rows lie after the last report and are left out of the picture."""
    if "until" in ask.query.extra:
        return 0
    every = query.timeline(ask.store, limit=0, **_filters(ask)).total
    return every - query.timeline(ask.store, limit=0, **_until_last(ask)).total


def _n_unsure(ask: Ask, total: int) -> int:
    """Return how many events fit but are left out as often wrong."""
    if "min_confidence" in ask.query.extra:
        return 0
    every = {**_until_last(ask), "min_confidence": None}
    return query.timeline(ask.store, limit=0, **every).total - total


def bar(row: TimelineRow) -> dict[str, Any]:
    """Return a row as it is drawn."""
    return {
        "from": row.day,
        "to": row.until or row.day,
        "open": row.until is None,
        "quad": quad_of(row.type) if row.kind == "event" else 5,
        "type": row.type,
        "what": f"{row.who or ''}: {row.what}" + (f" → {row.whom}" if row.whom else ""),
        "factuality": row.factuality,
        "basis": row.basis,
        "says": row.chain,
        "href": f"/document/{row.document_id}?at={row.statement_id}",
    }


def table(ask: Ask) -> Table:
    """Return every bar that fits, first day first, as far as the picture is zoomed in.

    With `page`, those of that page.
    """
    columns = tuple(TimelineRow.__annotations__)
    if "page" in ask.query.extra:
        some = _rows(ask)
        return Table(columns, map(as_dict, some), some.total)
    asked = partial(query.timeline, ask.store, **within(_filters(ask), ask.query.extra))
    total = asked(limit=0).total
    rows = every_row(lambda most, start: asked(limit=most, offset=start), MOST_ROWS)
    return Table(columns, map(as_dict, rows), total)


VIEW = View("timeline", "/timeline", page, table, extra=_FILTERS)
