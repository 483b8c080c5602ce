"""Timeline: events and figures as bars over the days they may fall on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.record import query
from onrecord.record.rows import Page, TimelineRow
from onrecord.show.sequences import as_dict
from onrecord.show.web.pages.lists import asked_rows
from onrecord.show.web.parameters import READERS, any_text
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import quad_of

# More bars than this cannot be told apart.
MOST_BARS = 200
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


def _rows(ask: Ask) -> Page[TimelineRow]:
    """Return one page of bars, newest page first; in each page the oldest bar first."""
    asked = {k: v for k, v in ask.query.extra.items() if k != "page"}
    offset = (int(ask.query.extra.get("page", 1)) - 1) * MOST_BARS
    # Both lists come newest first; what is among the newest of both is among those of each.
    events = asked_rows("events", ask, asked, offset + MOST_BARS, 0)
    figures = asked_rows("figures", ask, asked, offset + MOST_BARS, 0)
    bars = [_row("event", row, row.actor, row.actor_id) for row in events]
    bars += [_row("quantity", row, row.holder, row.holder_id) for row in figures]
    dated = sorted((b for b in bars if b.day), key=lambda b: (b.day, b.statement_id), reverse=True)
    some = dated[offset : offset + MOST_BARS]
    return Page(tuple(reversed(some)), events.total + figures.total, MOST_BARS, offset)


def _row(kind: str, row: Any, who: str | None, who_id: str | None) -> TimelineRow:
    return TimelineRow(
        day=row.date_from or row.date_to or row.published or "",
        until=row.date_to or (None if row.date_from else row.published),
        basis="text" if row.date_from or row.date_to else "publication",
        kind=kind,
        type=row.type,
        who=who,
        who_id=who_id,
        what=row.trigger_text,
        whom=getattr(row, "recipient", None),
        whom_id=getattr(row, "recipient_id", None),
        place=row.place,
        factuality=row.factuality,
        chain=row.chain,
        sentence=row.sentence,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        uri=row.uri,
        statement_id=row.statement_id,
        document_id=row.document_id,
    )


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
