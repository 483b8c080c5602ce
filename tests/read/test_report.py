"""A text and its metadata become a document whose spans and bytes are true."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryError, ReadError
from onrecord.model.document import Document
from onrecord.read.any import document_from_text

_STORY = "The council met on Tuesday and voted to repair the dam above the town, officials said."


def _words_of(document: Document, kind: str) -> list[str]:
    return [document.text[f.span.start : f.span.end] for f in document.furniture if f.kind == kind]


def test_address_that_no_database_stores_is_spelled_out() -> None:
    document = document_from_text(_STORY, uri="caf\udce9\0.txt")
    assert document.uri == "caf\\udce9\\x00.txt"


def test_address_that_is_none_gives_no_outlet() -> None:
    assert document_from_text(_STORY, uri="https://[selvapost").publisher == ""


def test_title_from_metadata_becomes_the_first_paragraph() -> None:
    document = document_from_text(_STORY, title="Council votes to repair dam")
    assert document.text == f"Council votes to repair dam\n\n{_STORY}"
    assert _words_of(document, "title") == ["Council votes to repair dam"]


def test_title_already_there_is_not_repeated() -> None:
    document = document_from_text(
        f"COUNCIL VOTES TO REPAIR DAM\n{_STORY}", title="Council votes to repair dam"
    )
    assert document.text.lower().count("council votes") == 1


def test_title_that_runs_into_the_story_is_parted_from_it() -> None:
    document = document_from_text(
        f"Council votes to repair dam {_STORY}", title="Council votes to repair dam"
    )
    assert document.text.split("\n\n") == ["Council votes to repair dam", _STORY]


def test_name_of_the_site_is_taken_off_the_title() -> None:
    document = document_from_text(
        _STORY, title="Council votes to repair dam | The Selva Post", publisher="The Selva Post"
    )
    assert document.title == "Council votes to repair dam"


def test_publisher_is_read_from_the_text_when_metadata_has_none() -> None:
    assert document_from_text(f"(THE LANTERN) — {_STORY}").publisher == "The Lantern"
    assert document_from_text(f"{_STORY}\n\nSource » selva-post").publisher == "selva-post"


def test_agency_is_a_wire_credit_when_the_publisher_is_another() -> None:
    text = f"PORT SELVA (AP) — {_STORY}"
    document = document_from_text(text, publisher="The Selva Post")
    assert (document.publisher, document.wire_credit) == ("The Selva Post", "Associated Press")
    alone = document_from_text(text)
    assert (alone.publisher, alone.wire_credit) == ("Associated Press", "")


def test_the_site_of_an_address_is_the_outlet() -> None:
    document = document_from_text(f"(AP) — {_STORY}", uri="https://www.selvapost.example/a/1")
    assert (document.publisher, document.wire_credit) == ("selvapost.example", "Associated Press")


def test_published_is_never_guessed_from_the_text() -> None:
    document = document_from_text(f"PORT SELVA, March 3, 2024 (Meridian) — {_STORY}")
    assert document.published is None
    assert document.published_precision == "unknown"


def test_published_keeps_its_precision() -> None:
    document = document_from_text(_STORY, published="2024-03")
    assert document.published == datetime(2024, 3, 1, tzinfo=UTC)
    assert document.published_precision == "month"


def test_the_same_report_from_two_places_is_one_document() -> None:
    first = document_from_text(_STORY, uri="a.txt", title="Dam", publisher="Post")
    second = document_from_text(_STORY + "\r\n", uri="b.txt", title="Dam", publisher="Post")
    assert first.document_id == second.document_id
    assert first.document_id != document_from_text(_STORY, title="Dam").document_id


def test_other_languages_are_skipped_with_a_reason() -> None:
    document = document_from_text(
        "Le conseil s'est réuni mardi et a décidé de réparer le barrage au-dessus de la ville, ont"
        " déclaré des responsables. Les habitants des villages du nord demandent une aide rapide."
    )
    assert (document.status, document.language) == ("skipped", "fr")
    assert document.error.startswith("text is French; onrecord reads English reports only.")


@pytest.mark.parametrize("text", ["Le maire a dit non.", "OK", "12 dead in Port Selva"])
def test_very_short_texts_are_taken_for_english(text: str) -> None:
    assert document_from_text(text).status == "read"


def test_another_script_is_not_english_however_short() -> None:
    assert document_from_text("Совет проголосовал за ремонт плотины").status == "skipped"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff", "..."])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="empty"):
        document_from_text(text)


def test_a_publication_time_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match="without guessing"):
        document_from_text(_STORY, published="03/04/2024")


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_makes_a_document_with_true_spans(text: str, title: str) -> None:
    try:
        document = document_from_text(text, title=title)
    except ReadError:
        return
    end = 0
    for piece in document.furniture:
        assert end <= piece.span.start < piece.span.end <= len(document.text)
        end = piece.span.end
