"""Reports found by words, narrowed by what they state, and how they spread."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from record_reports import ATTACK, CROWD, LEADER, selva_report

from onrecord.errors import QueryError
from onrecord.pipeline import settle
from onrecord.record import corrections, facets, query
from onrecord.record.facets import Facets, Narrow, find_reports, search_reports
from onrecord.record.store import Store

WORDS = "Brigade"


def facets_of(store: Store, words: str, narrow: Narrow | None = None) -> Facets:
    return search_reports(store, words, narrow=narrow or Narrow())[1]


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
        (Narrow(kind="armed_group"), 2),
        (Narrow(kind="government", type="ASSAULT"), 2),
        (Narrow(kind="person"), 0),
        (Narrow(since="2024-05"), 2),
        (Narrow(until="2024-04"), 0),
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


@pytest.mark.parametrize("common", [0.0, 1.0])
def test_rare_and_common_kinds_are_found_alike(
    store: Store, selva: Any, monkeypatch: pytest.MonkeyPatch, common: float
) -> None:
    monkeypatch.setattr(facets, "_COMMON", common)
    for kind, n in (("armed_group", 1), ("government", 1), ("person", 0), ("media", 0)):
        assert find_reports(store, WORDS, narrow=Narrow(kind=kind)).total == n
    sure = Narrow(kind="armed_group", min_confidence=1.0)
    assert find_reports(store, WORDS, narrow=sure).total == 0


def test_kinds_of_actors_count_reports_not_mentions(store: Store, selva: Any) -> None:
    store.write(selva_report(publisher="The Beacon").resolved(), version="rules-1")
    assert dict(facets_of(store, WORDS).kinds) == {"armed_group": 2, "government": 2}


def test_narrowed_reports_keep_their_rank_however_many_hold_the_word(store: Store) -> None:
    for number in range(30):
        text = "\n".join([selva_report().document.text, *["The Brigade left."] * (number % 7)])
        store.write(selva_report(f"Post {number % 3}", f"{number}. {text}").resolved(), version="x")
    every = find_reports(store, WORDS, limit=100)
    expected = [hit for hit in every if hit.publisher == "Post 1"]
    narrow = Narrow(publisher="post 1", type="ASSAULT")
    found = [
        hit
        for start in range(0, 12, 4)
        for hit in find_reports(store, WORDS, narrow=narrow, limit=4, offset=start)
    ]
    assert found == expected
    assert len(found) == 10


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


def test_claims_that_are_not_sure_enough_have_no_standing(store: Store) -> None:
    for publisher, more in (
        ("The Lantern", "Ferries stayed in the harbour and shops along the quay were shut."),
        ("The Beacon", "Its mayor asked for tents, blankets and a field hospital by nightfall."),
    ):
        report = selva_report(publisher, "\n".join((ATTACK, more, CROWD, LEADER)))
        report.statements[:] = [
            replace(statement, confidence=0.3, chain=statement.chain[:1])
            for statement in report.statements
        ]
        store.write(report.resolved(), version="rules-1")
    settle(store)
    for least, n in ((0.0, 2), (0.3, 2), (0.5, 0)):
        narrow = Narrow(status="corroborated", min_claim_confidence=least)
        found, spread = search_reports(store, WORDS, narrow=narrow)
        assert found.total == n
        assert spread.statuses == ((("corroborated", n),) if n else ())
