"""Identities in the record: settled after a run, reviewed, imported, repaired."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from record_reports import Report
from sqlalchemy import select

from onrecord.errors import RecordError
from onrecord.model.known import KnownActor, Role
from onrecord.record import corrections, merges, query
from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.identity import settle_identities
from onrecord.record.known import import_actors
from onrecord.record.store import Store


def report(name: str, kind: str = "organisation", publisher: str = "Gazette") -> Any:
    made = Report(f"On Monday {name} attacked Port Selva.", publisher, None)
    subject = made.party(name, kind)
    made.state("event", "ASSAULT", "attacked", subject=subject)
    return made.resolved()


@pytest.fixture
def record() -> Any:
    with Store.open(":memory:") as store:
        for name in ("Tarn Front", "Tarn Front movement", "Coastal Guard"):
            store.write(report(name), version="rules-1")
        settle_identities(store)
        yield store


def groups(store: Store) -> set[frozenset[str]]:
    """Return the names of entities by actor, with statements agreeing."""
    found: dict[str, set[str]] = {}
    with store.reading() as connection:
        for row in connection.execute(select(s.entities.c.actor_id, s.entities.c.name)):
            found.setdefault(row.actor_id, set()).add(row.name)
        subjects = set(connection.scalars(select(s.statements.c.subject_actor_id)))
        aliases = set(connection.scalars(select(s.aliases.c.actor_id)))
        actors = set(connection.scalars(select(s.actors.c.actor_id)))
    assert subjects == aliases == actors == set(found)
    return {frozenset(names) for names in found.values()}


FRONT = frozenset({"Tarn Front", "Tarn Front movement"})
GUARD = frozenset({"Coastal Guard"})


def test_spellings_are_one_actor_after_settling(record: Store) -> None:
    assert groups(record) == {FRONT, GUARD}


def test_links_keep_score_and_reasons(record: Store) -> None:
    with record.reading() as connection:
        rows = connection.execute(select(s.identity_links)).all()
    assert len(rows) == 3
    assert all(row.reasons for row in rows)
    assert any("without movement" in row.reasons and row.score < 1 for row in rows)


def test_settling_twice_changes_nothing(record: Store) -> None:
    assert settle_identities(record) == 0


def test_a_report_read_later_goes_to_the_settled_actor_at_once(record: Store) -> None:
    record.write(report("Tarn Front movement", publisher="Herald"), version="rules-1")
    assert groups(record) == {FRONT, GUARD}


def test_order_of_reading_and_settling_does_not_change_the_actors(record: Store) -> None:
    with Store.open(":memory:") as other:
        for name in ("Coastal Guard", "Tarn Front movement", "Tarn Front"):
            other.write(report(name), version="rules-1")
            settle_identities(other)
        query = select(s.entities.c.entity_id, s.entities.c.actor_id)
        with record.reading() as one, other.reading() as two:
            assert set(one.execute(query)) == set(two.execute(query))


def test_merge_holds_for_reports_read_later_and_undo_brings_back(record: Store) -> None:
    review = merges.merge(record, "Tarn Front", "Coastal Guard", reviewer="ada")
    settle_identities(record)
    assert groups(record) == {FRONT | GUARD}
    record.write(report("Coastal Guard", publisher="Herald"), version="rules-1")
    settle_identities(record)
    assert groups(record) == {FRONT | GUARD}
    corrections.undo(record, review.review_id, reviewer="ada")
    settle_identities(record)
    assert groups(record) == {FRONT, GUARD}


def test_merge_replays_after_texts_are_read_again(record: Store) -> None:
    merges.merge(record, "Tarn Front", "Coastal Guard", reviewer="ada")
    settle_identities(record)
    for name in ("Coastal Guard", "Tarn Front"):
        record.write(report(name), version="rules-2")
    settle_identities(record)
    assert groups(record) == {FRONT | GUARD}


def test_split_by_name_parts_what_was_joined(record: Store) -> None:
    merges.split(record, "Tarn Front", "Tarn Front movement", reviewer="ada")
    settle_identities(record)
    assert groups(record) == {frozenset({"Tarn Front"}), frozenset({"Tarn Front movement"}), GUARD}


def test_split_by_report_sets_one_report_apart(record: Store) -> None:
    other = report("Coastal Guard", publisher="Herald")
    record.write(other, version="rules-1")
    settle_identities(record)
    review = merges.split(record, "Coastal Guard", other.document.document_id, reviewer="ada")
    settle_identities(record)

    def guards() -> int:
        with record.reading() as connection:
            c = s.entities.c
            wanted = select(c.actor_id).where(c.name == "Coastal Guard").distinct()
            return len(connection.scalars(wanted).all())

    assert guards() == 2
    corrections.undo(record, review.review_id, reviewer="ada")
    settle_identities(record)
    assert guards() == 1


def test_merging_what_is_one_or_nobody_is_refused(record: Store) -> None:
    with pytest.raises(RecordError, match="already"):
        merges.merge(record, "Tarn Front", "Tarn Front movement", reviewer="ada")
    with pytest.raises(RecordError, match="no such actor"):
        merges.merge(record, "Tarn Front", "Nobody", reviewer="ada")


def test_imported_identity_wins_and_carries_its_ids(record: Store) -> None:
    known = KnownActor(
        "list", "7", ("Front of Tarn", "Tarn Front"), "armed_group", (Role("KEN", "REB"),),
        (("wikidata", "Q7"),),
    )  # fmt: skip
    count, moved = import_actors(record, [known], source="list.csv")
    assert (count, moved) == (1, 2)
    with record.reading() as connection:
        actor = connection.execute(select(s.actors).where(s.actors.c.name == "Front of Tarn")).one()
    assert (actor.kind, actor.country, actor.sector) == ("armed_group", "KEN", "REB")
    assert actor.external_ids == [["list", "7"], ["wikidata", "Q7"]]
    assert import_actors(record, [known], source="list.csv") == (1, 0)


def test_a_record_that_was_never_settled_repairs_itself(record: Store) -> None:
    before = groups(record)
    with record.writing() as connection:
        for table in (t.entity_profiles, t.keys, t.profiles):
            connection.execute(table.delete())
    settle_identities(record)
    assert groups(record) == before


def test_names_that_an_earlier_version_keyed_meet_those_of_this_one(record: Store) -> None:
    with record.writing() as connection:
        connection.execute(t.keys.delete())
        connection.execute(s.record_info.delete().where(s.record_info.c.key == "identity_keys"))
    record.write(report("Tarn Front group"), version="rules-1")
    settle_identities(record)
    assert groups(record) == {FRONT | {"Tarn Front group"}, GUARD}


def test_removing_a_report_leaves_no_profile_behind(record: Store) -> None:
    record.remove(report("Coastal Guard").document.document_id)
    settle_identities(record)
    assert groups(record) == {FRONT}
    with record.reading() as connection:
        assert "Coastal Guard" not in set(connection.scalars(select(t.profiles.c.name)))


def collective() -> Any:
    made = Report("Varda met Tarn. The two governments signed.", "Gazette", None)
    first, second = made.party("Varda", "country"), made.party("Tarn", "country")
    both = made.party("The two governments", "government")
    name = "The two governments"
    made.entities[name] = replace(
        made.entities[name], named=False, members=(first.entity_id, second.entity_id)
    )
    made.state("event", "AGREE", "signed", subject=both)
    return made.resolved()


def test_a_collective_is_listed_with_the_actors_it_stands_for() -> None:
    with Store.open(":memory:") as store:
        store.write(collective(), version="rules-1")
        settle_identities(store)
        rows = {row.name: row for row in query.actors(store, named=None)}
    both = rows["The two governments"]
    assert both.members == ("Varda", "Tarn")
    assert both.member_ids == (rows["Varda"].actor_id, rows["Tarn"].actor_id)
    assert rows["Varda"].members == ()


def test_a_relation_told_of_both_joins_names_in_doubt() -> None:
    with Store.open(":memory:") as store:
        for name in ("Kenyan Varda Front", "Varda Front"):
            made = Report(f"{name} answers to Orsk Council.", "Gazette", None, f"{name}.txt")
            subject = made.party(name, "armed_group")
            country = "KEN" if name.startswith("Kenyan") else "POL"
            made.entities[name] = replace(made.entities[name], country=country)
            made.state(
                "relation", "subordinate_to", "answers to", subject=subject,
                object=made.party("Orsk Council"),
            )  # fmt: skip
            store.write(made.resolved(), version="rules-1")
        settle_identities(store)
        with store.reading() as connection:
            told = list(connection.scalars(select(s.identity_links.c.reasons)))
            fronts = set(
                connection.scalars(
                    select(s.entities.c.actor_id).where(s.entities.c.name.contains("Varda"))
                )
            )
    assert len(fronts) == 1
    assert "both answer to Orsk Council" in [reason for reasons in told for reason in reasons]
