"""Timeline: events and figures as bars over the days they may fall on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.record import query
from onrecord.record.rows import TimelineRow
from onrecord.show.sequences import as_dict
from onrecord.show.web.parameters import READERS, any_text
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import quad_of

# More bars than this cannot be told apart.
MOST_BARS = 400
_FILTERS = {"actor": any_text, "since": any_text, "until": any_text, "page": READERS["page"]}


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the newest bars that fit, oldest of them first."""
    rows = _rows(ask)
    return {
        "title": "Timeline",
        "rows": rows,
        "bars": [_bar(row) for row in rows],
        "page": int(ask.query.extra.get("page", 1)),
        "pages": max(1, -(-rows.total // MOST_BARS)),
        "most": MOST_BARS,
    }


def _rows(ask: Ask) -> Any:
    asked = {k: v for k, v in ask.query.extra.items() if k != "page"}
    number = int(ask.query.extra.get("page", 1))
    return query.timeline(ask.store, limit=MOST_BARS, offset=(number - 1) * MOST_BARS, **asked)


def _bar(row: TimelineRow) -> dict[str, Any]:
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
    """Return every bar that fits, first day first."""
    asked = {k: v for k, v in ask.query.extra.items() if k != "page"}
    rows = query.timeline(ask.store, limit=50_000, **asked)
    return Table(tuple(TimelineRow.__annotations__), map(as_dict, rows), rows.total)


VIEW = View("timeline", "/timeline", page, table, extra=_FILTERS)
