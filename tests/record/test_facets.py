"""Reports found by words, narrowed by what they state, and how they spread."""

from __future__ import annotations

from typing import Any

import pytest
from record_reports import selva_report

from onrecord.errors import QueryError
from onrecord.record import corrections, query
from onrecord.record.facets import Narrow, facets_of, find_reports
from onrecord.record.store import Store

WORDS = "Brigade"


@pytest.mark.parametrize(
    ("narrow", "n"),
    [
        (Narrow(), 2),
        (Narrow(publisher="the beacon"), 1),
        (Narrow(publisher="The Lamp"), 0),
        (Narrow(type="ASSAULT"), 2),
        (Narrow(type="AID"), 0),
        (Narrow(type="ASSAULT", min_confidence=1.0), 0),
        (Narrow(type="ASSAULT", publisher="The Beacon"), 1),
        (Narrow(country="Kenya"), 0),
        (Narrow(status="disputed"), 0),
    ],
)
def test_reports_are_narrowed(store: Store, selva: Any, narrow: Narrow, n: int) -> None:
    store.write(selva_report(publisher="The Beacon").resolved(), version="rules-1")
    found = find_reports(store, WORDS, narrow=narrow)
    assert (found.total, len(found)) == (n, n)
    assert all("[Brigade]" in hit.snippet for hit in found)


def test_a_facet_ignores_its_own_filter_and_heeds_the_others(store: Store, selva: Any) -> None:
    store.write(selva_report(publisher="The Beacon").resolved(), version="rules-1")
    chosen = facets_of(store, WORDS, narrow=Narrow(publisher="The Beacon"))
    assert dict(chosen.publishers) == {selva.document.publisher: 1, "The Beacon": 1}
    assert dict(chosen.types) == {"ASSAULT": 1}
    other = facets_of(store, WORDS, narrow=Narrow(type="AID"))
    assert dict(other.types) == {"ASSAULT": 2}
    assert other.publishers == ()


def test_what_a_person_rejected_is_in_no_facet(store: Store, selva: Any) -> None:
    assert dict(facets_of(store, WORDS).types) == {"ASSAULT": 1}
    corrections.reject(store, query.events(store)[0].statement_id, reviewer="ana")
    assert facets_of(store, WORDS).types == ()
    assert find_reports(store, WORDS, narrow=Narrow(type="ASSAULT")).total == 0


def test_the_place_of_an_event_is_where_its_report_is_found(store: Store, selva: Any) -> None:
    ((code, n),) = facets_of(store, WORDS).countries
    assert n == 1
    assert find_reports(store, WORDS, narrow=Narrow(country=code)).total == 1


def test_a_country_that_is_none_is_refused(store: Store, selva: Any) -> None:
    with pytest.raises(QueryError, match="no such country"):
        find_reports(store, WORDS, narrow=Narrow(country="Wibble"))
