"""Show one row with all that it stands on: sentence, fields, chain, report, reviews."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select, union

from onrecord.errors import RecordError
from onrecord.model.span import Span
from onrecord.record import schema as s
from onrecord.record.dialects import AnyRow, AnySelect
from onrecord.record.listings import actor_rows, document_rows, review_rows
from onrecord.record.load import span_of
from onrecord.record.rows import Field, Link, ReviewRow, Shown
from onrecord.record.said import moved_spans, narrowed
from onrecord.record.store import Store
from onrecord.record.views import view_table

_TABLES: dict[str, tuple[Table, str]] = {
    "st": (s.statements, "statement_id"),
    "at": (s.attributions, "attribution_id"),
    "ac": (s.actors, "actor_id"),
    "doc": (s.documents, "document_id"),
    "cl": (s.claims, "claim_id"),
    "en": (s.entities, "entity_id"),
    "mn": (s.mentions, "mention_id"),
}
_VIEW_OF_KIND = {"event": "events", "relation": "relations", "quantity": "quantities"}
_MOST_SISTERS = 50


def show(store: Store, row_id: str) -> Shown:
    """Return one row with everything around it.

    Args:
        store: The record.
        row_id: Identifier of a statement, attribution, actor, document, claim, entity or
            mention, or enough of its beginning ("st_3f9a"). Entities and mentions show
            their actor or, having none, their document.

    Raises:
        RecordError: No row has this identifier, or several rows do.
    """
    with store.reading() as connection:
        kind, full_id = find_row(connection, row_id)
        if kind in ("en", "mn"):
            table, key = _TABLES[kind]
            row = connection.execute(select(table).where(table.c[key] == full_id)).one()
            kind, full_id = (
                ("ac", row.actor_id) if row.actor_id is not None else ("doc", row.document_id)
            )
        if kind == "st":
            return _statement(connection, full_id)
        if kind == "at":
            return _quote(connection, full_id)
        if kind == "ac":
            return _actor(connection, full_id)
        if kind == "doc":
            return _document(connection, full_id)
        return _claim(connection, full_id)


def find_row(connection: Connection, row_id: str) -> tuple[str, str]:
    """Return the kind and full identifier of the row that `row_id` begins.

    Returns:
        `(prefix, identifier)`, e.g. `("st", "st_3f9a1c0b2d4e5f60")`.

    Raises:
        RecordError: No row has this identifier, or several rows do.
    """
    given = row_id.strip()
    prefix = given.partition("_")[0]
    if prefix not in _TABLES or "_" not in given:
        raise RecordError(
            repr(row_id),
            "not an identifier",
            "They begin with st_ (statement), at_ (quote), ac_ (actor), doc_ (document)"
            " or cl_ (claim).",
        )
    table, key = _TABLES[prefix]
    found = _beginning(connection, table.c[key], given, 3)
    if given in found or len(found) == 1:
        return prefix, given if given in found else found[0]
    if found:
        raise RecordError(
            repr(row_id), f"begins several rows ({', '.join(found)})", "Give more of it."
        )
    for length in range(len(given) - 1, len(prefix), -1):
        near = _beginning(connection, table.c[key], given[:length], 1)
        if near:
            raise RecordError(repr(row_id), "no such row", f"Did you mean {near[0]}?")
    raise RecordError(repr(row_id), "no such row", "The record holds none of this kind.")


def _beginning(connection: Connection, key: ColumnElement[str], start: str, most: int) -> list[str]:
    # A range, unlike LIKE, is looked up in the index by SQLite.
    within = (key >= start) & (key < start + "\U0010ffff")
    return list(connection.scalars(select(key).where(within).order_by(key).limit(most)))


def _statement(connection: Connection, statement_id: str) -> Shown:
    c = s.statements.c
    read = connection.execute(
        select(s.statements, s.documents.c.text)
        .join(s.documents, s.documents.c.document_id == c.document_id)
        .where(c.statement_id == statement_id)
    ).one()
    view = view_table(_VIEW_OF_KIND[read.kind])
    shown = _one(connection, view.select().where(view.c.statement_id == statement_id))
    same_sentence = (c.document_id == read.document_id) & (c.start == read.start)
    related = [same_sentence, c.accusation_id == statement_id]
    if read.accusation_id is not None:
        related.append(c.statement_id == read.accusation_id)
    links = connection.execute(
        select(s.chain).where(s.chain.c.statement_id == statement_id).order_by(s.chain.c.position)
    )
    claim_ids = select(s.claim_statements.c.claim_id).where(
        s.claim_statements.c.statement_id == statement_id
    )
    related.append(
        c.statement_id.in_(
            select(s.claim_statements.c.statement_id).where(
                s.claim_statements.c.claim_id.in_(claim_ids)
            )
        )
    )
    # Asked apart, each is answered by its own index.
    keys = union(*(select(c.statement_id).where(some) for some in related))
    return Shown(
        kind=read.kind,
        row=shown or _as_read(read),
        rejected=shown is None,
        sentence=read.text[read.start : read.end],
        sentence_span=Span(read.start, read.end),
        fields=_statement_fields(connection, read),
        chain=tuple(
            Link(name=r.name, role=r.role, named=r.named, actor_id=r.actor_id, span=span_of(r))
            for r in links
        ),
        sisters=_statements(
            connection, c.statement_id.in_(keys) & (c.statement_id != statement_id)
        ),
        claims=_claims(connection, statement_id),
        document=_report(connection, read.document_id),
        reviews=_reviews(connection, statement_id),
    )


def _as_read(read: AnyRow) -> dict[str, Any]:
    return {name: value for name, value in read._mapping.items() if name != "text"}


def _statement_fields(connection: Connection, read: AnyRow) -> tuple[Field, ...]:
    columns = read._mapping
    moved = moved_spans(connection, row_id=read.statement_id).get(read.statement_id, {})
    fields = []
    for name, row_id, value in (
        ("trigger", None, read.mode or read.type),
        ("subject", read.subject_actor_id, None),
        ("object", read.object_actor_id, None),
        ("counted", None, ""),
        ("time", None, _days(read)),
        ("place", read.place_id, None),
    ):
        span = span_of(read, f"{name}_")
        text = columns["counted" if name == "counted" else f"{name}_text"]
        if name in moved:
            span, text = moved[name], moved[name].text_in(read.text)
        if span is not None:
            shown = _name_of(connection, row_id) if value is None else value
            fields.append(Field(name=name, span=span, text=text, value=shown, row_id=row_id))
    if read.attribution_id is not None:
        c = s.attributions.c
        attribution = connection.execute(
            select(s.attributions, s.documents.c.text)
            .join(s.documents, s.documents.c.document_id == c.document_id)
            .where(c.attribution_id == read.attribution_id)
        ).one()
        fields += _attribution_fields(connection, attribution)
    return tuple(sorted(fields, key=lambda field: field.span))


def _attribution_fields(connection: Connection, read: AnyRow) -> list[Field]:
    """Return source and cue, those there are."""
    moved = moved_spans(connection, row_id=read.attribution_id).get(read.attribution_id, {})
    fields = []
    for name, row_id in (("source", read.source_actor_id), ("cue", None)):
        span, text = span_of(read, f"{name}_"), read._mapping[f"{name}_text"]
        if name in moved:
            span, text = moved[name], moved[name].text_in(read.text)
        if span is not None:
            value = _name_of(connection, row_id)
            fields.append(Field(name=name, span=span, text=text, value=value, row_id=row_id))
    return fields


def _days(read: AnyRow) -> str:
    first, end = read.date_from, read.date_to
    if first is None and end is None:
        return str(read.date_precision)
    last = None if end is None else end - timedelta(seconds=1)
    from_, to = (f"{moment:%Y-%m-%d}" if moment else "…" for moment in (first, last))
    return f"{from_ if from_ == to else f'{from_} to {to}'} ({read.date_precision})"


def _name_of(connection: Connection, row_id: str | None) -> str:
    if row_id is None:
        return ""
    table, key = (s.places, "place_id") if row_id.startswith("pl_") else (s.actors, "actor_id")
    return connection.scalar(select(table.c.name).where(table.c[key] == row_id)) or ""


def _quote(connection: Connection, attribution_id: str) -> Shown:
    c = s.attributions.c
    read = connection.execute(
        select(s.attributions, s.documents.c.text, s.documents.c.publisher)
        .join(s.documents, s.documents.c.document_id == c.document_id)
        .where(c.attribution_id == attribution_id)
    ).one()
    view = view_table("quotes")
    shown = _one(connection, view.select().where(view.c.attribution_id == attribution_id))
    sentence = connection.execute(
        select(s.sentences).where(
            s.sentences.c.document_id == read.document_id,
            s.sentences.c.index == read.sentence_index,
        )
    ).one_or_none()
    span = span_of(sentence) if sentence is not None else None
    span = span or Span(read.content_start, read.content_end)
    fields = _attribution_fields(connection, read)
    stretches = [Span(start, end) for start, end in read.content]
    moved = moved_spans(connection, row_id=attribution_id).get(attribution_id, {})
    if "content" in moved:
        stretches = narrowed(stretches, moved["content"])
    fields += [Field(name="content", span=at, text=at.text_in(read.text)) for at in stretches]
    inside = s.statements.c.attribution_id == attribution_id
    return Shown(
        kind="quote",
        row=shown or _as_read(read),
        rejected=shown is None,
        sentence=read.text[span.start : span.end],
        sentence_span=span,
        fields=tuple(sorted(fields, key=lambda field: field.span)),
        chain=_quote_chain(connection, read),
        sisters=_statements(connection, inside),
        claims=(),
        document=_report(connection, read.document_id),
        reviews=_reviews(connection, attribution_id),
    )


def _quote_chain(connection: Connection, read: AnyRow) -> tuple[Link, ...]:
    """Return the outlet and the sources of the attribution and of those it stands in."""
    speakers: list[Link] = []
    step: AnyRow | None = read
    c = s.attributions.c
    while step is not None:
        if step.source_text:
            name = _name_of(connection, step.source_actor_id) or step.source_text
            named = connection.scalar(
                select(s.actors.c.named).where(s.actors.c.actor_id == step.source_actor_id)
            )
            speakers.append(
                Link(
                    name=name,
                    role="speaker",
                    named=bool(named),
                    actor_id=step.source_actor_id,
                    span=span_of(step, "source_"),
                )
            )
        step = connection.execute(
            select(s.attributions).where(c.attribution_id == step.parent_id)
        ).one_or_none()
    outlet = [
        Link(name=read.publisher, role="outlet", named=True, actor_id=None, span=None)
    ] if read.publisher else []  # fmt: skip
    return (*outlet, *reversed(speakers))


def _actor(connection: Connection, actor_id: str) -> Shown:
    of_actor = or_(
        s.statements.c.subject_actor_id == actor_id, s.statements.c.object_actor_id == actor_id
    )
    return _overview(connection, "actor", asdict(actor_rows(connection, [actor_id])[0]), of_actor)


def _document(connection: Connection, document_id: str) -> Shown:
    report = _report(connection, document_id)
    of_document = s.statements.c.document_id == document_id
    return _overview(connection, "document", report, of_document, report)


def _claim(connection: Connection, claim_id: str) -> Shown:
    claim = _one(connection, select(s.claims).where(s.claims.c.claim_id == claim_id)) or {}
    member = select(s.claim_statements.c.statement_id).where(
        s.claim_statements.c.claim_id == claim_id
    )
    return _overview(connection, "claim", claim, s.statements.c.statement_id.in_(member))


def _overview(
    connection: Connection,
    kind: str,
    row: dict[str, Any],
    about: ColumnElement[bool],
    document: dict[str, Any] | None = None,
) -> Shown:
    return Shown(
        kind=kind,
        row=row,
        rejected=False,
        sentence="",
        sentence_span=None,
        fields=(),
        chain=(),
        sisters=_statements(connection, about),
        claims=(),
        document=document,
        reviews=_reviews(connection, next(iter(row.values()))),
    )


def _statements(connection: Connection, about: ColumnElement[bool]) -> tuple[dict[str, Any], ...]:
    """Return statements as view rows, in the order of their texts."""
    c = s.statements.c
    ids = connection.execute(
        select(c.kind, c.statement_id)
        .where(about)
        .order_by(c.document_id, c.start, c.trigger_start, c.statement_id)
        .limit(_MOST_SISTERS)
    ).all()
    rows: dict[str, dict[str, Any]] = {}
    for kind, name in _VIEW_OF_KIND.items():
        view = view_table(name)
        wanted = [row.statement_id for row in ids if row.kind == kind]
        if wanted:
            found = connection.execute(view.select().where(view.c.statement_id.in_(wanted)))
            rows |= {row["statement_id"]: {"kind": kind, **row} for row in found.mappings()}
    # A rejected statement has no row in the views.
    return tuple(rows[row.statement_id] for row in ids if row.statement_id in rows)


def _claims(connection: Connection, statement_id: str) -> tuple[dict[str, Any], ...]:
    member = s.claim_statements
    found = connection.execute(
        select(s.claims, member.c.stance, member.c.reason)
        .join(member, member.c.claim_id == s.claims.c.claim_id)
        .where(member.c.statement_id == statement_id)
        .order_by(s.claims.c.claim_id)
        .limit(_MOST_SISTERS)
    )
    return tuple(dict(row) for row in found.mappings())


def _report(connection: Connection, document_id: str) -> dict[str, Any]:
    wanted = document_rows().where(s.documents.c.document_id == document_id)
    return _one(connection, wanted) or {}


def _reviews(connection: Connection, row_id: str) -> tuple[ReviewRow, ...]:
    c = s.reviews.c
    found = connection.execute(
        review_rows()
        .where(or_(c.target_id == row_id, c.applies_to == row_id))
        .order_by(c.number)
        .limit(_MOST_SISTERS)
    )
    return tuple(ReviewRow(**row) for row in found.mappings())


def _one(connection: Connection, wanted: AnySelect) -> dict[str, Any] | None:
    row = connection.execute(wanted).mappings().one_or_none()
    return None if row is None else dict(row)
