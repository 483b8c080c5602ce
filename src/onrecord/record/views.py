"""Show the record flat: names instead of ids, reviews applied.

A view is what Datasette, pandas or a colleague without this program sees. A
row that a reviewer rejected is not in it, a corrected field shows the
correction. Days are "2024-05-01" in UTC; `date_to` is the last day, inclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    column,
    func,
    literal,
    null,
    select,
    table,
    union_all,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql.selectable import Subquery, TableClause

from onrecord.record import schema as s
from onrecord.record.dialects import AnySelect
from onrecord.record.said import Said, live_reviews
from onrecord.record.sentences import place_in_table
from onrecord.record.view_columns import (
    dates,
    labelled,
    of_actor,
    party,
    place,
    provenance,
    published_shown,
    report_columns,
    shown,
)


def _of_kind(
    kind: str, said: Said, columns: list[ColumnElement[Any]], *, by_key: bool = False
) -> AnySelect:
    read = s.statements
    # Nothing is lost by outer joins, and SQLite leaves out those that a question does not need.
    rows = read.outerjoin(s.documents, s.documents.c.document_id == read.c.document_id)
    rows = rows.outerjoin(s.places, s.places.c.place_id == read.c.place_id)
    if said.table is None:
        days = [read.c.day, read.c.until, place_in_table().label("place_in_table")]
    else:
        rows = rows.outerjoin(said.table, said.table.c.applies_to == read.c.statement_id)
        days = []
    # Rows asked for by many keys are else sought among all of the kind: SQLite guesses so.
    is_kind = (read.c.kind + "") == kind if by_key else read.c.kind == kind
    return select(*columns, *days).select_from(rows).where(is_kind, *said.stands)


def events(*, heard: bool = True, by_key: bool = False) -> AnySelect:
    """Select one row per event statement.

    Args:
        heard: Whether what people said is applied. As read, `day` and `until` stand behind
            the other columns.
        by_key: Whether rows are asked for by their keys.
    """
    said = Said("event", heard=heard)
    return _of_kind("event", said, [
        s.statements.c.statement_id, shown(said, "type"), shown(said, "mode"),
        *party("subject", "actor", said),
        said.words("trigger", s.statements.c.trigger_text).label("trigger_text"),
        *party("object", "recipient", said),
        *dates(said), *place(said), shown(said, "factuality"), s.statements.c.context,
        *provenance(), said.reviewed,
    ], by_key=by_key)  # fmt: skip


def relations(*, heard: bool = True, by_key: bool = False) -> AnySelect:
    """Select one row per relation statement; arguments as for `events`."""
    said = Said("relation", heard=heard)
    return _of_kind("relation", said, [
        s.statements.c.statement_id, *party("subject", "subject", said), shown(said, "type"),
        *party("object", "object", said),
        said.words("trigger", s.statements.c.trigger_text).label("trigger_text"),
        *dates(said), shown(said, "factuality"), *provenance(), said.reviewed,
    ], by_key=by_key)  # fmt: skip


def quantities(*, heard: bool = True, by_key: bool = False) -> AnySelect:
    """Select one row per figure; arguments as for `events`."""
    said = Said("quantity", heard=heard)
    read = s.statements.c
    return _of_kind("quantity", said, [
        read.statement_id, shown(said, "type"),
        said.words("trigger", read.trigger_text).label("trigger_text"),
        shown(said, "value_low"), shown(said, "value_high"),
        shown(said, "unit"), shown(said, "bound"),
        said.or_read("counted", said.words("counted", read.counted)).label("counted"),
        *party("subject", "holder", said), *dates(said), *place(said),
        shown(said, "factuality"), *provenance(), said.reviewed,
    ], by_key=by_key)  # fmt: skip


def quotes(*, heard: bool = True) -> AnySelect:
    """Select one row per attribution: who said what, in whose report; `heard` as for `events`."""
    said = Said("quote", heard=heard)
    read = s.attributions.c
    new_id, new_name = said.new("speaker_id"), said.new("speaker")
    speaker_id = case(
        (new_id.is_not(None), new_id),
        (new_name.is_not(None), null()),
        else_=read.source_actor_id,
    ) if said.table is not None else read.source_actor_id  # fmt: skip
    of_speaker = of_actor("speaker_actor", speaker_id)
    words = said.words("source", read.source_text)
    rows = s.attributions.outerjoin(
        s.documents, s.documents.c.document_id == read.document_id
    ).outerjoin(
        s.sentences,
        and_(
            s.sentences.c.document_id == read.document_id,
            s.sentences.c.index == read.sentence_index,
        ),
    )
    if said.table is not None:
        rows = rows.outerjoin(said.table, said.table.c.applies_to == read.attribution_id)
    return (
        select(
            read.attribution_id,
            func.coalesce(new_name, of_speaker["name"], words).label("speaker"),
            speaker_id.label("speaker_id"),
            *labelled(of_speaker, "speaker"),
            words.label("speaker_text"),
            said.words("cue", read.cue_text).label("cue_text"),
            said.or_read("kind", read.kind).label("kind"),
            said.words("content", read.content_text).label("words"),
            read.chain_text.label("chain"),
            read.parent_id,
            read.confidence,
            func.coalesce(
                func.substr(
                    s.documents.c.text,
                    s.sentences.c.start + 1,
                    s.sentences.c.end - s.sentences.c.start,
                ),
                "",
            ).label("sentence"),
            func.coalesce(s.sentences.c.start, read.content_start).label("sentence_start"),
            *report_columns(read.document_id),
            said.reviewed,
            *([read.day] if said.table is None else []),
        )
        .select_from(rows)
        .where(*said.stands)
    )


def timeline() -> AnySelect:
    """Select events and figures by day; `basis` says whether the text or only the report dates."""

    def dated(view: Subquery, kind: str, who: str, whom: str) -> AnySelect:
        c = view.c
        return select(
            func.coalesce(c.date_from, c.date_to, c.published).label("day"),
            # "Since 2013" goes on.
            case(
                (c.date_from.is_(None), func.coalesce(c.date_to, c.published)), else_=c.date_to
            ).label("until"),
            case(
                (func.coalesce(c.date_from, c.date_to).is_not(None), "text"), else_="publication"
            ).label("basis"),
            literal(kind).label("kind"),
            c.type,
            c[who].label("who"),
            c[f"{who}_id"].label("who_id"),
            c.trigger_text.label("what"),
            (c[whom] if whom else null()).label("whom"),
            (c[f"{whom}_id"] if whom else null()).label("whom_id"),
            c.place,
            c.factuality,
            c.chain,
            c.sentence,
            c.title,
            c.publisher,
            c.published,
            c.uri,
            c.statement_id,
            c.document_id,
        ).where(func.coalesce(c.date_from, c.date_to, c.published).is_not(None))

    event, figure = events().subquery("e"), quantities().subquery("q")
    both = union_all(
        dated(event, "event", "actor", "recipient"),
        dated(figure, "quantity", "holder", ""),
    ).subquery("dated")
    return select(both).order_by(both.c.day, both.c.statement_id)


def sources() -> AnySelect:
    """Select everyone the record relies on, with how often."""
    link, read, document = s.chain.c, s.statements.c, s.documents.c
    live = live_reviews().subquery("live")
    rejected = select(live.c.applies_to).where(live.c.verdict == "reject")
    name = func.coalesce(s.actors.c.name, link.name)
    return (
        select(
            name.label("source"),
            link.role,
            link.actor_id.label("source_id"),
            func.max(case((link.named, 1), else_=0)).label("named"),
            func.count(func.distinct(link.statement_id)).label("n_statements"),
            func.count(func.distinct(read.document_id)).label("n_documents"),
            func.min(published_shown()).label("first_published"),
            func.max(published_shown()).label("last_published"),
        )
        .select_from(
            s.chain.join(s.statements, read.statement_id == link.statement_id)
            .join(s.documents, document.document_id == read.document_id)
            .outerjoin(s.actors, s.actors.c.actor_id == link.actor_id)
        )
        .where(read.statement_id.not_in(rejected))
        .group_by(name, link.role, link.actor_id)
    )


VIEWS: dict[str, Callable[[], AnySelect]] = {
    "events": events,
    "relations": relations,
    "quantities": quantities,
    "quotes": quotes,
    "timeline": timeline,
    "sources": sources,
}


_AS_READ: dict[str, Callable[..., AnySelect]] = {
    "events": events, "relations": relations, "quantities": quantities, "quotes": quotes,
}  # fmt: skip


@cache
def as_read(name: str) -> Subquery:
    """Return a view as it would be had nobody said anything, with its days beside it.

    Conditions on it are answered by the indexes of the tables below; those on
    a view of reviewed rows are not.
    """
    return _AS_READ[name](heard=False).subquery("as_read")


@cache
def as_read_by_key(name: str) -> Subquery:
    """Return the same to ask for rows by their keys."""
    if name == "quotes":
        return as_read(name)
    return _AS_READ[name](heard=False, by_key=True).subquery("as_read")


_compiled: dict[str, list[str]] = {}


def view_statements(dialect: Dialect) -> list[str]:
    """Return `CREATE VIEW` for every view in the words of `dialect`."""
    if dialect.name not in _compiled:
        values = {"literal_binds": True}
        _compiled[dialect.name] = [
            f"CREATE VIEW {name} AS {build().compile(dialect=dialect, compile_kwargs=values)}"
            for name, build in VIEWS.items()
        ]
    return _compiled[dialect.name]


def create_views(connection: Connection) -> None:
    """Make the views anew; they hold nothing of their own."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    for statement in view_statements(connection.dialect):
        # The driver reads % as a placeholder in PostgreSQL.
        connection.exec_driver_sql(statement.replace("%", "%%") if "%" in statement else statement)


_tables: dict[str, TableClause] = {}


def view_table(name: str) -> TableClause:
    """Return view `name` as a table to select from, its columns typed."""
    if name in _tables:
        return _tables[name]
    selected = VIEWS[name]().subquery()
    _tables[name] = table(name, *(column(c.name, c.type) for c in selected.c))
    return _tables[name]
