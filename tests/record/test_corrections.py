from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.errors import QueryError, RecordError
from onrecord.model.statement import ResolvedDocument
from onrecord.record import corrections, query
from onrecord.record.layers import marks_of, report_text
from onrecord.record.shown import show
from onrecord.record.store import Store


def event_id(store: Store) -> str:
    return query.events(store)[0].statement_id


def reread(store: Store, resolved: ResolvedDocument, version: str) -> None:
    assert store.write(resolved, version=version)


def test_rejected_row_vanishes_and_undo_brings_it_back(store: Store, selva: Any) -> None:
    review = corrections.reject(store, event_id(store), reviewer="ana")
    assert not query.events(store)
    assert [row.n_statements for row in query.sources(store, role="outlet")] == [2]
    corrections.undo(store, review.review_id, reviewer="ana")
    assert query.events(store)[0].reviewed == ""


def test_accepting_a_rejected_row_brings_it_back(store: Store, selva: Any) -> None:
    target = event_id(store)
    corrections.reject(store, target, reviewer="ana")
    corrections.accept(store, target, reviewer="ben")
    assert query.events(store)[0].reviewed == "accepted"


def test_who_asks_for_sure_rows_gets_those_that_a_person_accepted(store: Store, selva: Any) -> None:
    assert not query.events(store, min_confidence=1.0)
    review = corrections.accept(store, event_id(store), reviewer="ana")
    assert query.events(store, min_confidence=1.0)
    corrections.undo(store, review.review_id, reviewer="ana")
    assert not query.events(store, min_confidence=1.0)


@pytest.mark.parametrize(
    ("field", "new", "shown"),
    [
        ("type", "protest", "PROTEST"), ("mode", "riot", "riot"), ("factuality", "denied", "denied"),
        ("actor", "Harbour Watch", "Harbour Watch"), ("date_from", "2024-04-28", "2024-04-28"),
        ("place", "Lower Selva", "Lower Selva"), ("place_country", "FRA", "FRA"),
    ],
)  # fmt: skip
def test_corrected_field_shows_the_correction(
    store: Store, selva: Any, field: str, new: str, shown: str
) -> None:
    review = corrections.correct(store, event_id(store), field, new, reviewer="ana")
    (event,) = query.events(store)
    assert (getattr(event, field), event.reviewed) == (shown, "corrected")
    assert review.new == shown
    corrections.undo(store, review.review_id, reviewer="ana")
    assert getattr(query.events(store)[0], field) != shown


def test_actor_corrected_to_a_bare_name_has_no_id(store: Store, selva: Any) -> None:
    corrections.correct(store, event_id(store), "actor", "Harbour Watch", reviewer="ana")
    assert query.events(store, actor="harbour watch")[0].actor_id is None
    assert not query.events(store, actor="Tarn Brigade")


def test_actor_corrected_by_id_takes_the_name_of_that_actor(store: Store, selva: Any) -> None:
    guard = query.actors(store, name="Coastal Guard")[0]
    corrections.correct(store, event_id(store), "actor_id", guard.actor_id, reviewer="ana")
    assert query.events(store, actor="Coastal Guard")[0].actor == "Coastal Guard"


def test_corrected_number_is_a_number(store: Store, selva: Any) -> None:
    figure = query.quantities(store)[0].statement_id
    corrections.correct(store, figure, "value_high", "2,000", reviewer="ana")
    assert query.quantities(store)[0].value_high == 2000.0
    assert not query.quantities(store, at_least=3000)


def test_later_correction_wins_and_its_undo_restores_the_earlier(store: Store, selva: Any) -> None:
    corrections.correct(store, event_id(store), "mode", "riot", reviewer="ana")
    second = corrections.correct(store, event_id(store), "mode", "beat", reviewer="ben")
    assert (query.events(store)[0].mode, second.old) == ("beat", "riot")
    undone = corrections.undo(store, second.review_id, reviewer="ana")
    assert query.events(store)[0].mode == "riot"
    corrections.undo(store, undone.review_id, reviewer="ben")
    assert query.events(store)[0].mode == "beat"


@pytest.mark.parametrize(
    ("field", "new"),
    [("sentence", "x"), ("factuality", "maybe"), ("date_from", "soon"), ("actor_id", "ac_0"), ("counted", "x")],
)  # fmt: skip
def test_correction_that_makes_no_sense_is_refused(
    store: Store, selva: Any, field: str, new: str
) -> None:
    with pytest.raises((RecordError, QueryError)):
        corrections.correct(store, event_id(store), field, new, reviewer="ana")
    assert query.reviews(store).total == 0


def test_review_is_undone_once(store: Store, selva: Any) -> None:
    review = corrections.reject(store, event_id(store), reviewer="ana")
    corrections.undo(store, review.review_id, reviewer="ana")
    with pytest.raises(RecordError, match="undone already"):
        corrections.undo(store, review.review_id, reviewer="ana")


def test_reviews_survive_reading_anew(store: Store, selva: Any) -> None:
    corrections.correct(store, event_id(store), "mode", "riot", reviewer="ana")
    before = query.events(store)
    reread(store, selva.resolved(), "rules-2")
    assert query.events(store) == before


def test_review_follows_the_row_whose_trigger_moved(store: Store, selva: Any) -> None:
    corrections.reject(store, event_id(store), reviewer="ana")
    resolved = selva.resolved()
    longer = replace(
        resolved.statements[0], statement_id="st_moved", trigger=selva.span("attacked Port")
    )
    reread(store, replace(resolved, statements=(longer,)), "rules-2")
    assert not query.events(store)
    assert query.reviews(store)[0].applies_to == "st_moved"


