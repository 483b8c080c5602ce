from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from onrecord.errors import QueryError, RecordError
from onrecord.record import query
from onrecord.record import schema as s
from onrecord.record.listings import actor_facets
from onrecord.record.rows import (
    EventRow,
    QuantityRow,
    QuoteRow,
    RelationRow,
    SourceRow,
    TimelineRow,
)
from onrecord.record.store import Store
from onrecord.record.views import view_table


@pytest.mark.parametrize(
    ("view", "row"),
    [
        ("events", EventRow), ("relations", RelationRow), ("quantities", QuantityRow),
        ("quotes", QuoteRow), ("timeline", TimelineRow), ("sources", SourceRow),
    ],
)  # fmt: skip
def test_rows_have_the_columns_of_their_view_in_order(view: str, row: Any) -> None:
    assert [field.name for field in fields(row)] == [c.name for c in view_table(view).columns]


def test_event_names_everyone_and_everything(store: Store, selva: Any) -> None:
    (event,) = query.events(store)
    assert (event.actor, event.type, event.mode) == ("Tarn Brigade", "ASSAULT", "aerial")
    assert (event.recipient, event.place, event.place_country) == (
        "Port Selva",
        "Port Selva",
        "IRQ",
    )
    assert (event.date_from, event.date_to, event.published) == (
        "2024-04-29",
        "2024-04-29",
        "2024-05-01",
    )
    assert event.chain == "The Lantern < Orsk Valen"
    assert event.says == "Orsk Valen"
    assert event.sentence == "Orsk Valen said the Tarn Brigade attacked Port Selva on Monday."


@pytest.mark.parametrize(
    "filters",
    [
        {"actor": "tarn brigade"}, {"actor": "the Tarn Brigade"}, {"actor": "Port Selva"},
        {"actor": "Tarn Brigade", "recipient": "Port Selva"}, {"type": "assault"},
        {"type": ["PROTEST", "ASSAULT"]}, {"type": "protest, assault"}, {"mode": "AERIAL"},
        {"since": "2024-04-29", "until": "2024-04-29"}, {"since": date(2024, 4, 1)},
        {"until": "2024-04"}, {"until": "2024"}, {"place": "port selva"}, {"place": "Selva"},
        {"country": "IRQ"}, {"country": "Iraq"}, {"publisher": "the lantern"},
        {"source": "Orsk Valen"}, {"source": "The Lantern"}, {"factuality": "asserted"},
        {"min_confidence": 0.9}, {"text": "ATTACKED Port"}, {"copies": False},
    ],
)  # fmt: skip
def test_filter_that_fits_keeps_the_event(store: Store, selva: Any, filters: Any) -> None:
    found = query.events(store, **filters)
    assert (len(found), found.total) == (1, 1)


@pytest.mark.parametrize(
    "filters",
    [
        {"actor": "Brigade"}, {"actor": "Orsk Valen"}, {"actor": "nobody"},
        {"actor": "Port Selva", "recipient": "Tarn Brigade"}, {"recipient": "Tarn Brigade"},
        {"type": "PROTEST"}, {"mode": "beat"}, {"since": "2024-04-30"}, {"until": "2024-04-28"},
        {"place": "Port"}, {"country": "FR"}, {"publisher": "The Lan"}, {"source": "Tarn Brigade"},
        {"factuality": "denied"}, {"min_confidence": 0.95}, {"text": "a%d"}, {"document": "doc_0"},
        {"actor": "' OR 1=1 --"},
    ],
)  # fmt: skip
def test_filter_that_does_not_fit_leaves_the_event_out(
    store: Store, selva: Any, filters: Any
) -> None:
    found = query.events(store, **filters)
    assert (len(found), found.total) == (0, 0)


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "yesterday"}, {"since": "2024-02-30"}, {"until": "2024-13"}, {"country": "Selvania"},
        {"min_confidence": 7}, {"limit": -1}, {"limit": 10**9}, {"offset": -1}, {"order": "random"},
    ],
)  # fmt: skip
def test_filter_that_makes_no_sense_is_refused(store: Store, selva: Any, filters: Any) -> None:
    with pytest.raises(QueryError):
        query.events(store, **filters)


def test_a_list_of_no_rows_still_counts_them(store: Store, selva: Any) -> None:
    found = query.events(store, limit=0)
    assert len(found) == 0
    assert found.total == query.events(store).total > 0


def test_figure_is_found_by_its_bounds(store: Store, selva: Any) -> None:
    (figure,) = query.quantities(store, at_least=2000, counted="people")
    assert (figure.value_low, figure.value_high, figure.bound) == (1500.0, None, "at_least")
    assert not query.quantities(store, at_most=1000)


def test_quote_is_found_by_its_speaker(store: Store, selva: Any) -> None:
    (quote,) = query.quotes(store, speaker="orsk valen")
    assert quote.words == "the Tarn Brigade attacked Port Selva on Monday"
    assert quote.chain == "The Lantern < Orsk Valen"
    assert not query.quotes(store, speaker="Tarn Brigade")


def test_relation_is_found_by_subject_and_object(store: Store, selva: Any) -> None:
    assert len(query.relations(store, actor="Orsk Valen", object="Coastal Guard")) == 1
    assert not query.relations(store, actor="Coastal Guard", object="Orsk Valen")


