from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.names import acronym_fits, is_acronym, same_name, skeleton

ONE_PERSON = [
    ("Marta Vesely", "Vesely"),
    ("Yusuf al-Darwish", "Darwish"),
    ("Yusuf al-Darwish", "Youssef Al Darwish"),
    ("Yusuf al-Darwish", "Yousef Aldarwish"),
    ("Qadir Nasser", "Kader Naser"),
    ("Thomas J. Orbel", "Thomas Orbel"),
    ("T. Orbel", "Thomas Orbel"),
    ("President Marta Vesely", "Marta Vesely"),
    ("Alexander Brandt", "Alex Brandt"),
]
TWO_PEOPLE = [
    ("Marta Vesely", "Jan Vesely"),
    ("Yusuf al-Darwish", "Karim al-Darwish"),
    ("Marta Vesely", "Marta Kolar"),
    ("Orbel", "Kolar"),
]
ONE_BODY = [
    ("Northern Valley Army", "NVA"),
    ("Harakat al-Sabireen", "Harakat al-Sabirin"),
    ("Harakat al-Sabireen", "al-Sabireen"),
    ("Amber Dawn", "Amber Dawn movement"),
    ("the Amber Dawn", "Amber Dawn"),
    ("Selva Border Guards", "Selva Border Guard"),
    ("NVA-Coast Force", "Coast Force"),
    ("Federación Obrera", "Federacion Obrera"),
]
TWO_BODIES = [
    ("NVA", "NVA-Coast Force"),
    ("NVA", "NVA Council"),
    ("Hezbollah", "Kata'ib Hezbollah"),
    ("Liberty Party", "Unity Party"),
    ("Ministry of Justice", "Ministry of Defence"),
    ("Amber Dawn", "Amber Dawn Brigade"),
    ("Coast Force", "Coast"),
    ("National Bank", "National Guard"),
    ("NVA", "NVP"),
    ("United Nations", "United Airlines"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_forms_of_one_persons_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other, "person").same


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_people_of_one_surname_stay_two(one: str, other: str) -> None:
    assert not same_name(one, other, "person").same


@pytest.mark.parametrize(("one", "other"), ONE_BODY)
def test_forms_of_one_bodys_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other, "organisation").same


@pytest.mark.parametrize(("one", "other"), TWO_BODIES)
def test_bodies_that_share_a_word_stay_two(one: str, other: str) -> None:
    assert not same_name(one, other, "organisation").same


def test_acronym_skips_small_words() -> None:
    assert acronym_fits("LPS", "League for the Protection of Seals")
    assert not acronym_fits("LPX", "League for the Protection of Seals")


def test_numbers_and_lower_case_are_no_acronyms() -> None:
    assert is_acronym("U.N.")
    assert not is_acronym("2013")
    assert not is_acronym("us")


def test_transliterations_share_a_skeleton() -> None:
    assert skeleton("Qassem") == skeleton("Kasim")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["person", "organisation"]))
def test_comparison_has_no_direction(one: str, other: str, kind: str) -> None:
    assert same_name(one, other, kind).score == same_name(other, one, kind).score
