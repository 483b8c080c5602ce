"""Addresses: every parameter counts, or is refused with the right word."""

from __future__ import annotations

import pytest

from onrecord.errors import QueryError
from onrecord.show.web.parameters import READERS, read_query, where_it_stands


def test_filters_are_read_and_checked() -> None:
    query = read_query("type=assault&min_confidence=0.5&copies=no", what="events")
    assert query.filters == {"type": "ASSAULT", "min_confidence": 0.5, "copies": False}


def test_several_values_of_one_filter_are_alternatives() -> None:
    assert read_query("type=ASSAULT&type=PROTEST", what="events").filters["type"] == [
        "ASSAULT", "PROTEST",
    ]  # fmt: skip


def test_fields_that_a_form_left_empty_do_not_filter() -> None:
    assert read_query("actor=&type=&since=", what="events").filters == {}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("actr=x", "Did you mean actor?"),
        ("type=ASAULT", "Did you mean ASSAULT?"),
        ("actor=a&actor=b", "Give it once"),
        ("min_confidence=high", "not a number"),
        ("copies=maybe", "yes nor no"),
        ("page=0", "whole number"),
        ("page=²", "whole number"),
        (f"actor={'x' * 501}", "500 characters"),
        ("actor=" + "%61" * 1400, "4,000 characters"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(text: str, word: str) -> None:
    with pytest.raises(QueryError, match=word.replace("?", r"\?")):
        read_query(text, what="events", extra={"page": READERS["page"]})


def test_changing_a_filter_starts_from_the_first_page() -> None:
    query = read_query(
        "type=ASSAULT&page=3", what="events", extra={"page": READERS["page"]}
    )  # fmt: skip
    assert query.address("/events", actor="A & B") == "/events?type=ASSAULT&actor=A+%26+B"
    assert query.address("/events", page=4) == "/events?type=ASSAULT&page=4"
    assert query.address("/events", type=None) == "/events"


@pytest.mark.parametrize("text", ["44.4,33.3,2", "-170.25,-56,0.5", "0,0,1"])
def test_where_a_picture_stands_is_three_numbers(text: str) -> None:
    asked = read_query(f"view={text}", extra={"view": where_it_stands})
    assert asked["view"] == text
    assert "view" not in asked.address("/map", actor="x")


@pytest.mark.parametrize("text", ["1,2", "1,2,3,4", "a,b,c", "1e9,0,1", "٣,0,1x"])
def test_other_words_for_it_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="three numbers"):
        read_query(f"view={text}", extra={"view": where_it_stands})