def test_timeline_dates_by_publication_what_the_text_does_not_date(
    store: Store, selva: Any
) -> None:
    days = [(row.day, row.basis, row.kind) for row in query.timeline(store)]
    assert days == [("2024-04-29", "text", "event"), ("2024-05-01", "publication", "quantity")]


def test_actor_counts_what_speaks_of_it(store: Store, selva: Any) -> None:
    valen = query.actors(store, name="orsk")[0]
    assert (valen.name, valen.n_documents, valen.n_quotes, valen.n_statements) == (
        "Orsk Valen",
        1,
        1,
        1,
    )
    assert "Valen" in valen.aliases


def test_document_counts_what_it_states(store: Store, selva: Any) -> None:
    (document,) = query.documents(store, publisher="the lantern", since="2024-05-01")
    counts = (document.n_events, document.n_relations, document.n_quantities, document.n_quotes)
    assert counts == (1, 1, 1, 1)


def test_sources_count_who_is_relied_on(store: Store, selva: Any) -> None:
    found = [(row.source, row.role, row.n_statements) for row in query.sources(store)]
    assert found == [("The Lantern", "outlet", 3), ("Orsk Valen", "speaker", 1)]


@pytest.mark.parametrize(
    "words", ["attack", "fled Monday", '"port selva"', "brig*", "Orsk-Valen", "sélva"]
)
def test_search_finds_words_of_the_text(store: Store, selva: Any, words: str) -> None:
    (hit,) = query.search(store, words, kind="document")
    assert "[" in hit.snippet
    assert hit.id == selva.document.document_id


@pytest.mark.parametrize("words", ["attack harbour", '"selva port"', "fle", "title:attack"])
def test_search_wants_every_word(store: Store, selva: Any, words: str) -> None:
    assert not query.search(store, words, kind="document")


@pytest.mark.parametrize("words", ['"', "AND (", "NEAR(", "^*", "a' OR"])
def test_search_never_trips_over_signs(store: Store, selva: Any, words: str) -> None:
    try:
        query.search(store, words)
    except QueryError as error:
        assert "no word" in str(error)


def test_search_finds_actors_by_the_beginning_of_a_name(store: Store, selva: Any) -> None:
    found = query.search(store, "tar brig", kind="actor")
    assert [(hit.name, hit.kind) for hit in found] == [("Tarn Brigade", "actor")]


def test_misspelt_actor_is_suggested(store: Store, selva: Any) -> None:
    assert query.suggest_actors(store, "Tarn Brigad")[0] == "Tarn Brigade"


def test_show_gives_sentence_fields_chain_and_sisters(store: Store, selva: Any) -> None:
    event_id = query.events(store)[0].statement_id
    shown = query.show(store, event_id[:9])
    assert shown.kind == "event"
    assert {field.name: field.text for field in shown.fields} == {
        "source": "Orsk Valen", "cue": "said", "subject": "Tarn Brigade", "trigger": "attacked",
        "object": "Port Selva", "place": "Port Selva", "time": "Monday",
    }  # fmt: skip
    for field in shown.fields:
        assert field.span.text_in(selva.text) == field.text
    assert [link.name for link in shown.chain] == ["The Lantern", "Orsk Valen"]
    assert shown.document is not None
    assert shown.document["publisher"] == "The Lantern"


@pytest.mark.parametrize("noun", ["quotes", "actors", "documents"])
def test_show_knows_every_noun(store: Store, selva: Any, noun: str) -> None:
    row = getattr(query, noun)(store)[0]
    row_id = getattr(row, fields(row)[0].name)
    shown = query.show(store, row_id)
    assert (shown.kind, shown.row[fields(row)[0].name]) == (noun.removesuffix("s"), row_id)


def test_unknown_id_names_the_nearest(store: Store, selva: Any) -> None:
    known = query.events(store)[0].statement_id
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(RecordError, match=f"Did you mean {known}"):
        query.show(store, wrong)


@pytest.mark.parametrize("row_id", ["", "nonsense", "xx_12", "st_", "doc_zz"])
def test_what_is_no_id_is_refused(store: Store, selva: Any, row_id: str) -> None:
    with pytest.raises(RecordError):
        query.show(store, row_id)


def test_pages_follow_each_other_without_gap(store: Store, selva: Any) -> None:
    first, second = query.documents(store, limit=1), query.actors(store, limit=2, offset=1)
    assert (len(first), first.total) == (1, 1)
    everyone = query.actors(store)
    assert second.rows == everyone.rows[1:3]


def test_facets_of_actors_ignore_their_own_filter(store: Store, selva: Any) -> None:
    every = query.actors(store)
    found = actor_facets(store)
    assert dict(found.kinds) == Counter(row.kind for row in every)
    chosen = actor_facets(store, kind="person")
    assert chosen.kinds == found.kinds
    people = query.actors(store, kind="person")
    assert dict(chosen.countries) == Counter(row.country for row in people if row.country)
    assert sum(n for _, n in actor_facets(store, name="tarn").kinds) == 1
    assert actor_facets(store, name="Wibble").kinds == ()


def test_an_actor_of_two_sectors_counts_in_both(store: Store, selva: Any) -> None:
    with store.writing() as connection:
        connection.execute(s.actors.update().values(sector="MIL,GOV"))
    n = query.actors(store).total
    assert actor_facets(store, sector="gov").sectors == (("GOV", n), ("MIL", n))
    assert actor_facets(store, sector="REB").kinds == ()
