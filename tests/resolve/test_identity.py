"""Who is one actor across reports."""

from __future__ import annotations

import random
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.actor import ActorKind, Alias, AliasHow, Entity
from onrecord.resolve.identity import Group, Verdict, regroup
from onrecord.resolve.profile_index import MemoryIndex
from onrecord.resolve.profiles import Profile, known_profile, profile_of, summed
from onrecord.resolve.surroundings import Surroundings, Tie

_numbers = count()


def entity(
    name: str,
    kind: ActorKind = "person",
    country: str = "",
    aliases: dict[str, AliasHow] | None = None,
    *,
    named: bool = True,
) -> Entity:
    number = next(_numbers)
    names = {name: "spelling", **(aliases or {})}
    return Entity(
        f"en_{number}", f"doc_{number}", name, kind, named, country,
        aliases=tuple(Alias(alias, how, None) for alias, how in names.items()),  # type: ignore[arg-type]
    )  # fmt: skip


def profiles(*entities: Entity) -> list[Profile]:
    found: dict[str, list[Profile]] = {}
    for one in entities:
        profile = profile_of(one)
        if profile is not None:
            found.setdefault(profile.profile_id, []).append(profile)
    return [summed(seen) for seen in found.values()]


def together(
    given_profiles: list[Profile], verdicts: tuple[Verdict, ...] = ()
) -> set[frozenset[str]]:
    groups = regroup(MemoryIndex(given_profiles), given_profiles, verdicts)
    names = {profile.profile_id: profile.name for profile in given_profiles}
    return {frozenset(names[i] for i in group.members) for group in groups}


def test_an_alias_told_by_one_report_joins_those_who_use_it() -> None:
    told = entity("Varda Liberation Front", "armed_group", aliases={"Dawn Shield": "apposition"})
    assert together(profiles(told, entity("Dawn Shield", "armed_group"))) == {
        frozenset({"Varda Liberation Front", "Dawn Shield"})
    }


def test_initials_join_where_reports_mention_both_with_the_same_names() -> None:
    names = ["Varda Liberation Front", "VLF", "VLF-Coast Force", "Ada Pell", "Omar Dast"]
    kinds: list[ActorKind] = ["armed_group", "armed_group", "armed_group", "person", "person"]
    some = profiles(*(entity(name, kind) for name, kind in zip(names, kinds, strict=True)))
    ids = {profile.name: profile.profile_id for profile in some}
    people = frozenset({ids["Ada Pell"], ids["Omar Dast"]})
    index = MemoryIndex(some, lambda i: people - {i})
    written = {profile.profile_id: profile.name for profile in some}
    groups = {
        frozenset(written[i] for i in g.members) for g in regroup(index, some, ()) if g.members
    }
    assert frozenset({"Varda Liberation Front", "VLF"}) in groups
    assert frozenset({"VLF-Coast Force"}) in groups


def test_a_relation_that_reports_tell_of_both_joins_names_in_doubt() -> None:
    some = profiles(
        entity("Kenyan Varda Front", "armed_group", "KEN"),
        entity("Varda Front", "armed_group", "POL"),
    )
    assert len(together(some)) == 2
    tie: Tie = ("subordinate_to", "subject", "somebody")
    around = {p.profile_id: Surroundings({"REB": 1}, frozenset({tie})) for p in some}
    groups = regroup(MemoryIndex(some, None, lambda ids: {i: around[i] for i in ids}), some, ())
    assert len(groups) == 1
    (link,) = groups[0].links.values()
    assert "both of sector REB" in link.decision.reasons


def test_an_initial_does_not_join_people_of_two_walks_of_life() -> None:
    some = profiles(entity("H. Dravic"), entity("Helena Dravic"))
    assert len(together(some)) == 1
    around = {
        p.profile_id: Surroundings({"MIL" if p.name == "H. Dravic" else "EDU": 1}) for p in some
    }
    groups = regroup(MemoryIndex(some, None, lambda ids: {i: around[i] for i in ids}), some, ())
    assert len(groups) == 2


def test_initials_alone_join_nobody() -> None:
    names = ["Varda Liberation Front", "VLF", "Velna Literary Fund"]
    assert len(together(profiles(*(entity(name, "organisation") for name in names)))) == 3


def test_an_acronym_that_two_bodies_are_given_joins_neither_to_the_other() -> None:
    bodies = [
        entity("Varda Liberation Front", "armed_group", aliases={"VLF": "acronym"}),
        entity("Velna Literary Fund", "organisation", aliases={"VLF": "acronym"}),
    ]
    assert len(together(profiles(*bodies))) == 2


def test_one_common_word_joins_nobody() -> None:
    names = ["Hezbollah", "Kata'ib Hezbollah", "National Guard of Varda", "National Bank of Oria"]
    assert len(together(profiles(*(entity(name, "armed_group") for name in names)))) == 4


def test_two_people_of_one_surname_stay_two_and_the_surname_alone_is_nobody_elses() -> None:
    people = profiles(entity("Helena Dravic"), entity("Milan Dravic"), entity("Dravic"))
    groups = regroup(MemoryIndex(people), people, ())
    assert [len(group.members) for group in groups] == [1, 1, 1]
    assert [group.scattered for group in groups].count(True) == 1


def test_a_surname_goes_to_the_only_one_who_bears_it_and_is_often_spoken_of() -> None:
    people = profiles(*(entity("Helena Dravic") for _ in range(3)), entity("Dravic"))
    assert together(people) == {frozenset({"Helena Dravic", "Dravic"})}


