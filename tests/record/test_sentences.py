"""Statements found by words of their sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_reports import ATTACK, Report, selva_report

from onrecord.record import corrections, query
from onrecord.record.store import Store


@pytest.mark.parametrize(
    "words",
    ["attacked", "ATTACKED", "tacked Port", "attacked Port Selva on Monday.", "Brigade att",
     "d P", "on"],
)  # fmt: skip
def test_any_stretch_of_the_sentence_finds_the_event(
    store: Store, selva: Report, words: str
) -> None:
    assert [row.sentence for row in query.events(store, text=words)] == [ATTACK]


@pytest.mark.parametrize(
    "words",
    ["Selva attacked", "attacked*", '"attacked"', "attacked OR fled", "words:attacked",
     "NOT fled", "^Orsk", 'Selva" OR "a', "Port  Selva", "attacked\0", "%", "_ttacked"],
)  # fmt: skip
def test_what_is_not_in_the_sentence_finds_nothing(store: Store, selva: Report, words: str) -> None:
    assert query.events(store, text=words).total == 0


def test_relations_and_figures_are_found_by_their_own_sentences(
    store: Store, selva: Report
) -> None:
    assert query.relations(store, text="leads the Coastal").total == 1
    assert query.quantities(store, text="1,500 people").total == 1
    assert query.quantities(store, text="leads the Coastal").total == 0


def test_a_judged_event_is_found_by_its_sentence(store: Store, selva: Report) -> None:
    event = query.events(store)[0].statement_id
    corrections.correct(store, event, "factuality", "denied", reviewer="Ada")
    assert [row.factuality for row in query.events(store, text="brigade attacked")] == ["denied"]
    corrections.reject(store, event, reviewer="Ada")
    assert query.events(store, text="brigade attacked").total == 0


def test_a_report_that_is_gone_is_not_found(store: Store, selva: Report) -> None:
    other = selva_report(publisher="The Beacon")
    store.write(other.resolved(), version="rules-1")
    assert store.remove(selva.document.document_id)
    found = query.events(store, text="attacked Port")
    assert [row.publisher for row in found] == ["The Beacon"]


def test_a_report_read_again_is_found_once(store: Store, selva: Report) -> None:
    store.write(selva.resolved(), version="rules-2")
    assert query.events(store, text="attacked Port").total == 1


def test_letters_outside_latin_are_found(store: Store) -> None:
    text = "🔥 The Tarn Brigade attacked حقل النفط at dawn."
    report = Report(text, "The Lantern", None)
    report.state("event", "ASSAULT", "attacked", subject=report.party("Tarn Brigade"))
    store.write(report.resolved(), version="hand")
    for words in ("حقل", "النفط at", "🔥 The"):
        assert query.events(store, text=words).total == 1, words


@settings(max_examples=60, deadline=None)
@given(words=st.text(st.sampled_from("aAbB \"*'%_.é"), min_size=1, max_size=6))
def test_the_index_finds_what_reading_finds(words: str) -> None:
    text = "Abba b a\"b AB* ab'a b%a_b. aab ba"
    with Store.open(":memory:") as store:
        report = Report(text, "The Lantern", None)
        report.state("event", "ASSAULT", "Abba")
        store.write(report.resolved(), version="hand")
        found = query.events(store, text=words).total
    assert found == int(words.lower() in text.lower())
