"""Ask the record: who did what to whom, who said so, how many, where it was found.

Every function takes a `Store`, returns at most `limit` rows, and binds every
value it is given. Filters left None do not filter; filters given together
must all fit. A name that the record does not know fits nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, Connection, or_
from sqlalchemy.sql.selectable import FromClause

from onrecord.record.claim_queries import acts, claim, claims, compare_documents, members_of_claims
from onrecord.record.filters import (
    Day,
    Values,
    check_range,
    day_of_row,
    fits_words,
    located,
    one_of,
    overlaps,
    published,
    reported,
    rests_on,
    sure,
    takes_part,
)
from onrecord.record.listings import actors, documents, reviews
from onrecord.record.paging import Fit, Found, ids_of, page_of
from onrecord.record.rows import EventRow, Page, QuantityRow, QuoteRow, RelationRow, TimelineRow
from onrecord.record.search import search, suggest_actors
from onrecord.record.sentences import states_words
from onrecord.record.shown import show
from onrecord.record.sources import sources
from onrecord.record.store import Store

__all__ = [
    "Order", "actors", "acts", "claim", "claims", "compare_documents", "documents", "events",
    "members_of_claims", "quantities", "quotes", "relations", "reviews",
    "search", "show", "sources", "suggest_actors", "timeline",
]  # fmt: skip

Order = Literal["newest", "oldest", "confidence", "document"]


def events(
    store: Store,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    mode: Values | None = None,
    since: Day | None = None,
    until: Day | None = None,
    place: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    placed: bool = False,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[EventRow]:
    """Return events.

    Args:
        store: The record.
        actor: Who takes part, in either role: an actor id or any of its names.
        recipient: Whom the event is directed at; with it, `actor` is who acts.
        type: PLOVER types, any case.
        mode: PLOVER modes, any case.
        since: First day; an event counts by its own days, else by the report's publication.
        until: Last day, inclusive.
        place: Name of a place or of its province, or a place id.
        country: Where it happens: ISO 3166 alpha-3, alpha-2 or English name.
        publisher: Outlet, any case.
        source: Name of any link of the chain, any case.
        factuality: asserted, denied, planned, possible, conditional.
        min_confidence: 0 to 1.
        text: Words that must occur in the sentence, any case, in this order.
        document: Document id or the beginning of one.
        copies: False leaves out reports that are near copies of another.
        placed: True leaves out events without a place that the gazetteer knows.
        limit: Most rows, up to 1,000,000; 0 only counts them.
        offset: Rows to skip.
        order: `newest` or `oldest` by day, most confident, or as in the `document`.

    Raises:
        QueryError: A filter does not make sense.
    """

    def fit(connection: Connection, view: FromClause) -> list[ColumnElement[bool]]:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += one_of(view.c.type, type, fold=str.upper)
        found += _stated(connection, view, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        found += _parties(connection, view, ("actor", "recipient"), actor, recipient)
        found += one_of(view.c.mode, mode, fold=str.lower)
        if placed:
            found.append(view.c.place_id.is_not(None))
        return found + located(view, place, country)

    return page_of(
        store, "events", EventRow, fit, order=order, limit=limit, offset=offset,
        looked_up=text is not None,
    )  # fmt: skip


def relations(
    store: Store,
    *,
    actor: str | None = None,
    object: str | None = None,  # noqa: A002 - the column's name
    type: Values | None = None,  # noqa: A002 - the column's name
    since: Day | None = None,
    until: Day | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[RelationRow]:
    """Return standing facts; `actor` is in either role, or the subject when `object` is given.

    Other arguments and errors as for `events`.
    """

    def fit(connection: Connection, view: FromClause) -> list[ColumnElement[bool]]:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += one_of(view.c.type, type, fold=str.lower)
        found += _stated(connection, view, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        return found + _parties(connection, view, ("subject", "object"), actor, object)

    return page_of(store, "relations", RelationRow, fit, order=order, limit=limit, offset=offset)


def quantities(
    store: Store,
    *,
    actor: str | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    counted: str | None = None,
    unit: Values | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    since: Day | None = None,
    until: Day | None = None,
    place: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[QuantityRow]:
    """Return figures.

    Args:
        store: The record.
        actor: Whose figure it is.
        type: people, casualties, troops, money, weapons, percentage, distance, other.
        counted: Words that must occur in what is counted.
        unit: "count", "percent", an ISO 4217 code or an SI unit.
        at_least: Figures that may be this much or more, in `unit`.
        at_most: Figures that may be this much or less, in `unit`.

    Other arguments and errors as for `events`.
    """

    def fit(connection: Connection, view: FromClause) -> list[ColumnElement[bool]]:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += one_of(view.c.type, type, fold=str.lower)
        found += _stated(connection, view, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        found += _parties(connection, view, ("holder",), actor, None)
        found += one_of(view.c.unit, unit, fold=lambda value: value)
        found += located(view, place, country)
        if counted is not None:
            found.append(fits_words(view.c.counted, counted))
        if at_least is not None:
            found.append(or_(view.c.value_high.is_(None), view.c.value_high >= at_least))
        if at_most is not None:
            found.append(or_(view.c.value_low.is_(None), view.c.value_low <= at_most))
        return found

    return page_of(store, "quantities", QuantityRow, fit, order=order, limit=limit, offset=offset)


def quotes(
    store: Store,
    *,
    speaker: str | None = None,
    kind: Values | None = None,
    since: Day | None = None,
    until: Day | None = None,
    publisher: str | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[QuoteRow]:
    """Return what people and bodies said.

    Args:
        store: The record.
        speaker: Who says it: an actor id or any of its names.
        kind: direct, indirect or mixed.
        since: First day of publication.
        until: Last day of publication, inclusive.
        text: Words that must occur in what is said.

    Other arguments and errors as for `events`.
    """

    def fit(connection: Connection, view: FromClause) -> list[ColumnElement[bool]]:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += _parties(connection, view, ("speaker",), speaker, None)
        found += one_of(view.c.kind, kind, fold=str.lower)
        found += published(view, since, until)
        if text is not None:
            found.append(fits_words(view.c.words, text))
        return found

    return page_of(store, "quotes", QuoteRow, fit, order=order, limit=limit, offset=offset)


def timeline(
    store: Store,
    *,
    actor: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    min_confidence: float | None = None,
    limit: int = 1000,
    offset: int = 0,
    order: Literal["oldest", "newest"] = "oldest",
) -> Page[TimelineRow]:
    """Return events, those of `min_confidence`, and all figures by day; as for `events`."""
    check_range(limit, offset)

    def dated(*roles: str) -> Fit:
        def fit(connection: Connection, view: FromClause) -> list[ColumnElement[bool]]:
            found = overlaps(view, since, until) + _parties(connection, view, roles, actor, None)
            if min_confidence is not None and "recipient" in roles:
                found.append(sure(view, min_confidence, alone=False))
            return [*found, day_of_row(view).is_not(None)]

        return fit

    with store.reading() as connection:
        events_ = Found(connection, "events", dated("actor", "recipient"))
        figures = Found(connection, "quantities", dated("holder"))
        ids = ids_of(connection, [events_, figures], order=order, limit=limit, offset=offset)
        rows = {key: on_timeline(row) for key, row in events_.rows(EventRow, ids).items()}
        rows |= {key: on_timeline(row) for key, row in figures.rows(QuantityRow, ids).items()}
        total = events_.total() + figures.total()
        return Page(tuple(rows[key] for key in ids), total, limit, offset)


def on_timeline(row: EventRow | QuantityRow) -> TimelineRow:
    """Return an event or figure as the timeline shows it: when, who, what, whom."""
    if isinstance(row, EventRow):
        kind, who, who_id = "event", row.actor, row.actor_id
        whom, whom_id = row.recipient, row.recipient_id
    else:
        kind, who, who_id = "quantity", row.holder, row.holder_id
        whom, whom_id = None, None
    return TimelineRow(
        day=row.date_from or row.date_to or row.published or "",
        until=row.date_to or (None if row.date_from else row.published),
        basis="text" if row.date_from or row.date_to else "publication",
        kind=kind,
        type=row.type,
        who=who,
        who_id=who_id,
        what=row.trigger_text,
        whom=whom,
        whom_id=whom_id,
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


def _stated(
    connection: Connection, view: FromClause, factuality: Values | None, text: str | None
) -> list[ColumnElement[bool]]:
    found = one_of(view.c.factuality, factuality, fold=str.lower)
    if text is not None:
        found.append(states_words(connection, view, text))
    return found


def _parties(
    connection: Connection,
    view: FromClause,
    roles: Sequence[str],
    first: str | None,
    second: str | None,
) -> list[ColumnElement[bool]]:
    found = []
    if first is not None:
        found.append(takes_part(connection, view, roles if second is None else roles[:1], first))
    if second is not None:
        found.append(takes_part(connection, view, roles[1:], second))
    return found