def test_a_country_its_government_its_people_and_its_army_stay_four() -> None:
    four = profiles(
        entity("Kenya", "country", "KEN"),
        entity("Kenyan government", "government", "KEN"),
        entity("Kenyans", "people", "KEN"),
        entity("Kenyan Army", "government", "KEN"),
    )
    assert len(together(four)) == 4


def test_names_that_say_too_little_have_no_profile() -> None:
    for name, kind in (
        ("Supreme", "organisation"), ("Regime", "government"), ("National", "organisation"),
        ("Interior Ministry", "government"), ("the President", "person"),
    ):  # fmt: skip
        assert profile_of(entity(name, kind)) is None, name  # type: ignore[arg-type]
    assert profile_of(entity("gunmen", "armed_group", named=False)) is None


def test_ministries_of_two_countries_stay_two() -> None:
    two = profiles(
        entity("Interior Ministry", "government", "KEN"),
        entity("Interior Ministry", "government", "POL"),
    )
    assert len(regroup(MemoryIndex(two), two, ())) == 2


def test_a_merge_joins_what_names_do_not_and_a_split_parts_what_they_do() -> None:
    one, other = profiles(entity("Helena Dravic"), entity("Lena Marsh"))
    sides = frozenset({one.profile_id}), frozenset({other.profile_id})
    assert len(together([one, other], (Verdict(True, *sides, "rv_1"),))) == 1
    near = profiles(entity("Qasim Varez"), entity("Kassem Varez"))
    sides = frozenset({near[0].profile_id}), frozenset({near[1].profile_id})
    assert len(together(near)) == 1
    assert len(together(near, (Verdict(False, *sides, "rv_2"),))) == 2


def test_a_split_of_reviewers_holds_against_links_through_a_third() -> None:
    three = profiles(
        entity("Varda Front", "organisation"),
        entity("Varda Front movement", "organisation"),
        entity("Varda Front group", "organisation"),
    )
    by_name = {profile.name: profile.profile_id for profile in three}
    apart = Verdict(
        False, frozenset({by_name["Varda Front"]}), frozenset({by_name["Varda Front group"]}), "rv"
    )
    assert all(
        not {"Varda Front", "Varda Front group"} <= names for names in together(three, (apart,))
    )


def test_an_imported_identity_names_the_group_and_two_of_them_never_join() -> None:
    known = [
        known_profile(f"list:{n}", [name], "person")
        for n, name in enumerate(("Ana Sorel", "Ana Sorell"))
    ]
    listed = [profile for profile in known if profile is not None]
    read = profiles(entity("Ana Sorel"))
    groups = regroup(MemoryIndex([*listed, *read]), [*listed, *read], ())
    of_read = next(group for group in groups if read[0].profile_id in group.members)
    assert of_read.actor_id == listed[0].profile_id
    assert len(groups) == 2


def test_two_identities_that_fit_equally_well_join_nobody() -> None:
    known = [known_profile(f"list:{n}", ["Ana Sorel"], "person") for n in range(2)]
    listed = [profile for profile in known if profile is not None]
    assert len(regroup(MemoryIndex([*listed, *profiles(entity("Ana Sorel"))]), listed, ())) == 3


NAMES = [
    "Helena Dravic", "Milan Dravic", "Dravic", "H. Dravic", "Helena Dravich", "Varda Front",
    "Varda Front movement", "VF", "Vardda Front", "Qasim Varez", "Kassem Varez", "Varez",
    "Kenyan Army", "Varda Liberation Front", "VLF", "Helena M. Dravic", "Harakat al-Samidoun",
    "Samidun", "al-Samidoun Brigade",
]  # fmt: skip
entities_of_names = st.lists(
    st.builds(
        entity,
        st.sampled_from(NAMES),
        st.sampled_from(["person", "organisation", "armed_group"]),
        st.sampled_from(["", "KEN", "POL"]),
        st.dictionaries(
            st.sampled_from(NAMES), st.sampled_from(["apposition", "spelling"]), max_size=2
        ),
    ),
    min_size=1,
    max_size=14,
)
laws = settings(max_examples=60, deadline=None)


def partition(groups: list[Group]) -> set[tuple[str, tuple[str, ...], bool]]:
    return {(group.actor_id, group.members, group.scattered) for group in groups}


@laws
@given(entities_of_names, st.randoms())
def test_order_does_not_change_who_is_who(entities: list[Entity], shuffle: random.Random) -> None:
    first = profiles(*entities)
    turned = list(entities)
    shuffle.shuffle(turned)
    second = profiles(*turned)
    assert partition(regroup(MemoryIndex(first), first, ())) == partition(
        regroup(MemoryIndex(second), second, ())
    )


@laws
@given(entities_of_names, st.integers(0, 14))
def test_looking_only_near_what_changed_gives_what_looking_at_all_gives(
    entities: list[Entity], cut: int
) -> None:
    before = {p.profile_id: p for p in profiles(*entities[:cut])}
    now = {p.profile_id: p for p in profiles(*entities)}
    kept = {
        member: group
        for group in regroup(MemoryIndex(before.values()), before.values(), ())
        for member in group.members
    }
    changed = [p for i, p in now.items() if before.get(i) != p]
    changed += [before[p.profile_id] for p in changed if p.profile_id in before]
    for group in regroup(MemoryIndex(now.values()), changed, ()):
        kept.update(dict.fromkeys(group.members, group))
    everything = regroup(MemoryIndex(now.values()), now.values(), ())
    assert partition(list({g.actor_id: g for g in kept.values()}.values())) == partition(everything)