def test_review_without_a_row_left_is_kept_and_named(store: Store, selva: Any) -> None:
    review = corrections.reject(store, event_id(store), reviewer="ana")
    resolved = selva.resolved()
    reread(store, replace(resolved, statements=resolved.statements[1:]), "rules-2")
    assert [lost.review_id for lost in corrections.replay(store)] == [review.review_id]
    reread(store, resolved, "rules-3")
    assert not query.events(store)
    assert corrections.replay(store) == ()


def test_review_of_one_trigger_with_two_rows_is_not_guessed(store: Store, selva: Any) -> None:
    corrections.reject(store, event_id(store), reviewer="ana")
    resolved = selva.resolved()
    twins = tuple(replace(resolved.statements[0], statement_id=f"st_{n}") for n in (1, 2))
    reread(store, replace(resolved, statements=twins), "rules-2")
    assert len(query.events(store)) == 2


def test_quotes_are_reviewed_too(store: Store, selva: Any) -> None:
    quote = query.quotes(store)[0].attribution_id
    corrections.correct(store, quote, "speaker", "a spokesman", reviewer="ana")
    assert query.quotes(store)[0].speaker == "a spokesman"
    assert query.show(store, quote).reviews[0].reviewer == "ana"


def test_rejected_row_can_still_be_shown(store: Store, selva: Any) -> None:
    target = event_id(store)
    corrections.reject(store, target, reviewer="ana")
    assert query.show(store, target).rejected


def test_a_moved_edge_shows_the_new_words_and_keeps_the_actor(store: Store, selva: Any) -> None:
    (before,) = query.events(store)
    old = selva.span("Tarn Brigade")
    new = f"{old.start - 4}-{old.end}"
    review = corrections.correct(store, event_id(store), "subject_span", new, reviewer="ana")
    (event,) = query.events(store)
    assert (event.actor_text, event.reviewed) == ("the Tarn Brigade", "corrected")
    assert (event.actor_id, event.actor) == (before.actor_id, before.actor)
    assert review.old == f"{old.start}-{old.end} Tarn Brigade"
    assert review.new == f"{new} the Tarn Brigade"
    field = next(f for f in show(store, event_id(store)).fields if f.name == "subject")
    assert field.text == "the Tarn Brigade"
    corrections.undo(store, review.review_id, reviewer="ana")
    assert query.events(store)[0] == before


def test_an_edge_is_found_by_its_words(store: Store, selva: Any) -> None:
    target = event_id(store)
    review = corrections.correct(store, target, "trigger_span", "attacked Port", reviewer="ana")
    span = selva.span("attacked Port")
    assert review.new == f"{span.start}-{span.end} attacked Port"
    assert query.events(store)[0].trigger_text == "attacked Port"


def test_a_moved_edge_survives_reading_anew(store: Store, selva: Any) -> None:
    corrections.correct(store, event_id(store), "trigger_span", "attacked Port", reviewer="ana")
    before = query.events(store)
    reread(store, selva.resolved(), "rules-2")
    assert query.events(store) == before
    marks = marks_of(store, report_text(store, selva.document.document_id))
    spans = dict(next(mark for mark in marks if mark.row_id == before[0].statement_id).spans)
    assert spans["trigger"] == selva.span("attacked Port")


@pytest.mark.parametrize("new", ["12-9999999", "words that are not there", "", "5-5", "0-0 x"])
def test_an_edge_that_is_nowhere_is_refused(store: Store, selva: Any, new: str) -> None:
    with pytest.raises(RecordError):
        corrections.correct(store, event_id(store), "trigger_span", new, reviewer="ana")
    assert query.reviews(store).total == 0


def test_the_edge_of_a_quotation_is_moved(store: Store, selva: Any) -> None:
    quote = query.quotes(store)[0].attribution_id
    corrections.correct(
        store, quote, "content_span", "the Tarn Brigade attacked Port Selva", reviewer="ana"
    )
    assert query.quotes(store)[0].words == "the Tarn Brigade attacked Port Selva"


def test_several_rows_are_rejected_and_brought_back_together(store: Store, selva: Any) -> None:
    ids = [event_id(store), query.relations(store)[0].statement_id]
    batch = corrections.review_several(store, [*ids, ids[0]], "reject", reviewer="ana")
    assert not query.events(store)
    assert not query.relations(store)
    assert {row.batch for row in query.reviews(store, batch=batch)} == {batch}
    assert query.reviews(store, batch=batch).total == 2
    undoing = corrections.undo_several(store, batch, reviewer="ana")
    assert query.events(store)
    assert query.relations(store)
    corrections.undo_several(store, undoing, reviewer="ana")
    assert not query.events(store)


def test_of_several_rows_all_or_none_are_judged(store: Store, selva: Any) -> None:
    with pytest.raises(RecordError, match="no such row"):
        corrections.review_several(store, [event_id(store), "st_nowhere"], "reject", reviewer="ana")
    with pytest.raises(RecordError, match="0 rows"):
        corrections.review_several(store, [], "reject", reviewer="ana")
    assert query.reviews(store).total == 0
    assert query.events(store)


def test_undoing_several_leaves_what_was_undone_before(store: Store, selva: Any) -> None:
    ids = [event_id(store), query.relations(store)[0].statement_id]
    batch = corrections.review_several(store, ids, "reject", reviewer="ana")
    first = query.reviews(store, batch=batch)[0]
    corrections.undo(store, first.review_id, reviewer="ana")
    corrections.undo_several(store, batch, reviewer="ana")
    with pytest.raises(RecordError, match="nothing of it stands"):
        corrections.undo_several(store, batch, reviewer="ana")
