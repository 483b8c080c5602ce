"""What an export reads: every row that fits, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from onrecord.record.claim_rows import ClaimRow
from onrecord.record.rows import (
    ActorRow,
    DocumentRow,
    EventRow,
    Page,
    QuantityRow,
    QuoteRow,
    RelationRow,
)
from onrecord.show.filters import checked, filter_names, sure_enough

if TYPE_CHECKING:
    from onrecord.record.store import Store

PAGE = 2000
TABLES = ("events", "relations", "figures", "quotes", "actors", "documents")
ROW_TYPES: dict[str, type] = {
    "events": EventRow,
    "relations": RelationRow,
    "figures": QuantityRow,
    "quotes": QuoteRow,
    "actors": ActorRow,
    "documents": DocumentRow,
    "claims": ClaimRow,
    "timeline": ClaimRow,
}

# "country" is where an event happens and where an actor comes from: only filters that mean
# the same everywhere carry over to the tables that are not of statements.
_BEARING_ON: dict[str, tuple[str, ...]] = {
    "actors": (),
    "documents": ("publisher", "since", "until", "status", "copies"),
}


def columns_of(table: str) -> tuple[str, ...]:
    """Return the names of the columns of one of `TABLES`."""
    return tuple(f.name for f in fields(ROW_TYPES[table]))


def every_row(ask: Callable[[int, int], Page[Any]], limit: int | None = None) -> Iterator[Any]:
    """Return rows page by page until there are no more or `limit` is reached.

    Args:
        ask: Takes a limit and an offset, gives a page.
        limit: Most rows; None for all.
    """
    offset = 0
    while limit is None or offset < limit:
        wanted = PAGE if limit is None else min(PAGE, limit - offset)
        page = ask(wanted, offset)
        yield from page
        offset += len(page)
        if len(page) < wanted:
            return


@dataclass(frozen=True)
class Source:
    """The rows of a record that an export writes.

    Attributes:
        store: The record.
        filters: What to keep, as for `Record.events`. A filter that a table does not
            have does not bear on it: `type="ASSAULT"` says nothing about documents.
    """

    store: Store
    filters: Mapping[str, Any] = field(default_factory=dict)

    def narrowed(self, **filters: Any) -> Source:
        """Return a source with further filters where none were given."""
        return replace(self, filters={**filters, **self.filters})

    def rows(self, table: str) -> Iterator[Any]:
        """Return the rows of one of `TABLES`, in the order of the reports."""
        from onrecord.record import query

        ask_for: dict[str, Callable[..., Page[Any]]] = {
            "events": query.events,
            "relations": query.relations,
            "figures": query.quantities,
            "quotes": query.quotes,
            "actors": query.actors,
            "documents": query.documents,
        }
        names = _BEARING_ON.get(table, filter_names(table))
        given = {k: v for k, v in self.filters.items() if k in names}
        wanted = sure_enough(table, checked(table, given))
        if table == "actors":
            wanted["named"] = None
        elif table != "documents":
            wanted.setdefault("order", "document")
        ask = ask_for[table]
        return every_row(
            lambda limit, offset: ask(self.store, limit=limit, offset=offset, **wanted)
        )

    def events(self) -> Iterator[EventRow]:
        """Return events."""
        return self.rows("events")

    def relations(self) -> Iterator[RelationRow]:
        """Return standing facts."""
        return self.rows("relations")

    def figures(self) -> Iterator[QuantityRow]:
        """Return figures."""
        return self.rows("figures")

    def quotes(self) -> Iterator[QuoteRow]:
        """Return what people said."""
        return self.rows("quotes")

    def actors(self) -> Iterator[ActorRow]:
        """Return actors."""
        return self.rows("actors")

    def documents(self) -> Iterator[DocumentRow]:
        """Return reports."""
        return self.rows("documents")
