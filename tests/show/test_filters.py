"""A slip in a filter is an answer with the right word in it."""

from __future__ import annotations

import inspect

import pytest

from onrecord.errors import QueryError
from onrecord.record import query
from onrecord.show.filters import (
    CLAIM_SURE_ENOUGH,
    RELATION_SURE_ENOUGH,
    SURE_ENOUGH,
    checked,
    filter_names,
    known_values,
    least_sure,
    sure_enough,
)


@pytest.mark.parametrize(
    ("what", "function"),
    [
        ("events", query.events),
        ("relations", query.relations),
        ("figures", query.quantities),
        ("quotes", query.quotes),
        ("actors", query.actors),
        ("documents", query.documents),
    ],
)
def test_every_filter_of_a_query_is_offered(what: str, function: object) -> None:
    taken = set(inspect.signature(function).parameters)  # type: ignore[arg-type]
    # What paging needs, and what only the map asks: events that can be drawn.
    taken -= {"store", "limit", "offset", "placed"}
    assert set(filter_names(what)) == taken


def test_words_of_a_vocabulary_may_have_any_case_and_hyphen() -> None:
    assert checked("events", {"type": "assault,Threaten", "mode": "heavy_weapons"}) == {
        "type": ["ASSAULT", "THREATEN"],
        "mode": "heavy-weapons",
    }


def test_filters_that_are_none_do_not_filter() -> None:
    assert checked("events", {"actor": None, "since": "2024"}) == {"since": "2024"}


@pytest.mark.parametrize(
    ("what", "filters", "meant"),
    [
        ("events", {"type": "ASAULT"}, "ASSAULT"),
        ("events", {"mode": "dron"}, "drone"),
        ("events", {"acter": "x"}, "actor"),
        ("relations", {"type": "lead"}, "leads"),
        ("figures", {"type": "casualty"}, "casualties"),
        ("quotes", {"speeker": "x"}, "speaker"),
        ("quotes", {"order": "newst"}, "newest"),
        ("actors", {"kind": "persons"}, "person"),
    ],
)
def test_unknown_words_name_the_nearest(what: str, filters: dict[str, str], meant: str) -> None:
    with pytest.raises(QueryError, match=rf"Did you mean {meant}\?"):
        checked(what, filters)


def test_word_like_none_lists_them_all() -> None:
    with pytest.raises(QueryError, match="Known: direct, indirect, mixed"):
        checked("quotes", {"kind": "zzz"})


def test_all_sixteen_event_types_are_known() -> None:
    assert len(known_values("events")["type"]) == 16


def test_rows_that_are_likely_wrong_are_left_out_unless_asked_for() -> None:
    assert sure_enough("events", {"type": "ASSAULT"})["min_confidence"] == SURE_ENOUGH
    assert sure_enough("events", {"min_confidence": 0.0}) == {"min_confidence": 0.0}
    assert sure_enough("events", {"document": "doc_1"}) == {"document": "doc_1"}
    assert sure_enough("relations", {})["min_confidence"] == RELATION_SURE_ENOUGH
    assert sure_enough("figures", {}) == {}
    for what in ("claims", "timeline"):
        assert sure_enough(what, {"type": "ASSAULT"})["min_confidence"] == CLAIM_SURE_ENOUGH
        assert sure_enough(what, {"min_confidence": 0.0}) == {"min_confidence": 0.0}
    assert sure_enough("claims", {"document": "doc_1"}) == {"document": "doc_1"}


def test_ties_of_both_sorts_are_as_sure_as_the_lists_of_each() -> None:
    for what, kind in (("events", "event"), ("relations", "relation")):
        assert least_sure(None)[kind] == sure_enough(what, {})["min_confidence"]
        assert least_sure(0.2)[kind] == 0.2
