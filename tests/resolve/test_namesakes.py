"""People who share a name with a country, a spouse or a family stay who they are."""

from __future__ import annotations

import pytest

from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.model.actor import Entity
from onrecord.model.annotation import Relation
from onrecord.model.span import Span
from onrecord.read.any import document_from_text
from onrecord.resolve.document import resolve_document
from onrecord.resolve.told import is_alias, spells


def _entity_of(text: str) -> dict[str, Entity]:
    """Return name phrase -> entity; of equal phrases the last one."""
    document = document_from_text(text, uri="test.txt")
    resolved = resolve_document(document, RuleExtractor().annotate(parse_document(document)))
    entities = {e.entity_id: e for e in resolved.entities}
    return {
        m.span.text_in(text): entities[m.entity_id]
        for m in resolved.mentions
        if m.entity_id is not None
    }


def test_a_surname_that_is_a_country_is_the_person_where_nothing_tells_of_the_country() -> None:
    text = "Mr. Adam Jordan met the coach. Jordan said he would play again."
    assert _entity_of(text)["Jordan"].name == "Adam Jordan"


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Adam Jordan met officials in Amman. Jordan accused Syria.",
        "Mr. Adam Jordan flew home. Fighting broke out in Jordan. Jordan accused Syria.",
    ],
)
def test_a_country_is_itself_where_the_report_tells_of_it(text: str) -> None:
    assert _entity_of(text)["Jordan"].kind == "country"


def test_the_titles_of_a_couple_keep_them_apart() -> None:
    text = (
        "Mr. John Quill and Mrs. Anna Quill met the board. Mrs. Quill said no. Mr. Quill said yes."
    )
    found = _entity_of(text)
    assert found["Mrs. Quill"].name == "Anna Quill"
    assert found["Mr. Quill"].name == "John Quill"


def test_a_family_is_none_of_its_members() -> None:
    text = "Anna Quill and John Quill arrived on Monday. The Quills left early. Anna Quill smiled."
    found = _entity_of(text)
    family = next(entity for phrase, entity in found.items() if phrase.endswith("Quills"))
    assert family.name == "Quills"
    assert family.entity_id != found["Anna Quill"].entity_id


def test_two_papers_that_share_a_town_stay_two() -> None:
    text = "The Selva Daily Post and the Selva Herald Times differ. The Selva Herald Times said so."
    names = {e.name for e in _entity_of(text).values() if "Selva" in e.name}
    assert len(names) == 2


def _told(text: str, one: str, other: str) -> bool:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in (one, other)]
    relation = Relation("also_known_as", spans[0], spans[1], spans[1])
    return is_alias(text, relation, spans)


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("the Ruritanian Steel Bureau (RSB) said", "Ruritanian Steel Bureau", "RSB", True),
        ("Selva Television (SelTV) said", "Selva Television", "SelTV", True),
        ("the Captain (Anna Quill) flies", "Captain", "Anna Quill", False),
        ("the Iron Captain (Anna Quill) flies", "Iron Captain", "Anna Quill", False),
        ("Omar Dast, also known as Abu Harm,", "Omar Dast", "Abu Harm", True),
        ("Ruritania (AFP) said", "Ruritania", "AFP", False),
        ("the Trade Board and Ada Pell, chairman of the Steel Office with all its staff (SO)",
         "Trade Board", "SO", False),
    ],
)  # fmt: skip
def test_which_brackets_and_words_tell_another_name(
    text: str, one: str, other: str, expected: bool
) -> None:
    assert _told(text, one, other) is expected


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("KorTel", "Korean Television", True), ("AfG", "Alternative for Gondal", True),
        ("RSB", "Steel Bureau", False), ("", "Steel", False),
    ],
)  # fmt: skip
def test_letters_of_a_short_form_stand_in_the_name_in_order(
    acronym: str, name: str, expected: bool
) -> None:
    assert spells(acronym, name) is expected


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Hua Chunying spoke on Monday. Hua said China opposed it.", "Hua", "Hua Chunying"),
        ("Anna Quill met Omar Dast. Anna smiled at reporters.", "Anna", "Anna Quill"),
        ("Francois Hollande met Lisa Holland. Later Holland left.", "Holland", "Lisa Holland"),
    ],
)
def test_one_name_of_the_only_one_who_bears_it(text: str, short: str, full: str) -> None:
    assert _entity_of(text)[short].name == full


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Thomas Mair spoke at length. Mayer left early.", "Thomas Mair", "Mayer"),
        ("Anna Quill met Anna Dast. Anna smiled at reporters.", "Anna Quill", "Anna"),
    ],
)
def test_what_is_merely_alike_is_somebody_else(text: str, one: str, other: str) -> None:
    found = _entity_of(text)
    assert other not in found or found[one].entity_id != found[other].entity_id
