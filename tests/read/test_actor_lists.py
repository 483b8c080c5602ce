"""Lists of actors in the formats people have."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.model.known import KnownActor, Role
from onrecord.read.actor_lists import read_actors


def actors(tmp_path: Path, text: str, name: str = "list.csv") -> list[KnownActor]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return list(read_actors(path))


def test_csv_with_a_name_is_enough(tmp_path: Path) -> None:
    (actor,) = actors(tmp_path, "name\nVarda Front\n")
    assert (actor.names, actor.kind, actor.scheme) == (("Varda Front",), "organisation", "list")


def test_csv_gives_aliases_kind_country_days_and_wikidata(tmp_path: Path) -> None:
    (actor,) = actors(
        tmp_path,
        "id;Name;Aliases;Type;Country;Sector;Since;Wikidata\n"
        "7;Helena Dravic;H. Dravic|Lena Dravic;person;Poland;gov;2020-01-05;Q1\n",
    )
    assert actor == KnownActor(
        "list", "7", ("Helena Dravic", "H. Dravic", "Lena Dravic"), "person",
        (Role("POL", "GOV", date(2020, 1, 5)),), (("wikidata", "Q1"),),
    )  # fmt: skip


def test_follow_the_money_keeps_its_ids_and_leaves_out_addresses(tmp_path: Path) -> None:
    text = (
        '{"id": "NK-1", "schema": "Person", "caption": "Helena Dravic", "properties":'
        ' {"name": ["Helena Dravic"], "alias": ["Хелена Дравич"], "weakAlias": ["Lena"],'
        ' "nationality": ["pl"], "topics": ["role.pep"], "wikidataId": ["Q1"]}}\n'
        '{"id": "NK-2", "schema": "Address", "properties": {"name": ["Main Street"]}}\n'
    )
    (actor,) = actors(tmp_path, text, "entities.ftm.json")
    assert actor == KnownActor(
        "ftm", "NK-1", ("Helena Dravic", "Хелена Дравич"), "person", (Role("POL", "GOV"),),
        (("wikidata", "Q1"),),
    )  # fmt: skip


def test_actor_dictionary_gives_synonyms_and_days(tmp_path: Path) -> None:
    text = (
        "# Phoenix\n"
        "HELENA_DRAVIC_ [POLELI 950101-090119] [POLGOV >090120]  ; prime minister\n"
        "+LENA_DRAVIC_\n"
        "VARDA_FRONT_\n [KENREB]\n"
        "KENYA_ [KEN]\n"
    )
    person, body, country = actors(tmp_path, text, "Phoenix.txt")
    assert person == KnownActor(
        "Phoenix", "HELENA_DRAVIC", ("Helena Dravic", "Lena Dravic"), "person",
        (
            Role("POL", "ELI", date(1995, 1, 1), date(2009, 1, 19)),
            Role("POL", "GOV", date(2009, 1, 20)),
        ),
    )  # fmt: skip
    assert (body.kind, body.country, body.sector) == ("armed_group", "KEN", "REB")
    assert (country.kind, country.country) == ("country", "KEN")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,country\nVarda Front,Nowhere\n", "no such country"),
        ("name,kind\nVarda Front,spaceship\n", "no such kind"),
        ("name,since\nVarda Front,May\n", "not a day"),
        ("name,kind\n,person\n", "no name"),
        ('{"id": 1}\n', "not a FollowTheMoney entity"),
        ("Dear reader\n", "no list of actors"),
    ],
)
def test_broken_lists_say_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        actors(tmp_path, text)
