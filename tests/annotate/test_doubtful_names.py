"""Words with a capital that name nobody, and names with what a person is before them."""

from __future__ import annotations

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.text import parse_document
from onrecord.read.any import document_from_text


def names(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return name -> kind and titles."""
    found = find_mentions(parse_document(document_from_text(text, uri="test.txt")))
    return {
        text[m.head.start : m.head.end]: (
            m.kind, tuple(text[t.start : t.end] for t in m.titles),
        )
        for m in found if m.form == "name"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("FBI Special Agent Mara Dent led the raid.", "Mara Dent", "Special Agent"),
        ("Actor Omar Dast attended the show.", "Omar Dast", "Actor"),
        ("Model Mara Dent wrote about the flight.", "Mara Dent", "Model"),
        ("Frenchman Anton Greel won the race.", "Anton Greel", "Frenchman"),
        ("Orsk Group COO Anton Greel said sales rose.", "Anton Greel", "COO"),
        ("Assistant Chief Constable Robin Quill spoke.", "Robin Quill", "Assistant Chief Constable"),
        ("Deputy Interior Minister Anton Greel resigned.", "Anton Greel", "Deputy Interior Minister"),
    ],
)  # fmt: skip
def test_what_a_person_is_comes_off_the_name(text: str, name: str, title: str) -> None:
    assert names(text)[name] == ("person", (title,))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Orsk Group COO Anton Greel said sales rose.", "Orsk Group"),
        ("White House Press Secretary Mara Dent said so.", "White House"),
        ("Coast Agency spokesman Pell Arden denied the report.", "Coast Agency"),
    ],
)
def test_the_body_before_an_office_stays_a_name_of_its_own(text: str, body: str) -> None:
    assert names(text)[body][0] != "person"


def test_two_parts_of_an_office_are_nobodys_name() -> None:
    found = names("Deputy Prime Minister and Foreign Minister Anton Greel visited Kenya.")
    assert set(found) == {"Anton Greel", "Kenya"}


def test_a_person_behind_an_office_with_its_town_is_found() -> None:
    found = names("A cordon stands, and Mayor of London Omar Dast has called for calm.")
    assert found["Omar Dast"][0] == "person"


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("Tributes were left at the gate. Anton Greel came too.", "Tributes"),
        ("Smoke over the harbour Getty Images", "Getty Images"),
        ("WHY I HATE the rain, says Anton Greel.", "HATE"),
    ],
)
def test_words_that_name_nobody_are_no_names(text: str, no_name: str) -> None:
    assert no_name not in names(text)


def test_a_word_that_is_a_name_elsewhere_is_one_at_the_beginning_too() -> None:
    text = "Oracle sold a unit. Shares of Oracle rose, and Oracle Corp. paid a dividend."
    assert "Oracle" in names(text)
