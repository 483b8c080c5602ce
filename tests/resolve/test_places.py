"""Places resolve by what holds them, by context, by size; unknown stays unknown."""

from __future__ import annotations

import pytest

from onrecord.resolve.places import context_countries, countries_in, resolve_place


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Mosul", (), ("Mosul", "town", "IRQ")),
        ("Paris", (), ("Paris", "town", "FRA")),
        ("Paris, Texas", (), ("Paris", "town", "USA")),
        ("Reno, Nev.", (), ("Reno", "town", "USA")),
        ("the southern city of Basra", (), ("Basra", "town", "IRQ")),
        ("Tripoli", (), ("Tripoli", "town", "LBY")),
        ("Tripoli", ("LBN",), ("Tripoli", "town", "LBN")),
        ("Hyderabad", ("PAK",), ("Hyderabad", "town", "PAK")),
        ("Georgia", (), ("Georgia", "country", "GEO")),
        ("Georgia", ("USA",), ("Georgia", "province", "USA")),
        ("Georgia", ("USA", "GEO"), ("Georgia", "country", "GEO")),
        ("Aleppo", (), ("Aleppo", "town", "SYR")),
        ("Aleppo province", (), ("Aleppo", "province", "SYR")),
        ("Washington", (), ("Washington", "town", "USA")),
        ("Washington state", (), ("Washington", "province", "USA")),
        ("New York", (), ("New York City", "town", "USA")),
        ("northern Iraq", (), ("northern Iraq", "region", "IRQ")),
        ("the Golan Heights", (), ("Golan Heights", "region", "")),
        ("Tahrir Square", (), ("Tahrir Square", "site", "EGY")),
        ("U.S.", (), ("United States", "country", "USA")),
        ("Kiev", (), ("Kyiv", "town", "UKR")),
        ("Helmand", (), ("Helmand", "province", "AFG")),
    ],
)
def test_resolves(name: str, context: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    place = resolve_place(name, context_countries=context)
    assert (place.name, place.kind, place.country) == expected


def test_unknown_name_stays_unknown_with_a_stable_id() -> None:
    place = resolve_place("Quarrinbay")
    assert (place.kind, place.country, place.lat) == ("unknown", "", None)
    assert place.place_id == resolve_place("Quarrinbay").place_id
    assert place.place_id != resolve_place("Velmora").place_id


def test_unknown_town_keeps_the_country_it_is_said_to_lie_in() -> None:
    place = resolve_place("Quarrinbay, Mexico")
    assert (place.kind, place.country) == ("unknown", "MEX")


def test_countries_are_named_by_their_codes() -> None:
    assert resolve_place("Iraq").place_id == "pl_IRQ"


def test_towns_are_named_by_geonames() -> None:
    place = resolve_place("Mosul")
    assert place.place_id == f"pl_{place.geonames_id}"
    assert place.lat == pytest.approx(36.34, abs=0.1)
    assert place.lon == pytest.approx(43.12, abs=0.1)


def test_context_counts_names_adjectives_and_capitals() -> None:
    assert context_countries(["Iraqi", "Baghdad", "Sweden", "table"]) == ("IRQ", "SWE")


def test_a_shared_name_does_not_decide_for_itself() -> None:
    assert countries_in("Lebanese troops fought in Tripoli.") == ("LBN",)


def test_possessives_count_as_context() -> None:
    assert countries_in("Spain's king and Ohio’s governor met.") == ("ESP", "USA")
