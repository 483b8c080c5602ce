"""Read a document back as the values it was written from."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection, Table, select

from onrecord.errors import RecordError
from onrecord.model.actor import Alias, Entity, Place
from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.model.statement import (
    ChainLink,
    Party,
    ResolvedAttribution,
    ResolvedDocument,
    ResolvedMention,
    Statement,
)
from onrecord.model.value import Amount, Interval
from onrecord.record import schema as s
from onrecord.record.dialects import AnyRow
from onrecord.record.write import unpack_furniture, unpack_offsets


def load_document(connection: Connection, document_id: str) -> ResolvedDocument:
    """Return a document with all that it states, reviews not applied, in order of the text.

    Raises:
        RecordError: The record has no such document.
    """
    row = connection.execute(
        select(s.documents).where(s.documents.c.document_id == document_id)
    ).one_or_none()
    if row is None:
        raise RecordError(document_id, "no such document", "Run: onrecord documents")

    def rows(table: Table, *order: str) -> list[AnyRow]:
        return list(
            connection.execute(
                select(table)
                .where(table.c.document_id == document_id)
                .order_by(*(table.c[name] for name in order))
            )
        )

    mentions = rows(s.mentions, "start", "end", "mention_id")
    statements = rows(s.statements, "start", "trigger_start", "statement_id")
    return ResolvedDocument(
        document_of(row),
        tuple(
            Sentence(Span(r.start, r.end), r._mapping["index"], r.paragraph, r.is_title)
            for r in rows(s.sentences, "index")
        ),
        tuple(_mention(r) for r in mentions),
        _entities(rows(s.entities, "entity_id"), rows(s.aliases, "number")),
        _places(connection, mentions, statements),
        tuple(_attribution(r) for r in rows(s.attributions, "content_start", "attribution_id")),
        _statements(statements, _links(connection, document_id)),
    )


def document_of(row: AnyRow) -> Document:
    """Return the document of a row of `documents`."""
    return Document(
        row.document_id, row.uri, row.text, row.title, row.publisher, row.author, row.published,
        row.published_precision, row.language, row.wire_credit, row.dateline,
        unpack_furniture(row.furniture), unpack_offsets(row.offsets), row.status, row.error,
    )  # fmt: skip


def span_of(row: AnyRow, prefix: str = "") -> Span | None:
    """Return the span kept in `{prefix}start` and `{prefix}end`, None where there is none."""
    columns = row._mapping
    start, end = columns[f"{prefix}start"], columns[f"{prefix}end"]
    return None if start is None else Span(start, end)


def _span(row: AnyRow, prefix: str = "") -> Span:
    return cast(Span, span_of(row, prefix))


def _mention(row: AnyRow) -> ResolvedMention:
    return ResolvedMention(
        row.mention_id, _span(row), _span(row, "head_"), row.kind, row.form, row.entity_id,
        row.place_id, row.confidence,
    )  # fmt: skip


def _entities(rows: list[AnyRow], alias_rows: list[AnyRow]) -> tuple[Entity, ...]:
    aliases: dict[str, list[Alias]] = {}
    for row in alias_rows:
        aliases.setdefault(row.entity_id, []).append(Alias(row.alias, row.how, span_of(row)))
    return tuple(
        Entity(
            r.entity_id, r.document_id, r.name, r.kind, r.named, r.country, r.sector,
            tuple(aliases.get(r.entity_id, ())), tuple(r.titles), tuple(r.members),
        )
        for r in rows
    )  # fmt: skip


def _places(
    connection: Connection, mentions: list[AnyRow], statements: list[AnyRow]
) -> tuple[Place, ...]:
    ids = {row.place_id for row in (*mentions, *statements)} - {None}
    rows = connection.execute(
        select(s.places).where(s.places.c.place_id.in_(ids)).order_by(s.places.c.place_id)
    )
    return tuple(Place(*row) for row in rows)


def _party(row: AnyRow, role: str) -> Party | None:
    span = span_of(row, f"{role}_")
    columns = row._mapping
    if span is None:
        return None
    return Party(span, columns[f"{role}_text"], columns[f"{role}_entity_id"])


def _attribution(row: AnyRow) -> ResolvedAttribution:
    return ResolvedAttribution(
        row.attribution_id,
        _party(row, "source"),
        span_of(row, "cue_"),
        tuple(Span(start, end) for start, end in row.content),
        row.kind,
        row.parent_id,
        row.confidence,
    )


def _links(connection: Connection, document_id: str) -> dict[str, list[ChainLink]]:
    links: dict[str, list[ChainLink]] = {}
    rows = connection.execute(
        select(s.chain)
        .join(s.statements, s.statements.c.statement_id == s.chain.c.statement_id)
        .where(s.statements.c.document_id == document_id)
        .order_by(s.chain.c.statement_id, s.chain.c.position)
    )
    for r in rows:
        link = ChainLink(r.name, r.role, r.entity_id, r.named, span_of(r))
        links.setdefault(r.statement_id, []).append(link)
    return links


def _statements(rows: list[AnyRow], links: dict[str, list[ChainLink]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            r.statement_id, r.document_id, _span(r), r.kind, r.type, _span(r, "trigger_"),
            _party(r, "subject"), _party(r, "object"), r.factuality,
            tuple(links.get(r.statement_id, ())), r.confidence, r.mode,
            tuple(r.context.split(",")) if r.context else (),
            Amount(r.value_low, r.value_high, r.unit, r.bound) if r.bound else None,
            span_of(r, "counted_"), span_of(r, "time_"),
            Interval(r.date_from, r.date_to, r.date_precision) if r.date_precision else None,
            span_of(r, "place_"), r.place_id, r.attribution_id, r.accusation_id,
        )
        for r in rows
    )  # fmt: skip
