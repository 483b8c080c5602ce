"""Show the record flat: names instead of ids, reviews applied.

A view is what Datasette, pandas or a colleague without this program sees. A
row that a reviewer rejected is not in it, a corrected field shows the
correction. Days are "2024-05-01" in UTC; `date_to` is the last day, inclusive.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    cast,
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
from onrecord.record.dialects import AnySelect, chain_text, first_day, last_day

# What a reviewer may correct, by kind of row: the names of the views' columns.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    "event": (
        "type", "mode", "factuality", "actor", "actor_id", "recipient", "recipient_id",
        "date_from", "date_to", "place", "place_country",
    ),
    "relation": (
        "type", "factuality", "subject", "subject_id", "object", "object_id",
        "date_from", "date_to",
    ),
    "quantity": (
        "type", "factuality", "holder", "holder_id", "counted", "value_low", "value_high",
        "unit", "bound", "date_from", "date_to", "place", "place_country",
    ),
    "quote": ("speaker", "speaker_id", "kind"),
}  # fmt: skip


def live_reviews() -> AnySelect:
    """Select the review that counts for each row and field: the latest not undone.

    Accepting and rejecting are about the row as a whole (`field` empty), so
    the later of the two counts.
    """
    latest = (
        func.row_number()
        .over(
            partition_by=(s.reviews.c.applies_to, s.reviews.c.field),
            order_by=s.reviews.c.number.desc(),
        )
        .label("rank")
    )
    ranked = (
        select(
            s.reviews.c.review_id,
            s.reviews.c.applies_to,
            s.reviews.c.verdict,
            s.reviews.c.field,
            s.reviews.c.new,
            latest,
        )
        .where(
            s.reviews.c.undone_by.is_(None),
            s.reviews.c.applies_to.is_not(None),
            s.reviews.c.verdict.in_(("accept", "reject", "correct")),
        )
        .subquery("ranked")
    )
    return select(
        ranked.c.review_id, ranked.c.applies_to, ranked.c.verdict, ranked.c.field, ranked.c.new
    ).where(ranked.c.rank == 1)


def _corrections(kind: str) -> Subquery:
    """One row per reviewed target with a column per correctable field and `verdict`."""
    live = live_reviews().subquery("live")
    fields = [
        func.max(case((live.c.field == field, live.c.new))).label(field)
        for field in CORRECTABLE[kind]
    ]
    rejected = func.max(case((live.c.verdict == "reject", 1), else_=0)).label("rejected")
    corrected = func.max(case((live.c.verdict == "correct", 1), else_=0)).label("corrected")
    return (
        select(live.c.applies_to, rejected, corrected, *fields)
        .group_by(live.c.applies_to)
        .subquery("corrections")
    )


def _reviewed(corrections: Subquery) -> ColumnElement[str]:
    return case(
        (corrections.c.corrected == 1, "corrected"),
        (corrections.c.applies_to.is_not(None), "accepted"),
        else_="",
    ).label("reviewed")


def _party(role: str, name: str, corrections: Subquery) -> list[ColumnElement[Any]]:
    """Columns of one party: name, id, kind, country, sector, text as read."""
    read = s.statements.c
    corrected_id, corrected_name = corrections.c[f"{name}_id"], corrections.c[name]
    # A reviewer who gives only a name says that the actor found was wrong.
    actor_id = case(
        (corrected_id.is_not(None), corrected_id),
        (corrected_name.is_not(None), null()),
        else_=read[f"{role}_actor_id"],
    )
    actor = s.actors.alias(f"{role}_actor")
    of_actor = {
        field: select(actor.c[field]).where(actor.c.actor_id == actor_id).scalar_subquery()
        for field in ("name", "kind", "country", "sector")
    }
    # Two names of one actor would both show as that actor's best name.
    as_written = case((read.type == "also_known_as", read[f"{role}_text"]))
    shown = func.coalesce(corrected_name, as_written, of_actor["name"], read[f"{role}_text"])
    return [
        shown.label(name),
        actor_id.label(f"{name}_id"),
        func.coalesce(of_actor["kind"], "").label(f"{name}_kind"),
        func.coalesce(of_actor["country"], "").label(f"{name}_country"),
        func.coalesce(of_actor["sector"], "").label(f"{name}_sector"),
        read[f"{role}_text"].label(f"{name}_text"),
    ]


def _shown(corrections: Subquery, field: str) -> ColumnElement[str]:
    return func.coalesce(corrections.c[field], s.statements.c[field]).label(field)


def _dates(corrections: Subquery) -> list[ColumnElement[Any]]:
    read = s.statements.c
    return [
        func.coalesce(corrections.c.date_from, first_day(read.date_from)).label("date_from"),
        func.coalesce(corrections.c.date_to, last_day(read.date_to)).label("date_to"),
        read.date_precision,
        read.time_text,
    ]


def _place(corrections: Subquery) -> list[ColumnElement[Any]]:
    read = s.statements.c
    # A corrected place has no coordinates of its own: none are better than the wrong ones.
    wrong = corrections.c.place.is_not(None)
    return [
        func.coalesce(corrections.c.place, s.places.c.name, read.place_text).label("place"),
        case((wrong, null()), else_=read.place_id).label("place_id"),
        case((wrong, ""), else_=func.coalesce(s.places.c.kind, "")).label("place_kind"),
        func.coalesce(
            corrections.c.place_country, case((wrong, ""), else_=s.places.c.country), ""
        ).label("place_country"),
        case((wrong, ""), else_=func.coalesce(s.places.c.admin1, "")).label("place_admin1"),
        case((wrong, null()), else_=s.places.c.lat).label("lat"),
        case((wrong, null()), else_=s.places.c.lon).label("lon"),
        read.place_text,
    ]


def _provenance() -> list[ColumnElement[Any]]:
    """Columns every statement ends with: who says so, how sure, the words, the report."""
    read = s.statements.c
    speaker = (
        select(s.chain.c.name)
        .where(s.chain.c.statement_id == read.statement_id)
        .order_by(s.chain.c.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    return [
        func.coalesce(speaker, "").label("says"),
        func.coalesce(chain_text(read.statement_id), "").label("chain"),
        read.confidence,
        func.substr(s.documents.c.text, read.start + 1, read.end - read.start).label("sentence"),
        read.attribution_id,
        read.accusation_id,
        read.start.label("sentence_start"),
        *_report(),
    ]


def _published() -> ColumnElement[str]:
    """The day of publication, or only the month or year where no more is known."""
    known = s.documents.c.published_precision
    length = case((known == "year", 4), (known == "month", 7), else_=10)
    return func.substr(first_day(s.documents.c.published), 1, length)


def _report() -> list[ColumnElement[Any]]:
    document = s.documents.c
    return [
        document.document_id,
        document.title,
        document.publisher,
        _published().label("published"),
        document.uri,
        document.copy_of,
        document.story_id,
    ]


def _of_kind(kind: str, corrections: Subquery, columns: list[ColumnElement[Any]]) -> AnySelect:
    read = s.statements
    return (
        select(*columns)
        .select_from(
            read.join(s.documents, s.documents.c.document_id == read.c.document_id)
            .outerjoin(s.places, s.places.c.place_id == read.c.place_id)
            .outerjoin(corrections, corrections.c.applies_to == read.c.statement_id)
        )
        .where(read.c.kind == kind, func.coalesce(corrections.c.rejected, 0) == 0)
    )


def events() -> AnySelect:
    """Select one row per event statement."""
    fix = _corrections("event")
    return _of_kind("event", fix, [
        s.statements.c.statement_id, _shown(fix, "type"), _shown(fix, "mode"),
        *_party("subject", "actor", fix), s.statements.c.trigger_text,
        *_party("object", "recipient", fix),
        *_dates(fix), *_place(fix), _shown(fix, "factuality"), s.statements.c.context,
        *_provenance(), _reviewed(fix),
    ])  # fmt: skip


def relations() -> AnySelect:
    """Select one row per relation statement."""
    fix = _corrections("relation")
    return _of_kind("relation", fix, [
        s.statements.c.statement_id, *_party("subject", "subject", fix), _shown(fix, "type"),
        *_party("object", "object", fix), s.statements.c.trigger_text,
        *_dates(fix), _shown(fix, "factuality"), *_provenance(), _reviewed(fix),
    ])  # fmt: skip


def quantities() -> AnySelect:
    """Select one row per figure."""
    fix = _corrections("quantity")
    read = s.statements.c
    return _of_kind("quantity", fix, [
        read.statement_id, _shown(fix, "type"), read.trigger_text,
        func.coalesce(cast(fix.c.value_low, read.value_low.type), read.value_low).label(
            "value_low"),
        func.coalesce(cast(fix.c.value_high, read.value_high.type), read.value_high).label(
            "value_high"),
        _shown(fix, "unit"), _shown(fix, "bound"), _shown(fix, "counted"),
        *_party("subject", "holder", fix), *_dates(fix), *_place(fix),
        _shown(fix, "factuality"), *_provenance(), _reviewed(fix),
    ])  # fmt: skip


def quotes() -> AnySelect:
    """Select one row per attribution: who said what, in whose report."""
    fix = _corrections("quote")
    read = s.attributions.c
    speaker_id = case(
        (fix.c.speaker_id.is_not(None), fix.c.speaker_id),
        (fix.c.speaker.is_not(None), null()),
        else_=read.source_actor_id,
    )
    speaker = s.actors.alias("speaker_actor")
    of_speaker = {
        field: select(speaker.c[field]).where(speaker.c.actor_id == speaker_id).scalar_subquery()
        for field in ("name", "kind", "country", "sector")
    }
    return (
        select(
            read.attribution_id,
            func.coalesce(fix.c.speaker, of_speaker["name"], read.source_text).label("speaker"),
            speaker_id.label("speaker_id"),
            func.coalesce(of_speaker["kind"], "").label("speaker_kind"),
            func.coalesce(of_speaker["country"], "").label("speaker_country"),
            func.coalesce(of_speaker["sector"], "").label("speaker_sector"),
            read.source_text.label("speaker_text"),
            read.cue_text,
            func.coalesce(fix.c.kind, read.kind).label("kind"),
            read.content_text.label("words"),
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
            *_report(),
            _reviewed(fix),
        )
        .select_from(
            s.attributions.join(s.documents, s.documents.c.document_id == read.document_id)
            .outerjoin(
                s.sentences,
                and_(
                    s.sentences.c.document_id == read.document_id,
                    s.sentences.c.index == read.sentence_index,
                ),
            )
            .outerjoin(fix, fix.c.applies_to == read.attribution_id)
        )
        .where(func.coalesce(fix.c.rejected, 0) == 0)
    )


def timeline() -> AnySelect:
    """Select events and figures by day; `basis` says whether the text or only the report dates."""

    def dated(view: Subquery, kind: str, who: str, whom: str) -> AnySelect:
        c = view.c
        return select(
            func.coalesce(c.date_from, c.published).label("day"),
            func.coalesce(c.date_to, c.published).label("until"),
            case((c.date_from.is_not(None), "text"), else_="publication").label("basis"),
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
            func.min(_published()).label("first_published"),
            func.max(_published()).label("last_published"),
        )
        .select_from(
            s.chain.join(s.statements, read.statement_id == link.statement_id)
            .join(s.documents, document.document_id == read.document_id)
            .outerjoin(s.actors, s.actors.c.actor_id == link.actor_id)
        )
        .where(read.statement_id.not_in(rejected))
        .group_by(name, link.role, link.actor_id)
    )


VIEWS = {
    "events": events,
    "relations": relations,
    "quantities": quantities,
    "quotes": quotes,
    "timeline": timeline,
    "sources": sources,
}


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
