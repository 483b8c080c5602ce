"""What was read from a text, whole and by stretches."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Table

from onrecord.model.span import Span
from onrecord.pipeline import settle
from onrecord.record import corrections, query
from onrecord.record import schema as s
from onrecord.record.filters import LEAST_ALONE
from onrecord.record.layers import marks_of, report_text
from onrecord.record.store import Store

ONE_RECORD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


@ONE_RECORD
@given(st.data())
def test_a_stretch_has_the_rows_that_touch_it_and_no_others(
    store: Store, selva: Any, data: st.DataObject
) -> None:
    of = report_text(store, selva.document.document_id)
    start = data.draw(st.integers(0, len(of.text) - 1))
    stretch = Span(start, data.draw(st.integers(start + 1, len(of.text))))
    touching = [
        mark
        for mark in marks_of(store, of)
        if any(span.overlaps(stretch) for _, span in mark.spans)
    ]
    assert list(marks_of(store, of, within=stretch)) == touching


def test_a_moved_edge_takes_the_row_along(store: Store, selva: Any) -> None:
    event = query.events(store)[0]
    of = report_text(store, selva.document.document_id)
    far = Span(len(of.text) - 4, len(of.text))
    assert event.statement_id not in {mark.row_id for mark in marks_of(store, of, within=far)}
    corrections.correct(
        store, event.statement_id, "place_span", f"{far.start}-{far.end}", reviewer="ana"
    )
    moved = {mark.row_id: dict(mark.spans) for mark in marks_of(store, of, within=far)}
    assert moved[event.statement_id]["place"] == far


def test_rejected_rows_keep_their_place_and_are_not_counted(store: Store, selva: Any) -> None:
    before = report_text(store, selva.document.document_id)
    event = query.events(store)[0].statement_id
    corrections.reject(store, event, reviewer="ana")
    after = report_text(store, selva.document.document_id)
    assert after.n_of == {**before.n_of, "event": before.n_of["event"] - 1}
    row_of = {mark.row_id: mark.row for mark in marks_of(store, after)}
    assert row_of[event] is None
    standing = [mark.kind for mark in marks_of(store, after) if mark.row is not None]
    assert after.n_of == {kind: standing.count(kind) for kind in after.n_of}


def test_one_row_is_found_alone_with_its_sentence(store: Store, selva: Any) -> None:
    of = report_text(store, selva.document.document_id)
    event = query.events(store)[0]
    (mark,) = marks_of(store, of, row_id=event.statement_id)
    assert mark.row is not None
    assert mark.row["sentence"] == event.sentence


def test_an_unsure_event_shows_beside_its_text_when_another_tells_it_or_a_person_looked(
    store: Store, selva: Any
) -> None:
    of = report_text(store, selva.document.document_id)
    event = query.events(store)[0].statement_id
    _set(store, s.statements, s.statements.c.statement_id == event, confidence=LEAST_ALONE - 0.01)
    settle(store)

    def shows() -> bool:
        return event in {mark.row_id for mark in marks_of(store, of)}

    assert not shows()
    stray = report_text(store, selva.document.document_id)
    assert stray.n_of["event"] == of.n_of["event"] - 1
    assert marks_of(store, of, row_id=event)
    _set(store, s.claims, s.claims.c.head_statement_id == event, n_statements=2)
    assert shows()
    _set(store, s.claims, s.claims.c.head_statement_id == event, n_statements=1)
    corrections.accept(store, event, reviewer="ana")
    assert shows()


def _set(store: Store, table: Table, where: ColumnElement[bool], **values: float) -> None:
    with store.writing() as connection:
        connection.execute(table.update().where(where).values(**values))
