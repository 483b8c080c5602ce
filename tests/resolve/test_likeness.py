"""Names in different reports: spellings join, look-alikes stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.likeness import compare_names
from onrecord.resolve.spelling import same_spelling

SAME = [
    ("person", "Tariq al-Hasseini", "Tarek Hasseini"),
    ("person", "Yevgeny Marlov", "Evgeni Marlov"),
    ("person", "Dravic, Helena", "Helena Dravic"),
    ("person", "Bill Torrance", "William R. Torrance"),
    ("person", "Abdul Rahman Varez", "Abdelrahman Varez"),
    ("person", "Хелена Дравич", "Helena Dravich"),
    ("person", "طارق المنصوري", "Tariq al-Mansouri"),
    ("person", "Marta Oliveira", "Marta Oliveira Pinto"),
    ("organisation", "Harakat al-Samidoun", "al-Samidun movement"),
    ("organisation", "Partido Verde de Maravia", "Green Party of Maravia"),
    ("organisation", "Varda Liberation Front", "VLF"),
    ("organisation", "Kenyan Foreign Ministry", "Foreign Ministry of Kenya"),
    ("organisation", "Orlan Steel", "Orlan Steel Corp."),
]
APART = [
    ("person", "Ali Hassan", "Ali Hussein"),
    ("person", "Sergei Marlov", "Sergei Marlova"),
    ("person", "Helena Dravic", "Milan Dravic"),
    ("person", "John Torrance Jr.", "John Torrance Sr."),
    ("person", "John H. W. Torrance", "John W. Torrance"),
    ("person", "Abu Salim al-Varezi", "Abu Karim al-Varezi"),
    ("person", "Zhang Ruo", "Zheng Ruo"),
    ("person", "Torrance", "Bill Torrance"),
    ("organisation", "Hezbollah", "Ansar Hezbollah"),
    ("organisation", "National Front", "National Union"),
    ("organisation", "VLF", "VLF-Coast Force"),
    ("organisation", "Kenyan Army", "Polish Army"),
    ("organisation", "Kenyan Army", "Kenyan government"),
    ("organisation", "3rd Varda Brigade", "4th Varda Brigade"),
    ("organisation", "Bank of Varda", "University of Varda"),
    ("organisation", "Varda Party", "Varda Youth Party"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_spellings_and_forms_of_one_name_join(kind: str, one: str, other: str) -> None:
    assert compare_names(one, other, kind).same


@pytest.mark.parametrize(("kind", "one", "other"), APART)
def test_names_that_look_alike_stay_apart(kind: str, one: str, other: str) -> None:
    assert not compare_names(one, other, kind).same


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["person", "organisation"]))
def test_comparing_does_not_depend_on_who_comes_first(one: str, other: str, kind: str) -> None:
    assert compare_names(one, other, kind) == compare_names(other, one, kind)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_word_is_a_spelling_of_itself(word: str) -> None:
    assert same_spelling(word, word)


def test_every_decision_says_why() -> None:
    assert compare_names("Qasim Varez", "Kassem Varez", "person").reasons == (
        "given names kassem and qasim spelled alike",
        "same surname",
    )
