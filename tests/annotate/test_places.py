"""Place names: joined, told where from who, never out of a dateline."""

from __future__ import annotations

import pytest

from onrecord.annotate.gazetteer import load_gazetteer, place_key
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.places import find_places
from onrecord.annotate.text import parse_document
from onrecord.model.document import Document


def places_in(text: str) -> list[tuple[str, bool]]:
    parse = parse_document(Document("doc_test", "", text))
    places = find_places(parse, find_mentions(parse))
    return [(parse.text_of(place.span), place.locative) for place in places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Troops fought in Iraq for years.", [("Iraq", True)]),
        ("Iraq said the troops had left.", [("Iraq", False)]),
        ("A bomb went off in Mosul, Iraq, on Friday.", [("Mosul, Iraq", True)]),
        ("Rebels hold towns in northern Mali.", [("northern Mali", True)]),
        ("The Doha-based channel was closed.", [("Doha", True)]),
        ("Beijing rejected the ruling.", [("Beijing", False)]),
        ("Six men died in Beijing.", [("Beijing", True)]),
        ("Rebels shelled farms in Aleppo province.", [("Aleppo province", True)]),
        ("The Boston Globe printed the letter.", []),
        ("Soldiers opened fire near Tol Barad.", [("Tol Barad", True)]),
    ],
)
def test_places(text: str, places: list[tuple[str, bool]]) -> None:
    assert places_in(text) == places


def test_countries_in_a_list_are_not_joined() -> None:
    names = [name for name, _ in places_in("Protests spread in Peru, Chile and Bolivia.")]
    assert names == ["Peru", "Chile", "Bolivia"]


def test_dateline_left_in_the_text_is_no_place() -> None:
    found = places_in("PORT SELVA (Meridian Press) — Gunmen killed two officers in Kirkuk.")
    assert found == [("Kirkuk", True)]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Kandahār", "kandahar"), ("the Hague", "hague"), ("St. Petersburg", "saint petersburg"),
        ("Cox’s Bazar", "coxs bazar"), ("Deir ez-Zor", "deir ez zor"), ("Łódź", "lodz"),
    ],
)  # fmt: skip
def test_names_are_compared_without_marks(written: str, key: str) -> None:
    assert place_key(written) == key


def test_gazetteer_finds_all_places_of_a_name() -> None:
    countries = {entry.country for entry in load_gazetteer().find("Paris")}
    assert {"FRA", "USA"} <= countries


def test_gazetteer_does_not_bend_names() -> None:
    assert load_gazetteer().find("Quarrinbay") == ()
    assert load_gazetteer().find("") == ()
