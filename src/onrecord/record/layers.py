"""Give everything that was read from one text, as stretches of it.

A page draws them under the words; statements that people rejected keep their
place but say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.model.span import Span
from onrecord.record import schema as s
from onrecord.record.listings import document_rows
from onrecord.record.load import span_of
from onrecord.record.rows import DocumentRow
from onrecord.record.said import moved_spans, narrowed
from onrecord.record.shown import find_row
from onrecord.record.store import Store
from onrecord.record.views import view_table

_VIEWS = {"events": "event", "relations": "relation", "quantities": "quantity"}
Moved = dict[str, dict[str, Span]]
_ROLES = ("trigger", "subject", "object", "counted", "time", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A row that was read from a text, with the words of each of its fields.

    Attributes:
        row_id: `st_…`, `at_…` or, for mentions, `mn_…`.
        kind: event, relation, quantity, quote or mention.
        spans: `(field, span)`, e.g. `("subject", Span(0, 12))`; the content of a quote
            has one for each stretch.
        row: The row as its view shows it; for mentions actor, kind and form. None when
            a person rejected it.
    """

    row_id: str
    kind: str
    spans: tuple[tuple[str, Span], ...]
    row: dict[str, Any] | None

    @property
    def start(self) -> int:
        """Return the code point at which the row begins in the text."""
        return min(span.start for _, span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text with all that was read from it.

    Attributes:
        text: Canonical text; all spans count its code points.
        report: The report without its text.
        marks: Rows in the order of the text.
        furniture: Stretches that are no part of the story, such as bylines.
    """

    document_id: str
    text: str
    report: DocumentRow
    marks: tuple[Marked, ...]
    furniture: tuple[Span, ...]


def marked_text(store: Store, document_id: str) -> MarkedText:
    """Return the text of a document with everything read from it.

    Args:
        store: The record.
        document_id: The document, or enough of the beginning of its identifier.

    Raises:
        RecordError: There is no such document.
    """
    with store.reading() as connection:
        kind, full_id = find_row(connection, document_id)
        if kind != "doc":
            raise RecordError(document_id, "not a report", "Reports begin with doc_.")
        stored = connection.execute(
            select(s.documents.c.text, s.documents.c.furniture).where(
                s.documents.c.document_id == full_id
            )
        ).one()
        report = connection.execute(
            document_rows().where(s.documents.c.document_id == full_id)
        ).mappings()
        rows: dict[str, dict[str, Any]] = {}
        for name in (*_VIEWS, "quotes"):
            view = view_table(name)
            key = "attribution_id" if name == "quotes" else "statement_id"
            # Cut out of the text by the database, each sentence would cost as much as the text.
            columns = [column for column in view.c if column.name != "sentence"]
            found = connection.execute(select(*columns).where(view.c.document_id == full_id))
            rows |= {row[key]: dict(row) for row in found.mappings()}
        _add_sentences(connection, full_id, stored.text, rows)
        moved = moved_spans(connection, document_id=full_id)
        marks = [
            *_statements(connection.execute(_of(s.statements, full_id)), rows, moved),
            *_quotes(connection.execute(_of(s.attributions, full_id)), rows, moved),
            *_mentions(
                connection.execute(
                    select(s.mentions, s.actors.c.name)
                    .outerjoin(s.actors, s.actors.c.actor_id == s.mentions.c.actor_id)
                    .where(s.mentions.c.document_id == full_id)
                )
            ),
        ]
        return MarkedText(
            document_id=full_id,
            text=stored.text,
            report=DocumentRow(**report.one()),
            marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.row_id))),
            furniture=tuple(Span(part[0], part[1]) for part in stored.furniture),
        )


def _add_sentences(
    connection: Connection, document_id: str, text: str, rows: dict[str, dict[str, Any]]
) -> None:
    """Put its sentence into each row."""
    c, a = s.sentences.c, s.attributions.c
    here = (s.sentences.c.document_id == document_id,)
    ends = {row[0]: row[1] for row in connection.execute(select(c.start, c.end).where(*here))}
    read = s.statements.c
    of_statements = select(read.statement_id, read.start, read.end)
    spans = {
        row[0]: (row[1], row[2])
        for row in connection.execute(of_statements.where(read.document_id == document_id))
    }
    of_quotes = (
        select(a.attribution_id, c.start)
        .join(s.sentences, (c.document_id == a.document_id) & (c.index == a.sentence_index))
        .where(a.document_id == document_id)
    )
    spans |= {row[0]: (row[1], ends[row[1]]) for row in connection.execute(of_quotes)}
    for key, row in rows.items():
        start, end = spans.get(key, (0, 0))
        row["sentence"] = text[start:end]


def document_of(store: Store, row_id: str) -> str:
    """Return the document in which a statement or quote stands.

    Raises:
        RecordError: There is no such row, or it stands in no document.
    """
    with store.reading() as connection:
        kind, full_id = find_row(connection, row_id)
        tables = {
            "st": (s.statements, "statement_id"),
            "at": (s.attributions, "attribution_id"),
            "mn": (s.mentions, "mention_id"),
            "en": (s.entities, "entity_id"),
        }
        if kind == "doc":
            return full_id
        if kind not in tables:
            raise RecordError(row_id, "stands in no single report", "Give a statement or quote.")
        table, key = tables[kind]
        found = connection.scalar(select(table.c.document_id).where(table.c[key] == full_id))
        return str(found)


def _of(table: Any, document_id: str) -> Any:
    return select(table).where(table.c.document_id == document_id)


def _statements(found: Any, rows: dict[str, dict[str, Any]], moved: Moved) -> list[Marked]:
    marks = []
    for read in found:
        ours = moved.get(read.statement_id, {})
        spans = [(role, ours.get(role) or span_of(read, f"{role}_")) for role in _ROLES]
        marks.append(
            Marked(
                row_id=read.statement_id,
                kind=read.kind,
                spans=tuple((role, span) for role, span in spans if span is not None),
                row=rows.get(read.statement_id),
            )
        )
    return marks


def _quotes(found: Any, rows: dict[str, dict[str, Any]], moved: Moved) -> list[Marked]:
    marks = []
    for read in found:
        ours = moved.get(read.attribution_id, {})
        spans = [(role, ours.get(role) or span_of(read, f"{role}_")) for role in ("source", "cue")]
        stretches = [Span(start, end) for start, end in read.content]
        if "content" in ours:
            stretches = narrowed(stretches, ours["content"])
        content = [("content", span) for span in stretches]
        marks.append(
            Marked(
                row_id=read.attribution_id,
                kind="quote",
                spans=(*((role, span) for role, span in spans if span is not None), *content),
                row=rows.get(read.attribution_id),
            )
        )
    return marks


def _mentions(found: Any) -> list[Marked]:
    return [
        Marked(
            row_id=read.mention_id,
            kind="mention",
            spans=(("mention", Span(read.start, read.end)),),
            row={
                "actor_id": read.actor_id,
                "actor": read.name,
                "kind": read.kind,
                "form": read.form,
                "text": read.text,
                "place_id": read.place_id,
            },
        )
        for read in found
    ]
