from __future__ import annotations

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.relations import find_relations
from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.model.annotation import Relation
from onrecord.model.document import Document


def relations_in(text: str) -> list[tuple[str, str, str]]:
    return [(r.type, _words(text, r.subject), _words(text, r.object)) for r in _find(text)]


def _find(text: str) -> tuple[Relation, ...]:
    parse = parse_document(Document(document_id="doc_1", uri="x", text=text))
    return find_relations(parse, find_mentions(parse), find_times(parse))


def _words(text: str, span: object) -> str:
    return text[span.start : span.end]  # type: ignore[attr-defined]


SHOWN = [
    ("CIA Director John Brandt spoke on Monday.", ("leads", "John Brandt", "CIA")),
    ("John Brandt, leader of the Liberty Party, spoke.", ("leads", "John Brandt", "Liberty Party")),
    ("Iraqi Prime Minister John Brandt spoke.", ("leads", "John Brandt", "Iraqi")),
    ("The Liberty Party is led by John Brandt.", ("leads", "John Brandt", "Liberty Party")),
    ("The group's leader, John Brandt, spoke.", ("leads", "John Brandt", "The group")),
    (
        "John Brandt, a spokesman for the Interior Ministry, spoke.",
        ("member_of", "John Brandt", "Interior Ministry"),
    ),
    (
        "John Brandt, a commander in the Liberty Army, spoke.",
        ("member_of", "John Brandt", "Liberty Army"),
    ),
    (
        "The Liberty Army was formed in 2013 by John Brandt.",
        ("founded", "John Brandt", "Liberty Army"),
    ),
    ("Iran has long supported Hamas.", ("supports", "Iran", "Hamas")),
    ("The Liberty Army is backed by Russia.", ("supports", "Russia", "Liberty Army")),
    ("The Liberty Army is part of the United Front.", ("part_of", "Liberty Army", "United Front")),
    (
        "The Liberty Army answers to John Brandt.",
        ("subordinate_to", "Liberty Army", "John Brandt"),
    ),
    (
        "The Liberty Army operates in Syria under the command of John Brandt.",
        ("subordinate_to", "Liberty Army", "John Brandt"),
    ),
    (
        "John Brandt pledged allegiance to the Liberty Party.",
        ("subordinate_to", "John Brandt", "Liberty Party"),
    ),
    ("The Liberty Army fought against Hamas.", ("hostile_to", "Liberty Army", "Hamas")),
    ("It is led by John Brandt.", ("leads", "John Brandt", "It")),
    ("The Liberty Party (LP) won.", ("also_known_as", "Liberty Party", "LP")),
    (
        "The Liberty Army's Northern Brigade fired on the town.",
        ("part_of", "Northern Brigade", "Liberty Army"),
    ),
    (
        "She joined the Liberty Guards' (LG) elite Northern Brigade.",
        ("part_of", "Northern Brigade", "Liberty Guards"),
    ),
    (
        "He was held by the 34th Front of the Liberty Army.",
        ("part_of", "34th Front", "Liberty Army"),
    ),
    (
        "The Liberty Army's presence in Bolivia is growing.",
        ("active_in", "Liberty Army", "Bolivia"),
    ),
    (
        "The war between the Liberty Army and Hamas went on.",
        ("hostile_to", "Liberty Army", "Hamas"),
    ),
    (
        "Three died in Sapara village in Orlo District on Monday.",
        ("located_in", "Sapara", "Orlo District"),
    ),
    (
        "Anna Ruiz, an adviser to the Liberty Party, spoke.",
        ("member_of", "Anna Ruiz", "Liberty Party"),
    ),
    (
        "Foreign Ministry spokeswoman Anna Ruiz gestures during a briefing.",
        ("member_of", "Anna Ruiz", "Foreign Ministry"),
    ),
    (
        "The Liberty Army (aka Army of Freedom) won.",
        ("also_known_as", "Liberty Army", "Army of Freedom"),
    ),
    ("A bomb went off in Mosul, Iraq.", ("located_in", "Mosul", "Iraq")),
    ("A bomb went off in the Iraqi city of Mosul.", ("located_in", "Mosul", "Iraqi")),
    ("Republican John Brandt spoke.", ("member_of", "John Brandt", "Republican")),
    ("John Brandt, a Democrat, spoke.", ("member_of", "John Brandt", "Democrat")),
    (
        "As Liberty Party's John Brandt said, rain fell.",
        ("member_of", "John Brandt", "Liberty Party"),
    ),
    (
        "He studied at Columbia University in Damascus.",
        ("located_in", "Columbia University", "Damascus"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_pattern_shows_relation(text: str, expected: tuple[str, str, str]) -> None:
    found = relations_in(text)
    assert any(
        kind == expected[0]
        and subject.removeprefix("The ").removeprefix("the ") == expected[1].removeprefix("The ")
        and object_.removeprefix("The ").removeprefix("the ") == expected[2].removeprefix("The ")
        for kind, subject, object_ in found
    ), found


NOT_SHOWN = [
    ("President John Brandt spoke on Monday.", "leads"),
    ("John Brandt was running his campaign.", "leads"),
    ("He is able to support John Brandt.", "supports"),
    ("John Brandt (D) voted.", "also_known_as"),
    ("Syria, Iraq and Iran agreed.", "located_in"),
    ("The envoys of Syria, Iraq and Iran met.", "located_in"),
    ("Sen. John Brandt of Ohio spoke.", "member_of"),
    ("A house stands at a place known as Hollow Hill.", "also_known_as"),
    ("The Liberty Army wants to fight Hamas.", "hostile_to"),
    ("Pressure led the Interior Ministry to resign.", "leads"),
    ("The Liberty Court of Appeals sat on Monday.", "part_of"),
    ("The Directorate of External Mines closed it.", "part_of"),
    ("French journalist Anna Ruiz spoke.", "member_of"),
    ("Unions that backed Anna Ruiz marched.", "supports"),
    ("John Brandt (@brandt) wrote on Monday.", "also_known_as"),
    ("John Brandt (Patriots) spoke on Monday.", "also_known_as"),
    ("Columbia University in March invited John Brandt.", "located_in"),
    ("A republican, John Brandt, spoke.", "member_of"),
]


@pytest.mark.parametrize(("text", "kind"), NOT_SHOWN)
def test_look_alike_shows_nothing(text: str, kind: str) -> None:
    assert kind not in {found for found, _, _ in relations_in(text)}


def test_both_places_give_a_relation_each() -> None:
    found = relations_in("The Liberty Army operates in both Syria and Iraq.")
    assert {o for k, _, o in found if k == "active_in"} == {"Syria", "Iraq"}


def test_groups_named_as_examples_are_supported_too() -> None:
    found = relations_in("Iran has long supported a number of groups, including Hamas.")
    assert ("supports", "Iran", "Hamas") in found


def test_relation_keeps_the_time_of_its_verb() -> None:
    text = "The Liberty Army was formed in 2013 by John Brandt."
    founded = next(r for r in _find(text) if r.type == "founded")
    assert founded.time is not None
    assert _words(text, founded.time) == "2013"


def test_backer_whose_name_ends_in_a_period_is_found() -> None:
    assert ("supports", "U.S.", "rebels") in relations_in("The U.S.-backed rebels left.")


def test_speaker_behind_a_place_is_no_place() -> None:
    assert "located_in" not in {k for k, _, _ in relations_in("In Mosul, Brandt said he won.")}
