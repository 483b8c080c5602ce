"""Give everything that was read from one text, as stretches of it.

A page draws them under the words; statements that people rejected keep their
place but say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, not_, or_, select

from onrecord.errors import RecordError
from onrecord.model.span import Span
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.filters import not_stray
from onrecord.record.listings import document_rows
from onrecord.record.load import span_of
from onrecord.record.rows import DocumentRow
from onrecord.record.said import live_reviews, moved_spans, narrowed
from onrecord.record.shown import find_row
from onrecord.record.store import Store
from onrecord.record.views import view_table

_VIEWS = {"events": "event", "relations": "relation", "quantities": "quantity"}
Moved = dict[str, dict[str, Span]]
_AT_ONCE = 2000
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
class ReportText:
    """A text and how much was read from it.

    Attributes:
        text: Canonical text; all spans count its code points.
        report: The report without its text.
        n_of: How many rows of each kind stand; rejected ones do not, nor stray readings.
    """

    document_id: str
    text: str
    report: DocumentRow
    n_of: Mapping[str, int]


def report_text(store: Store, document_id: str) -> ReportText:
    """Return the text of a document.

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
        here = s.documents.c.document_id == full_id
        text = connection.scalar(select(s.documents.c.text).where(here))
        found = connection.execute(document_rows().where(here)).mappings()
        report = DocumentRow(**found.one())
        n_mentions = select(func.count()).where(s.mentions.c.document_id == full_id)
        rejected = _n_rejected(connection, full_id)
        read = {
            "mention": connection.scalar(n_mentions) or 0,
            "quote": report.n_quotes,
            "event": report.n_events - _n_stray(connection, full_id),
            "relation": report.n_relations,
            "quantity": report.n_quantities,
        }
        return ReportText(
            document_id=full_id,
            text=text or "",
            report=report,
            n_of={kind: n - rejected.get(kind, 0) for kind, n in read.items()},
        )


def _n_stray(connection: Connection, document_id: str) -> int:
    here = s.statements.c.document_id == document_id
    counted = select(func.count()).select_from(s.statements).where(here, not_(not_stray()))
    return connection.scalar(counted) or 0


def _n_rejected(connection: Connection, document_id: str) -> dict[str, int]:
    live = live_reviews().subquery("live")
    about = live.join(s.reviews, s.reviews.c.review_id == live.c.review_id)
    counted = (
        select(s.reviews.c.target_kind, func.count())
        .select_from(about)
        .where(s.reviews.c.document_id == document_id, live.c.verdict == "reject")
        .group_by(s.reviews.c.target_kind)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def marks_of(
    store: Store, of: ReportText, *, within: Span | None = None, row_id: str | None = None
) -> tuple[Marked, ...]:
    """Return what was read from a text, in its order; stray readings only when asked for.

    Args:
        store: The record.
        of: The text.
        within: Only rows with words in this stretch; the others are not looked up.
        row_id: Only this row.
    """
    with store.reading() as connection:
        moved = moved_spans(connection, document_id=of.document_id)
        if within is not None:
            near = [key for key, ours in moved.items() if _touches(ours.values(), within)]
        else:
            near = []

        def read(table: Table, key: str, *fields: str) -> list[Any]:
            found = [table.c.document_id == of.document_id]
            if table is s.statements and row_id is None:
                found.append(not_stray())
            if row_id is not None:
                found.append(table.c[key] == row_id)
            if within is not None:
                c = table.c
                touching = [
                    (c[f"{field}start"] < within.end) & (c[f"{field}end"] > within.start)
                    for field in fields
                ]
                found.append(or_(*touching, c[key].in_(near)))
            return list(connection.execute(select(table).where(*found)))

        stated = read(s.statements, "statement_id", *(f"{role}_" for role in _ROLES))
        said = read(s.attributions, "attribution_id", "source_", "cue_", "content_")
        rows = _shown(connection, of, stated, said, every=within is None and row_id is None)
        mentions = read(s.mentions, "mention_id", "")
        names = _names(connection, {m.actor_id for m in mentions if m.actor_id is not None})
    marks = [
        *_statements(stated, rows, moved),
        *_quotes(said, rows, moved),
        *_mentions(mentions, names),
    ]
    if within is not None:
        # An edge that was moved may lead out of the stretch.
        marks = [mark for mark in marks if _touches((span for _, span in mark.spans), within)]
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.row_id)))


def _touches(spans: Iterable[Span], stretch: Span) -> bool:
    return any(span.overlaps(stretch) for span in spans)


def _shown(
    connection: Connection, of: ReportText, stated: list[Any], said: list[Any], *, every: bool
) -> dict[str, dict[str, Any]]:
    """Return the rows as their views show them; rejected ones are not among them."""
    # Cut out of the text by the database, each sentence would cost as much as the text.
    sentences = {read.statement_id: of.text[read.start : read.end] for read in stated}
    c = s.sentences.c
    spans = {
        row[0]: of.text[row[1] : row[2]]
        for some in in_parts(sorted({read.sentence_index or 0 for read in said}), _AT_ONCE)
        for row in connection.execute(
            select(c.index, c.start, c.end).where(
                c.document_id == of.document_id, c.index.in_(some)
            )
        )
    }
    sentences |= {read.attribution_id: spans.get(read.sentence_index, "") for read in said}
    ids: dict[str, list[str]] = {name: [] for name in (*_VIEWS, "quotes")}
    view_of = {kind: name for name, kind in _VIEWS.items()}
    for read in stated:
        ids[view_of[read.kind]].append(read.statement_id)
    ids["quotes"] = [read.attribution_id for read in said]
    rows: dict[str, dict[str, Any]] = {}
    for name, wanted in ids.items():
        view = view_table(name)
        key = view.c.attribution_id if name == "quotes" else view.c.statement_id
        columns = [column for column in view.c if column.name != "sentence"]
        where = (
            [view.c.document_id == of.document_id]
            if every and wanted
            else [key.in_(some) for some in in_parts(wanted, _AT_ONCE)]
        )
        for one in where:
            for row in connection.execute(select(*columns).where(one)).mappings():
                rows[row[key.name]] = {**row, "sentence": sentences.get(row[key.name], "")}
    return rows


def _names(connection: Connection, actor_ids: set[str]) -> dict[str, str]:
    c = s.actors.c
    return {
        row[0]: row[1]
        for some in in_parts(sorted(actor_ids), _AT_ONCE)
        for row in connection.execute(select(c.actor_id, c.name).where(c.actor_id.in_(some)))
    }


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


def _mentions(found: Any, names: Mapping[str, str]) -> list[Marked]:
    return [
        Marked(
            row_id=read.mention_id,
            kind="mention",
            spans=(("mention", Span(read.start, read.end)),),
            row={
                "actor_id": read.actor_id,
                "actor": names.get(read.actor_id),
                "kind": read.kind,
                "form": read.form,
                "text": read.text,
                "place_id": read.place_id,
            },
        )
        for read in found
    ]
